# What happens to appointments after booking: rules of cancellation, called-off days, choices.
scheduling-rules-title = Cancellation rules
scheduling-rules-lead = What patients get back when they cancel. A change counts for bookings from now on; visits already booked keep the rule they were booked under.
scheduling-rule-own = Own rule
scheduling-rule-house = Rule of the house
scheduling-rule-change = Change the rule
scheduling-rule-edit-title = Cancellation rule
scheduling-rule-form-lead = Up to four steps, the farthest from the visit first. Each later step gives back less.
scheduling-rule-step-n = Step { $n }
scheduling-rule-hours = Hours before the start
scheduling-rule-percent = Percent back
scheduling-rule-form-hint = Leave a step empty if it is not needed. Nearer than the last step, nothing comes back.
scheduling-rule-free-moves = Free moves
scheduling-rule-move-until = Movable until (hours before)
scheduling-rule-no-show = Percent back after a no-show
scheduling-rule-no-show-hint = When the patient did not come and you were there.
scheduling-rule-save = Save the rule
scheduling-rule-saved = The rule counts for bookings from now on.
scheduling-rule-now = The rule now
scheduling-rule-version = Own rule, version { $version }
scheduling-rule-step = { $hours } before the start or earlier: { $percent }% back, { $money }.
scheduling-rule-moves = { $count ->
    [0] Patients cannot move the visit themselves.
    [one] Patients may move the visit once for nothing, until { $hours } before it.
   *[other] Patients may move the visit { $count } times for nothing, until { $hours } before it.
}
scheduling-rule-missed = If the patient does not come: { $percent }% back, { $money }.
scheduling-rule-whole = If you or the hospital cancel, the patient always gets everything back.
scheduling-rule-move-instead = Or move the visit for nothing, until { $until }.
scheduling-move-instead = Move it to another time instead, for nothing
scheduling-fact-kept = Kept
scheduling-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
scheduling-error-no-step = Enter at least one step
scheduling-error-step-hours = Enter whole hours from 0 to 720
scheduling-error-percent = Enter a whole percentage from 0 to 100
scheduling-error-step-order = Enter fewer hours and no higher percentage than in the step before
scheduling-error-moves = Enter a number of moves from 0 to 20

scheduling-explain-gone = Your payment came after the hold had ended, and the time is taken. Choose another time now, or your money goes back to you by itself.
scheduling-explain-choose = This visit was called off. Choose another time, or take your money back.
scheduling-choices-title = Choose what happens now
scheduling-choices-choose = Choose what happens now
scheduling-choices-why-doctor = The doctor had to call off your visit. We are sorry.
scheduling-choices-why-platform = We had to call off your visit. We are sorry.
scheduling-choices-why-displaced = Somebody in an emergency needed your time. Thank you, and we are sorry: you now go before others, also for times we keep back.
scheduling-choices-why-absent = The doctor did not come to your visit. We are sorry.
scheduling-choices-why-gone = Your payment came after the hold had ended, and somebody else has the time by now. We are sorry.
scheduling-choices-money = Your { $money } wait for your choice until { $until }. If you choose nothing, all of it goes back to you by itself.
scheduling-choices-free-until = You can take another time here until { $until }.
scheduling-choices-same = { $doctor }, at another time
scheduling-choices-others = Another doctor, about the same time
scheduling-choices-none-same = No other time is open with this doctor at the moment.
scheduling-choices-none-other = No other doctor of this field is free around that time.
scheduling-choices-nothing-more = The same price: nothing more to pay.
scheduling-choices-other-price = Costs { $price }. Your { $back } go back to you, and you pay this one anew.
scheduling-choices-costs = Costs { $price }
scheduling-choices-take = Take this time
scheduling-choices-money-title = Or no other visit
scheduling-choices-refund = Give me all my money back
scheduling-choices-refund-done = Your money is on its way back.
scheduling-choices-taken = The new time is yours. What you paid moves along; the confirmation follows in a moment.
scheduling-choices-rebooked = You have chosen another time.
scheduling-choices-refunded = Everything that was paid goes back to you.
scheduling-choices-over-free = The time to choose here is over.
scheduling-choices-over = The time to choose is over: your money is on its way back
scheduling-choices-see-new = See the new visit
scheduling-mail-called-off-subject = Your visit was called off: choose what happens now
scheduling-mail-called-off-lead = Your visit had to be called off. We are sorry. You can take another time with one click; the nearest are below.
scheduling-mail-called-off-money = Your { $money } wait for your choice until { $until }. If you choose nothing, all of it goes back by itself.
scheduling-mail-button-choose = Choose

scheduling-day-off-title = Call off a day
scheduling-day-off-lead = For illness or an emergency. Days are counted in { $zone } time.
scheduling-day-off-day = Day
scheduling-day-off-look = Show who is affected
scheduling-day-off-is-off = called off
scheduling-day-off-nobody = Nobody has an appointment on this day.
scheduling-day-off-count = { $count ->
    [one] 1 appointment.
   *[other] { $count } appointments.
}
scheduling-day-off-money = Together { $money }.
scheduling-day-off-what = What happens when you call it off
scheduling-day-off-what-closed = The day is closed: nobody can book it any more.
scheduling-day-off-what-told = Each patient gets one message, at once.
scheduling-day-off-what-choice = Each patient may take another time of the same doctor, or of another doctor of the field, and pays nothing more at the same price.
scheduling-day-off-what-refund = Who chooses nothing within 12 hours gets everything back by itself.
scheduling-day-off-do = Call off { $day }
scheduling-day-off-done = The day is called off. The patients are being told.
scheduling-day-off-chooses = chooses until { $until }
scheduling-day-off-rebooked = took another time
scheduling-day-off-refunded = gets everything back
scheduling-day-off-earlier = Days called off
scheduling-error-day-off = Enter a day from today to a year ahead
