# Facts
scheduling-fact-when = الموعد
scheduling-fact-doctor = الطبيب
scheduling-fact-patient = المريض
scheduling-fact-specialty = التخصص
scheduling-fact-mode = طريقة اللقاء
scheduling-fact-duration = المدة
scheduling-fact-place = المكان
scheduling-fact-price = السعر
scheduling-fact-refund = المبلغ المسترد
scheduling-free = مجاناً
scheduling-zone-line = كل الأوقات معروضة بتوقيتك: { $zone }.

# Booking
scheduling-book-title = راجع الوقت الذي اخترته
scheduling-approval-line = ينظر هذا الطبيب في كل طلب أولاً. تدفع فقط بعد موافقته.
scheduling-ask = اطلب هذا الوقت
scheduling-hold = احجز هذا الوقت مؤقتاً
scheduling-hold-hint = يُحفظ الوقت لك 30 دقيقة. تدفع في الخطوة التالية.
scheduling-taken-title = لم يعد هذا الوقت متاحاً
scheduling-taken-text = أخذه شخص آخر للتو. هذه أقرب الأوقات المتاحة.
scheduling-not-offered-text = لم يعد الطبيب يقدم هذا الوقت. هذه أقرب الأوقات المتاحة.
scheduling-refused-title = لا يمكنك أخذ هذا الوقت الآن
scheduling-own-overlap-text = لديك موعد آخر في هذا الوقت. انقله أو ألغه أولاً، أو اختر وقتاً آخر.
scheduling-hold-open-text = لديك وقت آخر محفوظ عند هذا الطبيب. ادفع ثمنه أو تخلَّ عنه أولاً.
scheduling-too-many-holds-text = لديك وقتان محفوظان لم يُدفع ثمنهما. ادفع ثمن أحدهما أو تخلَّ عنه أولاً.
scheduling-open-that-one = افتح ذلك الموعد
scheduling-other-times = أوقات أخرى متاحة
scheduling-all-times = كل أوقات { $doctor }

# Checkout
scheduling-checkout-title = ادفع ثمن موعدك
scheduling-held-until = هذا الوقت محفوظ لك حتى { $time }.
scheduling-hold-over = انتهت مدة الحفظ. حدّث الصفحة لترى ما هو متاح.
scheduling-reason-label = سبب الزيارة
scheduling-reason-hint = بضع كلمات تساعد الطبيب على الاستعداد. مثلاً: طفح على الذراعين منذ أسبوع.
scheduling-reason-private = لا يقرأ هذا إلا أنت والطبيب. يُحفظ مشفّراً.
scheduling-pay = ادفع { $price }
scheduling-pay-hint = تنتقل إلى صفحة خدمة الدفع ثم تعود إلى هنا.
scheduling-give-up = تخلَّ عن هذا الوقت
scheduling-released = تخليت عن الوقت. لا شيء عليك.
scheduling-lapsed-title = انتهت مدة الحفظ
scheduling-lapsed-text = حُفظ الوقت 30 دقيقة ولم يُدفع ثمنه. لم يُخصم شيء.
scheduling-lapsed-still-free = الوقت نفسه لا يزال متاحاً.
scheduling-take-again = خذ الوقت نفسه مرة أخرى

# Rule
scheduling-rule-title = إذا ألغيت
scheduling-rule-all-until = حتى { $until }: تسترد المبلغ كله، { $money }.
scheduling-rule-part-until = حتى { $until }: تسترد { $money } ({ $percent }٪).
scheduling-rule-none = بعد ذلك: لا تسترد شيئاً.
scheduling-rule-none-now = اقترب الموعد: إن ألغيت الآن فلا تسترد شيئاً.
scheduling-rule-doctor = إذا ألغى الطبيب أو ألغينا نحن، تسترد المبلغ كله دائماً.

