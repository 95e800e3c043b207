# الصفحة الأولى والبحث عن طبيب والصفحة الرئيسية لكل دور.
home-landing-title = استشر طبيبًا عبر الإنترنت أو في العيادة
home-hero-now = طبيب تثق به خلال نصف ساعة.
home-hero-today = طبيب تثق به، اليوم.
home-hero-soon = طبيب تثق به في الوقت الذي تختاره.
home-hero-text = احجز زيارة بالفيديو أو في العيادة، واحصل على وصفتك فورًا، واحتفظ بكل شيء في ملف واحد هو ملكك.
home-hero-what = التخصص أو الطبيب أو العَرَض
home-hero-example = طفح جلدي، يتحدث العربية
home-hero-go = ابحث عن طبيب
home-hero-next = أقرب زيارة فيديو متاحة
home-hero-book = احجز
home-pills = بحث سريع
home-pill-now = فيديو اليوم
home-pill-child = صحة الطفل
home-pill-speaks = يتحدث
home-pill-women = طبيبات
home-pill-fee = أقل من 30 دولارًا
home-facts = بالأرقام
home-fact-next = حتى أقرب زيارة فيديو متاحة
home-fact-doctors = { $count ->
    [one] طبيب، وترخيص واحد فُحص في آخر 90 يومًا
    [two] طبيب، وترخيصان فُحصا في آخر 90 يومًا
    [few] طبيب، و{ $count } تراخيص فُحصت في آخر 90 يومًا
   *[other] طبيب، و{ $count } ترخيصًا فُحصت في آخر 90 يومًا
}
home-fact-languages-number = { $count ->
    [one] لغة واحدة
    [two] لغتان
    [few] { $count } لغات
   *[other] { $count } لغة
}
home-fact-places = { $count ->
    [one] يتحدثها أطباؤنا، مع عيادات في مدينة واحدة
    [two] يتحدثها أطباؤنا، مع عيادات في مدينتين
    [few] يتحدثها أطباؤنا، مع عيادات في { $count } مدن
   *[other] يتحدثها أطباؤنا، مع عيادات في { $count } مدينة
}
home-fact-score-number = { $score } من 5
home-fact-score = { $count ->
    [one] من مريض واحد بعد زيارة حقيقية
    [two] من مريضين بعد زيارة حقيقية
    [few] من { $count } مرضى بعد زيارة حقيقية
   *[other] من { $count } مريضًا بعد زيارة حقيقية
}
home-fact-yours-number = القرار لك
home-fact-yours = من يرى ملفك، وكل اطلاع عليه مسجّل
home-how = كيف يعمل
home-how-1 = اختر وقتًا
home-how-1-text = أوقات متاحة فعلًا بتوقيتك المحلي ومعها السعر. لا تسجّل إلا بعد أن تختار.
home-how-2 = قابل طبيبك
home-how-2-text = بالفيديو من المتصفح دون تثبيت أي شيء، أو في العيادة. نحتفظ لك بالوقت 30 دقيقة حتى تدفع.
home-how-3 = اخرج بخطة واضحة
home-how-3-text = ملخص بكلمات بسيطة، ووصفة موقّعة برمز تستطيع أي صيدلية التحقق منه.
home-specialties = بماذا نساعدك؟
home-doctors-count = { $count ->
    [one] طبيب واحد
    [two] طبيبان
    [few] { $count } أطباء
   *[other] { $count } طبيبًا
}
home-quotes = آراء المرضى
home-quotes-text = بعد زيارة تمت فعلًا فقط.
home-faq = أسئلة شائعة
home-faq-video = ماذا أحتاج لزيارة الفيديو؟
home-faq-video-answer = هاتف أو حاسوب بكاميرا ومتصفح حديث. نفحص معك الكاميرا والميكروفون والصوت قبل الزيارة. ومن دون كاميرا يمكنك التحدث بالصوت فقط.
home-faq-pay = متى أدفع؟
home-faq-pay-answer = عند الحجز. نحتفظ لك بالوقت 30 دقيقة بينما تدفع في صفحة مزوّد الدفع. وإذا لم تُكمل فلا يُخصم شيء.
home-faq-cancel = ماذا لو اضطررت إلى الإلغاء؟
home-faq-cancel-answer = حتى 24 ساعة قبل الزيارة تسترد المبلغ كله، ومن 24 إلى 4 ساعات نصفه، وبعد ذلك لا شيء. وإذا ألغى الطبيب أو لم يحضر تسترد المبلغ كله.
home-faq-doctors = كيف تتحققون من الأطباء؟
home-faq-doctors-answer = نفحص الترخيص ووثيقة الهوية قبل أن يظهر الطبيب هنا. وتعرض صفحته رقم الترخيص وتاريخ آخر فحص.
home-faq-privacy = من يرى ملفي؟
home-faq-privacy-answer = أنت والأطباء الذين تحجز لديهم. الملاحظات والوصفات مشفّرة بمفتاح خاص بك. ويعرض ملفك كل شخص فتحه ومتى ولماذا.
home-faq-prescription = هل أحصل على وصفة؟
home-faq-prescription-answer = نعم إذا رأى الطبيب ذلك مناسبًا. تصلك بصيغة PDF ومعها رمز يتحقق به الصيدلي في موقعنا من أنها أصلية وسارية.
home-closing = الطبيب المناسب على بعد دقائق.
home-closing-text = قل ما تحتاجه بكلماتك، ونعرض لك من هو متاح ومتى.

