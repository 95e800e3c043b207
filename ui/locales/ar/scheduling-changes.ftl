# ما يحدث للمواعيد بعد الحجز: قواعد الإلغاء، الأيام الملغاة، الخيارات.
scheduling-rules-title = قواعد الإلغاء
scheduling-rules-lead = ما يسترده المرضى عند الإلغاء. يسري التغيير على الحجوزات من الآن؛ وتبقى الزيارات المحجوزة على قاعدتها.
scheduling-rule-own = قاعدة خاصة
scheduling-rule-house = قاعدة المنصة
scheduling-rule-change = تغيير القاعدة
scheduling-rule-edit-title = قاعدة الإلغاء
scheduling-rule-form-lead = حتى أربع خطوات، أبعدها عن الزيارة أولاً. كل خطوة لاحقة تعيد أقل.
scheduling-rule-step-n = الخطوة { $n }
scheduling-rule-hours = ساعات قبل البداية
scheduling-rule-percent = النسبة المستردة
scheduling-rule-form-hint = اترك الخطوة فارغة إن لم تلزم. بعد آخر خطوة لا يعود شيء.
scheduling-rule-free-moves = مرات النقل المجانية
scheduling-rule-move-until = النقل ممكن حتى (ساعات قبل الموعد)
scheduling-rule-no-show = النسبة المستردة عند الغياب
scheduling-rule-no-show-hint = إذا لم يحضر المريض وكنت حاضراً.
scheduling-rule-save = حفظ القاعدة
scheduling-rule-saved = تسري القاعدة على الحجوزات من الآن.
scheduling-rule-now = القاعدة الآن
scheduling-rule-version = قاعدة خاصة، الإصدار { $version }
scheduling-rule-step = قبل البداية بـ { $hours } أو أكثر: يعود { $percent }٪، أي { $money }.
scheduling-rule-moves = { $count ->
    [0] لا يستطيع المرضى نقل الزيارة بأنفسهم.
    [one] يستطيع المرضى نقل الزيارة مرة واحدة مجاناً، حتى { $hours } قبلها.
    [two] يستطيع المرضى نقل الزيارة مرتين مجاناً، حتى { $hours } قبلها.
    [few] يستطيع المرضى نقل الزيارة { $count } مرات مجاناً، حتى { $hours } قبلها.
   *[other] يستطيع المرضى نقل الزيارة { $count } مرة مجاناً، حتى { $hours } قبلها.
}
scheduling-rule-missed = إذا لم يحضر المريض: يعود { $percent }٪، أي { $money }.
scheduling-rule-whole = إذا ألغيت أنت أو ألغى المستشفى، يسترد المريض المبلغ كله دائماً.
scheduling-rule-move-instead = أو انقل الزيارة مجاناً، حتى { $until }.
scheduling-move-instead = انقلها إلى وقت آخر بدلاً من ذلك، مجاناً
scheduling-fact-kept = يُحتفظ به
scheduling-hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
scheduling-error-no-step = أدخل خطوة واحدة على الأقل
scheduling-error-step-hours = أدخل عدد ساعات صحيحاً من 0 إلى 720
scheduling-error-percent = أدخل نسبة صحيحة من 0 إلى 100
scheduling-error-step-order = أدخل ساعات أقل ونسبة لا تزيد عن الخطوة السابقة
scheduling-error-moves = أدخل عدد مرات نقل من 0 إلى 20

