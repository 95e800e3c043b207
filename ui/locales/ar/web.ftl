# ما تقوله الأداة نفسها: الرفض والتواريخ.
web-not-found-title = لم نجد هذه الصفحة
web-not-found-text = تحقّق من العنوان. وقد تكون صفحة لا يفتحها إلا صاحبها.
web-forbidden-title = لا يحق لك فتح هذه الصفحة
web-forbidden-text = حسابك لا يملك هذا الحق.
web-sign-in-title = سجّل الدخول أولًا
web-sign-in-text = يحتاج هذا إلى حساب. سجّل الدخول وحاول مرة أخرى.
web-too-large-title = الحجم كبير جدًا
web-too-large-text = أرسل ملفًا أصغر، أو ملفات أقل في المرة.
web-unavailable-title = لا نستطيع الرد الآن
web-unavailable-text = لم يضِع شيء. انتظر لحظة ثم حاول مرة أخرى.
web-internal-title = حدث خطأ لدينا
web-internal-text = الخطأ منّا وقد سُجّل. حاول مرة أخرى؛ وإن تكرر فأخبرنا بالرقم المرجعي أدناه.
web-method-title = لا يمكن فعل هذا هنا
web-method-text = ارجع واستخدم أزرار الصفحة.
web-rate-limited-title = محاولات كثيرة
web-rate-limited-text = { $minutes ->
    [one] انتظر دقيقة ثم حاول مرة أخرى.
    [two] انتظر دقيقتين ثم حاول مرة أخرى.
    [few] انتظر { $minutes } دقائق ثم حاول مرة أخرى.
   *[other] انتظر { $minutes } دقيقة ثم حاول مرة أخرى.
}
web-invalid-title = هناك ما يحتاج إلى تصحيح
web-unreadable = تعذّرت قراءة هذا: { $what }. تحقّق منه وأرسله مرة أخرى.
web-conflict-title = لم يعد هذا مناسبًا
web-conflict-text = تغيّر شيء في هذه الأثناء. ارجع وحمّل الصفحة من جديد وانظر.
web-conflict-illegal-transition = الحالة تغيّرت بالفعل. ارجع وحمّل الصفحة من جديد.
web-conflict-hold-expired = الموعد الذي حجزته لم يُدفع خلال 30 دقيقة وأُعيد. اختر موعدًا من جديد.
web-conflict-too-early = الوقت مبكر لهذا. عُد قرب الموعد.
web-conflict-too-late = فات الأوان لهذا.
web-conflict-already-paid = هذا مدفوع بالفعل.
web-conflict-refund-decided = تقرر أمر هذه الإعادة من قبل. أعد تحميل الصفحة وانظر.
web-conflict-refund-not-failed = لم تتعذر هذه الإعادة، أو جرت محاولتها من جديد.
web-conflict-refund-exceeds-payment = لم يعد هذا القدر متبقيًا من الدفعة.
web-conflict-changed-meanwhile = غيّر شخص آخر هذا في هذه الأثناء. حمّل الصفحة من جديد وانظر قبل الحفظ.
web-conflict-room-full = كل من ينتمي إلى هذه الزيارة موجود في الغرفة.
web-conflict-room-not-open = غرفة هذه الزيارة غير مفتوحة.
web-conflict-page-too-old = بقيت هذه الصفحة مفتوحة طويلًا أو جاءت من مكان آخر. حمّلها من جديد وكرّر ما فعلت.
web-conflict-key-in-use = الطلب نفسه قيد الرد في هذه اللحظة.
web-conflict-delivery-not-now = رسالة في الانتظار أو أُرسلت أو أُلغيت لا يُعاد إرسالها.
web-conflict-delivery-address-suppressed = عنوانها متروك. ارفع ذلك أولًا.
web-conflict-delivery-over = ستصل متأخرة: ما كانت بشأنه انتهى.
web-only-patients = هذه الصفحة للمرضى عن رعايتهم.
web-only-doctors = هذه الصفحة للأطباء العاملين هنا.
web-only-staff = هذه الصفحة لمن يعملون هنا.
web-only-administrators = هذه الصفحة للمسؤولين.
web-rule-second-factor = حسابات العاملين تحتاج إلى عامل ثانٍ. أعدّه من صفحة الحساب والأمان.
web-who-you = يمكنك فعل ذلك بنفسك.
web-who-gives-roles = يستطيع المسؤول أن يمنح حسابك حقوقًا أخرى.
web-month-1 = يناير
web-month-2 = فبراير
web-month-3 = مارس
web-month-4 = أبريل
web-month-5 = مايو
web-month-6 = يونيو
web-month-7 = يوليو
web-month-8 = أغسطس
web-month-9 = سبتمبر
web-month-10 = أكتوبر
web-month-11 = نوفمبر
web-month-12 = ديسمبر
web-weekday-1 = الاثنين
web-weekday-2 = الثلاثاء
web-weekday-3 = الأربعاء
web-weekday-4 = الخميس
web-weekday-5 = الجمعة
web-weekday-6 = السبت
web-weekday-7 = الأحد