home-search-title = ابحث عن طبيب
home-search-words = التخصص أو الطبيب أو العَرَض أو المكان
home-search-example = جلدية، يتحدث العربية، اليوم أو غدًا، فيديو
home-search-go = بحث
home-search-filters = التصفية
home-search-specialty = التخصص
home-search-when = متى
home-search-mode = طريقة اللقاء
home-search-language = اللغة
home-search-gender = الطبيب
home-search-fee = أعلى سعر
home-search-fee-error = اكتب أعلى سعر رقمًا صحيحًا مثل 30
home-search-place = قرب
home-search-sort = الترتيب
home-search-apply = اعرض الأطباء
home-search-chips = التصفية المستخدمة
home-search-clear = مسح الكل
home-search-all = كل الأطباء
home-search-count = { $count ->
    [0] لا يوجد طبيب يطابق كل هذا
    [one] طبيب واحد مطابق
    [two] طبيبان مطابقان
    [few] { $count } أطباء مطابقون
   *[other] { $count } طبيبًا مطابقًا
}
home-search-count-before-times = { $count ->
    [one] طبيب واحد مطابق؛ يظهر من لديه وقت متاح حينها
    [two] طبيبان مطابقان؛ يظهر من لديه وقت متاح حينها
    [few] { $count } أطباء مطابقون؛ يظهر من لديهم وقت متاح حينها
   *[other] { $count } طبيبًا مطابقًا؛ يظهر من لديهم وقت متاح حينها
}
home-any = الكل
home-any-day = أي يوم
home-when-today = اليوم
home-when-tomorrow = غدًا
home-when-today-tomorrow = اليوم أو غدًا
home-when-week = الأيام السبعة القادمة
home-sort-best = الأنسب
home-sort-soonest = الأقرب موعدًا
home-sort-rating = الأعلى تقييمًا
home-sort-fee = الأقل سعرًا
home-sort-distance = الأقرب مكانًا
home-gender-female = طبيبات
home-gender-male = أطباء رجال
home-filter-text = «{ $text }»
home-filter-language = يتحدث { $language }
home-filter-fee = حتى { $fee }
home-filter-place = قرب { $place }
home-filter-error = أعطِ هذه التصفية قيمة مذكورة في الوثائق
home-wider = { $count ->
    [one] طبيب واحد من دون «{ $filter }»
    [two] طبيبان من دون «{ $filter }»
    [few] { $count } أطباء من دون «{ $filter }»
   *[other] { $count } طبيبًا من دون «{ $filter }»
}
home-wider-some = أطباء من دون «{ $filter }»
home-empty-further = لا أحد في هذا الجزء من القائمة لديه وقت متاح حينها. الصفحة التالية تواصل البحث.
home-empty-title = لا أحد يطابق كل هذا
home-empty-text = جرّب كلمات أخرى أو اعرض الجميع.
home-empty-wider = أزل واحدة من التصفيات:
home-next-times = أقرب الأوقات المتاحة
home-more-times = أوقات أخرى
home-no-times = لا وقت متاح في الأسبوعين القادمين.
home-see-profile = صفحة الطبيب
home-doctor-name = د. { $name }
home-licence-checked = الترخيص مفحوص
home-licence-on = الترخيص { $number }، فُحص في { $day }
home-rating = { $count ->
    [one] { $score } من زيارة موثّقة واحدة
    [two] { $score } من زيارتين موثّقتين
    [few] { $score } من { $count } زيارات موثّقة
   *[other] { $score } من { $count } زيارة موثّقة
}
home-rating-few = { $count ->
    [one] تقييم موثّق واحد
    [two] تقييمان موثّقان
    [few] { $count } تقييمات موثّقة
   *[other] { $count } تقييمًا موثّقًا
}
home-rating-none = جديد هنا
home-metres = { $number } م
home-kilometres = { $number } كم
home-day-and-time = { $day }، { $time }
home-today = اليوم
home-tomorrow = غدًا
home-weekday-1 = الاثنين
home-weekday-2 = الثلاثاء
home-weekday-3 = الأربعاء
home-weekday-4 = الخميس
home-weekday-5 = الجمعة
home-weekday-6 = السبت
home-weekday-7 = الأحد
home-month-1 = يناير
home-month-2 = فبراير
home-month-3 = مارس
home-month-4 = أبريل
home-month-5 = مايو
home-month-6 = يونيو
home-month-7 = يوليو
home-month-8 = أغسطس
home-month-9 = سبتمبر
home-month-10 = أكتوبر
home-month-11 = نوفمبر
home-month-12 = ديسمبر
home-month-year = { $month } { $year }
home-zone = الأوقات بتوقيت { $place } ({ $offset })
home-stars = { $score } من 5

