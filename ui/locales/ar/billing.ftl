# Charges, payments, refunds, invoices.
billing-amount = المبلغ
billing-pay-now = ادفع الآن
billing-try-again = حاول مرة أخرى
billing-invoice = فاتورة
billing-credit-note = إشعار دائن

billing-bills-title = الفواتير
billing-bills-none = لا توجد فواتير بعد
billing-bills-none-text = يظهر هنا ما تدفعه مقابل الزيارات مع الفواتير.
billing-bills-find = ابحث عن طبيب
billing-col-date = التاريخ
billing-col-for = مقابل
billing-col-state = الحالة
billing-col-papers = المستندات
billing-col-doctor = الطبيب
billing-col-patient = سجل المريض
billing-col-refunded = المبلغ المُعاد
billing-col-gateway = طريقة الدفع
billing-for-visit = زيارة مع { $doctor }
billing-charge-open = بانتظار الدفع
billing-charge-void = بلا رسوم
billing-charge-settled = مدفوعة
billing-charge-partially_refunded = أُعيد جزء منها
billing-charge-refunded = أُعيد المبلغ
billing-note-refunding = المبلغ { $amount } في طريقه إليك. قد تستغرق البنوك حتى 10 أيام.
billing-note-refunded = أُعيد إليك { $amount }.
billing-note-pay-until = ادفع قبل { $until } للاحتفاظ بالموعد.

billing-return-title = الدفع
billing-return-back = العودة إلى الموعد
billing-return-to-appointment = اذهب إلى الموعد
billing-return-waits = تتحقق هذه الصفحة من جديد تلقائيًا كل بضع ثوانٍ.
billing-return-open = لم تصلنا دفعتك بعد
billing-return-open-text = إذا كنت قد دفعت للتو فسيستغرق الأمر لحظات. وإذا غادرت صفحة الدفع فيمكنك العودة إليها؛ لن يُخصم منك مرتين.
billing-return-processing = دفعتك في الطريق
billing-return-processing-text = قبل بنكك الدفعة ونحن بانتظار وصول المبلغ. لا حاجة إلى الدفع مرة أخرى.
billing-return-paid = وصلت الدفعة
billing-return-paid-text = شكرًا لك. ننقلك الآن إلى موعدك.
billing-return-failed = رُفضت الدفعة
billing-return-failed-text = لم يُخصم منك شيء. حاول مرة أخرى أو استخدم بطاقة أخرى قبل انتهاء مدة حجز الموعد.
billing-return-cancelled = أُلغيت الدفعة
billing-return-cancelled-text = لم يُخصم منك شيء. يمكنك الدفع من جديد ما دام الموعد محجوزًا لك.
billing-return-refunded = أُعيد مبلغ هذه الدفعة
billing-return-refunded-text = المبلغ في طريقه إلى الحساب الذي دُفع منه. قد تستغرق البنوك حتى 10 أيام.

billing-unavailable-title = خدمة الدفع لا تستجيب
billing-unavailable-text = لم يُخصم منك شيء. يبقى موعدك محجوزًا حتى { $until }. انتظر دقيقة ثم حاول مرة أخرى.

billing-admin-title = المدفوعات
billing-admin-balances = أرصدة دفتر الحسابات
billing-admin-balances-none = لم تُسجَّل أي مبالغ بعد.
billing-admin-filter = عرض المدفوعات
billing-admin-none = لا توجد مدفوعات هنا
billing-admin-show-all = الكل
billing-admin-show-open = مفتوحة
billing-admin-show-captured = مدفوعة
billing-admin-show-refunded = مُعادة
billing-admin-show-failed = فاشلة
billing-admin-show-refund_trouble = تعذّرت الإعادة
billing-admin-refund-failed = رفضت بوابة الدفع إعادة المبلغ.
billing-admin-retry = أعد محاولة رد المبلغ
billing-admin-retried = أُرسل طلب رد المبلغ إلى البوابة من جديد.
billing-admin-mismatches = { $count ->
    [one] رسالة واحدة من بوابة الدفع لا تطابق الدفعة التي ذكرتها. لم يُسجَّل شيء؛ راجعها مع البوابة.
    [two] رسالتان من بوابة الدفع لا تطابقان الدفعات التي ذكرتاها. لم يُسجَّل شيء؛ راجعهما مع البوابة.
    [few] { $count } رسائل من بوابة الدفع لا تطابق الدفعات التي ذكرتها. لم يُسجَّل شيء؛ راجعها مع البوابة.
   *[other] { $count } رسالة من بوابة الدفع لا تطابق الدفعات التي ذكرتها. لم يُسجَّل شيء؛ راجعها مع البوابة.
}
billing-account-gateway_clearing = لدى بوابات الدفع
billing-account-doctor_payable = مستحق للأطباء
billing-account-platform_revenue = إيراد المنصة
billing-payment-created = بدأت
billing-payment-requires_action = بانتظار الدافع
billing-payment-processing = في الطريق
billing-payment-captured = مدفوعة
billing-payment-partially_refunded = أُعيد جزء منها
billing-payment-refunded = أُعيدت
billing-payment-failed = مرفوضة
billing-payment-cancelled = ملغاة
billing-gateway-sandbox = بوابة تجريبية
billing-gateway-stripe = سترايب

