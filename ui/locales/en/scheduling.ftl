# Facts
scheduling-fact-when = When
scheduling-fact-doctor = Doctor
scheduling-fact-patient = Patient
scheduling-fact-specialty = Specialty
scheduling-fact-mode = How you meet
scheduling-fact-duration = How long
scheduling-fact-place = Where
scheduling-fact-price = Price
scheduling-fact-refund = You get back
scheduling-free = Free
scheduling-zone-line = All times are shown in your time zone: { $zone }.

# Booking
scheduling-book-title = Check the time you picked
scheduling-approval-line = This doctor looks at each request first. You pay only after the doctor has said yes.
scheduling-ask = Ask for this time
scheduling-hold = Hold this time
scheduling-hold-hint = The time is kept for you for 30 minutes. You pay in the next step.
scheduling-taken-title = This time is no longer open
scheduling-taken-text = Somebody else has just taken it. These are the nearest open times.
scheduling-not-offered-text = The doctor does not offer this time any more. These are the nearest open times.
scheduling-refused-title = You cannot take this time yet
scheduling-own-overlap-text = You have another appointment at that time. Move or cancel it first, or pick another time.
scheduling-hold-open-text = You already hold another time of this doctor. Pay for it or give it up first.
scheduling-too-many-holds-text = You already hold two times that are not paid. Pay for one or give one up first.
scheduling-open-that-one = Open that appointment
scheduling-other-times = Other open times
scheduling-all-times = All times of { $doctor }

# Checkout
scheduling-checkout-title = Pay for your appointment
scheduling-held-until = This time is held for you until { $time }.
scheduling-hold-over = The hold has ended. Load the page again to see what is open.
scheduling-reason-label = Reason for the visit
scheduling-reason-hint = A few words help the doctor to prepare. For example: a rash on both arms since last week.
scheduling-reason-private = Only you and the doctor can read this. It is stored encrypted.
scheduling-pay = Pay { $price }
scheduling-pay-hint = You go on to the page of the payment service and come back here.
scheduling-give-up = Give this time up
scheduling-released = You have given the time up. Nothing is owed.
scheduling-lapsed-title = The hold has ended
scheduling-lapsed-text = The time was kept for 30 minutes and was not paid. Nothing was charged.
scheduling-lapsed-still-free = The same time is still open.
scheduling-take-again = Take the same time again

# Rule
scheduling-rule-title = If you cancel
scheduling-rule-all-until = Until { $until }: you get all of it back, { $money }.
scheduling-rule-part-until = Until { $until }: you get { $money } back ({ $percent }%).
scheduling-rule-none = After that: nothing comes back.
scheduling-rule-none-now = The time is near: if you cancel now, nothing comes back.
scheduling-rule-doctor = If the doctor or we cancel, you always get everything back.

# List and page
scheduling-list-title = Your appointments
scheduling-upcoming = Upcoming
scheduling-past = Past
scheduling-no-upcoming = You have no upcoming appointment
scheduling-no-upcoming-text = Find a doctor and pick a time that suits you.
scheduling-no-past = You have no past appointments
scheduling-find = Find a doctor
scheduling-show-title = Appointment
scheduling-back-day = Your day
scheduling-explain-requested = The doctor looks at your request and answers before { $until }. You pay after that.
scheduling-explain-held = The time is kept until { $until }. Pay before then to confirm it.
scheduling-explain-confirmed = Everything is set. You can enter the waiting room 15 minutes before the start.
scheduling-explain-fulfilled = This visit has taken place.
scheduling-explain-expired = The time was not paid before the hold ended. Nothing was charged.
scheduling-explain-no-show-patient = Nobody came to the waiting room at the agreed time.
scheduling-explain-refunded = Everything that was paid goes back to you.
scheduling-explain-rejected = The doctor could not take this request. Nothing was charged.
scheduling-go-pay = Pay now
scheduling-join = Enter the waiting room
scheduling-join-from = The waiting room opens { $time }.
scheduling-review = Rate this visit
scheduling-add-calendar = Add to your calendar
scheduling-invoice = Invoice (PDF)
scheduling-move = Move to another time
scheduling-cancel = Cancel the appointment
scheduling-see-doctor = See the doctor's page
scheduling-history = What has happened

