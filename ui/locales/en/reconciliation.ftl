# The daily comparison of the gateway's books, ours, and the journal.
reconciliation-title = Reconciliation
reconciliation-one-title = Reconciliation of a day
reconciliation-text = Every day the gateway's own books, our payments and refunds, and the journal are compared line by line. The difference should be zero.
reconciliation-none = No day has been compared yet
reconciliation-none-text = The first day is compared two hours after its end.
reconciliation-none-found = No day fits these filters
reconciliation-filter-clear = Show all days
reconciliation-show-all = All
reconciliation-show-differences = Differences
reconciliation-show-all-lines = Show all lines
reconciliation-col-day = Day
reconciliation-col-there = Gateway
reconciliation-col-here = Payments and refunds
reconciliation-col-booked = Journal
reconciliation-col-difference = Difference
reconciliation-col-ran = Compared
reconciliation-col-kind = What
reconciliation-col-reference = Gateway's reference
reconciliation-col-ours = Our number
reconciliation-col-how = Matched by
reconciliation-ran-by = { $when }, by { $name }
reconciliation-agrees = No difference
reconciliation-differences = { $count ->
    [one] One difference
   *[other] { $count } differences
}
reconciliation-count = { $count ->
    [one] One line
   *[other] { $count } lines
}
reconciliation-run-again = Compare again
reconciliation-runs = The day is being compared again. Load this page in a moment.
reconciliation-export = Download as CSV
reconciliation-sides = Three sides of one day
reconciliation-lines = Lines
reconciliation-no-such-lines = No line of this day is like that
reconciliation-nothing-moved = Nothing moved on this day
reconciliation-kind-capture = Payment
reconciliation-kind-refund = Refund
reconciliation-kind-other = Other
reconciliation-outcome-matched = Matched
reconciliation-outcome-missing-here = Missing here
reconciliation-outcome-missing-there = Missing at the gateway
reconciliation-outcome-amount-differs = Another amount
reconciliation-outcome-twice = Twice
reconciliation-outcome-not-booked = Not in the journal
reconciliation-outcome-outside = Fee or payout
reconciliation-by-our-id = Our number
reconciliation-by-reference = Gateway's reference
reconciliation-by-nothing = Nothing
reconciliation-notice = The books of { $day } at { $gateway } differ: { $count }