# List and page
scheduling-list-title = مواعيدك
scheduling-upcoming = القادمة
scheduling-past = السابقة
scheduling-no-upcoming = ليس لديك موعد قادم
scheduling-no-upcoming-text = ابحث عن طبيب واختر وقتاً يناسبك.
scheduling-no-past = ليست لديك مواعيد سابقة
scheduling-find = ابحث عن طبيب
scheduling-show-title = الموعد
scheduling-back-day = يومك
scheduling-explain-requested = ينظر الطبيب في طلبك ويجيب قبل { $until }. تدفع بعد ذلك.
scheduling-explain-held = الوقت محفوظ حتى { $until }. ادفع قبل ذلك لتأكيده.
scheduling-explain-confirmed = كل شيء جاهز. يمكنك دخول غرفة الانتظار قبل البداية بـ 15 دقيقة.
scheduling-explain-fulfilled = تمت هذه الزيارة.
scheduling-explain-expired = لم يُدفع ثمن الوقت قبل انتهاء الحفظ. لم يُخصم شيء.
scheduling-explain-no-show-patient = لم يأتِ أحد إلى غرفة الانتظار في الوقت المتفق عليه.
scheduling-explain-refunded = يعود إليك كل ما دُفع.
scheduling-explain-rejected = لم يستطع الطبيب قبول هذا الطلب. لم يُخصم شيء.
scheduling-go-pay = ادفع الآن
scheduling-join = ادخل غرفة الانتظار
scheduling-join-from = تفتح غرفة الانتظار { $time }.
scheduling-review = قيّم هذه الزيارة
scheduling-add-calendar = أضف إلى تقويمك
scheduling-invoice = الفاتورة (PDF)
scheduling-move = انقل إلى وقت آخر
scheduling-cancel = ألغِ الموعد
scheduling-see-doctor = انظر صفحة الطبيب
scheduling-history = ما حدث

# Cancel
scheduling-cancel-title = هل تلغي هذا الموعد؟
scheduling-cancel-why = لماذا تلغي؟
scheduling-cancel-do = ألغِ الموعد
scheduling-keep = أبقِ الموعد
scheduling-cancelled-done = أُلغي الموعد.
scheduling-back-full = يعود كل ما دُفع.
scheduling-back-part = يعود إليك { $refund } ويُحتفظ بـ { $kept }، وفق قاعدة هذه الزيارة.
scheduling-back-none = لا يعود شيء الآن، وفق قاعدة هذه الزيارة.
scheduling-back-free = هذه الزيارة مجانية.
scheduling-cancel-reason-none = أفضّل ألا أقول
scheduling-cancel-reason-not-needed = لم تعد الزيارة لازمة
scheduling-cancel-reason-no-time = لم يعد الوقت مناسباً
scheduling-cancel-reason-unwell = توعّك
scheduling-cancel-reason-emergency = حالة طارئة
scheduling-cancel-reason-mistake = حُجز بالخطأ
scheduling-cancel-reason-other = سبب آخر

# Move
scheduling-move-title = انقل الموعد
scheduling-move-do = انقل إلى هذا الوقت
scheduling-moved-done = صار للموعد وقت جديد.
scheduling-no-times = لا أوقات متاحة في هذه الأيام السبعة
scheduling-earlier = أبكر
scheduling-later = لاحقاً

# Doctor
scheduling-requests-title = الطلبات
scheduling-no-requests = لا طلب ينتظر جوابك
scheduling-a-patient = مريض
scheduling-answer-until = أجب قبل { $until }. بعد ذلك يصبح الوقت متاحاً من جديد.
scheduling-answer-title = مريض يطلب هذا الوقت
scheduling-accept = اقبل
scheduling-decline = اعتذر
scheduling-decline-why = السبب
scheduling-decline-there = اعتذر مع ذكر السبب
scheduling-decline-fully-booked = مواعيد الطبيب ممتلئة
scheduling-decline-not-my-field = تخصص آخر أنسب
scheduling-decline-needs-clinic = هذا يحتاج إلى زيارة حضورية
scheduling-decline-other = لا يستطيع الطبيب قبول هذه الزيارة
scheduling-accepted-done = قُبل الطلب. يستطيع المريض الدفع الآن.
scheduling-declined-done = اعتذرت عن الطلب وأُبلغ المريض.
scheduling-patient-absent = لم يأتِ المريض
scheduling-doctor-absent = لم يأتِ الطبيب: أعد المبلغ كله
scheduling-reinstate = تراجع عن تسجيل الغياب
scheduling-no-show-done = سُجل الغياب.
scheduling-reinstated-done = تأكد الموعد من جديد.