# Cancel
scheduling-cancel-title = Cancel this appointment?
scheduling-cancel-why = Why do you cancel?
scheduling-cancel-do = Cancel the appointment
scheduling-keep = Keep the appointment
scheduling-cancelled-done = The appointment is cancelled.
scheduling-back-full = Everything that was paid goes back.
scheduling-back-part = { $refund } goes back to you, { $kept } is kept, as the rule of this visit says.
scheduling-back-none = Nothing comes back any more, as the rule of this visit says.
scheduling-back-free = This visit costs nothing.
scheduling-cancel-reason-none = I would rather not say
scheduling-cancel-reason-not-needed = The visit is no longer needed
scheduling-cancel-reason-no-time = The time does not suit any more
scheduling-cancel-reason-unwell = Unwell
scheduling-cancel-reason-emergency = An emergency
scheduling-cancel-reason-mistake = Booked by mistake
scheduling-cancel-reason-other = Another reason

# Move
scheduling-move-title = Move the appointment
scheduling-move-do = Move to this time
scheduling-moved-done = The appointment has a new time.
scheduling-no-times = No open times in these seven days
scheduling-earlier = Earlier
scheduling-later = Later

# Doctor
scheduling-requests-title = Requests
scheduling-no-requests = No request waits for your answer
scheduling-a-patient = A patient
scheduling-answer-until = Answer before { $until }. After that the time is free again.
scheduling-answer-title = A patient asks for this time
scheduling-accept = Accept
scheduling-decline = Decline
scheduling-decline-why = Reason
scheduling-decline-there = Decline with a reason
scheduling-decline-fully-booked = The doctor is fully booked
scheduling-decline-not-my-field = Another specialty fits better
scheduling-decline-needs-clinic = This needs a visit in person
scheduling-decline-other = The doctor cannot take this visit
scheduling-accepted-done = Accepted. The patient can pay now.
scheduling-declined-done = Declined. The patient has been told.
scheduling-patient-absent = The patient did not come
scheduling-doctor-absent = The doctor did not come: refund everything
scheduling-reinstate = Take the no-show back
scheduling-no-show-done = The absence is recorded.
scheduling-reinstated-done = The appointment is confirmed again.

# Administrator
scheduling-admin-title = Appointments
scheduling-filter-status = State
scheduling-filter-doctor = Doctor (name in the address of the profile)
scheduling-filter-day = Day
scheduling-filter = Show
scheduling-any = Any
scheduling-none-found = No appointment matches

# History
scheduling-did-book = Time taken
scheduling-did-approve = Request accepted
scheduling-did-reject = Request declined
scheduling-did-confirm = Confirmed
scheduling-did-expire = Hold ended
scheduling-did-release = Given up
scheduling-did-cancel-by-patient = Cancelled
scheduling-did-cancel-by-doctor = Cancelled
scheduling-did-cancel-by-platform = Cancelled
scheduling-did-reschedule = Moved
scheduling-did-arrive = Entered the waiting room
scheduling-did-admit = Called in
scheduling-did-end = Visit ended
scheduling-did-sign = Note signed
scheduling-did-miss-by-patient = The patient did not come
scheduling-did-miss-by-doctor = The doctor did not come
scheduling-did-reinstate = No-show taken back
scheduling-did-refund-late = Late payment sent back
scheduling-role-patient = Patient
scheduling-role-doctor = Doctor
scheduling-role-administrator = Administrator
scheduling-role-system = Automatic

