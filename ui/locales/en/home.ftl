# The front page, the search for a doctor, the first page of each role.
home-landing-title = See a doctor online or at a clinic
home-hero-now = A doctor you trust, in the next half hour.
home-hero-today = A doctor you trust, today.
home-hero-soon = A doctor you trust, at a time you choose.
home-hero-text = Book a video or clinic visit, get your prescription on the spot, and keep every note in one record that belongs to you.
home-hero-what = Specialty, doctor or symptom
home-hero-example = Skin rash, speaks Bangla
home-hero-go = Find care
home-hero-next = Next free video visit
home-hero-book = Book
home-pills = Quick searches
home-pill-now = Video today
home-pill-child = Child health
home-pill-speaks = Speaks
home-pill-women = Women doctors
home-pill-fee = Under $30
home-facts = In numbers
home-fact-next = until the next free video visit
home-fact-doctors = { $count ->
    [one] doctors; { $count } licence checked in the last 90 days
   *[other] doctors; { $count } licences checked in the last 90 days
}
home-fact-languages-number = { $count ->
    [one] { $count } language
   *[other] { $count } languages
}
home-fact-places = { $count ->
    [one] spoken by our doctors, with clinics in { $count } city
   *[other] spoken by our doctors, with clinics in { $count } cities
}
home-fact-score-number = { $score } of 5
home-fact-score = { $count ->
    [one] from { $count } patient after a real visit
   *[other] from { $count } patients after a real visit
}
home-fact-yours-number = You decide
home-fact-yours = who sees your record, and every look is logged
home-how = How it works
home-how-1 = Choose a time
home-how-1-text = Real free times in your own time zone, with the price. You sign up only when you have chosen.
home-how-2 = Meet your doctor
home-how-2-text = By video in your browser, with nothing to install, or at the clinic. We hold your time for 30 minutes while you pay.
home-how-3 = Leave with a plan
home-how-3-text = A summary in plain words, and a signed prescription with a code that any pharmacy can check.
home-specialties = What do you need help with?
home-doctors-count = { $count ->
    [one] { $count } doctor
   *[other] { $count } doctors
}
home-quotes = What patients say
home-quotes-text = Only after a visit that took place.
home-faq = Questions people ask
home-faq-video = What do I need for a video visit?
home-faq-video-answer = A phone or computer with a camera and a current browser. We check camera, microphone and speaker with you before the visit. Without a camera you can talk by sound alone.
home-faq-pay = When do I pay?
home-faq-pay-answer = When you book. We hold your time for 30 minutes while you pay on the payment provider's page. Nothing is charged if you do not finish.
home-faq-cancel = What if I need to cancel?
home-faq-cancel-answer = Up to 24 hours before the visit you get everything back, from 24 to 4 hours before it half, later nothing. If the doctor cancels, or does not come, you get everything back.
home-faq-doctors = How do you check doctors?
home-faq-doctors-answer = We look at the licence and at an identity document before a doctor can be found here. The profile shows the licence number and the day of the last check.
home-faq-privacy = Who can see my record?
home-faq-privacy-answer = You, and the doctors you book with. Notes and prescriptions are encrypted with a key of your own. Your record lists every person who opened it, when and why.
home-faq-prescription = Can I get a prescription?
home-faq-prescription-answer = Yes, if the doctor finds it right for you. You get it as a PDF with a code; whoever dispenses it can check on our site that it is genuine and still valid.
home-closing = The right doctor is a few minutes away.
home-closing-text = Say what you need in your own words. We show who is free, and when.