# Administrator
scheduling-admin-title = المواعيد
scheduling-filter-status = الحالة
scheduling-filter-doctor = الطبيب (الاسم في عنوان صفحته)
scheduling-filter-day = اليوم
scheduling-filter = اعرض
scheduling-any = الكل
scheduling-none-found = لا موعد مطابق

# History
scheduling-did-book = أُخذ الوقت
scheduling-did-approve = قُبل الطلب
scheduling-did-reject = رُفض الطلب
scheduling-did-confirm = تأكد
scheduling-did-expire = انتهت مدة الحفظ
scheduling-did-release = تم التخلي عنه
scheduling-did-cancel-by-patient = أُلغي
scheduling-did-cancel-by-doctor = أُلغي
scheduling-did-cancel-by-platform = أُلغي
scheduling-did-reschedule = نُقل
scheduling-did-arrive = دخل غرفة الانتظار
scheduling-did-admit = نودي عليه
scheduling-did-end = انتهت الزيارة
scheduling-did-sign = وُقّعت الملاحظة
scheduling-did-miss-by-patient = لم يأتِ المريض
scheduling-did-miss-by-doctor = لم يأتِ الطبيب
scheduling-did-reinstate = تراجع عن تسجيل الغياب
scheduling-did-refund-late = أُعيدت دفعة متأخرة
scheduling-role-patient = المريض
scheduling-role-doctor = الطبيب
scheduling-role-administrator = الإدارة
scheduling-role-system = تلقائي

