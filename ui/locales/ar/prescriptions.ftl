# Prescriptions: pages of patients and doctors, paper, and the public page.
prescriptions-title = وصفاتي الطبية
prescriptions-lead = أظهر رمز الوصفة في الصيدلية. معظم الوصفات صالحة لمدة 30 يومًا من توقيعها.
prescriptions-one-title = وصفة طبية
prescriptions-active = صالحة الآن
prescriptions-past = سابقة
prescriptions-none = لا توجد وصفات صالحة
prescriptions-none-text = عندما يصف لك الطبيب دواءً يظهر هنا فورًا.
prescriptions-valid-until = صالحة حتى
prescriptions-signed-at = وُقّعت في
prescriptions-ended-at = انتهت في
prescriptions-notes = ملاحظات طبيبك
prescriptions-quantity = الكمية
prescriptions-download = تنزيل PDF
prescriptions-not-valid = لم تعد هذه الوصفة صالحة
prescriptions-not-valid-text = لن تصرفها الصيدلية. إذا كنت لا تزال بحاجة إلى الدواء فاحجز زيارة.
prescriptions-pharmacy-title = للصيدلية
prescriptions-pharmacy-text = تمسح الصيدلية هذا الرمز للتأكد من أن الوصفة حقيقية ولا تزال صالحة.
prescriptions-altered-title = لا يمكن الوثوق بهذه الوصفة
prescriptions-altered-text = لم يعد محتواها مطابقًا لتوقيع الطبيب. لا تصرفها ولا تتناول الدواء. لقد سجّلنا ذلك؛ تواصل مع طبيبك.
prescriptions-timeline = وصفة طبية
prescriptions-medicine = { $substance }، { $form }

# States
prescriptions-status-draft = مسودة
prescriptions-status-active = صالحة
prescriptions-status-expired = منتهية الصلاحية
prescriptions-status-stopped = أُوقفت
prescriptions-status-cancelled = أُلغيت
prescriptions-warning-draft = مسودة: ليست وصفة
prescriptions-warning-expired = منتهية الصلاحية: لا تُصرف
prescriptions-warning-stopped = أوقفها الطبيب: لا تُصرف
prescriptions-warning-cancelled = ألغاها الطبيب: لا تُصرف
prescriptions-end-not_needed = لم تعد هناك حاجة إليها
prescriptions-end-side_effect = أثر جانبي
prescriptions-end-allergy = حساسية
prescriptions-end-changed = استُبدل بدواء آخر
prescriptions-end-mistake = كُتبت خطأً
prescriptions-end-other = سبب آخر
prescriptions-end-title = إنهاء هذه الوصفة
prescriptions-end-why = السبب
prescriptions-stop = إيقاف
prescriptions-cancel = إلغاء، وُقّعت خطأً
prescriptions-ended = تم إنهاء الوصفة.

# Prescribing
prescriptions-prescribe = وصف دواء
prescriptions-visit = الزيارة
prescriptions-draft = لم تُوقّع بعد
prescriptions-of-visit = وصفات هذه الزيارة
prescriptions-add = إضافة دواء
prescriptions-drug = الدواء
prescriptions-drug-hint = الاسم العلمي أو التجاري أو التركيز، مثل amoxicillin 500
prescriptions-drug-choose = هناك عدة أدوية تطابق ما كتبته. اختر واحدًا.
prescriptions-dose = الجرعة في المرة
prescriptions-dose-hint = بالأقراص أو المل أو البخات…
prescriptions-frequency = عدد المرات
prescriptions-days = الأيام
prescriptions-as-needed = عند الحاجة فقط، بسبب
prescriptions-as-needed-hint = مثل الألم. اتركه فارغًا للاستعمال المنتظم.
prescriptions-instructions = تعليمات أخرى
prescriptions-instructions-hint = بلغة المريض، مثل بعد الطعام
prescriptions-sign = توقيع الوصفة
prescriptions-signed = تم توقيع الوصفة. يراها المريض الآن.
prescriptions-discard = حذف المسودة
prescriptions-override = سبب وصفه رغم ذلك
prescriptions-override-hint = يُحفظ مع توقيعك.
prescriptions-source = المصدر:
prescriptions-severity-contraindicated = ممنوع.
prescriptions-severity-serious = قد يضر.
prescriptions-severity-moderate = يحتاج إلى تقدير.
prescriptions-severity-minor = للعلم.