# Availability
scheduling-availability-title = Availability
scheduling-saved = Saved.
scheduling-see-first = See what changes
scheduling-everywhere = Everywhere else
scheduling-hours-at = Where these hours are
scheduling-hours-at-hint = A place with hours of its own is open then and at no other time
scheduling-valid-from = In force from
scheduling-valid-from-hint = Empty: change the hours in force now. A day: earlier hours end before it
scheduling-valid-until = Last day
scheduling-override = These hours instead of the week
scheduling-leave = Leave
scheduling-holiday = Public holiday
scheduling-travel = A journey
scheduling-journey-zone = Time zone of the journey
scheduling-read-abroad = My week follows the clock there
scheduling-read-home = My hours stay as at home
scheduling-in-person-stops = No visits in person meanwhile
scheduling-holidays-title = Public holidays
scheduling-holidays-none = You work on all public holidays.
scheduling-holidays-kept = No weekly hours on the holidays of:
scheduling-holidays-country = Country
scheduling-holidays-on = Close on them
scheduling-holidays-off = Work on them
scheduling-holidays-hint = To work on one of them, remove it from the days that differ. Days that follow the moon are estimates until they are announced.
scheduling-align = Starts counted from so many minutes after midnight
scheduling-align-hint = Empty: from the start of each window
scheduling-daily-cap = At most so many a day
scheduling-weekly-cap = At most so many a week
scheduling-reserve = Minutes a day kept for urgent visits
scheduling-reserve-hint = The last of the day, for all kinds of visit. An hour before, everybody may book them
scheduling-preview-page-title = Before you save
scheduling-preview-two-weeks = Open times of the next two weeks
scheduling-preview-nothing = Nobody could book in the next two weeks.
scheduling-preview-back = Change something
scheduling-preview-times = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
scheduling-preview-new = { $count ->
    [0] No new times.
    [one] { $count } new time.
   *[other] { $count } new times.
}
scheduling-preview-gone = { $count ->
    [0] No time goes.
    [one] { $count } time goes.
   *[other] { $count } times go.
}
scheduling-stranded-title = Appointments outside your new hours
scheduling-stranded-lead = Say what becomes of each. Whoever is offered other times chooses one with the same money, or gets everything back, and is told at once.
scheduling-fate-keep = Keep it, I will be there
scheduling-fate-cancel = Offer other times, or everything back
scheduling-not-paid-yet = Not paid yet
scheduling-week-title = Your week
scheduling-week-lead = All times here are on the clock of { $zone }, whatever zone a patient is in.
scheduling-week-hint = A time until 00:00 ends at midnight. An end before the start ends on the next day.
scheduling-time-zone = Time zone
scheduling-time-zone-hint = For example, Asia/Dhaka
scheduling-from = From
scheduling-more-hours = More hours
scheduling-until = Until
scheduling-for = For
scheduling-every-service = Every kind of visit
scheduling-exceptions-title = Days that differ
scheduling-no-exceptions = No day differs from the week.
scheduling-exception-kind = What is different
scheduling-closed = Closed
scheduling-extra = Extra hours
scheduling-first-day = First day
scheduling-last-day = Last day
scheduling-part-hint = Leave empty for whole days
scheduling-whole-day = whole day
scheduling-services-title = Kinds of visit
scheduling-no-services = Add a kind of visit, so that patients can book.
scheduling-service-form = Add or change a kind of visit
scheduling-service-hint = There is one of each kind, and one in person per place. Saving the same kind again changes it. Appointments already made keep their price.
scheduling-place = Place
scheduling-place-hint = Only for visits in person
scheduling-no-place = No place
scheduling-duration = Minutes
scheduling-grid = Minutes from start to start
scheduling-grid-hint = Empty: one visit follows the other
scheduling-price-hint = For example, 24.00. 0 for a free visit
scheduling-currency = Currency
scheduling-buffer-before-label = Minutes kept free before
scheduling-buffer-after-label = Minutes kept free after
scheduling-buffer-before = { $minutes } free before
scheduling-buffer-after = { $minutes } free after
scheduling-lead = Bookable until so many minutes before
scheduling-horizon = Bookable so many days ahead
scheduling-approval-label = I look at each request first
scheduling-approval-hint = Patients ask, you accept or decline, then they pay.
scheduling-needs-approval = on request
scheduling-withdraw = Stop offering
scheduling-withdrawn = Not offered
scheduling-preview-title = The next open times
scheduling-preview-none = Nobody can book at the moment. Add hours and a kind of visit.