# Availability
scheduling-availability-title = أوقات العمل
scheduling-saved = تم الحفظ.
scheduling-see-first = انظر ما الذي يتغير
scheduling-everywhere = كل الأماكن الأخرى
scheduling-hours-at = أين هذه الساعات
scheduling-hours-at-hint = المكان الذي له ساعاته الخاصة يفتح فيها فقط
scheduling-valid-from = سارية من
scheduling-valid-from-hint = فارغ: غيّر الساعات السارية الآن. يوم: تنتهي الساعات السابقة قبله
scheduling-valid-until = آخر يوم
scheduling-override = هذه الساعات بدل ساعات الأسبوع
scheduling-leave = إجازة
scheduling-holiday = عطلة رسمية
scheduling-travel = سفر
scheduling-journey-zone = المنطقة الزمنية للسفر
scheduling-read-abroad = أسبوعي يتبع الساعة هناك
scheduling-read-home = تبقى ساعاتي كما في بلدي
scheduling-in-person-stops = لا زيارات حضورية في هذه المدة
scheduling-holidays-title = العطل الرسمية
scheduling-holidays-none = أنت تعمل في كل العطل الرسمية.
scheduling-holidays-kept = لا ساعات أسبوعية في عطل:
scheduling-holidays-country = البلد
scheduling-holidays-on = أغلق فيها
scheduling-holidays-off = أعمل فيها
scheduling-holidays-hint = للعمل في إحداها، احذفها من الأيام المختلفة. الأيام التي تتبع القمر تقديرية حتى تُعلن.
scheduling-align = تُحسب البدايات من كذا دقيقة بعد منتصف الليل
scheduling-align-hint = فارغ: من بداية كل فترة
scheduling-daily-cap = في اليوم على الأكثر
scheduling-weekly-cap = في الأسبوع على الأكثر
scheduling-reserve = دقائق يومياً محفوظة للحالات العاجلة
scheduling-reserve-hint = آخر دقائق اليوم لكل أنواع الزيارات. وقبلها بساعة يستطيع الجميع حجزها
scheduling-preview-page-title = قبل أن تحفظ
scheduling-preview-two-weeks = الأوقات المتاحة في الأسبوعين القادمين
scheduling-preview-nothing = لن يستطيع أحد الحجز في الأسبوعين القادمين.
scheduling-preview-back = غيّر شيئاً
scheduling-preview-times = { $count ->
    [zero] لا أوقات
    [one] وقت واحد
    [two] وقتان
    [few] { $count } أوقات
   *[other] { $count } وقتاً
}
scheduling-preview-new = { $count ->
    [zero] لا أوقات جديدة.
    [one] وقت جديد واحد.
    [two] وقتان جديدان.
    [few] { $count } أوقات جديدة.
   *[other] { $count } وقتاً جديداً.
}
scheduling-preview-gone = { $count ->
    [zero] لا يذهب أي وقت.
    [one] يذهب وقت واحد.
    [two] يذهب وقتان.
    [few] تذهب { $count } أوقات.
   *[other] يذهب { $count } وقتاً.
}
scheduling-stranded-title = مواعيد خارج ساعاتك الجديدة
scheduling-stranded-lead = قل ما يحدث لكل موعد. من تُعرض عليه أوقات أخرى يختار أحدها بالمبلغ نفسه أو يسترده كله، ويُبلَّغ فورًا.
scheduling-fate-keep = أبقه، سأكون حاضراً
scheduling-fate-cancel = اعرض أوقاتًا أخرى أو استردادًا كاملًا
scheduling-not-paid-yet = لم يُدفع بعد
scheduling-week-title = أسبوعك
scheduling-week-lead = كل الأوقات هنا بتوقيت { $zone }، أياً كان توقيت المريض.
scheduling-week-hint = وقت ينتهي عند 00:00 ينتهي في منتصف الليل. ونهاية قبل البداية تعني اليوم التالي.
scheduling-time-zone = المنطقة الزمنية
scheduling-time-zone-hint = مثلاً Asia/Dhaka
scheduling-from = من
scheduling-more-hours = ساعات أخرى
scheduling-until = إلى
scheduling-for = لأجل
scheduling-every-service = كل أنواع الزيارات
scheduling-exceptions-title = أيام مختلفة
scheduling-no-exceptions = لا يوم يختلف عن الأسبوع.
scheduling-exception-kind = ما المختلف
scheduling-closed = مغلق
scheduling-extra = ساعات إضافية
scheduling-first-day = أول يوم
scheduling-last-day = آخر يوم
scheduling-part-hint = اتركه فارغاً للأيام الكاملة
scheduling-whole-day = اليوم كله
scheduling-services-title = أنواع الزيارات
scheduling-no-services = أضف نوع زيارة ليستطيع المرضى الحجز.
scheduling-service-form = أضف نوع زيارة أو غيّره
scheduling-service-hint = لكل نوع سجل واحد، وللزيارة الحضورية سجل لكل مكان. حفظ النوع نفسه مرة أخرى يغيّره. المواعيد السابقة تحتفظ بسعرها.
scheduling-place = المكان
scheduling-place-hint = للزيارات الحضورية فقط
scheduling-no-place = بلا مكان
scheduling-duration = الدقائق
scheduling-grid = الدقائق بين بداية وأخرى
scheduling-grid-hint = فارغ: تتبع كل زيارة التي قبلها
scheduling-price-hint = مثلاً 24.00، و0 لزيارة مجانية
scheduling-currency = العملة
scheduling-buffer-before-label = دقائق فارغة قبل الزيارة
scheduling-buffer-after-label = دقائق فارغة بعد الزيارة
scheduling-buffer-before = { $minutes } فارغة قبلها
scheduling-buffer-after = { $minutes } فارغة بعدها
scheduling-lead = يمكن الحجز حتى قبل البداية بكذا دقيقة
scheduling-horizon = يمكن الحجز مسبقاً بكذا يوماً
scheduling-approval-label = أنظر في كل طلب أولاً
scheduling-approval-hint = يطلب المرضى، فتقبل أو تعتذر، ثم يدفعون.
scheduling-needs-approval = عند الطلب
scheduling-withdraw = أوقف تقديمها
scheduling-withdrawn = غير مقدمة
scheduling-preview-title = الأوقات المتاحة القادمة
scheduling-preview-none = لا يستطيع أحد الحجز الآن. أضف ساعات ونوع زيارة.