billing-sandbox-title = ساندباي: دفعة تجريبية
billing-sandbox-tag = مدفوعات تجريبية فقط
billing-sandbox-heading = ادفع إلى { $merchant }
billing-sandbox-reference = المرجع
billing-sandbox-explain = تحل هذه الصفحة محل خدمة دفع حقيقية. لا تُطلب أي بطاقة ولا تنتقل أي أموال. اختر كيف تنتهي الدفعة.
billing-sandbox-approve = الموافقة على الدفعة
billing-sandbox-decline = رفض الدفعة
billing-sandbox-delay-label = أو وافق عليها ودع المبلغ يصل لاحقًا
billing-sandbox-delay = الموافقة مع تأخير
billing-sandbox-delay-20 = بعد 20 ثانية
billing-sandbox-delay-300 = بعد 5 دقائق
billing-sandbox-delay-2400 = بعد 40 دقيقة
billing-sandbox-back = العودة إلى { $merchant }
billing-sandbox-processing = تمت الموافقة على هذه الدفعة والمبلغ في الطريق.
billing-sandbox-captured = اكتملت هذه الدفعة.
billing-sandbox-declined = رُفضت هذه الدفعة.
billing-sandbox-expired = أُغلقت صفحة الدفع هذه. لم يُخصم شيء.
billing-sandbox-foot = ساندباي جزء من العرض التوضيحي وليست خدمة دفع.

billing-pdf-invoice = فاتورة { $number }
billing-pdf-credit-note = إشعار دائن { $number }
billing-pdf-paid = مدفوعة
billing-pdf-refunded = أُعيد المبلغ
billing-pdf-from = من
billing-pdf-to = إلى
billing-pdf-record = رقم السجل
billing-pdf-number = الرقم
billing-pdf-date = التاريخ
billing-pdf-paid-on = تاريخ الدفع
billing-pdf-paid-through = طريقة الدفع
billing-pdf-currency = العملة
billing-pdf-about = عن الفاتورة
billing-pdf-description = البيان
billing-pdf-quantity = العدد
billing-pdf-price = السعر
billing-pdf-total = الإجمالي
billing-pdf-line = زيارة طبية، { $doctor }
billing-pdf-line-refund = رد مبلغ زيارة طبية، { $doctor }
billing-pdf-registration = رقم القيد
billing-pdf-footer = صادرة عن { $brand } نيابة عن { $doctor }. احتفظ بها في سجلاتك.

billing-refund-subject = أُعيد إليك مبلغ { $amount }
billing-refund-greeting = مرحبًا { $name }،
billing-refund-text = أعدنا { $amount } إلى الحساب الذي دفعت منه. قد تستغرق البنوك حتى 10 أيام لإظهاره.
billing-refund-reason-cancelled_by_patient = لقد ألغيت الموعد.
billing-refund-reason-cancelled_by_doctor = اضطر الطبيب إلى إلغاء الموعد.
billing-refund-reason-cancelled_by_platform = اضطررنا إلى إلغاء الموعد.
billing-refund-reason-rejected = لم يتمكن الطبيب من قبول الموعد.
billing-refund-reason-no_show_doctor = لم يحضر الطبيب إلى الموعد.
billing-refund-reason-slot_gone = وصلت دفعتك بعد انتهاء حجز الموعد وكان شخص آخر قد أخذه.
billing-refund-reason-double_payment = دُفع ثمن الموعد مرتين.
billing-refund-reason-technical_failure = تعذّر الموعد لسبب تقني.
billing-refund-reason-price_lowered = خفّضت قسيمة السعر بينما كنت تدفع السعر القديم.
billing-refund-reason-goodwill = أعدنا إليك هذا المبلغ بعد مراجعة الأمر.
billing-refund-see = اطّلع على فواتيرك:
