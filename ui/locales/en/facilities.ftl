facilities-list-title = Health centres
facilities-list-lead = Places where our doctors see patients in person.
facilities-near-city = Near
facilities-any-city = Any city
facilities-show = Show
facilities-list-count = { $count ->
    [one] { $count } health centre
   *[other] { $count } health centres
}
facilities-none = There is no health centre yet
facilities-open-now = Open now
facilities-closed-now = Closed now
facilities-distance = { $km } km away
facilities-doctors = { $count ->
    [0] No doctors yet
    [one] { $count } doctor
   *[other] { $count } doctors
}
facilities-kind-health-centre = Health centre
facilities-kind-clinic = Clinic
facilities-kind-hospital = Hospital
facilities-back = All health centres
facilities-where = Where it is
facilities-map = Show on a map
facilities-hours = Opening hours
facilities-hours-zone = Times in { $zone }
facilities-closed = Closed
facilities-doctors-here = Doctors who practise here
facilities-no-doctors = No doctor practises here at the moment
facilities-find-doctor = Find a doctor
facilities-weekday-1 = Monday
facilities-weekday-2 = Tuesday
facilities-weekday-3 = Wednesday
facilities-weekday-4 = Thursday
facilities-weekday-5 = Friday
facilities-weekday-6 = Saturday
facilities-weekday-7 = Sunday
facilities-error-name = Enter a name of up to 120 characters
facilities-error-street = Enter the street and number
facilities-error-city = Enter the city
facilities-error-hours = Enter opening hours as times of day, for example 08:00 to 20:00
facilities-admin-title = Places
facilities-new-title = Open a place
facilities-none-text = Doctors who see patients in person need a place.
facilities-name = Name
facilities-kind = Kind
facilities-street = Street and number
facilities-city = City
facilities-country = Country
facilities-point = Latitude and longitude
facilities-point-hint = In degrees, for example 23.78, 90.41
facilities-zone = Time zone
facilities-phone = Phone
facilities-phone-hint = With the country's code, for example +880 1700 000000
facilities-hours-hint = By the clock of the place. Leave a closed day empty.
facilities-opens = opens
facilities-closes = closes
facilities-open = Open this place
facilities-opened = The place is open to the public.
facilities-public-page = Public page
facilities-add-doctor = Another doctor
facilities-add = Practises here
facilities-doctor-added = The doctor practises here from now on.
facilities-doctor-removed = The doctor no longer practises here. Visits already booked stay.
facilities-error-country = Choose the country
facilities-error-point = Enter latitude and longitude in degrees, for example 23.78, 90.41
facilities-error-zone = Choose the time zone
facilities-error-phone = Enter the phone number with + and the country's code
facilities-error-exists = This city has a place of this name. Open that one, or choose another name
