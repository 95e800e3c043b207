# الدخول: الحسابات وتسجيل الدخول والعامل الثاني والأجهزة.
identity-address = البريد الإلكتروني أو رقم الجوال
identity-address-hint = ابدأ رقم الجوال بعلامة + ثم رمز البلد، مثل ‎+966 51 234 5678
identity-address-missing = أدخل بريدك الإلكتروني أو رقم جوالك
identity-email-wrong = أدخل بريدًا إلكترونيًا مثل name@example.com
identity-phone-wrong = أدخل رقم هاتف مع رمز البلد، مثل ‎+966 51 234 5678
identity-password = كلمة المرور
identity-password-new = كلمة مرور جديدة
identity-password-current = كلمة المرور الحالية
identity-password-hint = { $min } حرفًا على الأقل. عدة كلمات متتالية سهلة الحفظ وصعبة التخمين.
identity-password-missing = أدخل كلمة مرور
identity-password-short = أدخل كلمة مرور من { $min } حرفًا على الأقل
identity-password-long = أدخل كلمة مرور أقصر
identity-password-known = كلمة المرور هذه سهلة التخمين. اختر غيرها
identity-password-wrong = أدخل كلمة مرورك الحالية
identity-password-change = تغيير كلمة المرور
identity-password-save = حفظ كلمة المرور
identity-password-saved = تم تغيير كلمة مرورك، وسُجّل خروج الأجهزة الأخرى.
identity-or = أو
identity-locale = اللغة
identity-locale-wrong = اختر لغة
identity-zone = المنطقة الزمنية
identity-zone-hint = تظهر كل الأوقات بحسب هذه المنطقة
identity-zone-wrong = اختر منطقة زمنية

identity-sign-in-title = تسجيل الدخول
identity-sign-in-button = دخول
identity-sign-in-new = جديد هنا؟
identity-sign-in-sign-up = أنشئ حسابًا
identity-sign-in-forgot = هل نسيت كلمة المرور؟
identity-sign-in-refused = العنوان أو كلمة المرور غير صحيحة. حاول مرة أخرى أو عيّن كلمة مرور جديدة
identity-sign-in-wait = محاولات كثيرة. انتظر { $seconds } ثانية ثم حاول مرة أخرى
identity-demo-title = تجوّل بحساب تجريبي
identity-demo-text = هؤلاء الأشخاص من الخيال. اختر واحدًا واستخدم كلمة المرور أدناه.
identity-demo-password = كلمة المرور:

identity-second-factor-title = خطوة أخرى
identity-second-factor-code = الرمز
identity-second-factor-hint = ستة أرقام من تطبيق المصادقة، أو أحد رموز الاسترداد
identity-second-factor-wrong = { $left ->
    [one] الرمز غير صحيح. بقيت لك محاولة واحدة
    [two] الرمز غير صحيح. بقيت لك محاولتان
   *[other] الرمز غير صحيح. بقيت لك { $left } محاولات
}
identity-second-factor-dead = رموز خاطئة كثيرة أو مضى وقت طويل. سجّل الدخول من جديد
identity-second-factor-again = ابدأ من جديد
identity-passkey-sign-in = الدخول بمفتاح المرور
identity-passkey-use = استخدم مفتاح مرور
identity-passkey-refused = لم يُقبل مفتاح المرور. حاول مرة أخرى أو استخدم طريقة أخرى

identity-recovery-title = تعيين كلمة مرور جديدة
identity-recovery-text = نرسل رابطًا إلى بريدك الإلكتروني، وبه تعيّن كلمة مرور جديدة.
identity-recovery-button = أرسل الرابط
identity-recovery-sent-title = انظر في رسائلك
identity-recovery-sent-text = إذا كان { $address } يخص حسابًا فالرابط في الطريق. يعمل مرة واحدة خلال { $minutes } دقيقة.
identity-recovery-sent-hint = لم يصل شيء؟ انظر في مجلد الرسائل غير المرغوبة وتحقق من العنوان.
identity-recovery-set-title = اختر كلمة مرور جديدة
identity-recovery-set-text = بعد ذلك يُسجّل خروجك من كل الأجهزة، ثم تدخل بكلمة المرور الجديدة.
identity-recovery-done = تم تعيين كلمة مرورك الجديدة. سجّل الدخول بها.
identity-link-dead-title = هذا الرابط لم يعد يعمل
identity-link-dead-text = استُخدم من قبل أو صار قديمًا. يمكنك طلب رابط جديد.
identity-invitation-title = أهلًا بك
identity-invitation-text = اختر كلمة مرور لفتح حسابك، ثم سجّل الدخول وأضف عاملًا ثانيًا.
identity-invitation-done = حسابك مفتوح. سجّل الدخول.