# Alerts
prescriptions-alert-allergy-same = حساسية مسجلة من { $because }: يحتوي هذا الدواء على { $ingredient }.
prescriptions-alert-allergy-penicillins = حساسية مسجلة من { $because }: { $ingredient } من البنسلينات.
prescriptions-alert-allergy-side-chain = حساسية مسجلة من { $because }: لدى { $ingredient } سلسلة جانبية مماثلة أو مشابهة.
prescriptions-alert-allergy-cephalosporins = حساسية مسجلة من { $because }: { $ingredient } سيفالوسبورين بسلسلة جانبية مشابهة.
prescriptions-alert-allergy-cephalosporins-low = حساسية مسجلة من { $because }: { $ingredient } سيفالوسبورين آخر. تحقق من السلسلة الجانبية.
prescriptions-alert-allergy-beta-lactams-low = حساسية مسجلة من { $because }: { $ingredient } من مجموعة بيتا لاكتام القريبة. احتمال التفاعل المتصالب أقل من 2٪.
prescriptions-alert-allergy-beta-lactams-rare = حساسية مسجلة من { $because }: التفاعل المتصالب مع { $ingredient } أقل من 1٪.
prescriptions-alert-allergy-sulfonamides = حساسية مسجلة من { $because }: { $ingredient } مضاد حيوي سلفوناميدي.
prescriptions-alert-allergy-nsaids = تفاعل مسجل من { $because }: { $ingredient } يثبط COX-1 أيضًا.
prescriptions-alert-allergy-coxibs = تفاعل مسجل من { $because }: عادة ما يُحتمل { $ingredient }. أعطِ الجرعة الأولى تحت المراقبة.
prescriptions-alert-allergy-opioids = حساسية مسجلة من { $because }: لدى { $ingredient } بنية مشابهة.
prescriptions-alert-allergy-opioids-other = حساسية مسجلة من { $because }: { $ingredient } أفيوني ذو بنية مختلفة.
prescriptions-alert-allergy-ace-inhibitors = تفاعل مسجل من { $because }: قد يسبب { $ingredient } وذمة وعائية.
prescriptions-alert-allergy-arbs = تفاعل مسجل من { $because }: الوذمة الوعائية مع { $ingredient } نادرة لكنها معروفة.
prescriptions-alert-allergy-same-class = حساسية مسجلة من { $because }: ينتمي { $ingredient } إلى المجموعة نفسها.
prescriptions-alert-allergy-same-class-low = تفاعل مسجل من { $because }: ينتمي { $ingredient } إلى المجموعة نفسها.
prescriptions-alert-allergy-unclear = هناك حساسية مسجلة بكلمات لا نستطيع مطابقتها: { $because }. تحقق منها بنفسك.
prescriptions-alert-allergies-not-asked = لم يُسأل هذا المريض عن الحساسية بعد.
prescriptions-alert-duplicate = { $ingredient } موجود مرتين في هذه الوصفة؛ وهو أيضًا في { $because }.
prescriptions-alert-taken-already = هناك وصفة صالحة أخرى تحتوي على { $ingredient }: { $because }.
prescriptions-alert-daily-limit = مجموع { $ingredient } يتجاوز الحد اليومي للبالغين: { $because }.

