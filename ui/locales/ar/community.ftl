# تقييمات الزيارات.
community-overall = التقييم العام
community-listening = الإصغاء
community-explanation = الشرح
community-punctuality = الالتزام بالموعد
community-technology = الصوت والصورة
community-overall-question = كيف كانت زيارتك؟
community-listening-question = هل أصغى إليك الطبيب؟
community-explanation-question = هل شُرح لك كل شيء بوضوح؟
community-punctuality-question = هل بدأت الزيارة في موعدها؟
community-technology-question = كيف كان الصوت والصورة؟
community-stars-hint = ١ تعني سيئة، و٥ تعني ممتازة
community-optional = يمكنك ترك هذا السؤال
community-stars = { $count ->
    [one] نجمة واحدة من 5
    [two] نجمتان من 5
    [few] { $count } نجوم من 5
   *[other] { $count } نجمة من 5
}
community-score = { $score } نجوم من 5
community-verified = زيارة مؤكدة
community-text-label = كلماتك
community-text-hint = يستطيع الجميع قراءة هذا. لا تكتب تفاصيل صحتك ولا أي شيء يمكن للغرباء أن يصلوا إليك به.
community-form-title = قيّم زيارتك
community-form-not-yet = لم تنتهِ الزيارة بعد
community-form-not-yet-text = يمكنك تقييم الزيارة بعد أن تتم.
community-form-to-visit = الذهاب إلى الزيارة
community-form-state = تقييمك
community-form-reason = يقول المشرف:
community-form-shown = يرى القرّاء:
community-form-editable-until = يمكنك تعديل تقييمك حتى
community-form-editable-no-more = يمكن تعديل التقييم خلال 30 يومًا. كان تعديل هذا التقييم متاحًا حتى
community-form-shown-as = يرى القرّاء اسمك الأول والحرف الأول من اسم عائلتك والشهر. ولا يرى الطبيب أكثر من ذلك.
community-form-submit = إرسال التقييم
community-form-change = تعديل التقييم
community-withdraw-title = حذف هذا التقييم
community-withdraw-text = يختفي فورًا ونهائيًا ولا يُحتسب بعد ذلك.
community-withdraw = حذف التقييم
community-withdrawn = تم حذف تقييمك.
community-saved-published = شكرًا لك. تم نشر تقييمك.
community-saved-awaiting = شكرًا لك. سيقرأ أحد المشرفين تقييمك قبل نشره.
community-mine-title = تقييماتي
community-mine-empty = لم تكتب أي تقييم
community-mine-empty-text = بعد الزيارة يمكنك أن تقول كيف كانت، وهذا يساعد الآخرين على الاختيار.
community-mine-to-visits = مواعيدي
community-mine-manage = عرض أو تعديل
community-received-title = التقييمات
community-received-score = تقييمك العام
community-received-too-few = يظهر تقييمك العام بعد أن يقيّمك خمسة مرضى.
community-received-count = { $count ->
    [0] لا توجد تقييمات بعد
    [one] تقييم واحد لزيارة مؤكدة
    [two] تقييمان لزيارتين مؤكدتين
    [few] { $count } تقييمات لزيارات مؤكدة
    [many] { $count } تقييمًا لزيارات مؤكدة
   *[other] { $count } تقييم لزيارات مؤكدة
}
community-received-empty = لا توجد تقييمات بعد
community-received-empty-text = نسأل المرضى بعد ساعة من زيارتهم.
community-status-published = منشور
community-status-redacted = منشور جزئيًا
community-status-awaiting_moderation = بانتظار المشرف
community-status-rejected = لم يُنشر
community-flag-contact = بيانات اتصال
community-flag-health = تفاصيل صحية
community-flag-abuse = إساءة
community-admin-title = التقييمات
community-admin-empty = لا شيء هنا
community-admin-empty-text = تصل التقييمات إلى هنا عندما يجد المرشّح بيانات اتصال أو تفاصيل صحية أو إساءة.
community-admin-no-text = بلا نص
community-admin-publish = نشر
community-admin-refuse = حجب جزء أو رفض
community-admin-reason = السبب الذي يقرؤه الكاتب
community-admin-redaction = النص الذي يراه القرّاء إذا حجبت جزءًا
community-admin-redact = نشر النص المعدّل
community-admin-reject = رفض
community-decided = تم حفظ القرار وسيُبلَّغ الكاتب.
community-error-overall = اختر من نجمة إلى 5 نجوم للزيارة
community-error-stars = اختر من نجمة إلى 5 نجوم أو اتركها فارغة
community-error-text-long = اختصر النص إلى { $count } حرف
community-error-reason = اكتب للكاتب سببًا لا يزيد على { $count } حرف
community-error-redaction = اكتب النص الذي يراه القرّاء بما لا يزيد على { $count } حرف
community-error-decision = اختر النشر أو الحجب أو الرفض
community-month-1 = يناير
community-month-2 = فبراير
community-month-3 = مارس
community-month-4 = أبريل
community-month-5 = مايو
community-month-6 = يونيو
community-month-7 = يوليو
community-month-8 = أغسطس
community-month-9 = سبتمبر
community-month-10 = أكتوبر
community-month-11 = نوفمبر
community-month-12 = ديسمبر
community-mail-greeting = مرحبًا { $name }،
community-mail-footer = تصلك هذه الرسالة لأنه كانت لك زيارة لدى { $brand }.
community-invite-subject = كيف كانت زيارتك مع { $doctor }؟
community-invite-text = انتهت زيارتك. كيف كانت؟ نقرتان تساعدان الآخرين على الاختيار، وكلماتك تساعد { $doctor } على التحسّن. لن يستغرق الأمر أكثر من دقيقة.
community-invite-action = تقييم الزيارة
community-published-subject = تم نشر تقييمك
community-published-text = قرأ أحد المشرفين تقييمك لـ { $doctor } ونشره. شكرًا لك.
community-published-action = عرض تقييمك
community-redacted-subject = تم نشر تقييمك جزئيًا
community-redacted-text = حذف أحد المشرفين شيئًا من تقييمك لـ { $doctor }. ترى في صفحتك كلماتك وما يراه القرّاء. السبب:
community-redacted-action = عرض تقييمك
community-rejected-subject = لم يُنشر تقييمك
community-rejected-text = قرر أحد المشرفين عدم نشر تقييمك لـ { $doctor }. يمكنك تعديله وإرساله من جديد. السبب:
community-rejected-action = عرض تقييمك