# Errors
scheduling-error-valid-until = أدخل آخر يوم لا يسبق الأول
scheduling-error-hours-follow = ساعات أخرى لهذا المكان تبدأ قبل ذلك. أدخل آخر يوم أبكر
scheduling-error-fields = راجع القيم المختلفة لنوع الزيارة
scheduling-error-two-places = هذه الساعات تتداخل مع ساعاتك في مكان آخر. اجعل إحداها تنتهي حيث تبدأ الأخرى
scheduling-error-whole-days = اترك الأوقات فارغة: هذا لأيام كاملة
scheduling-error-every-service = اختر كل أنواع الزيارات: هذا لها جميعاً
scheduling-error-exception-kind = اختر ما المختلف
scheduling-error-one-journey = أنت في سفر آخر حينها
scheduling-error-holidays = اختر بلداً عطله معروفة
scheduling-error-align = أدخل من 0 إلى 239 دقيقة
scheduling-error-daily-cap = أدخل من 1 إلى 200
scheduling-error-weekly-cap = أدخل من 1 إلى 1000
scheduling-error-reserve = أدخل من 0 إلى 480 دقيقة
scheduling-error-no-such-service = اختر نوع زيارة يقدمه هذا الطبيب
scheduling-error-mode = اختر فيديو أو صوتاً أو محادثة أو حضورياً
scheduling-error-reason-too-long = اكتب 1000 حرف على الأكثر
scheduling-error-range = اطلب 62 يوماً على الأكثر
scheduling-error-pick-time = اختر وقتاً
scheduling-error-time-gone = أُخذ هذا الوقت للتو. اختر وقتاً آخر
scheduling-error-own-overlap = لديك موعد آخر في هذا الوقت. اختر وقتاً آخر
scheduling-error-windows-overlap = فترتان في هذا اليوم متداخلتان. اجعل إحداهما تنتهي حيث تبدأ الأخرى
scheduling-error-zone = أدخل منطقة زمنية مثل Asia/Dhaka
scheduling-error-time-of-day = أدخل وقتاً مثل 09:30
scheduling-error-day = أدخل يوماً مثل 2026-11-24
scheduling-error-ends-before = أدخل آخر يوم لا يسبق الأول ولا يتجاوز سنة
scheduling-error-day-past = أدخل يوماً لم يمضِ
scheduling-error-extra-needs-times = أدخل من متى إلى متى الساعات الإضافية
scheduling-error-duration = أدخل من 5 إلى 240 دقيقة
scheduling-error-buffer = أدخل من 0 إلى 120 دقيقة
scheduling-error-grid = أدخل من 5 إلى 240 دقيقة بين بداية وأخرى
scheduling-error-lead = أدخل من 0 إلى 10080 دقيقة
scheduling-error-horizon = أدخل من 1 إلى 365 يوماً
scheduling-error-price = أدخل سعراً مثل 24.00 وعملة مثل USD
scheduling-error-facility = اختر مكاناً للزيارات الحضورية، ولا تختر مكاناً لغيرها

