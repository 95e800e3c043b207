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

# ما يريد الناس معرفته، وكيف ومتى.
messaging-preferences-title = إعدادات الإشعارات
messaging-preferences-what = ما يصلك وكيف يصلك
messaging-preferences-what-hint = اختر كيف يصلك كل نوع. ما يتعلق بسلامتك أو حسابك أو أموالك يمكن تغيير طريقته ولا يمكن إيقافه.
messaging-preferences-no-phone = لم تزوّدنا برقم هاتف، لذلك لا يصلك شيء برسالة نصية.
messaging-preferences-no-email = لم تزوّدنا بعنوان بريد إلكتروني، لذلك لا يصلك شيء بالبريد.
messaging-preferences-always = دائمًا في التطبيق
messaging-preferences-mandatory = اختر البريد الإلكتروني أو الرسالة النصية: لا بد أن يصلك هذا.
messaging-preferences-when = متى
messaging-preferences-zone = الأوقات حسب ساعتك: { $zone }، والساعة هناك الآن { $now }.
messaging-preferences-zone-change = تغيير المنطقة الزمنية
messaging-preferences-quiet = ساعات الهدوء
messaging-preferences-quiet-on = لا تزعجوني في هذه الساعات
messaging-preferences-quiet-hint = ما يحتمل الانتظار يصلك بعد انتهائها. أما إلغاء زيارة أو أي أمر يخص حسابك فيصلك فورًا.
messaging-preferences-quiet-same = أدخل وقتًا غير وقت البداية
messaging-preferences-from = من
messaging-preferences-until = إلى
messaging-preferences-at = في الساعة
messaging-preferences-clock-wrong = أدخل وقتًا مثل 07:30
messaging-preferences-digest = الرسالة اليومية
messaging-preferences-digest-on = اجمعوا ما يحتمل الانتظار في رسالة واحدة كل يوم
messaging-preferences-digest-hint = للملخصات والوصفات والتقييمات. لا ينتظرها أي أمر عاجل.
messaging-preferences-agenda-on = أخبروني عن يومي
messaging-preferences-language = اللغة
messaging-preferences-letters = لغة الرسائل
messaging-preferences-letters-as-pages = كما في الصفحات
messaging-preferences-language-wrong = اختر إحدى اللغات
messaging-preferences-unknown = هذا غير معروف هنا
messaging-preferences-test = جرّب
messaging-preferences-test-hint = نرسل إليك رسالة قصيرة بكل طريقة فعّلتها.
messaging-preferences-test-send = أرسلوا إليّ تجربة
messaging-preferences-tested = رسالة التجربة في طريقها إليك.
messaging-preferences-saved = حُفظت إعدادات الإشعارات.
messaging-way-app = في التطبيق
messaging-way-email = البريد الإلكتروني
messaging-way-sms = رسالة نصية
messaging-topic-security = الحساب والسلامة
messaging-topic-security-hint = الرموز وكلمات المرور الجديدة وتسجيل الدخول.
messaging-topic-money = المدفوعات والمبالغ المستردة
messaging-topic-money-hint = الإيصالات والمبالغ المستردة والمدفوعات التي لم تنجح.
messaging-topic-visits = تغييرات الزيارات
messaging-topic-visits-hint = زيارة أُكدت أو نُقلت أو أُلغيت.
messaging-topic-reminders = التذكيرات
messaging-topic-reminders-hint = قبل الزيارة بيوم وبساعة.
messaging-topic-care = الملخصات والوصفات
messaging-topic-care-hint = هناك جديد في سجلك.
messaging-topic-messages = الرسائل
messaging-topic-messages-hint = كتب إليك طبيبك أو أحد مرضاك.
messaging-topic-reviews = التقييمات
messaging-topic-reviews-hint = نسألك كيف كانت الزيارة.
messaging-topic-agenda = جدول اليوم
messaging-topic-agenda-hint = زيارات يومك، بلا أسماء.
messaging-mail-test-subject = هذه رسالة تجربة
messaging-mail-test-text = طلبت أن نجرّب كيف تصلك رسائلنا. وقد وصلت هذه.
messaging-mail-test-action = إعدادات الإشعارات
messaging-mail-test-footer = أرسلت { $brand } هذه الرسالة لأنك طلبت تجربة.
messaging-mail-digest-subject = { $count ->
    [one] أمر واحد من اليوم
    [two] أمران من اليوم
    [few] { $count } أمور من اليوم
    [many] { $count } أمرًا من اليوم
   *[other] { $count } أمر من اليوم
}
messaging-mail-digest-greeting = مرحبًا { $name }، هذا ما اجتمع منذ الرسالة السابقة:
messaging-mail-digest-button = كل الإشعارات
messaging-mail-digest-footer = تجمع { $brand } ما يحتمل الانتظار في رسالة واحدة لأنك طلبت ذلك.
messaging-leave-line = إيقاف رسائل البريد من هذا النوع
messaging-leave-title = إيقاف هذه الرسائل؟
messaging-leave-ask = لن يصلك بعد الآن بريد من هذا النوع: { $topic }. وستجده في التطبيق كما كان.
messaging-leave-button = إيقاف هذه الرسائل
messaging-leave-done-title = تم
messaging-leave-done = لن نرسل بعد الآن بريدًا من هذا النوع: { $topic }.
messaging-leave-rest = وكل ما عدا ذلك تختاره في

