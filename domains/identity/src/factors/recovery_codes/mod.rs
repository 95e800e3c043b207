//! Ten codes of 80 bits for the day the phone is lost. Shown once, stored hashed, each good once.

mod store;

use data_encoding::BASE32_NOPAD;
use db::Tx;
use kernel::{Secret, ids::AccountId};

use crate::tokens;

const HOW_MANY: usize = 10;

/// Ten new codes; the old ones are worth nothing from now on.
pub(crate) async fn issue(tx: &mut Tx, account: AccountId) -> Result<Vec<Secret<String>>, db::Error> {
    store::delete_all(tx, account).await?;
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        let mut bytes = [0; 10];
        tx.random().fill(&mut bytes);
        let plain = BASE32_NOPAD.encode(&bytes);
        store::insert(tx, account, &hash(account, &plain)).await?;
        codes.push(Secret::new(grouped(&plain)));
    }
    Ok(codes)
}

/// Spend a code; false when it is not one of this account's, or was used.
pub(crate) async fn accept(tx: &mut Tx, account: AccountId, typed: &str) -> Result<bool, db::Error> {
    let plain: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c: char| c.to_ascii_uppercase()).collect();
    store::spend(tx, account, &hash(account, &plain)).await
}

pub(crate) async fn left(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    store::count_left(tx, account).await
}

pub(crate) async fn remove(tx: &mut Tx, account: AccountId) -> Result<(), db::Error> {
    store::delete_all(tx, account).await
}

fn hash(account: AccountId, plain: &str) -> [u8; 32] {
    tokens::sha256(format!("{account}:{plain}").as_bytes())
}

fn grouped(plain: &str) -> String {
    plain.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_read_in_groups_of_four() {
        assert_eq!(super::grouped("ABCDEFGHIJKLMNOP"), "ABCD-EFGH-IJKL-MNOP");
    }
}