# Directions as a sentence
prescriptions-sig = { $verb } { $dose } { $route } { $often } { $long }.
prescriptions-sig-needed = { $verb } { $dose } { $route } عند الحاجة بسبب { $reason }، بحد أقصى { $often }، { $long }.
prescriptions-verb-oral = خذ
prescriptions-by-oral = عن طريق الفم
prescriptions-verb-sublingual = ضع
prescriptions-by-sublingual = تحت اللسان
prescriptions-verb-oromucosal = استعمل
prescriptions-by-oromucosal = داخل الفم
prescriptions-verb-inhalation = استنشق
prescriptions-by-inhalation = { "" }
prescriptions-verb-nasal = استعمل
prescriptions-by-nasal = في كل منخر
prescriptions-verb-ophthalmic = ضع
prescriptions-by-ophthalmic = في العين المصابة
prescriptions-verb-otic = ضع
prescriptions-by-otic = في الأذن المصابة
prescriptions-verb-topical = ضع
prescriptions-by-topical = على الجلد المصاب
prescriptions-verb-transdermal = ضع
prescriptions-by-transdermal = على الجلد
prescriptions-verb-rectal = أدخل
prescriptions-by-rectal = في المستقيم
prescriptions-verb-vaginal = أدخلي
prescriptions-by-vaginal = في المهبل
prescriptions-verb-subcutaneous = احقن
prescriptions-by-subcutaneous = تحت الجلد
prescriptions-verb-intramuscular = احقن
prescriptions-by-intramuscular = في العضل
prescriptions-verb-intravenous = أعطِ
prescriptions-by-intravenous = في الوريد
prescriptions-verb-intrauterine = يُركّب
prescriptions-by-intrauterine = داخل الرحم
prescriptions-often-stat = مرة واحدة الآن
prescriptions-often-qd = مرة واحدة يوميًا
prescriptions-often-qam = صباحًا
prescriptions-often-qhs = قبل النوم
prescriptions-often-bid = مرتين يوميًا
prescriptions-often-tid = 3 مرات يوميًا
prescriptions-often-qid = 4 مرات يوميًا
prescriptions-often-q4h = كل 4 ساعات
prescriptions-often-q6h = كل 6 ساعات
prescriptions-often-q8h = كل 8 ساعات
prescriptions-often-q12h = كل 12 ساعة
prescriptions-often-qod = يومًا بعد يوم
prescriptions-often-qw = مرة واحدة في الأسبوع
prescriptions-for-days = { $count ->
    [one] لمدة يوم واحد
    [two] لمدة يومين
    [few] لمدة { $count } أيام
    [many] لمدة { $count } يومًا
   *[other] لمدة { $count } يوم
}
prescriptions-dose-tablet = { $count ->
    [one] قرصًا واحدًا
    [two] قرصين
    [few] { $count } أقراص
    [many] { $count } قرصًا
   *[other] { $count } قرص
}
prescriptions-dose-capsule = { $count ->
    [one] كبسولة واحدة
    [two] كبسولتين
    [few] { $count } كبسولات
    [many] { $count } كبسولة
   *[other] { $count } كبسولة
}
prescriptions-dose-ml = { $count ->
    [one] 1 مل
    [two] 2 مل
    [few] { $count } مل
    [many] { $count } مل
   *[other] { $count } مل
}
prescriptions-dose-puff = { $count ->
    [one] بخة واحدة
    [two] بختين
    [few] { $count } بخات
    [many] { $count } بخة
   *[other] { $count } بخة
}
prescriptions-dose-spray = { $count ->
    [one] رشة واحدة
    [two] رشتين
    [few] { $count } رشات
    [many] { $count } رشة
   *[other] { $count } رشة
}
prescriptions-dose-drop = { $count ->
    [one] قطرة واحدة
    [two] قطرتين
    [few] { $count } قطرات
    [many] { $count } قطرة
   *[other] { $count } قطرة
}
prescriptions-dose-patch = { $count ->
    [one] لصقة واحدة
    [two] لصقتين
    [few] { $count } لصقات
    [many] { $count } لصقة
   *[other] { $count } لصقة
}
prescriptions-dose-suppository = { $count ->
    [one] تحميلة واحدة
    [two] تحميلتين
    [few] { $count } تحاميل
    [many] { $count } تحميلة
   *[other] { $count } تحميلة
}
prescriptions-dose-sachet = { $count ->
    [one] كيسًا واحدًا
    [two] كيسين
    [few] { $count } أكياس
    [many] { $count } كيسًا
   *[other] { $count } كيس
}
prescriptions-dose-injection = { $count ->
    [one] حقنة واحدة
    [two] حقنتين
    [few] { $count } حقن
    [many] { $count } حقنة
   *[other] { $count } حقنة
}
prescriptions-dose-syringe = { $count ->
    [one] محقنة واحدة
    [two] محقنتين
    [few] { $count } محاقن
    [many] { $count } محقنة
   *[other] { $count } محقنة
}
prescriptions-dose-units = { $count ->
    [one] وحدة واحدة
    [two] وحدتين
    [few] { $count } وحدات
    [many] { $count } وحدة
   *[other] { $count } وحدة
}
prescriptions-dose-device = { $count ->
    [one] جهازًا واحدًا
    [two] جهازين
    [few] { $count } أجهزة
    [many] { $count } جهازًا
   *[other] { $count } جهاز
}
prescriptions-dose-application = طبقة رقيقة
prescriptions-quantity-tablet = { $count ->
    [one] قرص واحد
    [two] قرصان
    [few] { $count } أقراص
    [many] { $count } قرصًا
   *[other] { $count } قرص
}
prescriptions-quantity-capsule = { $count ->
    [one] كبسولة واحدة
    [two] كبسولتان
    [few] { $count } كبسولات
    [many] { $count } كبسولة
   *[other] { $count } كبسولة
}
prescriptions-quantity-ml = { $count ->
    [one] 1 مل
    [two] 2 مل
    [few] { $count } مل
    [many] { $count } مل
   *[other] { $count } مل
}
prescriptions-quantity-container = { $count ->
    [one] عبوة واحدة
    [two] عبوتان
    [few] { $count } عبوات
    [many] { $count } عبوة
   *[other] { $count } عبوة
}
prescriptions-quantity-patch = { $count ->
    [one] لصقة واحدة
    [two] لصقتان
    [few] { $count } لصقات
    [many] { $count } لصقة
   *[other] { $count } لصقة
}
prescriptions-quantity-suppository = { $count ->
    [one] تحميلة واحدة
    [two] تحميلتان
    [few] { $count } تحاميل
    [many] { $count } تحميلة
   *[other] { $count } تحميلة
}
prescriptions-quantity-sachet = { $count ->
    [one] كيس واحد
    [two] كيسان
    [few] { $count } أكياس
    [many] { $count } كيسًا
   *[other] { $count } كيس
}
prescriptions-quantity-vial = { $count ->
    [one] قارورة واحدة
    [two] قارورتان
    [few] { $count } قوارير
    [many] { $count } قارورة
   *[other] { $count } قارورة
}