# الرسائل في طريقها، للإداريين.
messaging-deliveries-title = الرسائل
messaging-deliveries-hint = لمن كانت وإلى أين وصلت. أما مضمون الرسالة فمختوم، حتى عنك.
messaging-deliveries-states = إلى أين وصلت
messaging-deliveries-channel = الطريقة
messaging-deliveries-about = الموضوع
messaging-deliveries-filter = عرض
messaging-deliveries-written = كُتبت
messaging-deliveries-for = إلى
messaging-deliveries-state = الحالة
messaging-deliveries-no-account = شخص بلا حساب
messaging-deliveries-none = لا توجد رسائل كهذه
messaging-deliveries-none-text = اختر حالة أو طريقة أو موضوعًا آخر.
messaging-deliveries-never = لا توجد رسائل بعد
messaging-deliveries-never-text = تظهر هنا كل رسالة إلكترونية أو نصية تُكتب، وإلى أين وصلت.
messaging-deliveries-retry = إعادة الإرسال
messaging-deliveries-lift = العنوان يعمل: إعادة الإرسال
messaging-deliveries-retried = يُعاد إرسال الرسالة.
messaging-deliveries-lifted = نكتب إلى هذا العنوان من جديد، بدءًا بهذه الرسالة.
messaging-deliveries-room-scheduling = المواعيد
messaging-deliveries-room-billing = المدفوعات
messaging-deliveries-room-consultations = الزيارات
messaging-deliveries-room-prescriptions = الوصفات
messaging-deliveries-room-community = التقييمات
messaging-deliveries-room-chart = السجل
messaging-deliveries-room-identity = الحسابات
messaging-deliveries-room-people = الأشخاص
messaging-deliveries-room-messaging = التجارب والرسائل اليومية
messaging-delivery-all = الكل
messaging-delivery-waiting = في الانتظار
messaging-delivery-sent = أُرسلت
messaging-delivery-failed = لم تُسلَّم
messaging-delivery-refused = رُفضت
messaging-delivery-suppressed = عنوان لا نكتب إليه
messaging-delivery-unclear = غير واضح
messaging-delivery-void = أُلغيت
messaging-delivery-until = حتى { $when }
messaging-addresses-title = عناوين لا نكتب إليها
messaging-addresses-hint = عناوين ارتدّت منها الرسائل أو عدّتها مزعجة أو طلبت التوقف. لا نحفظ من كل عنوان إلا بصمته.
messaging-addresses-none = لا يوجد عنوان متروك
messaging-addresses-none-text = عندما ترتد رسالة من عنوان يظهر هنا.
messaging-addresses-since = منذ
messaging-addresses-whose = لمن
messaging-addresses-unknown = ليس لأي حساب:
messaging-addresses-reason = السبب
messaging-addresses-bounced = لا أحد هناك
messaging-addresses-complained = عدّها مزعجة
messaging-addresses-stopped = طلب التوقف
messaging-addresses-lift = الكتابة إليه من جديد
messaging-addresses-lifted = نكتب إلى العنوان من جديد.