home-profile-title = الطبيب
home-all-doctors = كل الأطباء
home-years = { $count ->
    [one] سنة خبرة واحدة
    [two] سنتا خبرة
    [few] { $count } سنوات خبرة
   *[other] { $count } سنة خبرة
}
home-about = نبذة
home-patients-say = آراء المرضى
home-listens = يُصغي
home-explains = يشرح بوضوح
home-on-time = يلتزم بالوقت
home-technology = الصوت والصورة
home-verified = زيارة موثّقة
home-no-reviews = لم يكتب أحد رأيًا بعد. لا يكتب إلا من تمت زيارته.
home-fees = الرسوم
home-approval = يؤكد الطبيب كل طلب.
home-price-whole = السعر المعروض هو ما تدفعه.
home-before = قبل زيارتك
home-before-medicines = جهّز أسماء أدويتك
home-before-place = اختر مكانًا هادئًا بإضاءة جيدة
home-before-device = اشحن جهازك واسمح بالكاميرا والميكروفون عند السؤال
home-book-title = احجز موعدًا
home-book-mode = طريقة اللقاء
home-book-days = الأيام
home-book-wait = لا يناسبك أي وقت؟ أخبروني حين يتاح وقت
home-book-none = لا وقت متاح في هذا اليوم. اختر يومًا آخر من الأعلى.
home-book-go = متابعة · الحجز محفوظ 30 دقيقة
home-book-ask = اطلب هذا الوقت
home-day-none = لا شيء
home-day-left = متاح { $count }
home-morning = صباحًا
home-afternoon = بعد الظهر
home-evening = مساءً
home-slot-full = { $weekday } { $date }، { $from } – { $to }
home-consultation = الاستشارة
home-you-pay = تدفع
home-cancel-rule = تسترد المبلغ كله حتى 24 ساعة قبل الزيارة، ونصفه حتى 4 ساعات قبلها. وكله إذا ألغى الطبيب.