# Forms
prescriptions-form-tablet = أقراص
prescriptions-form-chewable_tablet = أقراص للمضغ
prescriptions-form-sublingual_tablet = أقراص تحت اللسان
prescriptions-form-extended_release_tablet = أقراص ممتدة المفعول
prescriptions-form-delayed_release_tablet = أقراص مقاومة لحمض المعدة
prescriptions-form-capsule = كبسولات
prescriptions-form-extended_release_capsule = كبسولات ممتدة المفعول
prescriptions-form-delayed_release_capsule = كبسولات مقاومة لحمض المعدة
prescriptions-form-oral_solution = محلول فموي
prescriptions-form-oral_suspension = معلق فموي
prescriptions-form-oral_gel = هلام فموي
prescriptions-form-powder = مسحوق
prescriptions-form-oral_spray = بخاخ فموي
prescriptions-form-inhaler = بخاخ استنشاق
prescriptions-form-powder_inhaler = مستنشق مسحوق
prescriptions-form-nebuliser_solution = محلول للرذاذ
prescriptions-form-nasal_spray = بخاخ أنفي
prescriptions-form-eye_drops = قطرة للعين
prescriptions-form-ear_drops = قطرة للأذن
prescriptions-form-cream = كريم
prescriptions-form-ointment = مرهم
prescriptions-form-gel = جل
prescriptions-form-lotion = غسول جلدي
prescriptions-form-shampoo = شامبو
prescriptions-form-topical_solution = محلول جلدي
prescriptions-form-patch = لصقة
prescriptions-form-suppository = تحاميل
prescriptions-form-injection = حقن
prescriptions-form-prefilled_syringe = محقنة معبأة مسبقًا
prescriptions-form-pen = قلم حقن
prescriptions-form-auto_injector = حاقن تلقائي
prescriptions-form-cartridge = خرطوشة
prescriptions-form-implant = غرسة
prescriptions-form-intrauterine_system = لولب رحمي

# Paper
prescriptions-paper-title = وصفة طبية
prescriptions-paper-items = الأدوية
prescriptions-paper-medicine = الدواء وطريقة استعماله
prescriptions-paper-patient = المريض
prescriptions-paper-prescriber = الطبيب
prescriptions-paper-record = رقم السجل
prescriptions-paper-born = تاريخ الميلاد
prescriptions-paper-sex = الجنس
prescriptions-paper-qualification = المؤهل
prescriptions-paper-registration = رقم التسجيل
prescriptions-paper-city = المكان
prescriptions-paper-number = رقم الوصفة
prescriptions-paper-date = التاريخ
prescriptions-paper-mode = الزيارة
prescriptions-paper-signature = وُقّعت إلكترونيًا من { $name }، { $at }
prescriptions-paper-verify = تحقق من هذه الوصفة برمز الاستجابة السريعة أو على
prescriptions-paper-qr = رمز استجابة سريعة يقود إلى صفحة التحقق من هذه الوصفة
prescriptions-paper-footer = غير صالحة دون التحقق من رمزها بنجاح.
prescriptions-mode-video = زيارة فيديو
prescriptions-mode-audio = زيارة هاتفية
prescriptions-mode-chat = زيارة عبر المحادثة
prescriptions-mode-in_person = حضورية

# The public page
prescriptions-verify-title = التحقق من وصفة
prescriptions-verify-valid = هذه الوصفة حقيقية وصالحة
prescriptions-verify-valid-text = قارن الأحرف الأولى واسم الطبيب وعدد الأدوية بالورقة.
prescriptions-verify-invalid = هذه الوصفة حقيقية لكنها غير صالحة
prescriptions-verify-invalid-text = لا تصرفها.
prescriptions-verify-unknown = لا توجد وصفة بهذا الرمز
prescriptions-verify-unknown-text = تحقق من الرمز. إذا كُتب كما هو مطبوع فالورقة ليست حقيقية.
prescriptions-verify-status = الحالة
prescriptions-verify-initials = الأحرف الأولى من اسم المريض
prescriptions-verify-items = عدد الأدوية
prescriptions-verify-remaining = ما يمكن صرفه
prescriptions-verify-code = رمز الوصفة
prescriptions-verify-code-hint = 20 حرفًا ورقمًا، أسفل رمز الاستجابة السريعة
prescriptions-verify-check = تحقق

# Letter
prescriptions-mail-signed-subject = لديك مستند جديد من طبيبك
prescriptions-mail-signed-text = وقّع طبيبك مستندًا لك. حفاظًا على خصوصيتك لا يرد في هذه الرسالة: سجّل الدخول لرؤيته.
prescriptions-mail-signed-action = عرض المستند
prescriptions-mail-signed-footer = تصلك هذه الرسالة لأنك أجريت زيارة عبر { $brand }.

# Errors
prescriptions-error-drug = اختر دواءً من قائمة الأدوية
prescriptions-error-choose = اختر واحدًا من الأدوية المطابقة
prescriptions-error-frequency = اختر عدد المرات
prescriptions-error-dose = أدخل جرعة، مثل 1 أو 0.5
prescriptions-error-days = أدخل عدد أيام بين 1 و365
prescriptions-error-reason = اذكر سبب الحاجة إليه، مثل الألم
prescriptions-error-long = استخدم { $most } حرفًا على الأكثر
prescriptions-error-quantity = أدخل كمية بين 1 و10000
prescriptions-error-empty = أضف دواءً قبل التوقيع
prescriptions-error-override = اكتب سببًا من 3 إلى 300 حرف
prescriptions-error-reason-needed = اكتب سببًا أو احذف الدواء

