# وثائق السجل: تقارير ورسائل وبطاقات وصور.
chart-documents-title = الوثائق
chart-documents-lead = تقارير ورسائل وبطاقات وصور تخص سجلك.
chart-documents-of-patient = وثائق مريض
chart-documents-none = لا وثائق بعد
chart-documents-none-text = أضف نتائج من مكان آخر أو رسائل أطباء آخرين أو بطاقة التطعيم، لتكون في متناول طبيبك.
chart-documents-none-of-kind = لا وثائق من هذا النوع
chart-documents-none-removed = لم يُزَل شيء
chart-documents-none-of-patient = لا وثائق هنا
chart-documents-removed = الوثائق المُزالة
chart-documents-standing = العودة إلى كل الوثائق
chart-documents-all-or-add = كل الوثائق، أو إضافة وثيقة
chart-documents-all = كل الوثائق
chart-timeline-document = وثيقة

chart-document-add = إضافة وثيقة
chart-document-add-lead = ملف PDF حتى 25 ميغابايت، أو صورة (JPEG أو PNG) حتى 10 ميغابايت.
chart-document-added = وصلت الوثيقة. يمكن فتحها بعد فحصها.
chart-document-whose = لمن الوثيقة؟
chart-document-what = ما هي؟
chart-document-title = ماذا نسميها؟
chart-document-title-hint = بدون اسم تُسمى باسم ملفها.
chart-document-dated-on = التاريخ على الوثيقة
chart-document-file = الملف
chart-document-file-hint = ‏PDF أو JPEG أو PNG. نزيل من الصور مكان التقاطها ووقته.
chart-document-drop = أو أفلت الملفات هنا، ويمكن إفلات عدة ملفات معًا.
chart-document-photo = أو التقط صورة
chart-document-send = إرسال
chart-document-sending = يجري الإرسال…
chart-document-checking = يجري الفحص…
chart-document-sent = وصل
chart-document-failed = تعذر الإرسال. تحقق من الاتصال وأرسل مرة أخرى.
chart-document-leave-out = استبعاد
chart-document-some-failed = لم يصل كل شيء. انظر إلى الملفات المعلَّمة بالأحمر.

chart-document-kind-laboratory_report = تقرير مختبر
chart-document-kind-imaging = أشعة أو تصوير
chart-document-kind-referral = رسالة تحويل
chart-document-kind-discharge = رسالة خروج
chart-document-kind-vaccination = سجل تطعيم
chart-document-kind-identity_card = بطاقة هوية أو تأمين
chart-document-kind-photo = صورة لشكوى
chart-document-kind-other = شيء آخر

chart-document-name = الوثيقة
chart-document-kind = النوع
chart-document-dated = التاريخ عليها
chart-document-added-on = أُضيفت
chart-document-state = الفحص
chart-document-filter = نوع الوثيقة
chart-document-all-kinds = كل الأنواع
chart-document-show = عرض
chart-document-download = تنزيل
chart-document-pages = { $pages ->
    [zero] بلا صفحات
    [one] صفحة واحدة
    [two] صفحتان
    [few] { $pages } صفحات
    [many] { $pages } صفحة
   *[other] { $pages } صفحة
}
chart-document-by-you = منك
chart-document-by-family = ممن ينوب عن هذا المريض
chart-document-by-patient = من المريض

chart-document-quarantined = قيد الفحص
chart-document-quarantined-why = تنتظر فاحص الفيروسات، ولا يستطيع أحد فتحها قبله.
chart-document-clean = فُحصت
chart-document-unscanned = لم تُفحص
chart-document-unscanned-why = لا برامج فيها ولا ملفات مخفية، لكن لم ينظر فيها فاحص فيروسات. لا تفتحها إلا إذا عرفت مصدرها.
chart-document-refused = مرفوضة
chart-document-refused-why = وجد فاحص الفيروسات شيئًا فيها. حُذف الملف ولم يفتحه أحد.

