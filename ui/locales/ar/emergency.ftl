# أسئلة الطوارئ، والطلبات العاجلة، والأطباء الجاهزون، ولوحة المتابعة والمراجعة.
emergency-screen-title = هل هذه حالة طارئة؟
emergency-call-now = رقم الطوارئ
emergency-screen-danger = إذا كانت الحياة في خطر فلا تملأ شيئًا. اتصل الآن.
emergency-call = اتصل بالرقم { $number } الآن
emergency-number-of = رقم الطوارئ في { $country }.
emergency-number-unknown = لا نعرف أين أنت. الرقم 112 يصل معظم الهواتف المحمولة بخدمة الطوارئ المحلية.
emergency-screen-question = هل يحدث شيء من هذا الآن؟
emergency-screen-hint = علّم كل ما ينطبق عليك أو على من معك.
emergency-screen-go = متابعة
emergency-screen-none-hint = إذا لم ينطبق شيء فتابع فحسب.
emergency-screen-private = نعدّ كم مرة اختيرت كل علامة، لا من اختارها. لا حاجة إلى حساب.
emergency-doctor-title = تحدث إلى طبيب الآن
emergency-doctor-text = لا تحتاج إلى حساب ولا تدفع شيئًا الآن. نبحث عن طبيب فورًا، وتذكر اسمك لاحقًا.
emergency-doctor-go = ابحثوا لي عن طبيب الآن
emergency-country = أنا في
emergency-country-blank = لا أعرف
emergency-country-change = أظهر الرقم
emergency-flag-chest-pain = ألم أو ضغط في الصدر، أو ألم يمتد إلى الذراع أو الفك أو الظهر
emergency-flag-stroke = تدلّي جانب من الوجه، أو ضعف مفاجئ في ذراع أو ساق، أو كلام متلعثم
emergency-flag-breathing = صعوبة شديدة في التنفس، أو زرقة الشفتين، أو عجز عن الكلام من ضيق النفس
emergency-flag-throat-swelling = تورم الشفتين أو اللسان أو الحلق، أو حساسية شديدة
emergency-flag-bleeding = نزيف لا يتوقف، أو تقيؤ دم أو سعال دم
emergency-flag-unconscious = فقدان الوعي أو صعوبة الإيقاظ، أو نوبة تشنج، أو ارتباك مفاجئ
emergency-flag-suicide = التفكير في إنهاء حياتك، أو في إيذاء نفسك أو غيرك
emergency-flag-infant-fever = رضيع عمره أقل من ثلاثة أشهر وحرارته 38 درجة مئوية أو أكثر
emergency-flag-meningitis = حمى مع تيبّس الرقبة، أو مع طفح لا يزول عند الضغط عليه
emergency-flag-poisoning = تسمم، أو جرعة زائدة، أو ابتلاع بطارية أو مادة كيميائية
emergency-flag-pregnancy = حمل مع نزيف غزير أو ألم شديد في البطن أو تشنجات، أو قلة حركة الجنين
emergency-flag-injury = إصابة خطيرة، أو ضربة على الرأس مع تقيؤ أو نعاس، أو حرق كبير
emergency-error-too-many = اذكر علامات القائمة فقط
emergency-call-title = اتصل الآن
emergency-call-headline = اتصل بالرقم { $number } الآن
emergency-crisis-call = أو تحدث إلى من يسمعك: { $number }
emergency-crisis-unknown = لا نعرف خطًا للدعم النفسي في هذا البلد: اتصل برقم الطوارئ أو اذهب إلى مستشفى.
emergency-crisis-text = لست وحدك في هذا. إن استطعت فابقَ مع شخص تثق به حتى تصل المساعدة.
emergency-until-title = إلى أن تصل المساعدة
emergency-until-stay = ابقَ على الهاتف: سيخبرونك بما تفعل.
emergency-until-door = افتح قفل الباب، وليترقب أحدهم سيارة الإسعاف.
emergency-until-medicines = جهّز الأدوية والحساسيات والأوراق.
emergency-until-drive = لا تقد السيارة بنفسك.
emergency-said = ما ذكرته
emergency-hospitals = أقرب المستشفيات
emergency-hospitals-near = أقرب المستشفيات من { $city }
emergency-hospitals-none = لا نعرف مستشفى قريبًا منك. خدمة الطوارئ تجد لك واحدًا.
emergency-hospitals-all = كل الأماكن
emergency-map = الخريطة
emergency-also-title = وأنت تنتظر
emergency-also-text = يمكنك أيضًا التحدث إلى أحد أطبائنا. اتصل بالرقم أولًا: هذا لا يغني عن الإسعاف. بلا حساب وبلا دفع الآن.
emergency-also-go = تحدث أيضًا إلى طبيب
emergency-again = أجب مرة أخرى
emergency-none-title = لا تبدو هذه حالة طارئة
emergency-none-text = لا توجد أي من العلامات. وأنت أدرى: إذا خفت على حياتك فاتصل.
emergency-today-title = طبيب اليوم
emergency-today-text = نبحث عن طبيب خلال الساعة. لا تحتاج إلى حساب لتطلب، وتدفع بعد الزيارة.
emergency-today-go = ابحثوا لي عن طبيب اليوم
emergency-later-title = زيارة عادية
emergency-later-text = اختر طبيبك وموعدك.
emergency-later-go = ابحث عن طبيب
emergency-worse = إذا ساءت الحالة:
emergency-quota-title = طلبت عدة مرات اليوم
emergency-quota-text = إذا طرأ أمر جديد لا يحتمل الانتظار فاتصل. ولما سواه احجز زيارة: لدى كثير من الأطباء مواعيد اليوم.
emergency-acuity = درجة الاستعجال
emergency-acuity-1 = فورًا
emergency-acuity-2 = خلال دقائق
emergency-acuity-3 = عاجل
emergency-acuity-4 = قريبًا
emergency-acuity-5 = عادي
emergency-acuity-change = حدد درجة الاستعجال
emergency-acuity-why = السبب
emergency-acuity-keep = حفظ
emergency-acuity-kept = تم الحفظ.
emergency-source-patient = الشخص نفسه
emergency-source-symptom_engine = فاحص الأعراض
emergency-source-nurse = ممرض
emergency-source-doctor = طبيب
emergency-source-rule = قاعدة داخلية
emergency-review-why = { $source }: { $why }
emergency-why-red_flag = علامات من القائمة
emergency-why-self_declared = طلب طبيبًا دون علامات
emergency-why-abuse_score = خُفضت لأن طلبات سابقة لم تكن مبررة
emergency-why-seen_worse = تبدو أسوأ مما قيل
emergency-why-seen_better = تبدو أفضل مما قيل
emergency-why-signs_not_there = العلامات غير موجودة
emergency-why-vulnerable = شخص معرض للخطر
emergency-rung-reserved = الأوقات المتاحة والمحجوزة للطوارئ
emergency-rung-pool = الأطباء الجاهزون
emergency-rung-insert = مكان بين الزيارات
emergency-rung-displace = موعد من يستطيع الانتظار
emergency-rung-escalate = قسم الطوارئ
emergency-step-offered = { $count ->
    [one] سُئل طبيب واحد
    [two] سُئل طبيبان
    [few] سُئل { $count } أطباء
   *[other] سُئل { $count } طبيبًا
}
emergency-step-taken = وُجد
emergency-step-nothing = لا شيء متاح
emergency-step-not-for-guests = يحتاج إلى اسم
emergency-step-handed-over = لم نجد أحدًا
emergency-wait-title = طلبك العاجل
emergency-wait-reserved = نبحث عن طبيب
emergency-wait-reserved-text = ننظر في الأوقات المتاحة وفيما نحتفظ به للطلبات العاجلة. أبقِ هذه الصفحة مفتوحة.
emergency-wait-pool = نسأل الأطباء الجاهزين الآن
emergency-wait-pool-text = أول من يقبل يكون طبيبك. أبقِ هذه الصفحة مفتوحة.
emergency-wait-late = استغرق الأمر أكثر مما وعدنا
emergency-wait-late-text = ما زلنا نسأل، وقد أُبلغ أحد العاملين لدينا. إذا كان الأمر لا يحتمل فاتصل بالرقم أدناه.
emergency-wait-insert = نفسح لك مكانًا
emergency-wait-insert-text = لا طبيب متاح فورًا. نبحث عن مكان بين الزيارات. أبقِ هذه الصفحة مفتوحة.
emergency-wait-accepted = طبيب جاهز لك
emergency-wait-accepted-text = أخبرنا من أنت ثم تبدأ الزيارة.
emergency-wait-booked = تأكدت زيارتك
emergency-wait-booked-text = افتحها وانتظر هناك: سيستدعيك الطبيب.
emergency-wait-escalated = لم نجد طبيبًا في الوقت المناسب. اذهب إلى قسم الطوارئ
emergency-wait-escalated-text = اتصل بالرقم أدناه، أو ليأخذك أحدهم إلى أقرب مستشفى. أرهم المذكرة.
emergency-wait-unmet = لا طبيب متاح الآن
emergency-wait-unmet-text = احجز أقرب موعد يناسبك. اطلب مرة أخرى أو اتصل إذا ساءت الحالة.
emergency-wait-cancelled = سحبت طلبك
emergency-wait-cancelled-text = لم نعد نبحث عن طبيب.
emergency-wait-lapsed = لم يستطع الطبيب الانتظار أكثر
emergency-wait-lapsed-text = اطلب مرة أخرى: نبدأ فورًا.
emergency-wait-promise = ينبغي أن يجيب طبيب قبل { $time }.
emergency-wait-promise-broken = كان ينبغي أن يجيب طبيب قبل { $time }.
emergency-queue-next = أنت التالي.
emergency-queue-ahead = { $count ->
    [one] قبلك شخص واحد: حالته أعجل أو طلب قبلك.
    [two] قبلك شخصان: حالتهما أعجل أو طلبا قبلك.
    [few] قبلك { $count } أشخاص: حالتهم أعجل أو طلبوا قبلك.
   *[other] قبلك { $count } شخصًا: حالتهم أعجل أو طلبوا قبلك.
}
emergency-queue-ready = { $count ->
    [0] لا طبيب جاهز في هذه اللحظة.
    [one] طبيب واحد جاهز.
    [two] طبيبان جاهزان.
    [few] { $count } أطباء جاهزون.
   *[other] { $count } طبيبًا جاهزون.
}
emergency-queue-wait = يستغرق الأمر عادةً من { $from } إلى { $to } دقائق أخرى.
emergency-queue-wait-at-most = { $count ->
    [one] لا يستغرق الأمر عادةً أكثر من دقيقة أخرى.
    [two] لا يستغرق الأمر عادةً أكثر من دقيقتين أخريين.
    [few] لا يستغرق الأمر عادةً أكثر من { $count } دقائق أخرى.
   *[other] لا يستغرق الأمر عادةً أكثر من { $count } دقيقة أخرى.
}
emergency-wait-doctor-until = ينتظرك حتى { $time }.
emergency-wait-visit-off = أُلغيت هذه الزيارة. يمكنك اختيار موعد آخر.
emergency-wait-free = { $when } · مجانًا ({ $price })
emergency-wait-pay-later = { $when } · { $price }، تدفعها بعد الزيارة
emergency-wait-to-visit = اذهب إلى الزيارة
emergency-wait-steps = ما حدث
emergency-wait-cancel = لم أعد أحتاج إلى طبيب
emergency-claim-title = من أنت؟
emergency-claim-text = يمكنك فعل ذلك ونحن نبحث. باسمك نستطيع أيضًا إعطاءك الأوقات المحجوزة والأماكن بين الزيارات.
emergency-claim-go = هذا طلبي
emergency-claim-sign-up = أذكر اسمي وبريدي أو هاتفي
emergency-note-title = مذكرة لقسم الطوارئ
emergency-note-lead = كُتبت مما قيل عبر الإنترنت. لم يفحص طبيب هذا الشخص.
emergency-note-open = مذكرة لقسم الطوارئ
emergency-note-asked = وقت الطلب
emergency-note-judged = التقدير
emergency-note-footer = رقم الطلب:
emergency-mail-nobody-subject = لم نجد طبيبًا لطلبك
emergency-mail-nobody-text = نأسف. لم يكن أحد متاحًا في الوقت المناسب. إذا كان الأمر لا يحتمل فاتصل برقم الطوارئ في بلدك أو اذهب إلى أقرب مستشفى. ما ينبغي فعله مكتوب في صفحة طلبك.
emergency-mail-breach-subject = طلب عاجل (الدرجة { $level }) لم يُجب في الوقت
emergency-mail-breach-text = لم يجب أحد طلبًا عاجلًا في الوقت الموعود. لوحة المتابعة تبيّن وضعه.
emergency-pool-title = الطلبات العاجلة
emergency-pool-ready = جاهز للطلبات العاجلة
emergency-pool-ready-text = ما دمت جاهزًا وهذه الصفحة مفتوحة فقد تُسأل. لديك 45 ثانية، وأول من يقبل يأخذ الطلب.
emergency-pool-ready-until = جاهز حتى { $time }
emergency-pool-for = لمدة
emergency-pool-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
emergency-pool-go = أنا جاهز
emergency-pool-stop = لم أعد جاهزًا
emergency-pool-offers = تُسأل الآن
emergency-pool-none = لا أحد يحتاج إليك الآن
emergency-pool-none-text = ما تُسأل عنه يظهر هنا وحده.
emergency-pool-waiting = { $count ->
    [one] شخص واحد ينتظر طبيبًا.
    [two] شخصان ينتظران طبيبًا.
    [few] { $count } أشخاص ينتظرون طبيبًا.
   *[other] { $count } شخصًا ينتظرون طبيبًا.
}
emergency-pool-say-ready = قل أعلاه إنك جاهز: الأكثر استعجالًا يسألك أولًا.
emergency-pool-your-turn = ستُسأل حالما يحتاج إليك أحد: الأكثر استعجالًا أولًا.
emergency-pool-patient = مريض
emergency-pool-guest = ضيف
emergency-pool-no-flags = لم تُختر أي من علامات القائمة.
emergency-pool-answer-by = أجب قبل { $time }
emergency-pool-over = انتهى الوقت
emergency-pool-accept = أقبل
emergency-pool-decline = أعتذر
emergency-pool-taken = ما قبلته اليوم
emergency-pool-waits-for-guest = الضيف يعرّف بنفسه، حتى { $time }
emergency-pool-visit = زيارة
emergency-pool-guest-gone = لم يأت الضيف
emergency-pool-open = افتح
emergency-pool-yours = الطلب لك. تأكدت الزيارة وأُبلغ المريض.
emergency-pool-yours-guest = الطلب لك. الضيف يعرّف بنفسه الآن، وتظهر الزيارة هنا.
emergency-pool-gone = سبقك أحدهم أو لم تعد هناك حاجة. شكرًا لك.
emergency-pool-extra = أكثر من المخطط
emergency-pool-extra-text = في الطوارئ قد توضع زيارة قصيرة بين زياراتك أو فوق إحداها. أنت تحدد أقصى عدد خلال 24 ساعة.
emergency-pool-extra-label = على الأكثر
emergency-pool-extra-kept = حُفظ الحد.
emergency-error-hours = اختر من 1 إلى 12 ساعة
emergency-error-extra = اختر من 0 إلى 6
emergency-error-duty = اختر من 0 إلى 24 ساعة
emergency-error-reason = اكتب سببًا من 3 إلى 500 حرف
emergency-board-title = الطلبات العاجلة
emergency-board-ready = أطباء جاهزون
emergency-board-asked = طلبات 24 ساعة
emergency-board-met = أُجيبت في الوقت
emergency-board-broken = تأخرت
emergency-board-escalated = إلى أقسام الطوارئ
emergency-board-open = المفتوحة الآن
emergency-board-empty = لا أحد ينتظر
emergency-board-empty-text = الطلبات الجديدة تظهر هنا وحدها.
emergency-board-offers = { $count ->
    [0] لم يُسأل أحد بعد
    [one] سُئل طبيب واحد
    [two] سُئل طبيبان
    [few] سُئل { $count } أطباء
   *[other] سُئل { $count } طبيبًا
}
emergency-board-accepted = { $doctor } ينتظر الضيف
emergency-board-on-duty = { $name }، حتى { $time }
emergency-board-duty = المناوبة
emergency-board-duty-nobody = لا أحد مناوب. عندئذ يُبلَّغ كل المديرين إذا أُخلف وعد.
emergency-board-duty-take = أنا مناوب 12 ساعة
emergency-board-duty-end = انتهت مناوبتي
emergency-board-duty-kept = تم الحفظ.
emergency-board-counts = إجابات الأسئلة خلال 30 يومًا
emergency-board-counts-none = لم يجب أحد بعد.
emergency-board-none = لا شيء من العلامات
emergency-clock-left = بقي { $minutes } د
emergency-clock-late = تأخر { $minutes } د
emergency-queue-title = قائمة العاجل
emergency-review-title = مراجعة التقديم على الآخرين
emergency-review-csv = CSV
emergency-review-month = شهر آخر
emergency-review-asked = الطلبات
emergency-review-overrides = قُدموا على غيرهم
emergency-review-displaced = زيارات أفسحت
emergency-review-justified = مبررة
emergency-review-unjustified = غير مبررة
emergency-review-median = وسيط الانتظار
emergency-review-seconds = { $count } ث
emergency-review-empty = لم يُقدَّم أحد على غيره
emergency-review-empty-text = لا شيء للمراجعة في هذا الشهر.
emergency-review-took = أخذ موعد شخص آخر: { $when }
emergency-review-before = { $count ->
    [one] طلب غير مبرر سابق
    [two] طلبان غير مبررين سابقان
    [few] { $count } طلبات غير مبررة سابقة
   *[other] { $count } طلبًا غير مبرر سابقًا
}
emergency-review-visit = الزيارة
emergency-review-judge = احكم
emergency-review-reason = السبب
emergency-review-reason-hint = بلا تفاصيل صحية. طلبان غير مبررين خلال 180 يومًا يخفضان ما يقوله هذا الشخص عن نفسه.
emergency-review-kept = حُفظ الحكم.
emergency-verdict-justified = مبرر
emergency-verdict-unjustified = غير مبرر