home-patient-title = الرئيسية
home-greeting-for = من أجل { $name }
home-visit-for = من أجل { $name }
home-greeting = أهلًا { $name }
home-next-visit = زيارتك القادمة
home-join = ادخل إلى الزيارة
home-join-opens = تُفتح غرفة الانتظار في { $time }
home-join-open = غرفة الانتظار مفتوحة
home-pay = ادفع الآن
home-pay-before = { $price }، محفوظ لك حتى { $time }
home-waiting-answer = لم يرد الطبيب بعد
home-come-early = احضر قبل عشر دقائق ومعك وثيقة هوية
home-see-details = التفاصيل
home-no-visit = لا زيارة محجوزة
home-no-visit-text = اختر طبيبًا ووقتًا. ترى السعر قبل الحجز.
home-later = بعد ذلك
home-todo = المطلوب منك
home-todo-birth = أخبرنا بتاريخ ميلادك لتناسب الجرعات عمرك
home-todo-allergies = قل لنا هل لديك حساسية، حتى إن لم تكن لديك
home-todo-rate = كيف كانت زيارتك مع { $doctor } في { $day }؟
home-todo-add = أضف
home-todo-answer = أجب
home-todo-rate-go = قيّم
home-doors = إلى أين
home-door-find = حسب التخصص واللغة والسعر
home-door-appointments = الزيارات القادمة والسابقة
home-door-record = الحساسية والتشخيصات والملاحظات
home-door-bills = المدفوعات والفواتير والاسترداد
home-see-all = عرض الكل
home-no-prescriptions = تظهر هنا الوصفات التي يوقّعها أطباؤك.
home-medicines = { $count ->
    [one] دواء واحد
    [two] دواءان
    [few] { $count } أدوية
   *[other] { $count } دواءً
}
home-prescribed = { $doctor }، { $day } · سارية حتى { $until }
home-vitals = آخر القياسات
home-no-vitals = لا قياسات بعد.
home-add-vitals = أضف قياسًا
home-who = من يرى هذا
home-who-text = أنت والأطباء الذين تحجز لديهم. وكل اطلاع مسجّل.
home-who-go = اعرف من فتح ملفك

home-day-title = يومي
home-live = مباشر
home-day-change = أيام أخرى
home-day-earlier = اليوم السابق
home-day-later = اليوم التالي
home-day-booked = محجوز
home-day-waiting = في الانتظار الآن
home-day-running = في زيارة
home-day-done = انتهت
home-day-empty = لا حجوزات في هذا اليوم
home-day-empty-text = يحجز المرضى في الساعات التي تتيحها.
home-day-agenda = جدول اليوم
home-day-aside = التالي والمهام المفتوحة
home-now = الآن
home-chart = الملف
home-admit = أدخل المريض
home-return = العودة إلى الزيارة
home-finish = أكمل الملاحظة
home-summary = الملخص
home-keys-walk = تنقّل
home-keys-open = فتح
home-keys-start = بدء
home-keys-off = تشغيل المفاتيح المفردة أو إيقافها
home-up-next = التالي
home-requests = طلبات تنتظر ردك
home-requests-none = لا طلب ينتظرك.
home-accept = اقبل
home-unsigned = ملاحظات للتوقيع
home-unsigned-none = كل الملاحظات موقّعة.
home-to-check = ملاحظات للمراجعة
home-to-check-by = وقّعها { $doctor }
home-approval-awaiting = تنتظر المشرف
home-approval-returned = أعادها المشرف
home-waiting-since = { $count ->
    [0] وصل الآن
    [one] ينتظر منذ دقيقة
    [two] ينتظر منذ دقيقتين
    [few] ينتظر منذ { $count } دقائق
   *[other] ينتظر منذ { $count } دقيقة
}
home-in-visit-since = { $count ->
    [0] بدأت الآن
    [one] في الزيارة منذ دقيقة
    [two] في الزيارة منذ دقيقتين
    [few] في الزيارة منذ { $count } دقائق
   *[other] في الزيارة منذ { $count } دقيقة
}
home-age = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
   *[other] { $count } سنة
}
home-visits-before = { $count ->
    [0] أول زيارة
    [one] زيارة سابقة واحدة
    [two] زيارتان سابقتان
    [few] { $count } زيارات سابقة
   *[other] { $count } زيارة سابقة
}

