# The daily comparison of the gateway's books, ours, and the journal.
reconciliation-title = المطابقة
reconciliation-one-title = مطابقة يوم
reconciliation-text = تُقارن كل يوم دفاتر بوابة الدفع ومدفوعاتنا والمبالغ المُعادة ودفتر اليومية سطرًا بسطر. ويجب أن يكون الفرق صفرًا.
reconciliation-none = لم يُطابَق أي يوم بعد
reconciliation-none-text = يُطابَق اليوم الأول بعد ساعتين من نهايته.
reconciliation-none-found = لا يوم يطابق عوامل التصفية هذه
reconciliation-filter-clear = عرض كل الأيام
reconciliation-show-all = الكل
reconciliation-show-differences = الفروق
reconciliation-show-all-lines = عرض كل السطور
reconciliation-col-day = اليوم
reconciliation-col-there = البوابة
reconciliation-col-here = المدفوعات والمبالغ المُعادة
reconciliation-col-booked = دفتر اليومية
reconciliation-col-difference = الفرق
reconciliation-col-ran = وقت المطابقة
reconciliation-col-kind = النوع
reconciliation-col-reference = مرجع البوابة
reconciliation-col-ours = رقمنا
reconciliation-col-how = طريقة المطابقة
reconciliation-ran-by = { $when }، { $name }
reconciliation-agrees = لا فرق
reconciliation-differences = { $count ->
    [one] فرق واحد
    [two] فرقان
    [few] { $count } فروق
   *[other] { $count } فرقًا
}
reconciliation-count = { $count ->
    [one] سطر واحد
    [two] سطران
    [few] { $count } سطور
   *[other] { $count } سطرًا
}
reconciliation-run-again = طابق من جديد
reconciliation-runs = تجري مطابقة اليوم من جديد. أعد تحميل هذه الصفحة بعد لحظات.
reconciliation-export = تنزيل بصيغة CSV
reconciliation-sides = ثلاثة جوانب ليوم واحد
reconciliation-lines = السطور
reconciliation-no-such-lines = لا سطر كهذا في هذا اليوم
reconciliation-nothing-moved = لم تتحرك أموال في هذا اليوم
reconciliation-kind-capture = دفعة
reconciliation-kind-refund = إعادة مبلغ
reconciliation-kind-other = أخرى
reconciliation-outcome-matched = متطابق
reconciliation-outcome-missing-here = غير موجود لدينا
reconciliation-outcome-missing-there = غير موجود لدى البوابة
reconciliation-outcome-amount-differs = مبلغ مختلف
reconciliation-outcome-twice = مرتان
reconciliation-outcome-not-booked = غير مسجّل في دفتر اليومية
reconciliation-outcome-outside = رسوم أو تحويل
reconciliation-by-our-id = رقمنا
reconciliation-by-reference = مرجع البوابة
reconciliation-by-nothing = لا شيء
reconciliation-notice = دفاتر يوم { $day } لدى { $gateway } لا تتطابق: { $count }
