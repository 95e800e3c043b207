facilities-list-title = المراكز الصحية
facilities-list-lead = أماكن يستقبل فيها أطباؤنا المرضى حضورياً.
facilities-near-city = بالقرب من
facilities-any-city = أي مدينة
facilities-show = اعرض
facilities-list-count = { $count ->
    [zero] لا توجد مراكز صحية
    [one] مركز صحي واحد
    [two] مركزان صحيان
    [few] { $count } مراكز صحية
   *[other] { $count } مركزاً صحياً
}
facilities-none = لا يوجد مركز صحي بعد
facilities-open-now = مفتوح الآن
facilities-closed-now = مغلق الآن
facilities-distance = على بعد { $km } كم
facilities-doctors = { $count ->
    [zero] لا يوجد أطباء بعد
    [one] طبيب واحد
    [two] طبيبان
    [few] { $count } أطباء
   *[other] { $count } طبيباً
}
facilities-kind-health-centre = مركز صحي
facilities-kind-clinic = عيادة
facilities-kind-hospital = مستشفى
facilities-back = كل المراكز الصحية
facilities-where = المكان
facilities-map = اعرض على الخريطة
facilities-hours = ساعات العمل
facilities-hours-zone = الأوقات بتوقيت { $zone }
facilities-closed = مغلق
facilities-doctors-here = الأطباء العاملون هنا
facilities-no-doctors = لا يعمل أي طبيب هنا حالياً
facilities-find-doctor = ابحث عن طبيب
facilities-weekday-1 = الاثنين
facilities-weekday-2 = الثلاثاء
facilities-weekday-3 = الأربعاء
facilities-weekday-4 = الخميس
facilities-weekday-5 = الجمعة
facilities-weekday-6 = السبت
facilities-weekday-7 = الأحد
facilities-error-name = أدخل اسماً لا يزيد على 120 حرفاً
facilities-error-street = أدخل الشارع والرقم
facilities-error-city = أدخل المدينة
facilities-error-hours = أدخل ساعات العمل كأوقات، مثلاً من 08:00 إلى 20:00
facilities-admin-title = الأماكن
facilities-new-title = افتتاح مكان
facilities-none-text = يحتاج الأطباء الذين يستقبلون المرضى حضوريًا إلى مكان.
facilities-name = الاسم
facilities-kind = النوع
facilities-street = الشارع والرقم
facilities-city = المدينة
facilities-country = البلد
facilities-point = خط العرض وخط الطول
facilities-point-hint = بالدرجات، مثل 23.78, 90.41
facilities-zone = المنطقة الزمنية
facilities-phone = الهاتف
facilities-phone-hint = مع رمز البلد، مثل +880 1700 000000
facilities-hours-hint = بتوقيت المكان. اترك اليوم المغلق فارغًا.
facilities-opens = يفتح
facilities-closes = يغلق
facilities-open = افتتح هذا المكان
facilities-opened = المكان مفتوح للجمهور.
facilities-public-page = الصفحة العامة
facilities-add-doctor = طبيب آخر
facilities-add = يعمل هنا
facilities-doctor-added = يعمل الطبيب هنا من الآن.
facilities-doctor-removed = لم يعد الطبيب يعمل هنا. تبقى الزيارات المحجوزة.
facilities-error-country = اختر البلد
facilities-error-point = أدخل خط العرض وخط الطول بالدرجات، مثل 23.78, 90.41
facilities-error-zone = اختر المنطقة الزمنية
facilities-error-phone = أدخل رقم الهاتف مع + ورمز البلد
facilities-error-exists = في هذه المدينة مكان بهذا الاسم. افتحه أو اختر اسمًا آخر

# Walk-ins
facilities-desk-title = الاستقبال
facilities-desk-lead = أعطِ رقمًا لكل من يأتي دون موعد ونادِ الأرقام بالدور.
facilities-desk-no-place = لا تعمل في أي مكان بعد. يضيف المسؤول الأطباء إلى الأماكن.
facilities-desk-no-queue = لا طابور في هذا المكان بعد
facilities-desk-give = إعطاء رقم
facilities-desk-call = نداء { $number }
facilities-desk-served = تمت خدمته
facilities-desk-again = نداء مرة أخرى
facilities-desk-skip = لم يحضر أحد
facilities-desk-skipped = أرقام تخطيناها: نداء من جديد
facilities-desk-nobody = لا أحد ينتظر.
facilities-queue-open = فتح طابور
facilities-queue-opened = فُتح الطابور.
facilities-queue-letter = الحرف
facilities-queue-letter-hint = يسبق الرقم كما في A12
facilities-queue-name = الغرض من الطابور
facilities-screen-title = الأرقام الآن
facilities-screen-called = تفضلوا
facilities-screen-waiting = التالي
facilities-screen-nobody-called = لا نداء لأحد الآن
facilities-screen-nobody-waits = لا أحد ينتظر
facilities-screen-hint = تتجدد هذه الصفحة تلقائيًا. تبدأ الأرقام من جديد كل يوم.
facilities-slip-title = رقمك
facilities-slip-text = انتظر من فضلك حتى يُنادى رقمك. الأرقام صالحة لليوم.
facilities-slip-print = اطبع هذه الصفحة من قائمة المتصفح.
facilities-error-letter = أدخل حرفًا واحدًا من A إلى Z
facilities-error-letter-taken = لطابور آخر في هذا المكان الحرف نفسه
facilities-error-queue-name = أدخل الغرض من الطابور في ستين حرفًا على الأكثر