# السلامة: القواعد والأسباب وما يُعرف عن المريض والإشراف
prescriptions-alert-interaction = { $ingredient } مع { $because }.
prescriptions-alert-interaction-lately = { $ingredient } بعد وقت قصير من { $because }.
prescriptions-alert-duplicate-class = يعمل { $ingredient } عمل { $because } نفسه.
prescriptions-alert-single-limit = { $ingredient }: جرعة واحدة أكبر مما يأخذه البالغ: { $because }.
prescriptions-alert-single-limit-child = { $ingredient }: جرعة واحدة أكبر مما يسمح به الوزن: { $because }.
prescriptions-alert-daily-limit-child = { $ingredient }: جرعة يومية أكبر مما يسمح به الوزن: { $because }.
prescriptions-alert-too-often = يؤخذ { $ingredient } بهذه الجرعة مرة كل { $because } أيام لا أكثر.
prescriptions-alert-weight-missing = لا يوجد وزن مسجل، فلا يمكن فحص الجرعة حسب الوزن. سجّله في العلامات الحيوية.
prescriptions-alert-kidney = { $ingredient } مع وظيفة كلى (eGFR) قدرها { $because }.
prescriptions-alert-kidney-unknown = وظيفة الكلى غير معروفة.
prescriptions-alert-age = { $ingredient } في هذا العمر.
prescriptions-alert-pregnancy = { $ingredient } في الحمل.
prescriptions-alert-pregnancy-possible = { $ingredient }: لم يُستبعد الحمل.
prescriptions-alert-breastfeeding = { $ingredient } أثناء الرضاعة.
prescriptions-alert-allergy-contrast = تفاعل مسجل تجاه { $because }: { $ingredient } مادة تباين يودية أيضًا.
prescriptions-alert-allergy-anticonvulsants = تفاعل مسجل تجاه { $because }: { $ingredient } مضاد اختلاج عطري أيضًا.
prescriptions-mechanism-acid = قلة حمض المعدة تغيّر مقدار ما يُمتص منه.
prescriptions-mechanism-allergy-risk = التفاعلات الجلدية الشديدة أكثر حدوثًا بقليل.
prescriptions-mechanism-angioedema = معًا قد يسببان تورم الوجه والحلق.
prescriptions-mechanism-antagonism = أحدهما يُبطل أثر الآخر.
prescriptions-mechanism-anticholinergic = يتراكم جفاف الفم والإمساك والتشوش.
prescriptions-mechanism-bleeding = يتراكم خطر النزف.
prescriptions-mechanism-bradycardia = قد يبطؤ القلب كثيرًا.
prescriptions-mechanism-chelation = يرتبط أحدهما بالآخر في الأمعاء فلا يُمتصان.
prescriptions-mechanism-cyp1a2-inhibition = يُثبَّط استقلابه بواسطة CYP1A2 فيرتفع مستواه أضعافًا.
prescriptions-mechanism-cyp2c19-inhibition = لا يتحول إلى صورته الفعالة بواسطة CYP2C19.
prescriptions-mechanism-cyp2c9-inhibition = يُثبَّط استقلابه بواسطة CYP2C9 فيرتفع مستواه.
prescriptions-mechanism-cyp2d6-inhibition = يُثبَّط استقلابه بواسطة CYP2D6.
prescriptions-mechanism-cyp3a4-induction = يتسارع استقلابه بواسطة CYP3A4 فيفقد أثره.
prescriptions-mechanism-cyp3a4-inhibition = يُثبَّط استقلابه بواسطة CYP3A4 فيرتفع مستواه.
prescriptions-mechanism-glucuronidation = يتغير مستواه في الدم عبر الاقتران الغلوكوروني.
prescriptions-mechanism-hearing = يتراكم ضرر السمع والكلى.
prescriptions-mechanism-hyperkalaemia = قد يرتفع البوتاسيوم في الدم.
prescriptions-mechanism-hypoglycaemia = قد ينخفض سكر الدم كثيرًا أو تختفي علاماته.
prescriptions-mechanism-hypotension = قد ينخفض ضغط الدم كثيرًا.
prescriptions-mechanism-kidney = تُجهَد الكلى أو تحتبس الدواء الآخر.
prescriptions-mechanism-lithium-retention = تحتبس الكلى الليثيوم فيصل إلى مستوى سام.
prescriptions-mechanism-marrow = كلاهما مضاد للفولات: قد يفشل نقي العظم.
prescriptions-mechanism-methotrexate-clearance = يخرج الميثوتركسات من الجسم ببطء.
prescriptions-mechanism-myopathy = يرتفع الستاتين: قد تتحلل العضلات.
prescriptions-mechanism-p-glycoprotein = يُثبَّط إخراجه من الجسم فيرتفع مستواه.
prescriptions-mechanism-potassium-loss = يُفقد البوتاسيوم.
prescriptions-mechanism-pressor = قد يرتفع ضغط الدم إلى نوبة خطرة.
prescriptions-mechanism-pressure-less = يضعف أثر دواء الضغط.
prescriptions-mechanism-pressure-skull = قد يرتفع الضغط داخل الجمجمة.
prescriptions-mechanism-qt = كلاهما يطيل فترة QT: قد يتبعه نظم خطر.
prescriptions-mechanism-rebound = عند إيقاف أحدهما قد يقفز ضغط الدم.
prescriptions-mechanism-sedation = يتراكم النعاس وبطء التنفس.
prescriptions-mechanism-serotonin = يتراكم السيروتونين: هياج وحمى وتيبس.
prescriptions-mechanism-tendon = قد تتمزق الأوتار.
prescriptions-mechanism-vasoconstriction = قد تنسد الأوعية الدموية.
prescriptions-mechanism-xanthine-oxidase = يُثبَّط استقلابه بأكسيداز الزانثين فيصبح سامًا لنقي العظم.
prescriptions-advice-avoid = تجنّب الجمع بينهما.
prescriptions-advice-choose-other = اختر دواءً آخر.
prescriptions-advice-contraception = يلزم وسيلة أخرى لمنع الحمل، ولأربعة أسابيع بعدها.
prescriptions-advice-gastroprotect = احمِ المعدة وراقب النزف.
prescriptions-advice-hours-24 = اترك 24 ساعة بينهما.
prescriptions-advice-hours-36 = اترك 36 ساعة بينهما.
prescriptions-advice-lowest-dose = إن لزم كلاهما فأقل جرعة لأقصر مدة.
prescriptions-advice-metformin-1000 = لا أكثر من 1000 مغ ميتفورمين في اليوم.
prescriptions-advice-monitor-blood = افحص تعداد الدم والكلى.
prescriptions-advice-monitor-effect = تحقق من بقاء الأثر وعدّل الجرعة.
prescriptions-advice-monitor-glucose = افحص سكر الدم أكثر.
prescriptions-advice-monitor-inr = افحص INR خلال أسبوع وعدّل.
prescriptions-advice-monitor-kidney = افحص الكلى والبوتاسيوم خلال أسبوعين.
prescriptions-advice-monitor-level = افحص المستوى في الدم واخفض الجرعة.
prescriptions-advice-monitor-potassium = افحص البوتاسيوم خلال أسبوعين.
prescriptions-advice-monitor-pressure = افحص ضغط الدم.
prescriptions-advice-monitor-qt = اختر غيره، أو أجرِ تخطيط قلب وصحّح البوتاسيوم والمغنيسيوم.
prescriptions-advice-never = لا يُعطيان معًا.
prescriptions-advice-observe = أخبر المريض بما يراقبه.
prescriptions-advice-other-statin = استعمل روزوفاستاتين أو برافاستاتين أو جرعة منخفضة.
prescriptions-advice-reduce-dose = اخفض الجرعة.
prescriptions-advice-reduce-half = انصف الجرعة.
prescriptions-advice-reduce-quarter = اخفض الجرعة إلى الربع.
prescriptions-advice-separate-hours = يؤخذان بفاصل ساعتين على الأقل.
prescriptions-advice-simvastatin-20 = لا أكثر من 20 مغ سيمفاستاتين في اليوم.
prescriptions-advice-stop-during = أوقف الستاتين ما دام الآخر يؤخذ.
prescriptions-advice-washout = لا يُعطيان معًا؛ اترك 14 يومًا بينهما.
prescriptions-advice-washout-long = لا يُعطيان معًا؛ اترك خمسة أسابيع بعد الفلوكسيتين.
prescriptions-advice-age-bleeding = نزف المعدة شائع في هذا العمر: أقصر مدة مع حماية.
prescriptions-advice-age-blood = قد يضر دم الرضيع الصغير أو دماغه.
prescriptions-advice-age-breathing = قد يوقف تنفس الطفل.
prescriptions-advice-age-confusion = التشوش والسقوط شائعان في الشيخوخة.
prescriptions-advice-age-falls = السقوط والكسور شائعة في الشيخوخة.
prescriptions-advice-age-growth = قد يضر النمو.
prescriptions-advice-age-gut = قد يشل أمعاء الطفل.
prescriptions-advice-age-heart = قد يضر نظم القلب.
prescriptions-advice-age-hypoglycaemia = هبوط السكر الطويل شائع في الشيخوخة: اختر غيره.
prescriptions-advice-age-joints = فقط حين لا ينفع غيره: الأوتار والمفاصل.
prescriptions-advice-age-kidney = صغير جدًا: قد تفشل الكلى.
prescriptions-advice-age-mood = راقب أفكار إيذاء النفس في الأسابيع الأولى.
prescriptions-advice-age-movement = قد يسبب اضطرابات حركة دائمة.
prescriptions-advice-age-reye = قد يسبب متلازمة راي: أعطِ الباراسيتامول.
prescriptions-advice-age-teeth = يصبغ الأسنان النامية: اختر غيره.
prescriptions-advice-harm-ask = اسأل عن الحمل وأجرِ اختبارًا قبل البدء.
prescriptions-advice-harm-choose-other = اختر دواءً معروف الأمان في الحمل.
prescriptions-advice-harm-ductus = من الأسبوع 20 يضر كلى الجنين وقلبه: أعطِ الباراسيتامول.
prescriptions-advice-harm-fetal-kidney = يضر كلى الجنين: أوقفه.
prescriptions-advice-harm-hearing = قد يضر سمع الجنين.
prescriptions-advice-harm-loss = قد ينهي الحمل.
prescriptions-advice-harm-malformation = يسبب تشوهات.
prescriptions-advice-harm-neural-tube = في الأسابيع الاثني عشر الأولى يضاد الفولات.
prescriptions-advice-harm-stop-usual = أوقفه في معظم حالات الحمل.
prescriptions-advice-harm-teeth = يضر أسنان الجنين وعظامه.
prescriptions-advice-harm-withdrawal = قرب الولادة قد يكون الطفل ناعسًا أو تظهر عليه أعراض انسحاب.
prescriptions-advice-kidney-half = انصف الجرعة.
prescriptions-advice-kidney-lower = اخفض الجرعة كما في نشرة الدواء.
prescriptions-advice-kidney-stop = لا يُستعمل.
prescriptions-advice-kidney-watch = افحص الكلى والمستوى.
prescriptions-advice-kidney-weak = أثره ضعيف مع هذه الوظيفة الكلوية.
prescriptions-advice-milk-breathing = ينتقل إلى الحليب وقد يوقف تنفس الطفل.
prescriptions-advice-milk-choose-other = اختر غيره أثناء الرضاعة.
prescriptions-advice-milk-drowsy = قد ينعس الطفل: أقل جرعة مع المراقبة.
prescriptions-advice-milk-levels = يأخذ الطفل كثيرًا منه مع الحليب.
prescriptions-advice-milk-short = لفترات قصيرة فقط.
prescriptions-advice-milk-stop = يجب إيقاف الرضاعة أو اختيار دواء آخر.
prescriptions-advice-milk-supply = قد يقلل الحليب.
prescriptions-minor = جدير بالمعرفة: { $count }
prescriptions-facts-title = ما يعرفه فحص السلامة
prescriptions-facts-age = العمر
prescriptions-facts-weight = الوزن
prescriptions-facts-egfr = الكلى (eGFR)
prescriptions-facts-pregnant = حامل
prescriptions-facts-breastfeeding = مرضع
prescriptions-facts-other = أدوية من مكان آخر
prescriptions-facts-other-hint = الأسماء كما يذكرها المريض، مثل وارفارين، إيبوبروفين
prescriptions-facts-creatinine = الكرياتينين في الدم
prescriptions-facts-unit = الوحدة
prescriptions-facts-save = احفظ وأعد الفحص
prescriptions-facts-saved = صار فحص السلامة يعرف ذلك.
prescriptions-facts-unknown = غير معروف
prescriptions-facts-months = { $count ->
    [one] شهر واحد
   *[other] { $count } شهرًا
}
prescriptions-facts-years = { $count ->
    [one] سنة واحدة
   *[other] { $count } سنة
}
prescriptions-answer-not_asked = لم يُسأل
prescriptions-answer-yes = نعم
prescriptions-answer-no = لا
prescriptions-error-creatinine = أدخل كرياتينين بين 0.1 و30 مغ/دل (9 إلى 2650 ميكرومول/ل)
prescriptions-oversight-title = تنبيهات الأدوية
prescriptions-oversight-lead = التنبيهات التي اعترضت توقيعًا في آخر { $days } يومًا، وكم مرة تابع الأطباء مع ذكر السبب. وما لم يُتجاوز فقد أُخذ به.
prescriptions-oversight-version = قواعد { $version }
prescriptions-oversight-empty = لم يعترض أي تنبيه بعد
prescriptions-oversight-empty-text = تُحصى هنا التنبيهات الخطيرة والممنوعة، دون ذكر من تخصه.
prescriptions-oversight-rule = القاعدة
prescriptions-oversight-tier = الدرجة
prescriptions-oversight-shown = ظهر
prescriptions-oversight-overridden = تُجووز
prescriptions-oversight-rate = النسبة
prescriptions-oversight-prescribers = الأطباء
prescriptions-tier-serious = خطير
prescriptions-tier-contraindicated = ممنوع
prescriptions-kind-allergy = حساسية
prescriptions-kind-interaction = تداخل دوائي
prescriptions-kind-duplicate = علاج مكرر
prescriptions-kind-dose = جرعة
prescriptions-kind-kidney = وظيفة الكلى
prescriptions-kind-age = العمر
prescriptions-kind-reproduction = الحمل والرضاعة
prescriptions-kind-other = أخرى