home-search-title = Find a doctor
home-search-words = Specialty, doctor, symptom, place
home-search-example = Dermatologist, speaks Bangla, today or tomorrow, video
home-search-go = Search
home-search-filters = Filters
home-search-specialty = Specialty
home-search-when = When
home-search-mode = How to meet
home-search-language = Language
home-search-gender = Doctor
home-search-fee = Highest fee
home-search-fee-error = Enter the highest fee as a whole number, like 30
home-search-place = Near
home-search-sort = Show first
home-search-apply = Show doctors
home-search-chips = Filters in use
home-search-clear = Clear all
home-search-all = See all doctors
home-search-count = { $count ->
    [0] No doctor fits all of this
    [one] { $count } doctor fits
   *[other] { $count } doctors fit
}
home-search-count-before-times = { $count ->
    [one] { $count } doctor fits; who has a free time then is shown
   *[other] { $count } doctors fit; those with a free time then are shown
}
home-any = Any
home-any-day = Any day
home-when-today = Today
home-when-tomorrow = Tomorrow
home-when-today-tomorrow = Today or tomorrow
home-when-week = The next 7 days
home-sort-best = Best match
home-sort-soonest = Soonest
home-sort-rating = Best rated
home-sort-fee = Lowest fee
home-sort-distance = Nearest
home-gender-female = Women doctors
home-gender-male = Men doctors
home-filter-text = “{ $text }”
home-filter-language = Speaks { $language }
home-filter-fee = Up to { $fee }
home-filter-place = Near { $place }
home-filter-error = Give this filter a value that the documentation names
home-wider = { $count ->
    [one] { $count } doctor without “{ $filter }”
   *[other] { $count } doctors without “{ $filter }”
}
home-wider-some = Doctors without “{ $filter }”
home-empty-further = Nobody in this part of the list has a free time then. The next page goes on looking.
home-empty-title = Nobody fits all of this
home-empty-text = Try other words, or see everyone.
home-empty-wider = Take one filter away:
home-next-times = Next free times
home-more-times = More times
home-no-times = No free time in the next two weeks.
home-see-profile = See profile
home-doctor-name = Dr { $name }
home-licence-checked = Licence checked
home-licence-on = Licence { $number }, checked { $day }
home-rating = { $count ->
    [one] { $score } from { $count } verified visit
   *[other] { $score } from { $count } verified visits
}
home-rating-few = { $count ->
    [one] { $count } verified review
   *[other] { $count } verified reviews
}
home-rating-none = New here
home-metres = { $number } m
home-kilometres = { $number } km
home-day-and-time = { $day }, { $time }
home-today = Today
home-tomorrow = Tomorrow
home-weekday-1 = Mon
home-weekday-2 = Tue
home-weekday-3 = Wed
home-weekday-4 = Thu
home-weekday-5 = Fri
home-weekday-6 = Sat
home-weekday-7 = Sun
home-month-1 = January
home-month-2 = February
home-month-3 = March
home-month-4 = April
home-month-5 = May
home-month-6 = June
home-month-7 = July
home-month-8 = August
home-month-9 = September
home-month-10 = October
home-month-11 = November
home-month-12 = December
home-month-year = { $month } { $year }
home-zone = Times shown in { $place } time ({ $offset })
home-stars = { $score } out of 5

home-profile-title = Doctor
home-all-doctors = All doctors
home-years = { $count ->
    [one] { $count } year in practice
   *[other] { $count } years in practice
}
home-about = About
home-patients-say = What patients say
home-listens = Listens
home-explains = Explains clearly
home-on-time = On time
home-technology = Sound and picture
home-verified = Verified visit
home-no-reviews = Nobody has written a review yet. Only patients whose visit took place can.
home-fees = Fees
home-approval = The doctor confirms each request.
home-price-whole = The price you see is the price you pay.
home-before = Before your visit
home-before-medicines = Have the names of your medicines ready
home-before-place = Find a quiet place with good light
home-before-device = Charge your device, and allow camera and microphone when asked
home-book-title = Book a visit
home-book-mode = How to meet
home-book-days = Days
home-book-wait = No suitable time? Tell me when one gets free
home-book-none = No free time on this day. Choose another day above.
home-book-go = Continue · hold for 30 min
home-book-ask = Ask for this time
home-day-none = none
home-day-left = { $count } left
home-morning = Morning
home-afternoon = Afternoon
home-evening = Evening
home-slot-full = { $weekday } { $date }, { $from } – { $to }
home-consultation = Consultation
home-you-pay = You pay
home-cancel-rule = Full refund up to 24 hours before the visit, half up to 4 hours before. Full refund if the doctor cancels.

