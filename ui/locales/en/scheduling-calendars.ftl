# One's own appointments in one's own calendar program, and when a doctor is busy elsewhere.
scheduling-feed-title = Calendar
scheduling-feed-what = Your appointments in your own calendar
scheduling-feed-text = Open a private address and give it to the calendar program on your phone or computer. It then shows your appointments and follows every change. It never says why you have one.
scheduling-feed-open = Open an address
scheduling-feed-once = Copy this address now
scheduling-feed-once-text = We show it this once. Whoever has it can see your appointments, so keep it like a password.
scheduling-feed-address = Address of your calendar
scheduling-feed-add = Add to my calendar
scheduling-feed-since = Open since { $day }.
scheduling-feed-unread = No calendar program has read it yet.
scheduling-feed-read = Last read by a calendar program: { $when }.
scheduling-feed-names = Show the name of the other person
scheduling-feed-names-hint = Without this, entries are called "Appointment". Others who can see your calendar would see the name.
scheduling-feed-rotate = Open a new address
scheduling-feed-rotate-hint = A new address takes the old one back at once; calendar programs that use the old one stop following.
scheduling-feed-revoke = Take the address back
scheduling-feed-saved = Saved. Calendar programs see it within the hour.
scheduling-feed-revoked = The address is taken back. Nothing stands there any more.
scheduling-feed-summary = Appointment
scheduling-feed-summary-name = Appointment: { $name }
scheduling-feed-summary-family = Appointment of { $patient }: { $doctor }
scheduling-feed-online = Online
scheduling-outside-title = Calendars elsewhere
scheduling-outside-text = Times at which you are busy in another calendar are not offered here and cannot be booked. We keep the times alone: no titles, no places, no people.
scheduling-outside-none = No calendar yet
scheduling-outside-none-text = Add the address of a calendar that you keep elsewhere.
scheduling-outside-add = Add a calendar
scheduling-outside-name = What you call it
scheduling-outside-name-hint = Such as "Hospital" or "Family".
scheduling-outside-kind = What it is
scheduling-outside-kind-file = Calendar file (ICS address)
scheduling-outside-kind-caldav = CalDAV collection
scheduling-outside-url = Address
scheduling-outside-url-hint = The private or secret address from the settings of that calendar. It begins with https:// or webcal://.
scheduling-outside-user = User name
scheduling-outside-user-hint = Only where that calendar asks for one. Use a password for programs where there is one.
scheduling-outside-password = Password
scheduling-outside-who-sees = Address and password are encrypted, and are shown to nobody.
scheduling-outside-name-wrong = Enter a name of at most 80 characters
scheduling-outside-kind-wrong = Choose a calendar file or a CalDAV collection
scheduling-outside-url-wrong = Enter an address that begins with https:// or webcal://
scheduling-outside-url-forbidden = Enter a public address that begins with https://, without a password in it
scheduling-outside-login-half = Enter both user name and password, or neither
scheduling-outside-too-many = You have five calendars here already. Remove one to add another.
scheduling-outside-added = The calendar is added and is being fetched.
scheduling-outside-removed = The calendar is removed. Its times count no more.
scheduling-outside-fetch = Fetch now
scheduling-outside-fetching = The calendar is being fetched. Load this page again in a moment.
scheduling-outside-state-new = Being fetched
scheduling-outside-state-up-to-date = Up to date
scheduling-outside-state-in-trouble = Not reached
scheduling-outside-state-lost = Its times do not count
scheduling-outside-answered = Last answered { $when }
scheduling-outside-count = { $count ->
    [0] No busy times
    [one] { $count } busy time
   *[other] { $count } busy times
}
scheduling-outside-counts-until = Its busy times count until { $when }
scheduling-outside-since = Added { $when }
scheduling-outside-next = We try again { $when }
scheduling-outside-never = nothing of it counts yet
scheduling-outside-trouble-forbidden = The address leads into a private network. Enter a public one.
scheduling-outside-trouble-no-such-host = There is no server of this name. Look whether the address is complete.
scheduling-outside-trouble-unreachable = The server does not answer, or has no valid certificate.
scheduling-outside-trouble-too-slow = The server took longer than ten seconds.
scheduling-outside-trouble-too-large = The calendar is larger than 2 MB.
scheduling-outside-trouble-redirects = The address leads on too often.
scheduling-outside-trouble-denied = User name and password are not accepted there.
scheduling-outside-trouble-gone = There is nothing at this address any more. Copy it again from the settings of that calendar.
scheduling-outside-trouble-status = The server answers with an error.
scheduling-outside-trouble-no-calendar = What lies there is no calendar. It may be a web page: copy the ICS address instead.
scheduling-outside-trouble-too-much = The calendar holds more repeated events than we can read.
scheduling-mail-calendar-subject = A calendar of yours cannot be read
scheduling-mail-calendar-text =
    We tried several times and did not reach your calendar "{ $calendar }".
    Until when its busy times still count: { $until }.
    After that, times at which you are busy elsewhere may be booked.
scheduling-mail-calendar-action = Look at it
scheduling-mail-calendar-footer = { $brand } sent this because times that others can book depend on it.
