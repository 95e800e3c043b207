# The screen for emergencies, urgent requests, the doctors' pool, the board and the review.
emergency-screen-title = Is this an emergency?
emergency-call-now = Emergency number
emergency-screen-danger = If a life may be in danger, do not fill in anything. Call now.
emergency-call = Call { $number } now
emergency-number-of = The emergency number in { $country }.
emergency-number-unknown = We do not know where you are. 112 connects most mobile phones to the local emergency service.
emergency-screen-question = Is any of this happening now?
emergency-screen-hint = Tick everything that is true, for you or the person you are with.
emergency-screen-go = Continue
emergency-screen-none-hint = If none of it is true, just continue.
emergency-screen-private = We count how often each sign is ticked, but not by whom. No account is needed.
emergency-doctor-title = Talk to a doctor now
emergency-doctor-text = You need no account and pay nothing now. We look for a doctor at once, and you can give your name afterwards.
emergency-doctor-go = Find me a doctor now
emergency-country = I am in
emergency-country-blank = I do not know
emergency-country-change = Show the number
emergency-flag-chest-pain = Chest pain or pressure, or pain that spreads to an arm, the jaw or the back
emergency-flag-stroke = One side of the face droops, an arm or leg is suddenly weak, or speech is slurred
emergency-flag-breathing = Struggling to breathe, blue lips, or too breathless to speak
emergency-flag-throat-swelling = Swelling of lips, tongue or throat, or a severe allergic reaction
emergency-flag-bleeding = Bleeding that does not stop, or vomiting or coughing up blood
emergency-flag-unconscious = Unconscious, hard to wake, a seizure, or suddenly confused
emergency-flag-suicide = Thinking of ending your life, or of harming yourself or somebody else
emergency-flag-infant-fever = A baby under three months with 38 °C (100.4 °F) or more
emergency-flag-meningitis = Fever with a stiff neck, or with a rash that does not fade when pressed
emergency-flag-poisoning = Poisoning, an overdose, or a swallowed battery or chemical
emergency-flag-pregnancy = Pregnant with heavy bleeding, severe belly pain or fits, or the baby hardly moves
emergency-flag-injury = A serious injury, a blow to the head with vomiting or drowsiness, or a large burn
emergency-error-too-many = Name the flags of the list only
emergency-call-title = Call now
emergency-call-headline = Call { $number } now
emergency-crisis-call = Or talk to somebody: { $number }
emergency-crisis-unknown = We know no crisis line for this country: call the emergency number, or go to a hospital.
emergency-crisis-text = You are not alone with this. If you can, stay with somebody you trust until help is there.
emergency-until-title = Until help comes
emergency-until-stay = Stay on the phone: they tell you what to do.
emergency-until-door = Unlock the door, and have somebody look out for the ambulance.
emergency-until-medicines = Have medicines, allergies and papers ready.
emergency-until-drive = Do not drive yourself.
emergency-said = You said
emergency-hospitals = Nearest hospitals
emergency-hospitals-near = Nearest hospitals, seen from { $city }
emergency-hospitals-none = We know no hospital near you. The emergency service finds one.
emergency-hospitals-all = All places
emergency-map = Map
emergency-also-title = While you wait
emergency-also-text = You can also talk to one of our doctors. Call the number first: this does not replace an ambulance. No account, nothing to pay now.
emergency-also-go = Also talk to a doctor
emergency-again = Answer again
emergency-none-title = This does not sound like an emergency
emergency-none-text = None of the signs is there. You still know best: if you are afraid for your life, call.
emergency-today-title = A doctor today
emergency-today-text = We look for a doctor within the hour. You need no account to ask, and pay after the visit.
emergency-today-go = Find me a doctor today
emergency-later-title = A visit as usual
emergency-later-text = Choose your doctor and your time.
emergency-later-go = Find a doctor
emergency-worse = If it gets worse:
emergency-quota-title = You have asked several times today
emergency-quota-text = For something new that cannot wait, call. For everything else, book a visit: many doctors have times today.
emergency-acuity = How urgent
emergency-acuity-1 = At once
emergency-acuity-2 = Within minutes
emergency-acuity-3 = Urgent
emergency-acuity-4 = Soon
emergency-acuity-5 = Ordinary
emergency-acuity-change = Say how urgent it is
emergency-acuity-why = Why
emergency-acuity-keep = Keep
emergency-acuity-kept = It is kept.
emergency-source-patient = The person
emergency-source-symptom_engine = Symptom checker
emergency-source-nurse = A nurse
emergency-source-doctor = A doctor
emergency-source-rule = A rule of the house
emergency-review-why = { $source }: { $why }
emergency-why-red_flag = named warning signs from the list
emergency-why-self_declared = asked for a doctor, without signs
emergency-why-abuse_score = lowered, as earlier requests were not justified
emergency-why-seen_worse = seems worse than said
emergency-why-seen_better = seems better than said
emergency-why-signs_not_there = the signs are not there
emergency-why-vulnerable = a vulnerable person
emergency-rung-reserved = Free and reserved times
emergency-rung-pool = Doctors who are ready
emergency-rung-insert = A place between visits
emergency-rung-displace = The time of somebody who can wait
emergency-rung-escalate = Emergency department
emergency-step-offered = { $count ->
    [one] one doctor was asked
   *[other] { $count } doctors were asked
}
emergency-step-taken = found
emergency-step-nothing = nothing free
emergency-step-not-for-guests = only with a name
emergency-step-handed-over = nobody was found
emergency-wait-title = Your urgent request
emergency-wait-reserved = We are looking for a doctor
emergency-wait-reserved-text = We look at free times and at those we keep back for urgent requests. Keep this page open.
emergency-wait-pool = We are asking doctors who are ready now
emergency-wait-pool-text = The first who accepts is yours. Keep this page open.
emergency-wait-late = It takes longer than we promised
emergency-wait-late-text = We still ask, and somebody of our staff has been told. If it cannot wait, call the number below.
emergency-wait-insert = We are making room for you
emergency-wait-insert-text = No doctor is free at once. We look for a place between visits. Keep this page open.
emergency-wait-accepted = A doctor is ready for you
emergency-wait-accepted-text = Tell us who you are, then the visit begins.
emergency-wait-booked = Your visit is confirmed
emergency-wait-booked-text = Open it and wait there: the doctor calls you in.
emergency-wait-escalated = We found no doctor in time. Go to an emergency department
emergency-wait-escalated-text = Call the number below, or have somebody take you to the nearest hospital. Show them the note.
emergency-wait-unmet = No doctor is free right now
emergency-wait-unmet-text = Book the next time that suits you. Ask again, or call, if it gets worse.
emergency-wait-cancelled = You have taken your request back
emergency-wait-cancelled-text = Nobody looks for a doctor any more.
emergency-wait-lapsed = The doctor could not wait longer
emergency-wait-lapsed-text = Ask again: we start at once.
emergency-wait-promise = A doctor should answer by { $time }.
emergency-wait-promise-broken = A doctor should have answered by { $time }.
emergency-queue-next = You are next.
emergency-queue-ahead = { $count ->
    [one] One person is before you: more urgent, or asked earlier.
   *[other] { $count } people are before you: more urgent, or asked earlier.
}
emergency-queue-ready = { $count ->
    [0] No doctor is ready at this moment.
    [one] One doctor is ready.
   *[other] { $count } doctors are ready.
}
emergency-queue-wait = Usually it takes { $from } to { $to } more minutes.
emergency-queue-wait-at-most = { $count ->
    [one] Usually it takes no more than one more minute.
   *[other] Usually it takes no more than { $count } more minutes.
}
emergency-wait-doctor-until = Waits for you until { $time }.
emergency-wait-visit-off = This visit was called off. You can choose another time.
emergency-wait-free = { $when } · free of charge ({ $price })
emergency-wait-pay-later = { $when } · { $price }, to be paid after the visit
emergency-wait-to-visit = Go to the visit
emergency-wait-steps = What has happened
emergency-wait-cancel = I need no doctor any more
emergency-claim-title = Who are you?
emergency-claim-text = You can do this while we look. With your name we can also give you reserved times and places between visits.
emergency-claim-go = This is my request
emergency-claim-sign-up = Give my name and e-mail or phone
emergency-note-title = Note for the emergency department
emergency-note-lead = Written from what was said online. No doctor has examined the person.
emergency-note-open = Note for the emergency department
emergency-note-asked = Asked
emergency-note-judged = Judged
emergency-note-footer = Number of the request:
emergency-mail-nobody-subject = We found no doctor for your request
emergency-mail-nobody-text = We are sorry. Nobody was free in time. If it cannot wait, call your local emergency number or go to the nearest hospital. What to do next stands on the page of your request.
emergency-mail-breach-subject = An urgent request (level { $level }) was not answered in time
emergency-mail-breach-text = Nobody has answered an urgent request within the promised time. The board shows where it stands.
emergency-pool-title = Urgent requests
emergency-pool-ready = Ready for urgent requests
emergency-pool-ready-text = While you are ready and this page is open, you may be asked. You have 45 seconds; the first who accepts has it.
emergency-pool-ready-until = Ready until { $time }
emergency-pool-for = For
emergency-pool-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
emergency-pool-go = I am ready
emergency-pool-stop = Not any more
emergency-pool-offers = You are asked
emergency-pool-none = Nobody needs you right now
emergency-pool-none-text = What you are asked appears here by itself.
emergency-pool-waiting = { $count ->
    [one] One person waits for a doctor.
   *[other] { $count } people wait for a doctor.
}
emergency-pool-say-ready = Say above that you are ready: the most urgent asks you first.
emergency-pool-your-turn = You are asked as soon as somebody needs you: the most urgent first.
emergency-pool-patient = A patient
emergency-pool-guest = A guest
emergency-pool-no-flags = No signs of the list were ticked.
emergency-pool-answer-by = Answer by { $time }
emergency-pool-over = The time is over
emergency-pool-accept = Accept
emergency-pool-decline = Decline
emergency-pool-taken = Accepted today
emergency-pool-waits-for-guest = the guest says who they are, until { $time }
emergency-pool-visit = a visit
emergency-pool-guest-gone = the guest did not come
emergency-pool-open = Open
emergency-pool-yours = It is yours. The visit is confirmed, the patient has been told.
emergency-pool-yours-guest = It is yours. The guest now says who they are; the visit appears here.
emergency-pool-gone = Somebody was faster, or it is not needed any more. Thank you.
emergency-pool-extra = More than planned
emergency-pool-extra-text = In an emergency a short visit may be put between yours, or over one. You say how many at most within 24 hours.
emergency-pool-extra-label = At most
emergency-pool-extra-kept = Your limit is kept.
emergency-error-hours = Choose 1 to 12 hours
emergency-error-extra = Choose 0 to 6
emergency-error-duty = Choose 0 to 24 hours
emergency-error-reason = Give a reason of 3 to 500 characters
emergency-board-title = Urgent requests
emergency-board-ready = Doctors ready
emergency-board-asked = Asked in 24 h
emergency-board-met = Answered in time
emergency-board-broken = Too late
emergency-board-escalated = To emergency departments
emergency-board-open = Open now
emergency-board-empty = Nobody waits
emergency-board-empty-text = New requests appear here by themselves.
emergency-board-offers = { $count ->
    [0] nobody asked yet
    [one] one doctor asked
   *[other] { $count } doctors asked
}
emergency-board-accepted = { $doctor } waits for the guest
emergency-board-on-duty = { $name }, until { $time }
emergency-board-duty = On duty
emergency-board-duty-nobody = Nobody is. Then every administrator is told when a promise is broken.
emergency-board-duty-take = I am on duty for 12 hours
emergency-board-duty-end = I am off duty
emergency-board-duty-kept = It is kept.
emergency-board-counts = Answers of the screen, 30 days
emergency-board-counts-none = Nobody has answered yet.
emergency-board-none = None of the signs
emergency-clock-left = { $minutes } min left
emergency-clock-late = { $minutes } min late
emergency-queue-title = Urgent queue
emergency-review-title = Review of overrides
emergency-review-csv = CSV
emergency-review-month = Another month
emergency-review-asked = Requests
emergency-review-overrides = Went before others
emergency-review-displaced = Visits that gave way
emergency-review-justified = Justified
emergency-review-unjustified = Not justified
emergency-review-median = Median wait
emergency-review-seconds = { $count } s
emergency-review-empty = Nobody went before others
emergency-review-empty-text = Nothing is to be reviewed in this month.
emergency-review-took = Took the time of another: { $when }
emergency-review-before = { $count ->
    [one] One unjustified before
   *[other] { $count } unjustified before
}
emergency-review-visit = The visit
emergency-review-judge = Judge
emergency-review-reason = Reason
emergency-review-reason-hint = No health details. Two unjustified requests within 180 days lower what this person says of themselves.
emergency-review-kept = The judgement is kept.
emergency-verdict-justified = Justified
emergency-verdict-unjustified = Not justified