home-patient-title = Home
home-greeting-for = For { $name }
home-visit-for = For { $name }
home-greeting = Hello, { $name }
home-next-visit = Your next visit
home-join = Join the visit
home-join-opens = The waiting room opens at { $time }
home-join-open = The waiting room is open
home-pay = Pay now
home-pay-before = { $price }, held for you until { $time }
home-waiting-answer = The doctor has not answered yet
home-come-early = Come ten minutes early and bring an identity document
home-see-details = Details
home-no-visit = No visit is booked
home-no-visit-text = Choose a doctor and a time. You can see the price before you book.
home-later = After that
home-todo = To do
home-todo-birth = Tell us your date of birth, so that doses fit your age
home-todo-allergies = Say whether you have allergies, even if you have none
home-todo-rate = How was your visit with { $doctor } on { $day }?
home-todo-add = Add
home-todo-answer = Answer
home-todo-rate-go = Rate
home-doors = Where to go
home-door-find = By specialty, language, price
home-door-appointments = Coming and past visits
home-door-record = Allergies, diagnoses, notes
home-door-bills = Payments, invoices, refunds
home-see-all = See all
home-no-prescriptions = Prescriptions your doctors sign appear here.
home-medicines = { $count ->
    [one] { $count } medicine
   *[other] { $count } medicines
}
home-prescribed = { $doctor }, { $day } · valid until { $until }
home-vitals = Latest measurements
home-no-vitals = Nothing measured yet.
home-add-vitals = Add a measurement
home-who = Who can see this
home-who-text = You, and the doctors you book with. Every look is written down.
home-who-go = See who opened your record

home-day-title = My day
home-live = Live
home-day-change = Other days
home-day-earlier = The day before
home-day-later = The day after
home-day-booked = Booked
home-day-waiting = Waiting now
home-day-running = In a visit
home-day-done = Done
home-day-empty = Nobody is booked on this day
home-day-empty-text = Patients can book the hours you offer.
home-day-agenda = Agenda
home-day-aside = Next and open tasks
home-now = Now
home-chart = Chart
home-admit = Admit
home-return = Back to the visit
home-finish = Finish the note
home-summary = Summary
home-keys-walk = walk
home-keys-open = open
home-keys-start = start
home-keys-off = single keys on or off
home-up-next = Up next
home-requests = Requests to answer
home-requests-none = No request waits for you.
home-accept = Accept
home-unsigned = Notes to sign
home-unsigned-none = Every note is signed.
home-to-check = Notes to check
home-to-check-by = Signed by { $doctor }
home-approval-awaiting = Waits for the supervisor
home-approval-returned = Returned by the supervisor
home-waiting-since = { $count ->
    [0] Just arrived
    [one] Waiting { $count } minute
   *[other] Waiting { $count } minutes
}
home-in-visit-since = { $count ->
    [0] Just began
    [one] In the visit for { $count } minute
   *[other] In the visit for { $count } minutes
}
home-age = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
home-visits-before = { $count ->
    [0] First visit
    [one] { $count } earlier visit
   *[other] { $count } earlier visits
}

home-admin-title = Overview
home-admin-care = Visits
home-admin-today = Visits today
home-admin-done = { $count ->
    [one] { $count } done
   *[other] { $count } done
}
home-admin-waiting = Waiting now
home-admin-running = { $count ->
    [one] { $count } visit running
   *[other] { $count } visits running
}
home-admin-requests = Requests
home-admin-requests-note = wait for a doctor's answer
home-admin-holds = Held
home-admin-holds-note = wait for payment
home-admin-absent = No-shows, 30 days
home-admin-absent-note = { $count ->
    [one] { $count } patient did not come
   *[other] { $count } patients did not come
}
home-admin-cancelled = Cancelled
home-admin-30 = in 30 days
home-admin-people = People
home-admin-submitted = Doctors to check
home-admin-submitted-note = licence and identity papers wait
home-admin-published = Published doctors
home-admin-published-note = can be found and booked
home-admin-stale = Licence checks due
home-admin-stale-note = last check over 90 days ago
home-admin-suspended = Suspended doctors
home-admin-suspended-note = cannot be found
home-admin-accounts = Accounts
home-admin-accounts-note = active, all roles
home-admin-patients = Patients
home-admin-patients-note = with a record here
home-admin-money = Money, 30 days
home-admin-received = Received, { $currency }
home-admin-received-note = { $count ->
    [one] { $count } payment; { $back } returned
   *[other] { $count } payments; { $back } returned
}
home-admin-failed = Failed payments
home-admin-failed-note = in 7 days
home-admin-refunds = Stuck refunds
home-admin-refunds-note = need a second try
home-admin-approve = Refunds to approve
home-admin-approve-note = Asked for by a colleague, above the bound
home-admin-rest = Reviews and places
home-admin-reviews = Reviews to look at
home-admin-reviews-note = held back by the filter
home-admin-places = Health centres
home-admin-duplicates = Double records
home-admin-duplicates-note = perhaps one person
home-admin-places-note = where doctors practise
home-admin-per-day = Visits per day