# Letters
scheduling-mail-greeting = مرحباً { $name }،
scheduling-mail-footer = تصلك هذه الرسالة بسبب موعد في { $brand }. لا تستعمل البريد في الحالات الطارئة: اتصل برقم الطوارئ في بلدك.
scheduling-mail-button-open = افتح الموعد
scheduling-mail-button-pay = ادفع الآن
scheduling-mail-button-other-times = انظر أوقاتاً أخرى
scheduling-mail-button-answer = أجب عن الطلب
scheduling-mail-confirmed-subject = تأكد موعدك
scheduling-mail-confirmed-lead = تأكد موعدك. الفاتورة وملف التقويم مرفقان.
scheduling-mail-urgent-lead = تأكدت زيارتك العاجلة. تدفع بعدها. مرفق ملف تقويم.
scheduling-mail-confirmed-prepare = تفتح غرفة الانتظار قبل البداية بـ 15 دقيقة. افحص هناك الكاميرا والميكروفون.
scheduling-mail-approved-subject = قبل الطبيب طلبك
scheduling-mail-approved-lead = قبل الطبيب طلبك. ادفع لتأكيد الوقت.
scheduling-mail-pay-until = الوقت محفوظ لك حتى { $until }.
scheduling-mail-rejected-subject = لم يستطع الطبيب قبول طلبك
scheduling-mail-rejected-lead = لم يستطع الطبيب قبول طلبك. لم يُخصم شيء.
scheduling-mail-moved-subject = صار لموعدك وقت جديد
scheduling-mail-moved-lead = صار لموعدك وقت جديد. ملف التقويم المرفق يحل محل السابق.
scheduling-mail-cancelled-subject = أُلغي موعدك
scheduling-mail-cancelled-lead = أُلغي موعدك.
scheduling-mail-refund = يعود { $money } إلى وسيلة دفعك. قد يستغرق ذلك بضعة أيام.
scheduling-mail-no-refund = لا يعود شيء.
scheduling-mail-slot-gone-subject = وصلت دفعتك متأخرة وتعود إليك
scheduling-mail-slot-gone-lead = وصلت دفعتك بعد انتهاء مدة الحفظ، ولم يعد الوقت متاحاً. يعود إليك المبلغ كله. هذه أوقات متاحة:
scheduling-mail-missed-subject = فاتك موعدك
scheduling-mail-missed-lead = لم يأتِ أحد إلى غرفة الانتظار في الوقت المتفق عليه.
scheduling-mail-doctor-absent-subject = نعتذر: لم يأتِ الطبيب
scheduling-mail-doctor-absent-lead = لم يحضر الطبيب إلى موعدك. نأسف لذلك. يمكنك أخذ وقت آخر بنقرة واحدة؛ وأقربها أدناه.
scheduling-mail-doctor-requested-subject = مريض يطلب وقتاً
scheduling-mail-doctor-requested-lead = مريض يطلب وقتاً وينتظر جوابك.
scheduling-mail-doctor-confirmed-subject = موعد جديد
scheduling-mail-doctor-confirmed-lead = حجز مريض ودفع.
scheduling-mail-doctor-moved-subject = نُقل موعد
scheduling-mail-doctor-moved-lead = صار لموعد وقت جديد.
scheduling-mail-doctor-cancelled-subject = أُلغي موعد
scheduling-mail-doctor-cancelled-lead = أُلغي موعد. الوقت متاح من جديد.
scheduling-calendar-summary = موعد مع { $doctor }
scheduling-calendar-description = افتح الرابط لدخول غرفة الانتظار أو لنقل الموعد أو إلغائه.

# Reminders, and the doctor's day.
scheduling-reminder-subject = تذكير: موعدك يوم { $when }
scheduling-reminder-lead = موعدك يقترب. تُفتح غرفة الانتظار قبل البداية بخمس عشرة دقيقة.
scheduling-reminder-lead-place = موعدك يقترب. خصّص وقتًا كافيًا للطريق.
scheduling-reminder-for = لـ
scheduling-reminder-footer = وصلتك هذه الرسالة بسبب موعد في { $brand }. في حالة الطوارئ اتصل برقم الطوارئ المحلي.
scheduling-agenda-subject = { $count ->
    [zero] لا مواعيد اليوم
    [one] موعد واحد اليوم
    [two] موعدان اليوم
    [few] { $count } مواعيد اليوم
    [many] { $count } موعدًا اليوم
   *[other] { $count } موعد اليوم
}
scheduling-agenda-lead = يبدأ يومك في { $first }.
scheduling-agenda-open = افتح اليوم

