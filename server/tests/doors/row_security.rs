//! What the database shows a program that has forgotten to ask whose data it may see.

use access::Role;
use db::Context;
use kernel::ids::{AccountId, PatientId};
use sqlx::Row as _;
use testkit::TestDb;

use crate::support::{Hospital, Words};

/// Tables of the house; the migrations' own list says nothing of anybody.
const TABLES: &str =
    "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and c.relname <> '_sqlx_migrations'";

/// How many rows a query of the runtime role finds; none where it may not even ask.
async fn seen(connection: &mut sqlx::PgConnection, sql: &str) -> i64 {
    match sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(connection).await {
        Ok(row) => row.try_get(0).unwrap(),
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => 0,
        Err(error) => panic!("{sql}: {error}"),
    }
}

async fn tables(test: &TestDb, which: &str) -> Vec<String> {
    test.texts(&format!("{TABLES} {which} order by 1")).await
}

async fn with_demonstration() -> Hospital {
    let hospital = Hospital::open().await;
    server::demo::load(hospital.test.db(), &hospital.vault).await.unwrap();
    hospital
}

#[tokio::test]
async fn without_a_context_no_table_shows_a_row() {
    let hospital = with_demonstration().await;
    let test = &hospital.test;
    let mut full = 0;
    let mut shown = Vec::new();
    let mut connection = test.db().pool().acquire().await.unwrap();
    for table in tables(test, "").await {
        full += i32::from(test.count(&format!("select count(*) from {table}")).await > 0);
        let rows = seen(&mut connection, &format!("select count(*) from {table}")).await;
        if rows > 0 {
            shown.push(format!("{table}: {rows}"));
        }
    }
    assert!(full > 30, "the demonstration fills {full} tables only");
    assert!(shown.is_empty(), "{shown:#?}");
}

/// Tables whose rows others may see, which of them not, and why. This list may only shrink.
const SHARED: &[(&str, &str, &str)] = &[
    ("public.reviews", "and status <> 'published'", "what a patient wrote about a doctor is published on purpose"),
    (
        "public.vault_keys",
        "and false",
        "any request may have to seal for a patient; keys lie wrapped by the master key",
    ),
    ("public.vault_files", "and false", "names of objects are random, and their content is sealed"),
];

#[tokio::test]
async fn a_patient_sees_no_row_of_another_patient() {
    let hospital = with_demonstration().await;
    let test = &hospital.test;
    let patient = test.texts("select id::text from patients order by created_at, id limit 1").await.remove(0);
    let account = test.texts(&format!("select account_id::text from patients where id = '{patient}'")).await.remove(0);
    let me = Context {
        account: Some(AccountId::from_uuid(account.parse().unwrap())),
        patients: vec![PatientId::from_uuid(patient.parse().unwrap())],
        roles: vec![Role::Patient.as_str()],
        ..Context::default()
    };
    let with_patient = "and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id' and not a.attisdropped)";
    let mut shown = Vec::new();
    let mut own = 0;
    for table in tables(test, with_patient).await {
        let mut tx = test.db().begin(&me).await.unwrap();
        let shared = SHARED.iter().find(|(name, ..)| *name == table).map_or("", |(_, but, _)| but);
        let foreign = format!("select count(*) from {table} where patient_id <> '{patient}' {shared}");
        if seen(tx.conn(), &foreign).await > 0 {
            shown.push(table.clone());
        }
        let mut tx = test.db().begin(&me).await.unwrap();
        own += seen(tx.conn(), &format!("select count(*) from {table} where patient_id = '{patient}'")).await;
    }
    assert!(own > 0, "the patient sees their own");
    assert!(shown.is_empty(), "{shown:#?}");
}

#[tokio::test]
async fn an_administrator_sees_no_chart() {
    let hospital = Hospital::open().await;
    hospital.told(&Words::default()).await;
    let me = Context { roles: vec![Role::Administrator.as_str(), Role::SupportAgent.as_str()], ..Context::default() };
    let charts = [
        "allergies",
        "allergy_answers",
        "problems",
        "vitals",
        "visits",
        "visit_notes",
        "visit_addenda",
        "visit_messages",
        "visit_events",
        "visit_shows",
        "visit_photos",
        "photo_links",
        "screen_shares",
        "prescriptions",
        "prescription_items",
        "prescribing_facts",
        "prescription_fills",
        "refill_requests",
        "threads",
        "thread_messages",
        "thread_attachments",
        "e_visits",
    ];
    for table in charts {
        let mut tx = hospital.test.db().begin(&me).await.unwrap();
        assert_eq!(seen(tx.conn(), &format!("select count(*) from {table}")).await, 0, "{table}");
    }
}

#[tokio::test]
async fn every_table_forces_row_level_security() {
    let test = TestDb::new().await;
    let bare = tables(&test, "and not (c.relrowsecurity and c.relforcerowsecurity)").await;
    assert!(bare.is_empty(), "{bare:#?}");
}

#[tokio::test]
async fn no_view_looks_past_the_policies() {
    let test = TestDb::new().await;
    let sql = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'app') and (c.relkind = 'm' or c.relkind = 'v'
          and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false))
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')";
    assert_eq!(test.texts(sql).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_role_of_requests_owns_nothing_and_is_bound_by_the_policies() {
    let test = TestDb::new().await;
    let owned = "select classid::regclass::text from pg_shdepend where refclassid = 'pg_authid'::regclass
        and refobjid = 'bedside_app'::regrole and deptype = 'o'
        and dbid in (0, (select oid from pg_database where datname = current_database()))";
    assert_eq!(test.texts(owned).await, Vec::<String>::new());
    let above = "select rolname::text from pg_roles where rolname = 'bedside_app'
        and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole)";
    assert_eq!(test.texts(above).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_runs_as_its_owner_names_its_schemas_and_is_nobodys_by_default() {
    let test = TestDb::new().await;
    let of_house = "from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('public', 'app') and p.prosecdef
          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')";
    assert!(test.count(&format!("select count(*) {of_house}")).await > 5);
    let loose = format!(
        "select p.proname::text {of_house} and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)"
    );
    assert_eq!(test.texts(&loose).await, Vec::<String>::new());
    let above = format!("select p.proname::text {of_house} and p.proowner <> 'bedside_seer'::regrole");
    assert_eq!(test.texts(&above).await, Vec::<String>::new(), "they run as the seer, never as a superuser");
}