home-about-title = About us
home-about-lead = { $brand } is a hospital without walls: doctors whose licences are checked, visits by video or at a clinic, and one record that belongs to the patient.
home-about-what = What we do
home-about-what-text = You find a doctor by specialty, language, price and time; you meet by video, by sound, by chat or at a health centre; and you leave with a summary and, where it is right, a prescription.
home-about-doctors = Our doctors
home-about-doctors-text = Nobody appears in the search before an administrator has looked at the papers.
home-about-doctors-1 = We check the licence with the body that issued it, and an identity document.
home-about-doctors-2 = The day of the last check stands on every profile.
home-about-doctors-3 = Reviews can be written only after a visit that took place.
home-about-time = Your time
home-about-time-text = Times are real and shown in your own time zone. A time you choose is held for you for 30 minutes. If a payment arrives late, we give you the time if it is still free, or your money back.
home-about-money = Your money
home-about-money-text = You see the whole price before you sign up. If the doctor cancels or does not come, you get everything back without asking.
home-about-open = How it is built
home-about-open-text = The program behind this site is open source, under the Apache licence 2.0. Anyone may read how it works.

home-privacy-title = Privacy
home-privacy-lead = What { $brand } knows about you, why, who can see it, and what you can do about it.
home-privacy-what = What we keep
home-privacy-what-text = Only what your care, your account and the law need.
home-privacy-what-1 = Your account: name, e-mail or phone, password (as a hash), language, time zone, sign-ins.
home-privacy-what-2 = Your health record: allergies, diagnoses, measurements, notes, prescriptions, chat during a visit.
home-privacy-what-3 = Your visits and payments: times, prices, invoices, refunds. We never see your card.
home-privacy-what-4 = A log of who opened your record, when and why.
home-privacy-why = Why we keep it
home-privacy-why-text = To give you care you asked for, to keep the records that medical law asks of doctors, and to send and receive money correctly. We sell nothing, show no advertisements, and use no trackers.
home-privacy-who = Who can see it
home-privacy-who-text = The rule is checked for every page, and again by the database itself.
home-privacy-who-1 = You see all of it.
home-privacy-who-2 = A doctor you booked with sees your record while that care lasts.
home-privacy-who-3 = Administrators see appointments, payments and accounts, not the content of your record.
home-privacy-who-4 = The payment provider gets the amount and a number of the visit, no health information.
home-privacy-how = How it is protected
home-privacy-how-text = Against loss, theft and curiosity:
home-privacy-how-1 = Notes, prescriptions, chats and documents are encrypted with a key that belongs to your record alone.
home-privacy-how-2 = Video goes from your browser to our server and on to your doctor, encrypted; it is not recorded.
home-privacy-how-3 = The log of who opened what is chained, so that a line cannot be taken out unseen.
home-privacy-how-4 = E-mails and texts carry no health information, only that something waits for you here.
home-privacy-long = How long
home-privacy-long-text = Health records are kept for as long as the law of the doctor's country asks. Codes for signing in live for minutes, sessions until you sign out or they lapse.
home-privacy-rights = What you can do
home-privacy-rights-text = It is your record.
home-privacy-rights-1 = See who opened it: My record, Who opened my record.
home-privacy-rights-2 = Correct your details: Account and security.
home-privacy-rights-3 = End every session on every device: Account and security.
home-privacy-rights-4 = Take your documents with you: every summary, prescription and invoice can be downloaded.
home-privacy-cookies = Cookies
home-privacy-cookies-text = Only those without which the site cannot work, so there is no banner to click away.
home-privacy-cookies-1 = One keeps you signed in.
home-privacy-cookies-2 = One remembers your language.
home-privacy-cookies-3 = One tells us your time zone, so that times are right.