# Waiting list
scheduling-did-offer = عُرض الوقت من قائمة الانتظار
scheduling-did-accept = قُبل الوقت المعروض
scheduling-waiting-title = قائمة الانتظار
scheduling-waiting-join-title = أخبروني حين يتاح وقت
scheduling-waiting-join-lead = حين يلغي أحدهم موعده أو يفتح الطبيب ساعات أخرى نحفظ لك الوقت ونكتب إليك. الانتظار مجاني.
scheduling-waiting-whom = من تود أن ترى؟
scheduling-waiting-only-doctor = { $doctor } فقط
scheduling-waiting-any-doctor = أي طبيب في { $specialty }
scheduling-waiting-from = أول يوم يناسبك
scheduling-waiting-until = آخر يوم يناسبك
scheduling-waiting-weekdays = أيام الأسبوع التي تناسبك
scheduling-waiting-starts = ليس قبل
scheduling-waiting-ends = تبدأ الزيارة قبل
scheduling-waiting-join = أضيفوني إلى القائمة
scheduling-waiting-join-hint = لك أن ترفض أي عرض وأن تغادر القائمة متى شئت.
scheduling-waiting-joined = أنت الآن في قائمة الانتظار. سنكتب إليك حين يتاح وقت.
scheduling-waiting-none = لست في أي قائمة انتظار
scheduling-waiting-none-text = اطلب في صفحة الطبيب أن نخبرك حين يتاح وقت.
scheduling-waiting-leave = مغادرة القائمة
scheduling-waiting-left-done = غادرت القائمة.
scheduling-waiting-waiting = في الانتظار
scheduling-waiting-taken = أُخذ الوقت
scheduling-waiting-left = غادرت
scheduling-waiting-over = انقضى آخر يوم
scheduling-waiting-desk-title = قائمة الانتظار
scheduling-waiting-mode = نوع الزيارة
scheduling-waiting-desk-lead = كل من ينتظر وقتًا متاحًا. الأوقات التي تتاح تُعرض تلقائيًا: الأكثر إلحاحًا أولًا ثم من جاء أولًا.
scheduling-waiting-desk-none = لا أحد ينتظر
scheduling-waiting-suits = الأوقات المناسبة
scheduling-waiting-since = ينتظر منذ
scheduling-waiting-acuity = درجة الإلحاح
scheduling-waiting-has-offer = لديه عرض ينتظر الرد
scheduling-waiting-ranked = تم الحفظ.
scheduling-acuity-1 = 1 · فورًا
scheduling-acuity-2 = 2 · قريبًا جدًا
scheduling-acuity-3 = 3 · قريبًا
scheduling-acuity-4 = 4 · بحسب الدور
scheduling-acuity-5 = 5 · يمكنه الانتظار
scheduling-offer-title = أُتيح وقت
scheduling-offer-kept-until = محفوظ لك وحدك حتى { $time }.
scheduling-offer-take = خذ هذا الوقت
scheduling-offer-decline = لا، أبقوني في القائمة
scheduling-offer-hint = إذا أخذته فلديك 30 دقيقة للدفع، أو أقل إن كانت الزيارة تبدأ قبل ذلك. وإذا لم ترد انتقل إلى الشخص التالي وبقيت أنت في القائمة.
scheduling-offer-see = عرض التفاصيل
scheduling-offer-see-it = عرض الموعد
scheduling-offer-over = انتهى العرض. ما زلت في القائمة.
scheduling-offer-open = هذا الوقت محفوظ لك.
scheduling-offer-taken = أخذت هذا الوقت.
scheduling-offer-declined = رفضت هذا الوقت. ما زلت في القائمة.
scheduling-offer-lapsed = انتهى هذا العرض. ما زلت في القائمة.
scheduling-offer-declined-done = ما زلت في القائمة. ينتقل الوقت إلى الشخص التالي.
scheduling-error-not-waited-for = لا قائمة انتظار لهذا. اختر طبيبًا آخر أو نوعًا آخر من الزيارة.
scheduling-error-waiting-days = أدخل الأيام بالترتيب من اليوم فصاعدًا وخلال ثلاثة أشهر
scheduling-error-waiting-day = أدخل يومًا مثل 2026-12-24
scheduling-error-waiting-weekdays = اختر يومًا واحدًا على الأقل من الأسبوع
scheduling-error-waiting-hour = أدخل وقتًا مثل 09:00
scheduling-error-waiting-hours = يجب أن يأتي الوقت الثاني بعد الأول
scheduling-error-waiting-already = أنت في قائمة الانتظار هذه من قبل
scheduling-error-waiting-places = أنت في خمس قوائم انتظار. غادر إحداها قبل أن تنضم إلى أخرى.
scheduling-error-acuity = اختر رقمًا من 1 إلى 5
scheduling-mail-offered-subject = أُتيح وقت
scheduling-mail-offered-lead = أنت في قائمة الانتظار وقد أُتيح وقت يناسبك. لا يستطيع أحد غيرك أخذه الآن.
scheduling-mail-kept-until = هو محفوظ لك حتى { $until }. إذا لم ترد انتقل إلى الشخص التالي وبقيت أنت في القائمة.
scheduling-mail-button-offer = عرض التفاصيل

