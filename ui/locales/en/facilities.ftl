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