home-accessibility-title = Accessibility
home-accessibility-lead = Care has to work for everyone. This is what works, what does not yet, and how we know.
home-accessibility-aim = What we aim at
home-accessibility-aim-text = The Web Content Accessibility Guidelines 2.2, level AA, on every page, in every language we offer, also from right to left.
home-accessibility-works = What works
home-accessibility-works-text = You can:
home-accessibility-works-1 = use every page with the keyboard alone
home-accessibility-works-2 = use a screen reader: pages have landmarks, headings, labels, and say what changes
home-accessibility-works-3 = enlarge to 400 percent without scrolling sideways
home-accessibility-works-4 = use high contrast, and ask for less motion in your system's settings
home-accessibility-works-5 = paste codes and passwords; there is no puzzle to solve
home-accessibility-works-6 = book, pay and read your record without JavaScript
home-accessibility-limits = What does not work yet
home-accessibility-limits-text = We know of these:
home-accessibility-limits-1 = Video visits have no captions yet. The chat beside the picture is there for text.
home-accessibility-limits-2 = PDF documents are not fully tagged; the same content is always on a page as well.
home-accessibility-limits-3 = The video room itself needs JavaScript.
home-accessibility-tested = How it is tested
home-accessibility-tested-text = Every page of the main journey is checked automatically with axe in both directions of writing, at phone and desk width, and walked through with the keyboard.
home-accessibility-tell = If something does not work for you
home-accessibility-tell-text = Tell your doctor in the chat of your visit, or an administrator of { $brand }. If you cannot book by yourself, another person may sit with you and help; nothing forbids that.
home-waiting-now = In the waiting room
home-acuity = How urgent:
home-acuity-1 = 1 · at once
home-acuity-2 = 2 · very urgent
home-acuity-3 = 3 · urgent
home-acuity-4 = 4 · standard
home-acuity-5 = 5 · can wait
home-acuity-set = Set
home-call-back = Call back
home-here-present = Here
home-here-away = Away for a moment
home-here-gone = Page closed
home-here-out = Stepped out
home-here-called = Called back
home-out-since = Out for { $count ->
    [one] 1 minute
   *[other] { $count } minutes
  }
home-door-messages = Ask your doctor between visits

home-timeline-title = Your record by date
home-timeline-lead = Everything in your record, newest first. Choose kinds, a time or words to find something.
home-timeline-of = { $name }: the record by date
home-timeline-kinds = What to show
home-timeline-words = Words
home-timeline-from = From
home-timeline-until = Until
home-timeline-show = Show
home-timeline-all = Show everything
home-timeline-year = Or one year:
home-timeline-none = Nothing fits
home-timeline-none-text = Choose other kinds, a longer time, or other words.
home-timeline-empty = Nothing stands in this record yet
home-timeline-empty-text = Visits, prescriptions, measurements and documents appear here.
home-timeline-looked-at = The words were looked for in the latest { $count } entries. Go to the next page to look further back.
home-timeline-visit = Visit
home-timeline-diagnosis = Diagnosis
home-timeline-prescription = Prescription
home-timeline-immunization = Immunization
home-timeline-measurement = Measurement
home-timeline-document = Document
home-timeline-letter = Letter
home-timeline-intake = Questions before a visit
home-timeline-appointment = Appointment
home-timeline-intake-title = Answers before the visit
home-timeline-resolved = Over
home-timeline-given = Given { $day }
home-timeline-more-measured = and { $count ->
    [one] one more measurement that day
   *[other] { $count } more measurements that day
}
home-timeline-altered = This prescription was altered and is not shown
