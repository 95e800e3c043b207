//! Every figure that a page of money shows is one that plain SQL finds, over the demonstration's two months.

use access::Role;

use crate::support::{Hospital, Person};

/// The demonstration, an administrator and the first doctor.
async fn demonstration() -> (Hospital, Person, Person) {
    let hospital = Hospital::open().await;
    server::demo::load(hospital.test.db(), &hospital.vault).await.unwrap();
    let account = "select id::text from accounts where email = 'doctor@demo.example'";
    let account = hospital.test.texts(account).await.remove(0).parse().unwrap();
    let administrator = hospital.member(Role::Administrator).await;
    (hospital, administrator, Person::known(account, Role::Doctor))
}

/// "$1,234.50" as cents.
fn cents(money: &str) -> i64 {
    let digits: String = money.chars().filter(char::is_ascii_digit).collect();
    let amount: i64 = digits.parse().unwrap_or_else(|_| panic!("{money} is no money"));
    if money.contains(['-', '−']) { -amount } else { amount }
}

/// The amounts of a piece of a page, in their order.
fn amounts(html: &str) -> Vec<i64> {
    let cells = html.split("<bdi>").skip(1).filter_map(|rest| rest.split('<').next());
    cells.filter(|text| text.contains('$')).map(cents).collect()
}

/// The rows of the first table after a mark.
fn rows<'a>(page: &'a str, mark: &str) -> Vec<&'a str> {
    let (_, rest) = page.split_once(mark).unwrap_or_else(|| panic!("{mark} is on the page"));
    let (_, body) = rest.split_once("<tbody").expect("a table follows");
    body.split("</tbody>").next().unwrap_or_default().split("<tr").skip(1).collect()
}

/// Where the next page of a list is, if there is one.
fn link_to_next(page: &str) -> Option<String> {
    let (_, link) = page.split_once("rel=\"next\" href=\"")?;
    Some(link.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&"))
}

#[tokio::test]
async fn the_overview_of_money_is_what_payments_and_refunds_add_up_to() {
    let (hospital, administrator, _) = demonstration().await;
    let (test, admin) = (&hospital.test, hospital.browser(administrator).await);
    let today = test.now().await.date_in(&kernel::Zone::utc());
    let (from, until) = (today.plus_days(-29), today);
    let page = admin.get(&format!("/admin/money?from={from}&until={until}")).await.is(200).text();

    let within = |moment: &str| format!("({moment} at time zone 'UTC')::date between date '{from}' and date '{until}'");
    let taken = format!("select coalesce(sum(amount), 0) from payments where {}", within("captured_at"));
    let returned = format!("select coalesce(sum(amount), 0) from refunds where {}", within("settled_at"));
    let (taken, returned) = (test.count(&taken).await, test.count(&returned).await);
    let figure = |name: &str| {
        let (_, rest) = page.split_once(&format!("data-figure=\"{name}-USD\"><bdi>")).expect("the figure is there");
        cents(rest.split('<').next().unwrap_or_default())
    };
    assert!(taken > 0 && returned > 0, "the demonstration has money");
    assert_eq!((figure("taken"), figure("returned"), figure("kept")), (taken, returned, taken - returned));

    let days = rows(&page, "id=\"days\"");
    assert_eq!(days.len(), 30);
    let of_day = test
        .texts(&format!(
            "select format('%s %s %s', (select coalesce(sum(amount), 0) from payments where (captured_at at time zone 'UTC')::date = d),
                    (select coalesce(sum(amount), 0) from refunds where (settled_at at time zone 'UTC')::date = d),
                    (select count(*) from payments where (captured_at at time zone 'UTC')::date = d))
             from generate_series(date '{from}', date '{until}', interval '1 day') d order by d desc"
        ))
        .await;
    for (row, expected) in days.iter().zip(of_day) {
        let [taken, returned, _] = amounts(row)[..] else { panic!("three amounts in {row}") };
        let (_, payments) = row.split_once("<td class=\"num\">").expect("the number of payments");
        assert_eq!(format!("{taken} {returned} {}", payments.split('<').next().unwrap_or_default()), expected, "{row}");
    }
}

