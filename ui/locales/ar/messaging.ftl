# الإشعارات وصندوق بريد العرض التجريبي.
messaging-notices-title = الإشعارات
messaging-notices-empty = لا شيء هنا بعد
messaging-notices-empty-text = عندما يتغيّر شيء في زياراتك أو مدفوعاتك أو وصفاتك الطبية تقرؤه هنا.
messaging-notices-unread = { $count ->
    [0] لقد قرأت كل الإشعارات
    [one] إشعار واحد لم تقرأه
    [two] إشعاران لم تقرأهما
    [few] { $count } إشعارات لم تقرأها
    [many] { $count } إشعارًا لم تقرأه
   *[other] { $count } إشعار لم تقرأه
}
messaging-notices-read-all = وضع علامة مقروء على الكل
messaging-notices-new = جديد
messaging-notices-open = فتح
messaging-notices-read = وضع علامة مقروء
messaging-mailbox-title = صندوق بريد العرض التجريبي
messaging-mailbox-lead = كل رسائل البريد الإلكتروني والرسائل النصية في هذا العرض تصل إلى هنا، ولا تخرج أي منها من هذا الجهاز.
messaging-mailbox-to = مرسلة إلى
messaging-mailbox-filter = عرض
messaging-mailbox-empty = لا توجد رسائل
messaging-mailbox-empty-text = أنشئ حسابًا أو احجز زيارة أو اطلب كلمة مرور جديدة، وستظهر الرسالة هنا خلال ثوانٍ.
messaging-mailbox-attachments = { $count ->
    [one] ملف واحد
    [two] ملفان
    [few] { $count } ملفات
    [many] { $count } ملفًا
   *[other] { $count } ملف
}
messaging-mailbox-attached = الملفات
messaging-mailbox-text-message = رسالة نصية