home-admin-title = نظرة عامة
home-admin-care = الزيارات
home-admin-today = زيارات اليوم
home-admin-done = { $count ->
    [one] انتهت واحدة
    [two] انتهت اثنتان
   *[other] انتهت { $count }
}
home-admin-waiting = في الانتظار الآن
home-admin-running = { $count ->
    [one] زيارة جارية واحدة
    [two] زيارتان جاريتان
    [few] { $count } زيارات جارية
   *[other] { $count } زيارة جارية
}
home-admin-requests = طلبات
home-admin-requests-note = تنتظر رد الطبيب
home-admin-holds = محجوز مؤقتًا
home-admin-holds-note = ينتظر الدفع
home-admin-absent = لم يحضروا، 30 يومًا
home-admin-absent-note = { $count ->
    [one] مريض واحد لم يحضر
    [two] مريضان لم يحضرا
    [few] { $count } مرضى لم يحضروا
   *[other] { $count } مريضًا لم يحضروا
}
home-admin-cancelled = أُلغيت
home-admin-30 = في 30 يومًا
home-admin-people = الأشخاص
home-admin-submitted = أطباء بانتظار الفحص
home-admin-submitted-note = أوراق الترخيص والهوية تنتظر
home-admin-published = أطباء منشورون
home-admin-published-note = يمكن إيجادهم والحجز لديهم
home-admin-stale = تراخيص حان فحصها
home-admin-stale-note = آخر فحص قبل أكثر من 90 يومًا
home-admin-suspended = أطباء موقوفون
home-admin-suspended-note = لا يظهرون في البحث
home-admin-accounts = الحسابات
home-admin-accounts-note = نشطة، كل الأدوار
home-admin-patients = المرضى
home-admin-patients-note = لهم ملف هنا
home-admin-money = المال، 30 يومًا
home-admin-received = المقبوض، { $currency }
home-admin-received-note = { $count ->
    [one] دفعة واحدة؛ أُعيد { $back }
    [two] دفعتان؛ أُعيد { $back }
    [few] { $count } دفعات؛ أُعيد { $back }
   *[other] { $count } دفعة؛ أُعيد { $back }
}
home-admin-failed = مدفوعات فاشلة
home-admin-failed-note = في 7 أيام
home-admin-refunds = مبالغ مستردة عالقة
home-admin-refunds-note = تحتاج محاولة ثانية
home-admin-approve = مبالغ بانتظار الموافقة
home-admin-approve-note = طلبها زميل وتتجاوز الحد
home-admin-rest = التقييمات والأماكن
home-admin-reviews = تقييمات للمراجعة
home-admin-reviews-note = أوقفها المرشّح
home-admin-places = مراكز صحية
home-admin-duplicates = السجلات المكررة
home-admin-duplicates-note = قد تكون لشخص واحد
home-admin-places-note = يعمل فيها الأطباء
home-admin-per-day = الزيارات في اليوم

home-about-title = من نحن
home-about-lead = { $brand } مستشفى بلا جدران: أطباء فُحصت تراخيصهم، وزيارات بالفيديو أو في العيادة، وملف واحد يملكه المريض.
home-about-what = ماذا نفعل
home-about-what-text = تجد طبيبًا حسب التخصص واللغة والسعر والوقت، وتلتقيان بالفيديو أو الصوت أو المحادثة أو في مركز صحي، وتخرج بملخص، وبوصفة إذا كانت مناسبة.
home-about-doctors = أطباؤنا
home-about-doctors-text = لا يظهر أحد في البحث قبل أن يفحص مسؤول أوراقه.
home-about-doctors-1 = نتحقق من الترخيص لدى الجهة التي أصدرته، ومن وثيقة الهوية.
home-about-doctors-2 = يظهر تاريخ آخر فحص في صفحة كل طبيب.
home-about-doctors-3 = لا تُكتب الآراء إلا بعد زيارة تمت فعلًا.
home-about-time = وقتك
home-about-time-text = الأوقات حقيقية وبتوقيتك المحلي. والوقت الذي تختاره محفوظ لك 30 دقيقة. وإذا وصل الدفع متأخرًا أعطيناك الوقت إن كان لا يزال متاحًا، وإلا أعدنا مالك.
home-about-money = مالك
home-about-money-text = ترى السعر كاملًا قبل التسجيل. وإذا ألغى الطبيب أو لم يحضر تسترد المبلغ كله من دون طلب.
home-about-open = كيف بُني
home-about-open-text = البرنامج وراء هذا الموقع مفتوح المصدر برخصة Apache 2.0، ويمكن لأي شخص أن يقرأ كيف يعمل.