identity-account-title = الحساب
identity-account-saved = تم الحفظ.
identity-account-you = أنت
identity-account-name = الاسم
identity-account-email = البريد الإلكتروني
identity-account-phone = رقم الجوال
identity-account-profile = تعديل بياناتك الشخصية
identity-account-doctor-profile = تعديل ملفك كطبيب
identity-account-language-and-time = اللغة والوقت
identity-tab-account = الحساب
identity-tab-profile = البيانات الشخصية
identity-tab-notifications = الإشعارات
identity-tab-calendar = التقويم
identity-tab-security = الأمان
identity-tab-sessions = الأجهزة

identity-security-title = الأمان
identity-must-enrol-title = أضف عاملًا ثانيًا لتتابع
identity-must-enrol-text = يمكنك رؤية بيانات أشخاص آخرين. أضف مفتاح مرور أو تطبيق مصادقة، ثم يُفتح كل شيء.
identity-passkeys-title = مفاتيح المرور
identity-passkeys-text = ادخل ببصمتك أو وجهك أو قفل جهازك. مفتاح المرور لا يُخمَّن ولا يُسرق بالخداع.
identity-passkeys-need-script = لإضافة مفتاح مرور، اسمح بالبرامج النصية في متصفحك.
identity-passkey-name = اسم مفتاح المرور
identity-passkey-name-hint = لتتعرف عليه، مثل «جوالي»
identity-passkey-name-missing = أدخل اسمًا لمفتاح المرور، مثل «جوالي»
identity-passkey-add = إضافة مفتاح مرور
identity-passkey-added = أُضيف مفتاح المرور، وسُجّل خروج الأجهزة الأخرى.
identity-passkey-removed = أُزيل مفتاح المرور، وسُجّل خروج الأجهزة الأخرى.
identity-passkey-line = أُضيف { $added }، ولم يُستخدم بعد
identity-passkey-line-used = أُضيف { $added }، وآخر استخدام { $used }
identity-totp-title = تطبيق المصادقة
identity-totp-text = تطبيق على جوالك يعرض رمزًا جديدًا من ستة أرقام كل 30 ثانية.
identity-totp-add = إعداد تطبيق مصادقة
identity-totp-on = مفعّل
identity-totp-since = منذ { $since }
identity-totp-remove = إزالة التطبيق
identity-totp-removed = أُزيل تطبيق المصادقة، وسُجّل خروج الأجهزة الأخرى.
identity-totp-setup-title = إعداد تطبيق مصادقة
identity-totp-step-scan = امسح هذه الصورة بتطبيقك.
identity-totp-qr = صورة تُمسح بتطبيق المصادقة
identity-totp-type = أو اكتب هذا المفتاح في التطبيق:
identity-totp-step-code = أدخل الأرقام الستة التي يعرضها التطبيق.
identity-totp-code = الرمز
identity-totp-confirm = تفعيل
identity-code-wrong = الرمز غير صحيح. أدخل الأرقام الستة التي يعرضها التطبيق الآن
identity-codes-title = رموز الاسترداد
identity-codes-left = { $left ->
    [0] ليست لديك رموز استرداد. أنشئها الآن تحسبًا لضياع جوالك.
    [one] بقي لديك رمز استرداد واحد.
    [two] بقي لديك رمزا استرداد.
   *[other] بقيت لديك { $left } رموز استرداد.
}
identity-codes-new = إنشاء رموز استرداد جديدة
identity-codes-page-title = رموز الاسترداد الخاصة بك
identity-codes-once = ترى هذه الرموز الآن فقط
identity-codes-text = اطبعها أو اكتبها واحفظها في مكان آمن. يعمل كل رمز مرة واحدة بدل العامل الثاني. الرموز القديمة لم تعد تعمل.
identity-codes-kept = لقد حفظتها

identity-sessions-title = الأجهزة
identity-sessions-text = الأجهزة التي سجّلت الدخول منها. أنهِ ما لا تعرفه، وغيّر كلمة مرورك حينها.
identity-sessions-device = الجهاز
identity-sessions-network = الشبكة
identity-sessions-since = وقت الدخول
identity-sessions-seen = آخر نشاط
identity-sessions-this = هذا الجهاز
identity-sessions-end = تسجيل الخروج
identity-sessions-end-others = تسجيل الخروج من كل جهاز آخر
identity-sessions-end-all = تسجيل الخروج من كل الأجهزة
identity-sessions-ended = تم تسجيل الخروج هناك.
identity-sessions-unknown-device = جهاز غير معروف

