use kernel::{PageRequest, ids::NoticeId};
use uuid::Uuid;

use super::{House, amina, an_account};
use crate::{Recipient, inbox};

#[tokio::test]
async fn a_notice_is_told_once_per_person_and_read_by_its_own_reader_only() {
    let house = House::new().await;
    let other = Recipient { account: Some(an_account(2)), ..amina() };
    for _ in 0..3 {
        house.tell(&amina(), "confirmed:1").await;
        house.tell(&other, "confirmed:1").await;
    }
    house.tell(&amina(), "confirmed:2").await;

    let mut mine = house.as_account(an_account(1)).await;
    assert_eq!(inbox::unread(&mut mine).await.unwrap(), 2);
    let all = inbox::list(&mut mine, &PageRequest::default()).await.unwrap();
    assert_eq!(all.items.len(), 2);
    assert_eq!(all.items[0].link.as_deref(), Some("/appointments"));

    let mut others = house.as_account(an_account(2)).await;
    assert_eq!(inbox::unread(&mut others).await.unwrap(), 1);
    assert_eq!(inbox::find(&mut others, all.items[0].id).await.unwrap(), None);
    assert_eq!(inbox::read(&mut others, all.items[0].id).await.unwrap(), None);
    assert_eq!(inbox::read(&mut mine, NoticeId::from_uuid(Uuid::from_u128(9))).await.unwrap(), None);

    let first = inbox::read(&mut mine, all.items[0].id).await.unwrap().unwrap();
    mine.commit().await.unwrap();
    house.db.clock().shift_seconds(60);
    let mut mine = house.as_account(an_account(1)).await;
    let again = inbox::read(&mut mine, first.id).await.unwrap().unwrap();
    assert_eq!(first.read_at, again.read_at, "the first reading counts");
    assert_eq!(inbox::read_all(&mut mine).await.unwrap(), 1);
    assert_eq!(inbox::unread(&mut mine).await.unwrap(), 0);
    assert_eq!(inbox::unread(&mut others).await.unwrap(), 1);
}

#[tokio::test]
async fn the_list_comes_in_pages_newest_first() {
    let house = House::new().await;
    for number in 0..5 {
        house.tell(&amina(), &format!("n:{number}")).await;
        house.db.clock().shift_seconds(60);
    }
    let mut tx = house.as_account(an_account(1)).await;
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page = inbox::list(&mut tx, &PageRequest::of(2, cursor)).await.unwrap();
        seen.extend(page.items.into_iter().map(|told| told.told_at));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]));
}