scheduling-explain-gone = وصلت دفعتك بعد انتهاء الحفظ، والوقت محجوز. اختر وقتاً آخر الآن، وإلا عاد إليك مالك تلقائياً.
scheduling-explain-choose = أُلغيت هذه الزيارة. اختر وقتاً آخر أو استرد مالك.
scheduling-choices-title = اختر ما يحدث الآن
scheduling-choices-choose = اختر ما يحدث الآن
scheduling-choices-why-doctor = اضطر الطبيب إلى إلغاء زيارتك. نأسف لذلك.
scheduling-choices-why-platform = اضطررنا إلى إلغاء زيارتك. نأسف لذلك.
scheduling-choices-why-displaced = احتاج شخص في حالة طارئة إلى موعدك. شكرًا لك ونأسف لذلك: لك الأولوية الآن، حتى في الأوقات التي نحتفظ بها.
scheduling-choices-why-absent = لم يحضر الطبيب إلى زيارتك. نأسف لذلك.
scheduling-choices-why-gone = وصلت دفعتك بعد انتهاء الحفظ، وصار الوقت لشخص آخر. نأسف لذلك.
scheduling-choices-money = ينتظر مبلغك { $money } اختيارك حتى { $until }. إن لم تختر شيئاً يعود إليك كله تلقائياً.
scheduling-choices-free-until = يمكنك أخذ وقت آخر هنا حتى { $until }.
scheduling-choices-same = { $doctor } في وقت آخر
scheduling-choices-others = طبيب آخر في الوقت نفسه تقريباً
scheduling-choices-none-same = لا يوجد وقت آخر متاح لدى هذا الطبيب حالياً.
scheduling-choices-none-other = لا يوجد طبيب آخر من هذا التخصص متاح قرب ذلك الوقت.
scheduling-choices-nothing-more = السعر نفسه: لا تدفع شيئاً إضافياً.
scheduling-choices-other-price = السعر { $price }. يعود إليك { $back } وتدفع ثمن هذه الزيارة من جديد.
scheduling-choices-costs = السعر { $price }
scheduling-choices-take = خذ هذا الوقت
scheduling-choices-money-title = أو من دون زيارة أخرى
scheduling-choices-refund = أعيدوا لي مالي كله
scheduling-choices-refund-done = مالك في طريقه إليك.
scheduling-choices-taken = الوقت الجديد لك. ينتقل ما دفعته معه، ويصل التأكيد بعد لحظات.
scheduling-choices-rebooked = لقد اخترت وقتاً آخر.
scheduling-choices-refunded = يعود إليك كل ما دُفع.
scheduling-choices-over-free = انتهى وقت الاختيار هنا.
scheduling-choices-over = انتهى وقت الاختيار: مالك في طريقه إليك
scheduling-choices-see-new = عرض الزيارة الجديدة
scheduling-mail-called-off-subject = أُلغيت زيارتك: اختر ما يحدث الآن
scheduling-mail-called-off-lead = اضطررنا إلى إلغاء زيارتك. نأسف لذلك. يمكنك أخذ وقت آخر بنقرة واحدة؛ وأقربها أدناه.
scheduling-mail-called-off-money = ينتظر مبلغك { $money } اختيارك حتى { $until }. إن لم تختر شيئاً يعود كله تلقائياً.
scheduling-mail-button-choose = اختر

scheduling-day-off-title = إلغاء يوم كامل
scheduling-day-off-lead = عند المرض أو الطوارئ. تُحسب الأيام بتوقيت { $zone }.
scheduling-day-off-day = اليوم
scheduling-day-off-look = عرض المتأثرين
scheduling-day-off-is-off = ملغى
scheduling-day-off-nobody = لا موعد لأحد في هذا اليوم.
scheduling-day-off-count = { $count ->
    [one] موعد واحد.
    [two] موعدان.
    [few] { $count } مواعيد.
    [many] { $count } موعداً.
   *[other] { $count } موعد.
}
scheduling-day-off-money = المجموع { $money }.
scheduling-day-off-what = ما يحدث عند الإلغاء
scheduling-day-off-what-closed = يُغلق اليوم: لا يستطيع أحد حجزه بعد ذلك.
scheduling-day-off-what-told = تصل كل مريض رسالة واحدة فوراً.
scheduling-day-off-what-choice = يستطيع كل مريض أخذ وقت آخر لدى الطبيب نفسه أو لدى طبيب آخر من التخصص، ولا يدفع شيئاً إضافياً بالسعر نفسه.
scheduling-day-off-what-refund = من لا يختار خلال 12 ساعة يسترد كل شيء تلقائياً.
scheduling-day-off-do = إلغاء { $day }
scheduling-day-off-done = أُلغي اليوم، ويجري إبلاغ المرضى.
scheduling-day-off-chooses = يختار حتى { $until }
scheduling-day-off-rebooked = أخذ وقتاً آخر
scheduling-day-off-refunded = يسترد كل شيء
scheduling-day-off-earlier = أيام ملغاة
scheduling-error-day-off = أدخل يوماً من اليوم حتى سنة قادمة