chart-document-describe = تغيير ما يقال عنها
chart-document-described = حُفظ.
chart-document-remove = إزالة هذه الوثيقة
chart-document-remove-text = لن يستطيع أحد فتحها بعد ذلك، ويمكنك إعادتها.
chart-document-remove-why = لماذا؟
chart-document-removal-mistake = أُضيفت خطأً
chart-document-removal-wrong_person = تخص شخصًا آخر
chart-document-removal-duplicate = موجودة مرتين
chart-document-removal-private = لا أريد مشاركتها
chart-document-removed = أُزيلت الوثيقة، ولن يستطيع أحد فتحها.
chart-document-was-removed = أُزيلت
chart-document-undo = إعادتها
chart-document-restored = عادت الوثيقة.

chart-document-error-kind = اختر نوع الوثيقة
chart-document-error-title = استخدم { $most } حرفًا على الأكثر للاسم
chart-document-error-date = أدخل التاريخ المكتوب على الوثيقة، ولا يكون في المستقبل
chart-document-error-missing = اختر ملفًا
chart-document-error-picture = أرسل صورة (JPEG أو PNG). أضف الأوراق في صفحة مستنداتك.
chart-document-error-broke-off = لم يصل الملف كاملًا. أرسله مرة أخرى.
chart-document-error-full = يمكن أن تشغل كل الوثائق معًا { $most } ميغابايت. لم يبقَ في السجل مكان لهذه.
chart-document-error-many = يمكن إضافة { $most } وثيقة على الأكثر خلال 24 ساعة. تابع غدًا.
chart-document-refused-empty = الملف فارغ. اختر ملفًا آخر.
chart-document-refused-too-large = الملف كبير جدًا. الحد لملف PDF هو 25 ميغابايت وللصورة 10 ميغابايت. صغّر الصورة أو قسّم الملف.
chart-document-refused-archive = هذا ملف مضغوط (ZIP أو ما شابه). فُكَّ ضغطه وأرسل ما فيه من وثائق واحدة واحدة.
chart-document-refused-office = هذا مستند مكتبي. احفظه بصيغة PDF وأرسله.
chart-document-refused-markup = هذه صفحة ويب أو رسم. اطبعها إلى ملف PDF وأرسله.
chart-document-refused-program = هذا برنامج وليس وثيقة.
chart-document-refused-unknown = نقبل PDF وJPEG وPNG فقط. احفظه بإحدى هذه الصيغ.
chart-document-refused-mixed = هذا ملفان في ملف واحد، ولا تحتاج وثيقة إلى ذلك. اطبعه إلى ملف PDF جديد وأرسله.
chart-document-refused-damaged = لا يُفتح الملف: فهو تالف أو ناقص. أنشئه من جديد أو صوّر الصفحة.
chart-document-refused-encrypted = ملف PDF مقفل بكلمة مرور. احفظه من جديد بدونها وأرسله.
chart-document-refused-active = في ملف PDF برامج أو نماذج تُرسِل أو ملفات داخلية. اطبعه إلى ملف PDF جديد وأرسله.
chart-document-refused-too-many-pages = في ملف PDF أكثر من 500 صفحة. أرسل الصفحات المهمة.
chart-document-refused-too-many-pixels = في الصورة أكثر من 40 ميغابكسل. احفظها أصغر.
chart-document-refused-exhausting = يحتاج فتح الملف إلى ذاكرة أكثر بكثير مما تحتاجه وثيقة. اطبعه إلى ملف PDF جديد أو صوّره.

web-conflict-document-in-quarantine = ما زالت هذه الوثيقة قيد الفحص. يمكن فتحها بعد انتهائه.
web-conflict-document-refused = رفض فاحص الفيروسات هذه الوثيقة وحُذفت.
web-conflict-document-of-somebody-else = لا يغيّر هذه الوثيقة أو يزيلها إلا من أضافها.

chart-mail-document-refused-subject = تعذرت إضافة وثيقة
chart-mail-document-refused-text = وجد فاحص الفيروسات شيئًا في وثيقة أرسلتها إلى سجل. حُذفت ولم يفتحها أحد.
    افحص الجهاز الذي جاءت منه. إذا احتجت إلى الوثيقة فاطلب نسخة جديدة من مصدرها.
chart-mail-document-refused-action = انظر إلى الوثائق
chart-mail-document-refused-footer = وصلك هذا لأنك أضفت الوثيقة.
