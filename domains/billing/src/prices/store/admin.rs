use db::{Error, Tx};
use kernel::{
    Currency, Cursor, Page, PageRequest, Timestamp,
    ids::{DiscountId, PractitionerId, PriceId, ServiceId, TaxRateId},
};
use uuid::Uuid;

use super::super::{ListPrice, NewDiscount, NewTax, Off};

pub(crate) async fn insert_list_price(tx: &mut Tx, new: &ListPrice) -> Result<PriceId, Error> {
    let id = tx.id::<PriceId>();
    sqlx::query!(
        "insert into price_list (id, service_id, practitioner_id, amount, currency, valid_from, valid_until)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id as PriceId,
        new.service as ServiceId,
        new.practitioner as PractitionerId,
        new.price.amount,
        new.price.currency as Currency,
        new.valid_from as Timestamp,
        new.valid_until as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Ends what has begun, and takes away what has not. False when it has ended already.
pub(crate) async fn end_list_price(tx: &mut Tx, id: PriceId) -> Result<bool, Error> {
    let now = tx.now();
    let gone =
        sqlx::query!("delete from price_list where id = $1 and valid_from >= $2", id as PriceId, now as Timestamp)
            .execute(tx.conn())
            .await?;
    let ended = sqlx::query!(
        "update price_list set valid_until = $2, updated_at = clock_timestamp()
         where id = $1 and valid_from < $2 and (valid_until is null or valid_until > $2)",
        id as PriceId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(gone.rows_affected() + ended.rows_affected() > 0)
}

pub(crate) async fn insert_tax(tx: &mut Tx, new: &NewTax) -> Result<(), Error> {
    let id = tx.id::<TaxRateId>();
    sqlx::query!(
        "insert into tax_rates (id, country, name, basis_points, inclusive, valid_from, valid_until)
         values ($1, $2, $3, $4, $5, $6, $7)",
        id as TaxRateId,
        new.country,
        new.name,
        new.basis_points.cast_signed(),
        new.inclusive,
        new.valid_from as Timestamp,
        new.valid_until as Option<Timestamp>
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn end_tax(tx: &mut Tx, id: TaxRateId) -> Result<bool, Error> {
    let now = tx.now();
    let gone =
        sqlx::query!("delete from tax_rates where id = $1 and valid_from >= $2", id as TaxRateId, now as Timestamp)
            .execute(tx.conn())
            .await?;
    let ended = sqlx::query!(
        "update tax_rates set valid_until = $2, updated_at = clock_timestamp()
         where id = $1 and valid_from < $2 and (valid_until is null or valid_until > $2)",
        id as TaxRateId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(gone.rows_affected() + ended.rows_affected() > 0)
}

pub(crate) struct TaxRow {
    pub(crate) id: TaxRateId,
    pub(crate) country: String,
    pub(crate) name: String,
    pub(crate) basis_points: i32,
    pub(crate) inclusive: bool,
    pub(crate) valid_from: Timestamp,
    pub(crate) valid_until: Option<Timestamp>,
}

/// All that ever held: a country has few.
pub(crate) async fn list_taxes(tx: &mut Tx) -> Result<Vec<TaxRow>, Error> {
    Ok(sqlx::query_as!(
        TaxRow,
        r#"select id as "id: TaxRateId", country, name, basis_points, inclusive, valid_from as "valid_from: Timestamp",
                  valid_until as "valid_until: Timestamp"
           from tax_rates order by country, name, valid_from desc limit 500"#
    )
    .fetch_all(tx.conn())
    .await?)
}

pub(crate) async fn insert_discount(tx: &mut Tx, new: &NewDiscount) -> Result<DiscountId, Error> {
    let id = tx.id::<DiscountId>();
    let (basis_points, fixed) = match new.off {
        Off::Share(points) => (Some(points.cast_signed()), None),
        Off::Fixed(money) => (None, Some(money)),
    };
    sqlx::query!(
        "insert into discounts (id, code, name, basis_points, amount, currency, practitioner_id, valid_from, valid_until, most_uses,
                                per_patient)
         values ($1, ($2::text)::citext, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id as DiscountId,
        new.code,
        new.name,
        basis_points,
        fixed.map(|money| money.amount),
        fixed.map(|money| money.currency) as Option<Currency>,
        new.practitioner as Option<PractitionerId>,
        new.valid_from as Timestamp,
        new.valid_until as Option<Timestamp>,
        new.most_uses,
        new.per_patient
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// What was used stays; nobody new has it from now on.
pub(crate) async fn end_discount(tx: &mut Tx, id: DiscountId) -> Result<bool, Error> {
    let now = tx.now();
    let ended = sqlx::query!(
        "update discounts set valid_until = greatest($2, valid_from + interval '1 microsecond'), updated_at = clock_timestamp()
         where id = $1 and (valid_until is null or valid_until > $2)",
        id as DiscountId,
        now as Timestamp
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected() == 1)
}

pub(crate) struct DiscountRow {
    pub(crate) id: DiscountId,
    pub(crate) code: Option<String>,
    pub(crate) name: String,
    pub(crate) basis_points: Option<i32>,
    pub(crate) amount: Option<i64>,
    pub(crate) currency: Option<Currency>,
    pub(crate) doctor: Option<String>,
    pub(crate) valid_from: Timestamp,
    pub(crate) valid_until: Option<Timestamp>,
    pub(crate) most_uses: Option<i32>,
    pub(crate) per_patient: Option<i32>,
    pub(crate) used: i64,
}

/// Newest first, with how often each is in use.
pub(crate) async fn list_discounts(tx: &mut Tx, request: &PageRequest) -> Result<Page<DiscountRow>, Error> {
    let before: Option<Uuid> = request.cursor.as_ref().and_then(|Cursor(text)| text.parse().ok());
    let rows = sqlx::query_as!(
        DiscountRow,
        r#"select d.id as "id: DiscountId", d.code::text as code, d.name, d.basis_points, d.amount,
                  d.currency as "currency: Currency", p.full_name as "doctor?", d.valid_from as "valid_from: Timestamp",
                  d.valid_until as "valid_until: Timestamp", d.most_uses, d.per_patient,
                  (select count(*) from voucher_uses u join charges c on c.id = u.charge_id
                   where u.discount_id = d.id and c.status not in ('void', 'refunded')) as "used!"
           from discounts d left join practitioners p on p.id = d.practitioner_id
           where $1::uuid is null or d.id < $1
           order by d.id desc limit $2"#,
        before,
        request.limit() + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Page::from_rows(rows, request, |row| row.id.to_string()))
}