home-privacy-title = الخصوصية
home-privacy-lead = ما الذي يعرفه { $brand } عنك، ولماذا، ومن يراه، وما الذي يمكنك فعله.
home-privacy-what = ما نحتفظ به
home-privacy-what-text = فقط ما تحتاجه رعايتك وحسابك والقانون.
home-privacy-what-1 = حسابك: الاسم والبريد أو الهاتف وكلمة السر (مُجزّأة) واللغة والمنطقة الزمنية وعمليات الدخول.
home-privacy-what-2 = ملفك الصحي: الحساسية والتشخيصات والقياسات والملاحظات والوصفات والمحادثة أثناء الزيارة.
home-privacy-what-3 = زياراتك ومدفوعاتك: الأوقات والأسعار والفواتير والمبالغ المستردة. لا نرى بطاقتك أبدًا.
home-privacy-what-4 = سجل بمن فتح ملفك ومتى ولماذا.
home-privacy-why = لماذا نحتفظ به
home-privacy-why-text = لنقدم الرعاية التي طلبتها، ولحفظ السجلات التي يفرضها القانون الطبي على الأطباء، ولإرسال المال واستلامه بدقة. لا نبيع شيئًا ولا نعرض إعلانات ولا نستخدم أدوات تتبع.
home-privacy-who = من يراه
home-privacy-who-text = تُفحص القاعدة في كل صفحة، ثم تفحصها قاعدة البيانات نفسها.
home-privacy-who-1 = أنت ترى كل شيء.
home-privacy-who-2 = الطبيب الذي حجزت لديه يرى ملفك ما دامت تلك الرعاية قائمة.
home-privacy-who-3 = المسؤولون يرون المواعيد والمدفوعات والحسابات، ولا يرون محتوى ملفك.
home-privacy-who-4 = مزوّد الدفع يحصل على المبلغ ورقم الزيارة، ولا معلومات صحية.
home-privacy-how = كيف نحميه
home-privacy-how-text = من الضياع والسرقة والفضول:
home-privacy-how-1 = الملاحظات والوصفات والمحادثات والوثائق مشفّرة بمفتاح خاص بملفك وحده.
home-privacy-how-2 = ينتقل الفيديو من متصفحك إلى خادمنا ثم إلى طبيبك مشفّرًا، ولا يُسجّل.
home-privacy-how-3 = سجل الاطلاع مترابط بحيث لا يمكن حذف سطر منه دون أن يُكتشف.
home-privacy-how-4 = الرسائل البريدية والنصية لا تحمل معلومات صحية، بل تخبرك بأن شيئًا ينتظرك هنا.
home-privacy-long = كم من الوقت
home-privacy-long-text = نحفظ السجلات الصحية المدة التي يطلبها قانون بلد الطبيب. رموز الدخول تعيش دقائق، والجلسات حتى تخرج أو تنتهي.
home-privacy-rights = ما يمكنك فعله
home-privacy-rights-text = إنه ملفك.
home-privacy-rights-1 = اعرف من فتحه: ملفي الطبي، من فتح ملفي.
home-privacy-rights-2 = صحّح بياناتك: الحساب والأمان.
home-privacy-rights-3 = أنهِ كل الجلسات على كل الأجهزة: الحساب والأمان.
home-privacy-rights-4 = خذ وثائقك معك: يمكن تنزيل كل ملخص ووصفة وفاتورة.
home-privacy-cookies = ملفات تعريف الارتباط
home-privacy-cookies-text = فقط ما لا يعمل الموقع بدونه، لذلك لا لافتة تغلقها.
home-privacy-cookies-1 = واحد يبقيك داخل حسابك.
home-privacy-cookies-2 = واحد يتذكر لغتك.
home-privacy-cookies-3 = واحد يخبرنا بمنطقتك الزمنية لتكون الأوقات صحيحة.