# حياة الوصفة وإعادة الصرف
prescriptions-status-on_hold = معلّقة
prescriptions-status-completed = صُرفت كاملة
prescriptions-status-replaced = استُبدلت
prescriptions-warning-on_hold = معلّقة: لا تُصرف
prescriptions-warning-completed = صُرفت كاملة: لا تُصرف ثانية
prescriptions-warning-replaced = استُبدلت بوصفة أخرى: لا تُصرف
prescriptions-end-interaction = لا يتوافق مع دواء آخر
prescriptions-end-pregnancy = حمل
prescriptions-end-dispensed = صُرفت كلها
prescriptions-held = الوصفة معلّقة.
prescriptions-released = عادت الوصفة سارية.
prescriptions-copied = أُنشئت نسخة كمسودة. راجع تنبيهاتها وغيّر ما يلزم ثم وقّعها.
prescriptions-life-title = تغييرها
prescriptions-life-hint = الوصفة الموقّعة لا تتغير: نسخة موقّعة تحل محلها.
prescriptions-hold = علّق
prescriptions-release = أطلق
prescriptions-replace = استبدل بنسخة معدّلة
prescriptions-replaces = تحل محل
prescriptions-refills = مرات إعادة الصرف
prescriptions-refills-hint = كم مرة أخرى يجوز صرفه؛ 0 ما لم يُذكر
prescriptions-refills-count = { $count ->
    [one] إعادة صرف واحدة
   *[other] { $count } مرات إعادة صرف
}
prescriptions-remaining = بقي { $quantity }
prescriptions-error-refills = أدخل عدد مرات إعادة صرف بين 0 و{ $most }
prescriptions-code = رمز تطبيق المصادقة
prescriptions-code-hint = فيها مادة خاضعة للرقابة: كل توقيع يحتاج رمزًا جديدًا.
prescriptions-error-code = أدخل الأرقام الستة الظاهرة الآن في تطبيق المصادقة
prescriptions-error-no-app = لا توقَّع المواد الخاضعة للرقابة إلا بتطبيق مصادقة. أعدّه من الحساب، الأمان.
prescriptions-error-restricted-never = لا يجوز وصف { $ingredient } عن بعد في بلدك. المصدر: { $source }
prescriptions-error-restricted-follow_up = يتطلب { $ingredient } زيارة حضورية سابقة. المصدر: { $source }
prescriptions-error-restricted-seen = يتطلب { $ingredient } زيارة بالفيديو أو حضورية أولًا. المصدر: { $source }
prescriptions-refill-title = إعادة صرف
prescriptions-refill-ask = اطلب إعادة صرف
prescriptions-refill-note = ما ينبغي أن يعرفه طبيبك
prescriptions-refill-note-hint = مثل أثره وآثاره الجانبية وما بقي منه
prescriptions-refill-asked = وصل طلبك إلى طبيبك وسيجيب خلال يومين.
prescriptions-refill-due = يجيب طبيبك قبل { $when }.
prescriptions-refill-not = لا تُعاد هذه الوصفة. إن كنت ما زلت تحتاج الدواء فاحجز زيارة.
prescriptions-refill-remain = بقيت مرات صرف على هذه الوصفة: أظهر رمزها في الصيدلية.
prescriptions-refill-from = يمكنك طلب إعادة الصرف ابتداءً من { $day }.
prescriptions-refill-new = انظر الوصفة الجديدة
prescriptions-refill-status-requested = طُلبت
prescriptions-refill-status-approved = وُوفق عليها
prescriptions-refill-status-changed = وُوفق عليها مع تعديل
prescriptions-refill-status-denied = لم يوافَق عليها
prescriptions-refill-status-deferred = ليس بعد
prescriptions-refill-reason-not_needed = لم يعد الدواء لازمًا
prescriptions-refill-reason-needs_visit = تلزم زيارة أولًا
prescriptions-refill-reason-needs_test = يلزم فحص أولًا
prescriptions-refill-reason-too_early = ينبغي أن يكون قد بقي ما يكفي
prescriptions-refill-reason-restricted = لا يسمح القانون بذلك هكذا
prescriptions-refill-reason-no_answer = لم يجب طبيبك في الوقت المحدد. يمكنك حجز زيارة.
prescriptions-refill-reason-other = سبب آخر
prescriptions-refills-title = إعادة الصرف
prescriptions-refills-lead = طلبات مرضاك. الموافقة توقيع للوصفة نفسها من جديد بكل فحوص اليوم.
prescriptions-refills-none = لا طلبات
prescriptions-refills-none-text = حين يطلب مريض المزيد مما وصفته يظهر هنا.
prescriptions-refill-overdue = متأخر
prescriptions-refill-asked-at = طُلب
prescriptions-refill-approve = وقّع الوصفة نفسها
prescriptions-refill-change = عدّل ووقّع
prescriptions-refill-refuse = ليس الآن أو لا
prescriptions-refill-answer = كلمة للمريض
prescriptions-refill-defer = ليس بعد
prescriptions-refill-deny = ارفض
prescriptions-refill-answered = أُجيب الطلب.
prescriptions-error-place = اذكر مكان الصرف بما لا يزيد على 200 حرف
prescriptions-mail-refill-subject = أجابك طبيبك
prescriptions-mail-refill-text = أجاب طبيبك عن طلب لك. حفاظًا على خصوصيتك ليس الجواب في هذه الرسالة: سجّل الدخول لتراه.
prescriptions-mail-refill-action = انظر الجواب
prescriptions-mail-refill-footer = تصلك هذه الرسالة لأنك طلبت شيئًا من طبيب في { $brand }.

# نشرات الأدوية
prescriptions-leaflet = عن هذا الدواء
prescriptions-leaflet-for = لماذا يُستعمل
prescriptions-leaflet-how = كيف تأخذه
prescriptions-leaflet-effects = الآثار الجانبية
prescriptions-leaflet-call = متى تتصل
prescriptions-leaflet-reviewed = رُوجع
prescriptions-leaflet-advice = ما قاله لك طبيبك هو المقدَّم.
prescriptions-join-signed = وصفات موقّعة
prescriptions-join-twice = مواد دوائية موصوفة الآن في كلا السجلين: { $count }. اطلب من طبيب أن ينظر فيها.
prescriptions-join-unread = بنود موصوفة تعذّر فتحها ولم تُقارن: { $count }.