# Errors
scheduling-error-valid-until = Enter a last day that is not before the first
scheduling-error-hours-follow = Other hours of this place begin before that. Enter an earlier last day
scheduling-error-fields = Check the values that differ for a kind of visit
scheduling-error-two-places = These hours overlap with your hours at another place. Make one end where the other starts
scheduling-error-whole-days = Leave the times empty: this is for whole days
scheduling-error-every-service = Pick every kind of visit: this is for all of them
scheduling-error-exception-kind = Pick what is different
scheduling-error-one-journey = You are on another journey then
scheduling-error-holidays = Pick a country whose holidays are known
scheduling-error-align = Enter 0 to 239 minutes
scheduling-error-daily-cap = Enter 1 to 200
scheduling-error-weekly-cap = Enter 1 to 1000
scheduling-error-reserve = Enter 0 to 480 minutes
scheduling-error-no-such-service = Pick a kind of visit that this doctor offers
scheduling-error-mode = Pick video, audio, chat or in person
scheduling-error-reason-too-long = Write at most 1000 characters
scheduling-error-range = Ask for at most 62 days at once
scheduling-error-pick-time = Pick a time
scheduling-error-time-gone = This time has just been taken. Pick another one
scheduling-error-own-overlap = You have another appointment at that time. Pick another one
scheduling-error-windows-overlap = Two windows of this day overlap. Make one end where the other starts
scheduling-error-zone = Enter a time zone such as Asia/Dhaka
scheduling-error-time-of-day = Enter a time of day such as 09:30
scheduling-error-day = Enter a day such as 2026-11-24
scheduling-error-ends-before = Enter a last day that is not before the first, and at most a year later
scheduling-error-day-past = Enter a day that has not passed
scheduling-error-extra-needs-times = Enter from when until when the extra hours are
scheduling-error-duration = Enter 5 to 240 minutes
scheduling-error-buffer = Enter 0 to 120 minutes
scheduling-error-grid = Enter 5 to 240 minutes from start to start
scheduling-error-lead = Enter 0 to 10080 minutes
scheduling-error-horizon = Enter 1 to 365 days
scheduling-error-price = Enter a price such as 24.00 and a currency such as USD
scheduling-error-facility = Pick a place for visits in person, and none for others

# Letters
scheduling-mail-greeting = Hello { $name },
scheduling-mail-footer = You receive this because of an appointment at { $brand }. Do not use e-mail in an emergency: call your local emergency number.
scheduling-mail-button-open = Open the appointment
scheduling-mail-button-pay = Pay now
scheduling-mail-button-other-times = See other times
scheduling-mail-button-answer = Answer the request
scheduling-mail-confirmed-subject = Your appointment is confirmed
scheduling-mail-confirmed-lead = Your appointment is confirmed. The invoice and a calendar file are attached.
scheduling-mail-urgent-lead = Your urgent visit is confirmed. You pay after it. A calendar file is attached.
scheduling-mail-confirmed-prepare = The waiting room opens 15 minutes before the start. Check your camera and microphone there.
scheduling-mail-approved-subject = The doctor has accepted your request
scheduling-mail-approved-lead = The doctor has accepted your request. Pay to confirm the time.
scheduling-mail-pay-until = The time is held for you until { $until }.
scheduling-mail-rejected-subject = The doctor could not take your request
scheduling-mail-rejected-lead = The doctor could not take your request. Nothing was charged.
scheduling-mail-moved-subject = Your appointment has a new time
scheduling-mail-moved-lead = Your appointment has a new time. The attached calendar file replaces the earlier one.
scheduling-mail-cancelled-subject = Your appointment is cancelled
scheduling-mail-cancelled-lead = Your appointment is cancelled.
scheduling-mail-refund = { $money } goes back to the way you paid. This may take a few days.
scheduling-mail-no-refund = Nothing goes back.
scheduling-mail-slot-gone-subject = Your payment came late and goes back to you
scheduling-mail-slot-gone-lead = Your payment came after the hold had ended, and the time is no longer free. Everything goes back to you. These times are open:
scheduling-mail-missed-subject = You missed your appointment
scheduling-mail-missed-lead = Nobody came to the waiting room at the agreed time.
scheduling-mail-doctor-absent-subject = We are sorry: the doctor did not come
scheduling-mail-doctor-absent-lead = The doctor did not come to your appointment. We are sorry. You can take another time with one click; the nearest are below.
scheduling-mail-doctor-requested-subject = A patient asks for a time
scheduling-mail-doctor-requested-lead = A patient asks for a time and waits for your answer.
scheduling-mail-doctor-confirmed-subject = New appointment
scheduling-mail-doctor-confirmed-lead = A patient has booked and paid.
scheduling-mail-doctor-moved-subject = An appointment was moved
scheduling-mail-doctor-moved-lead = An appointment has a new time.
scheduling-mail-doctor-cancelled-subject = An appointment was cancelled
scheduling-mail-doctor-cancelled-lead = An appointment was cancelled. The time is free again.
scheduling-calendar-summary = Appointment with { $doctor }
scheduling-calendar-description = Open the link to enter the waiting room, to move or to cancel.