home-accessibility-title = إمكانية الوصول
home-accessibility-lead = يجب أن تصل الرعاية إلى الجميع. هذا ما يعمل وما لا يعمل بعد وكيف نعرف ذلك.
home-accessibility-aim = هدفنا
home-accessibility-aim-text = إرشادات الوصول إلى محتوى الويب 2.2، المستوى AA، في كل صفحة وبكل لغة نقدمها، ومنها اللغات التي تُكتب من اليمين إلى اليسار.
home-accessibility-works = ما يعمل
home-accessibility-works-text = يمكنك أن:
home-accessibility-works-1 = تستخدم كل صفحة بلوحة المفاتيح وحدها
home-accessibility-works-2 = تستخدم قارئ شاشة: للصفحات معالم وعناوين وتسميات، وتُعلن ما يتغير
home-accessibility-works-3 = تكبّر حتى 400 بالمئة دون تمرير جانبي
home-accessibility-works-4 = تستخدم التباين العالي وتطلب حركة أقل من إعدادات نظامك
home-accessibility-works-5 = تلصق الرموز وكلمات السر؛ لا أحاجي لحلها
home-accessibility-works-6 = تحجز وتدفع وتقرأ ملفك دون JavaScript
home-accessibility-limits = ما لا يعمل بعد
home-accessibility-limits-text = نعرف هذه النواقص:
home-accessibility-limits-1 = لا ترجمة مكتوبة لزيارات الفيديو بعد. المحادثة بجانب الصورة متاحة للنص.
home-accessibility-limits-2 = وثائق PDF ليست موسومة بالكامل؛ والمحتوى نفسه موجود دائمًا في صفحة.
home-accessibility-limits-3 = غرفة الفيديو نفسها تحتاج JavaScript.
home-accessibility-tested = كيف نختبره
home-accessibility-tested-text = تُفحص كل صفحة في المسار الرئيسي آليًا بأداة axe في اتجاهي الكتابة وبعرض الهاتف والمكتب، ويُجرَّب المسار بلوحة المفاتيح.
home-accessibility-tell = إذا لم يعمل شيء معك
home-accessibility-tell-text = أخبر طبيبك في محادثة زيارتك، أو مسؤولًا في { $brand }. وإذا لم تستطع الحجز وحدك فيمكن لشخص آخر أن يساعدك؛ لا شيء يمنع ذلك.
home-waiting-now = في غرفة الانتظار
home-acuity = مدى العجلة:
home-acuity-1 = 1 · حالًا
home-acuity-2 = 2 · عاجل جدًا
home-acuity-3 = 3 · عاجل
home-acuity-4 = 4 · عادي
home-acuity-5 = 5 · يمكنه الانتظار
home-acuity-set = حدّد
home-call-back = استدعِ
home-here-present = هنا
home-here-away = غائب لحظة
home-here-gone = الصفحة مغلقة
home-here-out = خرج قليلًا
home-here-called = استُدعي
home-out-since = خارج منذ { $count ->
    [one] دقيقة
    [two] دقيقتين
    [few] { $count } دقائق
   *[other] { $count } دقيقة
  }
home-door-messages = اسأل طبيبك بين الزيارات

home-timeline-title = سجلك بحسب التاريخ
home-timeline-lead = كل ما في سجلك، الأحدث أولًا. اختر أنواعًا أو زمنًا أو كلمات لتجد شيئًا.
home-timeline-of = { $name }: السجل بحسب التاريخ
home-timeline-kinds = ما الذي يُعرض
home-timeline-words = كلمات
home-timeline-from = من
home-timeline-until = إلى
home-timeline-show = اعرض
home-timeline-all = اعرض كل شيء
home-timeline-year = أو سنة واحدة:
home-timeline-none = لا شيء يطابق
home-timeline-none-text = اختر أنواعًا أخرى أو زمنًا أطول أو كلمات أخرى.
home-timeline-empty = لا شيء في هذا السجل بعد
home-timeline-empty-text = تظهر هنا الزيارات والوصفات والقياسات والمستندات.
home-timeline-looked-at = بُحث عن الكلمات في أحدث { $count } من القيود. انتقل إلى الصفحة التالية للبحث فيما قبلها.
home-timeline-visit = زيارة
home-timeline-diagnosis = تشخيص
home-timeline-prescription = وصفة
home-timeline-immunization = تطعيم
home-timeline-measurement = قياس
home-timeline-document = مستند
home-timeline-letter = رسالة
home-timeline-intake = أسئلة قبل زيارة
home-timeline-appointment = موعد
home-timeline-intake-title = الأجوبة قبل الزيارة
home-timeline-resolved = انتهى
home-timeline-given = أُعطي { $day }
home-timeline-more-measured = و{ $count ->
    [one] قياس آخر في ذلك اليوم
    [two] قياسان آخران في ذلك اليوم
    [few] { $count } قياسات أخرى في ذلك اليوم
   *[other] { $count } قياسًا آخر في ذلك اليوم
}
home-timeline-altered = غُيّرت هذه الوصفة ولا تُعرض