# For whom
scheduling-fact-booked-by = حجزه
scheduling-book-for = لمن الزيارة؟
scheduling-book-add-child = إضافة طفل
scheduling-list-for = لأجل { $patient }

# Absence and failure
scheduling-choices-why-failed = تعذرت الزيارة لسبب تقني. اختر وقتًا آخر أو استرد مالك.
scheduling-explain-failed = تعذرت الزيارة لسبب تقني. تسترد كل ما دفعت أو تأخذ به وقتًا آخر: اختر ما يناسبك.
scheduling-mail-failed-subject = تعذرت زيارتك لسبب تقني
scheduling-mail-failed-lead = انقطع الاتصال قبل أن تتحدث مع الطبيب. نأسف لذلك. تسترد كل ما دفعت أو تأخذ به وقتًا آخر.

# Follow-ups
scheduling-follow-up-title = متابعة مجانية
scheduling-follow-up-left = { $count ->
    [one] زيارة أخرى لدى هذا الطبيب مجانية إذا بدأت قبل { $until }.
    [two] زيارتان أخريان لدى هذا الطبيب مجانيتان إذا بدأتا قبل { $until }.
    [few] { $count } زيارات أخرى لدى هذا الطبيب مجانية إذا بدأت قبل { $until }.
   *[other] { $count } زيارة أخرى لدى هذا الطبيب مجانية إذا بدأت قبل { $until }.
}
scheduling-follow-up-book = حجز المتابعة
scheduling-follow-up-free = هذه متابعة لزيارتك السابقة: لا تكلفك شيئًا.
scheduling-follow-ups-title = المتابعة المجانية
scheduling-follow-ups-lead = بعد زيارة مدفوعة يمكن للمريض أن يعود مجانًا خلال عدد من الأيام. تحتفظ الزيارات المنتهية بما كان معلنًا حينها.
scheduling-follow-ups-days = الأيام (اتركها فارغة لعدم المنح)
scheduling-follow-ups-visits = الزيارات
scheduling-follow-ups-saved = تم الحفظ. يسري على الزيارات التي تنتهي من الآن.
scheduling-error-follow-up-days = أدخل عددًا من الأيام من 1 إلى 365 أو اتركه فارغًا
scheduling-error-follow-up-visits = أدخل عددًا من الزيارات من 1 إلى 10
scheduling-join-appointments = المواعيد
scheduling-join-coming = مواعيد قادمة
scheduling-join-both-coming = في كلا السجلين مواعيد قادمة، مجموعها { $count }.
scheduling-join-obstacle-coming = مواعيد قادمة أو لم تنتهِ: { $count }. ألغها أو أنهها، أو احجزها من جديد في السجل الآخر، قبل أن توقف هذا السجل.
scheduling-join-obstacle-waiting = في قائمة الانتظار: { $count }. أخرجها منها قبل أن توقف هذا السجل.