# Reminders, and the doctor's day.
scheduling-reminder-subject = Reminder: your appointment is on { $when }
scheduling-reminder-lead = Your appointment is coming up. The waiting room opens 15 minutes before the start.
scheduling-reminder-lead-place = Your appointment is coming up. Plan enough time for the way there.
scheduling-reminder-for = For
scheduling-reminder-footer = You receive this because of an appointment at { $brand }. In an emergency call your local emergency number.
scheduling-agenda-subject = { $count ->
    [one] { $count } appointment today
   *[other] { $count } appointments today
}
scheduling-agenda-lead = Your day begins with { $first }.
scheduling-agenda-open = Open the day

# Waiting list
scheduling-did-offer = Time offered from the waiting list
scheduling-did-accept = Offered time taken
scheduling-waiting-title = Waiting list
scheduling-waiting-join-title = Tell me when a time gets free
scheduling-waiting-join-lead = When somebody cancels, or the doctor opens more hours, we keep the time for you and write to you. It costs nothing to wait.
scheduling-waiting-whom = Whom would you like to see?
scheduling-waiting-only-doctor = Only { $doctor }
scheduling-waiting-any-doctor = Any doctor of { $specialty }
scheduling-waiting-from = First day that suits you
scheduling-waiting-until = Last day that suits you
scheduling-waiting-weekdays = Days of the week that suit you
scheduling-waiting-starts = Not before
scheduling-waiting-ends = The visit starts before
scheduling-waiting-join = Put me on the list
scheduling-waiting-join-hint = You are free to say no to an offer, and to leave the list at any time.
scheduling-waiting-joined = You are on the waiting list. We write to you when a time gets free.
scheduling-waiting-none = You are on no waiting list
scheduling-waiting-none-text = On a doctor’s page, ask to be told when a time gets free.
scheduling-waiting-leave = Leave the list
scheduling-waiting-left-done = You have left the list.
scheduling-waiting-waiting = Waiting
scheduling-waiting-taken = Time taken
scheduling-waiting-left = You left
scheduling-waiting-over = The last day has passed
scheduling-waiting-desk-title = Waiting list
scheduling-waiting-mode = Visit by
scheduling-waiting-desk-lead = Whoever waits for a free time. Times that get free are offered by themselves: the most urgent first, then who came first.
scheduling-waiting-desk-none = Nobody is waiting
scheduling-waiting-suits = Which times suit
scheduling-waiting-since = Waiting since
scheduling-waiting-acuity = How soon
scheduling-waiting-has-offer = Has an offer to answer
scheduling-waiting-ranked = Saved.
scheduling-acuity-1 = 1 · At once
scheduling-acuity-2 = 2 · Very soon
scheduling-acuity-3 = 3 · Soon
scheduling-acuity-4 = 4 · In turn
scheduling-acuity-5 = 5 · Can wait
scheduling-offer-title = A time has become free
scheduling-offer-kept-until = Kept for you alone until { $time }.
scheduling-offer-take = Take this time
scheduling-offer-decline = No, keep me on the list
scheduling-offer-hint = If you take it, you have 30 minutes to pay, or less when the visit begins sooner. If you do not answer, it goes to the next person and you stay on the list.
scheduling-offer-see = See the offer
scheduling-offer-see-it = See the appointment
scheduling-offer-over = The offer has ended. You are still on the list.
scheduling-offer-open = This time is kept for you.
scheduling-offer-taken = You have taken this time.
scheduling-offer-declined = You have declined this time. You are still on the list.
scheduling-offer-lapsed = This offer has ended. You are still on the list.
scheduling-offer-declined-done = You are still on the list. The time goes to the next person.
scheduling-error-not-waited-for = There is no waiting list for this. Choose another doctor or kind of visit.
scheduling-error-waiting-days = Enter days in order, from today on and within three months
scheduling-error-waiting-day = Enter a day, such as 2026-12-24
scheduling-error-waiting-weekdays = Choose at least one day of the week
scheduling-error-waiting-hour = Enter a time, such as 09:00
scheduling-error-waiting-hours = The later time must come after the earlier one
scheduling-error-waiting-already = You are on this waiting list already
scheduling-error-waiting-places = You are on five waiting lists. Leave one before you join another.
scheduling-error-acuity = Choose a number from 1 to 5
scheduling-mail-offered-subject = A time has become free
scheduling-mail-offered-lead = You are on our waiting list, and a time has become free that suits you. Nobody else can take it for now.
scheduling-mail-kept-until = It is kept for you until { $until }. If you do not answer, it goes to the next person and you stay on the list.
scheduling-mail-button-offer = See the offer

