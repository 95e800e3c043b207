# مواعيد المرء في تقويمه الخاص، ومتى يكون الطبيب مشغولًا في مكان آخر.
scheduling-feed-title = التقويم
scheduling-feed-what = مواعيدك في تقويمك الخاص
scheduling-feed-text = افتح عنوانًا خاصًا وأعطه لبرنامج التقويم في هاتفك أو حاسوبك، فيعرض مواعيدك ويتابع كل تغيير. ولا يذكر أبدًا سبب الموعد.
scheduling-feed-open = فتح عنوان
scheduling-feed-once = انسخ هذا العنوان الآن
scheduling-feed-once-text = نعرضه هذه المرة فقط. من يملكه يرى مواعيدك، فاحفظه كما تحفظ كلمة المرور.
scheduling-feed-address = عنوان تقويمك
scheduling-feed-add = إضافة إلى تقويمي
scheduling-feed-since = مفتوح منذ { $day }.
scheduling-feed-unread = لم يقرأه أي برنامج تقويم بعد.
scheduling-feed-read = آخر قراءة من برنامج تقويم: { $when }.
scheduling-feed-names = إظهار اسم الشخص الآخر
scheduling-feed-names-hint = من دون ذلك يكون اسم القيد «موعد». ومن يستطيع رؤية تقويمك سيرى الاسم.
scheduling-feed-rotate = فتح عنوان جديد
scheduling-feed-rotate-hint = العنوان الجديد يُبطل القديم فورًا، وتتوقف برامج التقويم التي تستخدمه عن المتابعة.
scheduling-feed-revoke = إبطال العنوان
scheduling-feed-saved = حُفظ. تراه برامج التقويم خلال ساعة.
scheduling-feed-revoked = أُبطل العنوان، ولم يعد فيه شيء.
scheduling-feed-summary = موعد
scheduling-feed-summary-name = موعد: { $name }
scheduling-feed-summary-family = موعد { $patient }: { $doctor }
scheduling-feed-online = عبر الإنترنت
scheduling-outside-title = تقاويم أخرى
scheduling-outside-text = الأوقات التي تكون فيها مشغولًا في تقويم آخر لا تُعرض هنا ولا يمكن حجزها. ولا نحفظ إلا الأوقات: بلا عناوين ولا أماكن ولا أشخاص.
scheduling-outside-none = لا يوجد تقويم بعد
scheduling-outside-none-text = أضف عنوان تقويم تحتفظ به في مكان آخر.
scheduling-outside-add = إضافة تقويم
scheduling-outside-name = الاسم الذي تطلقه عليه
scheduling-outside-name-hint = مثل «المستشفى» أو «العائلة».
scheduling-outside-kind = نوعه
scheduling-outside-kind-file = ملف تقويم (عنوان ICS)
scheduling-outside-kind-caldav = مجموعة CalDAV
scheduling-outside-url = العنوان
scheduling-outside-url-hint = العنوان الخاص أو السري من إعدادات ذلك التقويم. يبدأ بـ https:// أو webcal://.
scheduling-outside-user = اسم المستخدم
scheduling-outside-user-hint = فقط إذا طلبه ذلك التقويم. استخدم كلمة مرور للبرامج إن وُجدت.
scheduling-outside-password = كلمة المرور
scheduling-outside-who-sees = العنوان وكلمة المرور مشفّران ولا يُعرضان لأحد.
scheduling-outside-name-wrong = أدخل اسمًا لا يزيد على 80 حرفًا
scheduling-outside-kind-wrong = اختر ملف تقويم أو مجموعة CalDAV
scheduling-outside-url-wrong = أدخل عنوانًا يبدأ بـ https:// أو webcal://
scheduling-outside-url-forbidden = أدخل عنوانًا عامًا يبدأ بـ https:// ولا يحتوي على كلمة مرور
scheduling-outside-login-half = أدخل اسم المستخدم وكلمة المرور معًا، أو اتركهما
scheduling-outside-too-many = لديك هنا خمسة تقاويم. احذف واحدًا لتضيف آخر.
scheduling-outside-added = أُضيف التقويم ويجري جلبه.
scheduling-outside-removed = حُذف التقويم ولم تعد أوقاته محسوبة.
scheduling-outside-fetch = جلب الآن
scheduling-outside-fetching = يجري جلب التقويم. أعد تحميل هذه الصفحة بعد لحظة.
scheduling-outside-state-new = يجري جلبه
scheduling-outside-state-up-to-date = محدَّث
scheduling-outside-state-in-trouble = تعذّر الوصول إليه
scheduling-outside-state-lost = أوقاته غير محسوبة
scheduling-outside-answered = آخر استجابة { $when }
scheduling-outside-count = { $count ->
    [0] لا أوقات مشغولة
    [one] وقت مشغول واحد
    [two] وقتان مشغولان
    [few] { $count } أوقات مشغولة
    [many] { $count } وقتًا مشغولًا
   *[other] { $count } وقت مشغول
}
scheduling-outside-counts-until = تُحسب أوقاته المشغولة حتى { $when }
scheduling-outside-since = أُضيف { $when }
scheduling-outside-next = نحاول مرة أخرى { $when }
scheduling-outside-never = لا يُحسب منه شيء بعد
scheduling-outside-trouble-forbidden = يقود العنوان إلى شبكة خاصة. أدخل عنوانًا عامًا.
scheduling-outside-trouble-no-such-host = لا يوجد خادم بهذا الاسم. تحقق من اكتمال العنوان.
scheduling-outside-trouble-unreachable = الخادم لا يستجيب، أو ليست له شهادة صالحة.
scheduling-outside-trouble-too-slow = استغرق الخادم أكثر من عشر ثوانٍ.
scheduling-outside-trouble-too-large = التقويم أكبر من 2 ميغابايت.
scheduling-outside-trouble-redirects = يحيل العنوان إلى غيره مرات كثيرة.
scheduling-outside-trouble-denied = اسم المستخدم وكلمة المرور غير مقبولين هناك.
scheduling-outside-trouble-gone = لم يعد هناك شيء في هذا العنوان. انسخه من جديد من إعدادات ذلك التقويم.
scheduling-outside-trouble-status = يجيب الخادم بخطأ.
scheduling-outside-trouble-no-calendar = ما في هذا العنوان ليس تقويمًا. قد يكون صفحة ويب: انسخ عنوان ICS بدلًا منه.
scheduling-outside-trouble-too-much = في التقويم أحداث متكررة أكثر مما نستطيع قراءته.
scheduling-mail-calendar-subject = تعذّرت قراءة أحد تقاويمك
scheduling-mail-calendar-text =
    حاولنا عدة مرات ولم نصل إلى تقويمك «{ $calendar }».
    تُحسب أوقاته المشغولة حتى: { $until }.
    وبعد ذلك قد تُحجز أوقات تكون فيها مشغولًا في مكان آخر.
scheduling-mail-calendar-action = الاطلاع عليه
scheduling-mail-calendar-footer = أرسلت { $brand } هذه الرسالة لأن الأوقات التي يحجزها الآخرون تعتمد عليه.
