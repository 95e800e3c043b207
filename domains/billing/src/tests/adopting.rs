//! Money that was captured before there were shares.

use std::str::FromStr;

use kernel::Random;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, postgres::PgConnectOptions};

/// The last migration without shares.
const BEFORE: i64 = 251;

#[expect(clippy::disallowed_methods, reason = "tests are told their server by the environment")]
fn server() -> PgConnectOptions {
    let url = std::env::var("BEDSIDE_TEST_SERVER").or_else(|_| std::env::var("DATABASE_URL"));
    PgConnectOptions::from_str(&url.expect("BEDSIDE_TEST_SERVER is set")).expect("the server's URL is one")
}

async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

/// Three payments of two doctors at 15 %, as the program of before booked them: one whole, one of which a third went back, one carried
/// from the first doctor to the second; and one of yen, all of which went back.
const BOOKS: &str = "
    insert into accounts (id, email, name) select n::text::uuid, 'a' || row_number() over () || '@x.test', 'A'
        from unnest(array['00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000d1',
                          '00000000-0000-0000-0000-0000000000d2']) n;
    insert into patients (id, account_id, record_no, full_name)
        values ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000a1', '7X4K-9QTM', 'Amina');
    insert into practitioners (id, account_id, slug, full_name)
        select d::uuid, d::uuid, 'dr-' || d, 'Dr ' || right(d, 2)
        from unnest(array['00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000d2']) d;
    create temporary table old (n int, doctor uuid, amount bigint, currency text, back bigint);
    insert into old values
        (1, '00000000-0000-0000-0000-0000000000d1', 2400, 'USD', 0), (2, '00000000-0000-0000-0000-0000000000d1', 1001, 'USD', 333),
        (3, '00000000-0000-0000-0000-0000000000d2', 2000, 'USD', 0), (4, '00000000-0000-0000-0000-0000000000d2', 777, 'JPY', 777);
    create function pg_temp.key(kind text, n int) returns uuid language sql
        as $$ select md5(kind || n)::uuid $$;
    insert into charges (id, patient_id, practitioner_id, subject_kind, subject_id, amount, currency, platform_basis_points, status,
                         payable_until, settled_at)
        select pg_temp.key('charge', n), '00000000-0000-0000-0000-0000000000a1', doctor, 'appointment', pg_temp.key('visit', n), amount,
               currency, 1500, case back when 0 then 'settled' when amount then 'refunded' else 'partially_refunded' end, now(), now()
        from old;
    insert into payments (id, charge_id, patient_id, practitioner_id, gateway, gateway_ref, status, amount, currency, refunded, captured_at)
        select pg_temp.key('payment', n), pg_temp.key('charge', n), '00000000-0000-0000-0000-0000000000a1', doctor, 'sandbox', 'ref' || n,
               case back when 0 then 'captured' when amount then 'refunded' else 'partially_refunded' end, amount, currency, back, now()
        from old;
    insert into refunds (id, payment_id, charge_id, patient_id, practitioner_id, amount, currency, reason, status, settled_at)
        select pg_temp.key('refund', n), pg_temp.key('payment', n), pg_temp.key('charge', n), '00000000-0000-0000-0000-0000000000a1',
               doctor, back, currency, 'cancelled_by_patient', 'succeeded', now()
        from old where back > 0;
    insert into ledger_accounts (id, kind, holder_id) values
        ('00000000-0000-0000-0000-0000000000c1', 'gateway_clearing', null),
        ('00000000-0000-0000-0000-0000000000c2', 'platform_revenue', null),
        ('00000000-0000-0000-0000-0000000000c3', 'doctor_payable', '00000000-0000-0000-0000-0000000000d1'),
        ('00000000-0000-0000-0000-0000000000c4', 'doctor_payable', '00000000-0000-0000-0000-0000000000d2');
    create function pg_temp.book(kind text, n int, currency text, lines jsonb) returns void language sql as $$
        insert into journal_entries (id, kind, payment_id, refund_id, booked_at)
            values (pg_temp.key(kind, n + 100), kind, pg_temp.key('payment', n),
                    case kind when 'refund' then pg_temp.key('refund', n) end, now());
        insert into journal_lines (id, entry_id, account_id, amount, currency)
            select gen_random_uuid(), pg_temp.key(kind, n + 100), ('00000000-0000-0000-0000-0000000000' || key)::uuid, value::bigint, currency
            from jsonb_each_text(lines) $$;
    select pg_temp.book('capture', 1, 'USD', '{\"c1\": 2400, \"c3\": -2040, \"c2\": -360}');
    select pg_temp.book('capture', 2, 'USD', '{\"c1\": 1001, \"c3\": -851, \"c2\": -150}');
    select pg_temp.book('refund', 2, 'USD', '{\"c1\": -333, \"c3\": 284, \"c2\": 49}');
    select pg_temp.book('capture', 3, 'USD', '{\"c1\": 2000, \"c3\": -1700, \"c2\": -300}');
    select pg_temp.book('carry', 3, 'USD', '{\"c3\": 1700, \"c4\": -1700}');
    select pg_temp.book('capture', 4, 'JPY', '{\"c1\": 777, \"c4\": -660, \"c2\": -117}');
    select pg_temp.book('refund', 4, 'JPY', '{\"c1\": -777, \"c4\": 660, \"c2\": 117}');
";

#[tokio::test]
async fn money_of_before_has_shares_that_agree_with_the_journal() {
    let name = format!("bedside_test_{:032x}", u128::from_be_bytes(Random::os().token32()[..16].try_into().unwrap()));
    let mut outside = PgConnection::connect_with(&server()).await.unwrap();
    run(&mut outside, &format!("create database {name}")).await;
    let mut books = PgConnection::connect_with(&server().database(&name)).await.unwrap();
    db::MIGRATOR.run_to(BEFORE, &mut books).await.unwrap();
    run(&mut books, BOOKS).await;

    db::MIGRATOR.run(&mut books).await.unwrap();

    let checked = sqlx::raw_sql(include_str!("../../../../tools/ledger.sql")).fetch_all(&mut books).await.unwrap();
    let faults: Vec<String> =
        checked.iter().map(|row| format!("{}: {}", row.get::<String, _>(0), row.get::<String, _>(1))).collect();
    let standing = "select right(a.holder_id::text, 2) || ' ' || a.kind || ' ' || l.currency || ' ' || sum(l.amount)
         from journal_lines l join ledger_accounts a on a.id = l.account_id where a.holder_id is not null
         group by a.holder_id, a.kind, l.currency having sum(l.amount) <> 0 order by 1";
    let found = sqlx::raw_sql(standing).fetch_all(&mut books).await.unwrap();
    let found: Vec<String> = found.iter().map(|row| row.get::<String, _>(0)).collect();
    let again = sqlx::raw_sql("select app.adopt_payments()").fetch_one(&mut books).await.unwrap().get::<i64, _>(0);
    let ruled =
        sqlx::raw_sql("select count(*) from charges where split_rule_id is null").fetch_one(&mut books).await.unwrap();
    books.close().await.unwrap();
    run(&mut outside, &format!("drop database {name} with (force)")).await;

    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(found, ["d1 doctor_pending USD -2607", "d2 doctor_pending USD -1700"]);
    assert_eq!((again, ruled.get::<i64, _>(0)), (0, 0));
}