# For whom
scheduling-fact-booked-by = Booked by
scheduling-book-for = Who is the visit for?
scheduling-book-add-child = Add a child
scheduling-list-for = For { $patient }

# Absence and failure
scheduling-choices-why-failed = The visit failed technically. Choose another time, or take your money back.
scheduling-explain-failed = The visit failed technically. You get everything back, or another time for it: choose what suits you.
scheduling-mail-failed-subject = Your visit failed technically
scheduling-mail-failed-lead = The connection failed before you and the doctor could speak. We are sorry. You get everything back, or another time for it.

# Follow-ups
scheduling-follow-up-title = Free follow-up
scheduling-follow-up-left = { $count ->
    [one] One more visit with this doctor is free if it starts before { $until }.
   *[other] { $count } more visits with this doctor are free if they start before { $until }.
}
scheduling-follow-up-book = Book the follow-up
scheduling-follow-up-free = This is a follow-up of your last visit: it costs nothing.
scheduling-follow-ups-title = Free follow-ups
scheduling-follow-ups-lead = After a paid visit the patient may come again for nothing, within so many days. Visits that have ended keep what was said then.
scheduling-follow-ups-days = Days (leave empty for none)
scheduling-follow-ups-visits = Visits
scheduling-follow-ups-saved = Saved. It holds for visits that end from now on.
scheduling-error-follow-up-days = Enter a number of days from 1 to 365, or nothing
scheduling-error-follow-up-visits = Enter a number of visits from 1 to 10
scheduling-join-appointments = Appointments
scheduling-join-coming = Appointments still to come
scheduling-join-both-coming = Both records have appointments to come, { $count } in all.
scheduling-join-obstacle-coming = { $count } still to come or not finished. Cancel or finish them, or book them again in the other record, before you retire this one.
scheduling-join-obstacle-waiting = { $count } on the waiting list. Take them off before you retire this record.
