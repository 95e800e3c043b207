//! All SQL of split rules.

use db::{Error, Tx};
use kernel::{
    Currency, Cursor, Page, PageRequest, Timestamp,
    ids::{AccountId, PractitionerId, ServiceId, SplitRuleId},
};
use uuid::Uuid;

use super::{FeeBearer, NewRule, Rule, Scope, Terms};

struct RuleRow {
    id: SplitRuleId,
    version: i32,
    currency: Option<Currency>,
    platform_basis_points: i32,
    fixed: i64,
    at_least: Option<i64>,
    at_most: Option<i64>,
    fee_bearer: String,
    tax_basis_points: i32,
    dispute_hours: i32,
    valid_from: Timestamp,
}

impl From<RuleRow> for Rule {
    fn from(row: RuleRow) -> Self {
        let terms = Terms {
            basis_points: row.platform_basis_points.unsigned_abs(),
            fixed: row.fixed,
            at_least: row.at_least,
            at_most: row.at_most,
            fee_bearer: FeeBearer::read(&row.fee_bearer),
            tax_basis_points: row.tax_basis_points.unsigned_abs(),
            dispute_hours: row.dispute_hours.unsigned_abs(),
        };
        Self { id: row.id, version: row.version, currency: row.currency, terms, valid_from: row.valid_from }
    }
}

/// The rule in force now for a service and a currency: the narrowest scope that has one.
pub(crate) async fn find_in_force(
    tx: &mut Tx,
    service: Option<ServiceId>,
    currency: Currency,
) -> Result<Option<Rule>, Error> {
    let now = tx.now();
    let row = sqlx::query_as!(
        RuleRow,
        r#"select id as "id: SplitRuleId", version, currency as "currency: Currency", platform_basis_points, fixed, at_least,
                  at_most, fee_bearer, tax_basis_points, dispute_hours, valid_from as "valid_from: Timestamp"
           from (select distinct on (service_id, currency) id, version, service_id, currency, platform_basis_points, fixed, at_least,
                     at_most, fee_bearer, tax_basis_points, dispute_hours, valid_from, withdrawn
                 from split_rules
                 where (service_id is null or service_id = $1) and (currency is null or currency = $2) and valid_from <= $3
                 order by service_id, currency, version desc) newest
           where not withdrawn
           order by service_id nulls last, currency nulls last limit 1"#,
        service as Option<ServiceId>,
        currency as Currency,
        now as Timestamp
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn find_terms(tx: &mut Tx, id: SplitRuleId) -> Result<Option<Terms>, Error> {
    let row = sqlx::query_as!(
        RuleRow,
        r#"select id as "id: SplitRuleId", version, currency as "currency: Currency", platform_basis_points, fixed, at_least,
                  at_most, fee_bearer, tax_basis_points, dispute_hours, valid_from as "valid_from: Timestamp"
           from split_rules where id = $1"#,
        id as SplitRuleId
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Rule::from(row).terms))
}

/// The newest version of a scope, and whether it takes the scope's rule away.
pub(crate) async fn find_newest(
    tx: &mut Tx,
    service: Option<ServiceId>,
    currency: Option<Currency>,
) -> Result<Option<(i32, bool)>, Error> {
    let row = sqlx::query!(
        "select version, withdrawn from split_rules
         where service_id is not distinct from $1 and currency is not distinct from $2 order by version desc limit 1",
        service as Option<ServiceId>,
        currency as Option<Currency>
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| (row.version, row.withdrawn)))
}

pub(crate) async fn insert(
    tx: &mut Tx,
    new: &NewRule,
    version: i32,
    made_by: AccountId,
    withdrawn: bool,
) -> Result<SplitRuleId, Error> {
    let (id, now) = (tx.id::<SplitRuleId>(), tx.now());
    let (service, practitioner) = match new.scope {
        Scope::House => (None, None),
        Scope::Service { service, practitioner } => (Some(service), Some(practitioner)),
    };
    let terms = new.terms;
    sqlx::query!(
        "insert into split_rules (id, service_id, practitioner_id, version, currency, platform_basis_points, fixed, at_least,
             at_most, fee_bearer, tax_basis_points, dispute_hours, withdrawn, made_by, valid_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id as SplitRuleId,
        service as Option<ServiceId>,
        practitioner as Option<PractitionerId>,
        version,
        new.currency as Option<Currency>,
        terms.basis_points.cast_signed(),
        terms.fixed,
        terms.at_least,
        terms.at_most,
        terms.fee_bearer.as_str(),
        terms.tax_basis_points.cast_signed(),
        terms.dispute_hours.cast_signed(),
        withdrawn,
        made_by as AccountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// A version in the history of rules.
#[derive(Debug, Clone)]
pub struct Version {
    pub rule: Rule,
    pub service: Option<ServiceId>,
    pub practitioner: Option<PractitionerId>,
    pub doctor: Option<String>,
    /// The next version of the same scope; none for the one in force.
    pub until: Option<Timestamp>,
    pub withdrawn: bool,
    pub made_by: Option<String>,
}

struct VersionRow {
    id: SplitRuleId,
    version: i32,
    currency: Option<Currency>,
    platform_basis_points: i32,
    fixed: i64,
    at_least: Option<i64>,
    at_most: Option<i64>,
    fee_bearer: String,
    tax_basis_points: i32,
    dispute_hours: i32,
    valid_from: Timestamp,
    service: Option<ServiceId>,
    practitioner: Option<PractitionerId>,
    doctor: Option<String>,
    until: Option<Timestamp>,
    withdrawn: bool,
    made_by: Option<String>,
}

/// Newest first. Of the house, or of services.
pub async fn list_versions(tx: &mut Tx, of_services: bool, request: &PageRequest) -> Result<Page<Version>, Error> {
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|Cursor(text)| text.parse().ok());
    let rows = sqlx::query_as!(
        VersionRow,
        r#"select r.id as "id: SplitRuleId", r.version, r.currency as "currency: Currency", r.platform_basis_points, r.fixed,
                  r.at_least, r.at_most, r.fee_bearer, r.tax_basis_points, r.dispute_hours,
                  r.valid_from as "valid_from: Timestamp", r.service_id as "service: ServiceId",
                  r.practitioner_id as "practitioner: PractitionerId", p.full_name as "doctor?",
                  (select n.valid_from from split_rules n
                   where n.service_id is not distinct from r.service_id and n.currency is not distinct from r.currency
                     and n.version = r.version + 1) as "until: Timestamp",
                  r.withdrawn, a.name as "made_by?"
           from split_rules r
           left join practitioners p on p.id = r.practitioner_id
           left join accounts a on a.id = r.made_by
           where (r.service_id is not null) = $1
             and ($2::uuid is null or (r.valid_from, r.id) < (select c.valid_from, c.id from split_rules c where c.id = $2))
           order by r.valid_from desc, r.id desc limit $3"#,
        of_services,
        before,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    let page = Page::from_rows(rows, request, |row| row.id.to_string());
    Ok(page.map(|row| Version {
        service: row.service,
        practitioner: row.practitioner,
        doctor: row.doctor,
        until: row.until,
        withdrawn: row.withdrawn,
        made_by: row.made_by,
        rule: RuleRow {
            id: row.id,
            version: row.version,
            currency: row.currency,
            platform_basis_points: row.platform_basis_points,
            fixed: row.fixed,
            at_least: row.at_least,
            at_most: row.at_most,
            fee_bearer: row.fee_bearer,
            tax_basis_points: row.tax_basis_points,
            dispute_hours: row.dispute_hours,
            valid_from: row.valid_from,
        }
        .into(),
    }))
}