#[tokio::test]
async fn earnings_and_payouts_are_what_the_journal_owes() {
    let (hospital, administrator, doctor) = demonstration().await;
    let test = &hospital.test;
    let (admin, theirs) = (hospital.browser(administrator).await, hospital.browser(doctor).await);
    let me = format!("(select id from practitioners where account_id = '{}')", doctor.id);
    let owed = |kind: &str| {
        format!(
            "select coalesce(-sum(l.amount), 0)::bigint from journal_lines l join ledger_accounts a on a.id = l.account_id
             where a.kind = '{kind}' and a.holder_id = {me}"
        )
    };
    let month = "select to_char(max(p.captured_at) at time zone a.time_zone, 'YYYY-MM') from payments p
                 join practitioners d on d.id = p.practitioner_id join accounts a on a.id = d.account_id
                 where a.email = 'doctor@demo.example' group by a.time_zone";
    let month = test.texts(month).await.remove(0);
    let page = theirs.get(&format!("/earnings?month={month}")).await.is(200).text();

    let (tiles, rest) = page.split_once("id=\"account\"").expect("the account follows what stands");
    let (available, pending) = (test.count(&owed("doctor_payable")).await, test.count(&owed("doctor_pending")).await);
    assert!(available > 0 && pending > 0, "the doctor has earned");
    assert_eq!(amounts(tiles), [available, pending, 0, 0]);
    let of_month = format!(
        "from payee_shares s join payments p on p.id = s.payment_id where s.practitioner_id = {me} and s.paid > 0
         and to_char(p.captured_at at time zone 'Asia/Dhaka', 'YYYY-MM') = '{month}'"
    );
    let (paid, earned) = (
        test.count(&format!("select sum(s.paid)::bigint {of_month}")).await,
        test.count(&format!("select sum(s.doctor - s.doctor_returned)::bigint {of_month}")).await,
    );
    let sums = amounts(rest.split("</dl>").next().unwrap_or_default());
    assert_eq!((sums.first(), sums.last()), (Some(&paid), Some(&earned)), "{sums:?}");

    let everybody = "select format('%s %s', d.full_name, -sum(l.amount)) from journal_lines l
                     join ledger_accounts a on a.id = l.account_id join practitioners d on d.id = a.holder_id
                     where a.kind = 'doctor_payable' group by d.id, d.full_name having sum(l.amount) <> 0";
    let mut expected = test.texts(everybody).await;
    let some = admin.get("/admin/payouts").await.is(200).text();
    assert!(rows(&some, "id=\"ready\"").len() <= 25 && some.contains("ready=all"), "a long list is not shown at once");
    let ready = admin.get("/admin/payouts?ready=all").await.is(200).text();
    let line = |row: &&str| {
        let (_, name) = row.split_once("<th scope=\"row\">").expect("a doctor");
        format!("{} {}", name.split('<').next().unwrap_or_default().replace("&#39;", "'"), amounts(row)[0])
    };
    let mut shown: Vec<_> = rows(&ready, "id=\"ready\"").iter().map(line).collect();
    expected.sort();
    shown.sort();
    assert_eq!(shown, expected);

    admin.post_form("/admin/payouts", &[]).await.is(303);
    let mut listed = Vec::new();
    let mut next = Some("/admin/payouts".to_owned());
    while let Some(path) = next {
        let made = admin.get(&path).await.is(200).text();
        listed.extend(rows(&made, "id=\"made\"").iter().map(|row| amounts(row)[0]));
        next = link_to_next(&made);
    }
    listed.sort_unstable();
    let paid_out = test.texts("select amount::text from payouts order by payouts.amount").await;
    assert!(!listed.is_empty());
    assert_eq!(listed.iter().map(ToString::to_string).collect::<Vec<_>>(), paid_out);
}

#[tokio::test]
async fn every_compared_day_shows_what_payments_and_the_journal_say() {
    let (hospital, administrator, _) = demonstration().await;
    let test = &hospital.test;
    test.pass_minutes(27 * 60);
    hospital.doors.work().await;
    let page = hospital.browser(administrator).await.get("/admin/reconciliation").await.is(200).text();

    let days = rows(&page, "<table");
    let expected = test
        .texts(
            "select format('%s %s', here, booked) from (select r.day,
                 (select coalesce(sum(amount), 0) from payments where (captured_at at time zone 'UTC')::date = r.day)
                     - (select coalesce(sum(amount), 0) from refunds where (settled_at at time zone 'UTC')::date = r.day) as here,
                 (select coalesce(sum(l.amount), 0) from journal_lines l join ledger_accounts a on a.id = l.account_id
                  join journal_entries e on e.id = l.entry_id where a.kind = 'gateway_clearing'
                      and e.kind in ('capture', 'refund') and (e.booked_at at time zone 'UTC')::date = r.day) as booked
             from (select distinct day from reconciliations) r) found order by day desc",
        )
        .await;
    assert!(!days.is_empty(), "days have been compared");
    for (row, expected) in days.iter().zip(expected) {
        let found = amounts(row);
        let shown = if found.is_empty() { "0 0".to_owned() } else { format!("{} {}", found[1], found[2]) };
        assert_eq!(shown, expected, "{row}");
    }
}
