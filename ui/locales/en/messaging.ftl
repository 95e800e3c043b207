# Notifications, and the demonstration's mailbox.
messaging-notices-title = Notifications
messaging-notices-empty = Nothing here yet
messaging-notices-empty-text = When something changes about your visits, payments or prescriptions, you read it here.
messaging-notices-unread = { $count ->
    [0] You have read everything
    [one] { $count } notification to read
   *[other] { $count } notifications to read
}
messaging-notices-read-all = Mark all as read
messaging-notices-new = New
messaging-notices-open = Open
messaging-notices-read = Mark as read
messaging-mailbox-title = Demonstration mailbox
messaging-mailbox-lead = Every e-mail and text message of this demonstration ends up here. None of them leaves this machine.
messaging-mailbox-to = Sent to
messaging-mailbox-filter = Show
messaging-mailbox-empty = No messages
messaging-mailbox-empty-text = Sign up, book a visit or ask for a new password, and the message appears here within seconds.
messaging-mailbox-attachments = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
messaging-mailbox-attached = Files
messaging-mailbox-text-message = Text message

# What people want to hear, how and when.
messaging-preferences-title = Notification settings
messaging-preferences-what = What you hear, and how
messaging-preferences-what-hint = Choose how each kind reaches you. What is about your safety, your account or your money can change its way, but cannot be switched off.
messaging-preferences-no-phone = You have not given us a phone number, so nothing comes as a text message.
messaging-preferences-no-email = You have not given us an e-mail address, so nothing comes as e-mail.
messaging-preferences-always = Always in the app
messaging-preferences-mandatory = Choose e-mail or text message: this must reach you.
messaging-preferences-when = When
messaging-preferences-zone = Times are on your own clock: { $zone }, where it is { $now } now.
messaging-preferences-zone-change = Change the time zone
messaging-preferences-quiet = Quiet hours
messaging-preferences-quiet-on = Do not disturb me at these hours
messaging-preferences-quiet-hint = What can wait comes when they are over. A visit that was called off, and anything about your account, still comes at once.
messaging-preferences-quiet-same = Enter another time than the one at which they start
messaging-preferences-from = From
messaging-preferences-until = Until
messaging-preferences-at = At
messaging-preferences-clock-wrong = Enter a time such as 07:30
messaging-preferences-digest = Daily letter
messaging-preferences-digest-on = Gather what can wait into one e-mail a day
messaging-preferences-digest-hint = For summaries, prescriptions and reviews. Nothing that is urgent waits for it.
messaging-preferences-agenda-on = Tell me about my day
messaging-preferences-language = Language
messaging-preferences-letters = Language of letters
messaging-preferences-letters-as-pages = As on the pages
messaging-preferences-language-wrong = Choose one of the languages
messaging-preferences-unknown = This is not known here
messaging-preferences-test = Try it
messaging-preferences-test-hint = We send you a short message by every way that you have switched on.
messaging-preferences-test-send = Send me a test
messaging-preferences-tested = A test is on its way to you.
messaging-preferences-saved = Your notification settings are saved.
messaging-way-app = In the app
messaging-way-email = E-mail
messaging-way-sms = Text message
messaging-topic-security = Account and safety
messaging-topic-security-hint = Codes, new passwords, sign-ins.
messaging-topic-money = Payments and refunds
messaging-topic-money-hint = Receipts, refunds, payments that failed.
messaging-topic-visits = Changes of visits
messaging-topic-visits-hint = A visit was confirmed, moved or called off.
messaging-topic-reminders = Reminders
messaging-topic-reminders-hint = A day and an hour before a visit.
messaging-topic-care = Summaries and prescriptions
messaging-topic-care-hint = There is something new in your record.
messaging-topic-messages = Messages
messaging-topic-messages-hint = Your doctor, or a patient of yours, has written to you.
messaging-topic-reviews = Reviews
messaging-topic-reviews-hint = We ask how a visit was.
messaging-topic-agenda = Daily agenda
messaging-topic-agenda-hint = Your visits of the day, without names.
messaging-mail-test-subject = This is a test
messaging-mail-test-text = You asked us to try how our messages reach you. This one did.
messaging-mail-test-action = Notification settings
messaging-mail-test-footer = { $brand } sent this because you asked for a test.
messaging-mail-digest-subject = { $count ->
    [one] { $count } thing from today
   *[other] { $count } things from today
}
messaging-mail-digest-greeting = Hello { $name }, this came together since the last letter:
messaging-mail-digest-button = All notifications
messaging-mail-digest-footer = { $brand } gathers what can wait into one letter, because you asked for it.
messaging-leave-line = Stop e-mails of this kind
messaging-leave-title = Stop these e-mails?
messaging-leave-ask = You will get no more e-mail of this kind: { $topic }. In the app you still find it.
messaging-leave-button = Stop these e-mails
messaging-leave-done-title = Done
messaging-leave-done = We send no more e-mail of this kind: { $topic }.
messaging-leave-rest = Everything else you choose in your

# Letters on their way, for administrators.
messaging-deliveries-title = Letters
messaging-deliveries-hint = Whom it was for and how far it came. What a letter says is sealed, also from you.
messaging-deliveries-states = How far they came
messaging-deliveries-channel = Way
messaging-deliveries-about = About
messaging-deliveries-filter = Show
messaging-deliveries-written = Written
messaging-deliveries-for = For
messaging-deliveries-state = State
messaging-deliveries-no-account = Somebody without an account
messaging-deliveries-none = No such letters
messaging-deliveries-none-text = Choose another state, way or subject.
messaging-deliveries-never = No letters yet
messaging-deliveries-never-text = Each e-mail and text message that is written appears here, and how far it came.
messaging-deliveries-retry = Send again
messaging-deliveries-lift = The address works: send again
messaging-deliveries-retried = The letter is sent again.
messaging-deliveries-lifted = The address is written to again, this letter first.
messaging-deliveries-room-scheduling = Appointments
messaging-deliveries-room-billing = Payments
messaging-deliveries-room-consultations = Visits
messaging-deliveries-room-prescriptions = Prescriptions
messaging-deliveries-room-community = Reviews
messaging-deliveries-room-chart = Record
messaging-deliveries-room-identity = Accounts
messaging-deliveries-room-people = People
messaging-deliveries-room-messaging = Tests and daily letters
messaging-delivery-all = All
messaging-delivery-waiting = Waiting
messaging-delivery-sent = Sent
messaging-delivery-failed = Not delivered
messaging-delivery-refused = Refused
messaging-delivery-suppressed = Address left alone
messaging-delivery-unclear = Unclear
messaging-delivery-void = Called off
messaging-delivery-until = until { $when }
messaging-addresses-title = Addresses left alone
messaging-addresses-hint = Addresses that bounced, that called a letter spam, or that asked us to stop. We keep only a fingerprint of each.
messaging-addresses-none = No address is left alone
messaging-addresses-none-text = When an address bounces, it stands here.
messaging-addresses-since = Since
messaging-addresses-whose = Whose
messaging-addresses-unknown = Of no account:
messaging-addresses-reason = Why
messaging-addresses-bounced = Nobody is there
messaging-addresses-complained = Called it spam
messaging-addresses-stopped = Asked us to stop
messaging-addresses-lift = Write to it again
messaging-addresses-lifted = The address is written to again.