identity-mail-greeting = مرحبًا { $name }،
identity-mail-code-subject = ‏{ $code } هو رمزك في { $brand }
identity-mail-code-text = أدخل هذا الرمز لإتمام التسجيل. يعمل خلال { $minutes } دقائق.
identity-mail-code-footer = وصلتك هذه الرسالة لأن شخصًا سجّل بهذا العنوان. إن لم تكن أنت فلا تفعل شيئًا: بلا الرمز لا يُنشأ حساب.
identity-sms-code = ‏{ $code } هو رمزك في { $brand }. لا تخبر به أحدًا.
identity-mail-known-subject = لديك حساب في { $brand } من قبل
identity-mail-known-text = حاول شخص، ربما أنت، التسجيل بهذا العنوان. لديك حساب من قبل: سجّل الدخول به، أو عيّن كلمة مرور جديدة إن نسيتها.
identity-mail-known-action = تسجيل الدخول
identity-mail-known-footer = إن لم تكن أنت فلا تفعل شيئًا. لم يعرف أحد أن لديك حسابًا.
identity-sms-known = لديك حساب في { $brand } من قبل. سجّل الدخول: { $link }
identity-mail-recovery-subject = تعيين كلمة مرور جديدة في { $brand }
identity-mail-recovery-text = استخدم هذا الرابط لتعيين كلمة مرور جديدة. يعمل مرة واحدة خلال { $minutes } دقيقة.
identity-mail-recovery-action = تعيين كلمة مرور جديدة
identity-mail-recovery-footer = وصلتك هذه الرسالة لأن شخصًا طلب كلمة مرور جديدة. إن لم تكن أنت فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.
identity-mail-invitation-subject = حسابك في { $brand } جاهز
identity-mail-invitation-text = فتح لك أحد المديرين حسابًا. اختر كلمة مرور لتبدأ. يعمل الرابط مرة واحدة خلال { $days } أيام.
identity-mail-invitation-action = اختر كلمة مرور
identity-mail-invitation-footer = وصلتك هذه الرسالة لأن أحد مديري { $brand } أدخل عنوانك.
identity-mail-password-changed-subject = تغيّرت كلمة مرورك في { $brand }
identity-mail-password-changed-text = تغيّرت كلمة مرورك وسُجّل خروج كل الأجهزة. إن لم تكن أنت فعيّن كلمة مرور جديدة فورًا وأخبرنا.
identity-mail-password-changed-action = انظر إعدادات الأمان
identity-mail-password-changed-footer = وصلتك هذه الرسالة لأنها تخص أمان حسابك.
identity-mail-factors-changed-subject = تغيّرت طريقة دخولك إلى { $brand }
identity-mail-factors-changed-text = أُضيف أو جُدّد أو أُزيل مفتاح مرور أو تطبيق مصادقة أو رموز الاسترداد، وسُجّل خروج أجهزتك الأخرى. إن لم تكن أنت فعيّن كلمة مرور جديدة فورًا وأخبرنا.
identity-mail-factors-changed-action = انظر إعدادات الأمان
identity-mail-factors-changed-footer = وصلتك هذه الرسالة لأنها تخص أمان حسابك.

identity-accounts-title = الحسابات
identity-accounts-all = الكل
identity-accounts-search = الاسم أو البريد الإلكتروني أو الهاتف
identity-accounts-find = بحث
identity-accounts-none = لا يوجد حساب مطابق. غيّر البحث.
identity-accounts-roles = الأدوار
identity-accounts-factor = العامل الثاني
identity-accounts-since = منذ
identity-account-closed = مغلق
identity-account-close = إغلاق الحساب
identity-account-closed-done = أُغلق الحساب وسُجّل خروجه من كل مكان.
identity-account-reopen = فتح الحساب من جديد
identity-account-reopened-done = الحساب مفتوح من جديد.
identity-account-signed-out-done = تم تسجيل الخروج من كل مكان.
identity-role-patient = مريض
identity-role-doctor = طبيب
identity-role-pharmacist = صيدلي
identity-role-lab_technician = فني مختبر
identity-role-nurse = ممرض
identity-role-administrator = مدير
identity-role-support_agent = دعم
