# Price lists, taxes, discounts, vouchers.
prices-title = الأسعار
prices-lists = قوائم الأسعار
prices-discounts = الخصومات والقسائم
prices-discounts-none = لا توجد خصومات بعد
prices-discounts-none-text = الخصم الذي لا رمز له يُمنح للجميع، والذي له رمز هو قسيمة.
prices-discount-add = أضف خصمًا أو قسيمة
prices-discount-added = أُضيف الخصم.
prices-taxes = الضرائب
prices-taxes-none = لا توجد ضرائب بعد
prices-taxes-none-text = تُعرض الأسعار وتُحصَّل كما هي إلى أن تكون للبلد ضريبة.
prices-tax-add = أضف ضريبة
prices-tax-added = أُضيفت الضريبة، وتسري على الحجوزات ابتداءً من يومها الأول.
prices-tax-inclusive = ضمن السعر
prices-tax-exclusive = تُضاف إلى السعر
prices-end = أنهِ الآن
prices-ended = انتهى سريانه. الحجوزات السابقة تحتفظ بسعرها.
prices-over = انتهى
prices-no-code = للجميع
prices-col-name = الاسم
prices-col-code = الرمز
prices-col-off = يخصم
prices-col-holds = السريان
prices-col-uses = الاستخدام
prices-col-country = البلد
prices-col-rate = النسبة
prices-col-how = طريقة التحصيل
prices-holds-from = من { $from }
prices-holds-until = من { $from } إلى { $until }
prices-uses-all = كل حجز
prices-uses = { $used ->
    [zero] لم يُستخدم
    [one] مرة واحدة
    [two] مرتان
    [few] { $used } مرات
   *[other] { $used } مرة
}
prices-uses-of = { $used } من { $most }
prices-uses-each = { $count ->
    [one] مرة لكل مريض
    [two] مرتان لكل مريض
    [few] { $count } مرات لكل مريض
   *[other] { $count } مرة لكل مريض
}
prices-field-name = الاسم
prices-field-name-hint = يقرؤه المرضى في صفحة الدفع وعلى الفاتورة.
prices-field-tax-name-hint = كما يجب أن يظهر على الفاتورة، مثل ضريبة القيمة المضافة.
prices-field-code = الرمز
prices-field-code-hint = من 3 إلى 30 حرفًا لاتينيًا أو رقمًا أو شرطة. اتركه فارغًا لمنح الخصم للجميع.
prices-field-kind = النوع
prices-kind-percent = نسبة مئوية
prices-kind-fixed = مبلغ ثابت
prices-field-value = النسبة أو المبلغ
prices-field-currency = عملة المبلغ الثابت
prices-field-currency-hint = ثلاثة أحرف مثل USD. يُخصم من الأسعار بهذه العملة فقط.
prices-field-from = اليوم الأول
prices-field-from-hint = اتركه فارغًا ليبدأ الآن.
prices-field-until = اليوم الأخير
prices-field-until-hint = اتركه فارغًا ليبقى بلا نهاية.
prices-field-most = عدد الاستخدامات الكلي
prices-field-most-hint = للقسائم فقط. اتركه فارغًا لعدد غير محدود.
prices-field-each = استخدامات المريض الواحد
prices-field-country = البلد
prices-field-country-hint = حرفان مثل KE. تسري على الأطباء الذين يعملون فيه.
prices-field-rate = النسبة المئوية
prices-error-day = أدخل تاريخًا مثل 2026-12-31
prices-error-until = أدخل يومًا أخيرًا بعد اليوم الأول
prices-error-overlaps = اختر مدة لا يسري فيها بند آخر من هذا النوع، أو أنهِ ذلك البند أولًا
prices-error-code-taken = اختر رمزًا آخر: هذا الرمز مستخدم
prices-error-code = أدخل من 3 إلى 30 حرفًا لاتينيًا أو رقمًا أو شرطة
prices-error-name = أدخل اسمًا لا يزيد على 60 حرفًا
prices-error-rate = أدخل نسبة بين 0.01 و100
prices-error-value = أدخل نسبة بين 0.01 و100، أو مبلغًا مع عملته
prices-error-uses = أدخل عددًا صحيحًا أكبر من الصفر أو اتركه فارغًا
prices-error-country = أدخل حرفي البلد مثل KE
prices-voucher-unknown = أدخل رمزًا أصدرناه: لا نعرف هذا الرمز
prices-voucher-not-now = استخدم رمزًا آخر: هذه القسيمة غير سارية اليوم
prices-voucher-other-doctor = استخدم رمزًا آخر: هذه القسيمة لطبيب آخر
prices-voucher-used-up = استخدم رمزًا آخر: نفدت هذه القسيمة
prices-voucher-used-by-you = استخدم رمزًا آخر: استخدمت هذه القسيمة بعدد المرات المسموح
prices-voucher-nothing-off = استخدم رمزًا آخر: هذه القسيمة لا تخصم شيئًا من هذا السعر
prices-line-discount = خصم: { $name }
prices-line-voucher = قسيمة: { $name }
prices-line-tax = { $name }
prices-line-tax-included = { $name }، ضمن السعر
scheduling-prices-title = قوائم الأسعار
scheduling-prices-none = لا توجد قوائم أسعار بعد
scheduling-prices-none-text = تكلّف كل خدمة ما حدده طبيبها.
scheduling-prices-service = الخدمة
scheduling-prices-instead = بدلًا من
scheduling-prices-add = أضف سعرًا
scheduling-prices-added = أُضيف السعر، ويُعرض ويُحصَّل من يومه الأول.
scheduling-prices-choose = اختر خدمة
scheduling-prices-price-hint = بعملة الخدمة.
scheduling-prices-error-service = اختر خدمة
scheduling-prices-error-price = أدخل مبلغًا مثل 24.00
scheduling-bill-visit = الزيارة
scheduling-voucher-label = رمز القسيمة
scheduling-voucher-hint = سترى السعر الجديد قبل أن تدفع.
scheduling-voucher-use = استخدم الرمز
scheduling-voucher-remove = أزل القسيمة
scheduling-voucher-applied = القسيمة المستخدمة: { $name }
scheduling-voucher-taken = خُصمت القسيمة من السعر.
scheduling-voucher-paid-all = تغطي القسيمة ثمن الزيارة كله. تأكد الموعد.
