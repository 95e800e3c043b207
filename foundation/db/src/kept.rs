use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

/// Above this many, what is kept is forgotten and begins anew.
const MANY: usize = 20_000;

/// What was read of the database under a version number, for all requests of this process.
///
/// The number stands in the database, is changed in the transaction that changes the content, and is never given twice. Whoever asks has
/// just read the number in the own transaction, so what is found here is what the database would say now.
#[derive(Debug)]
pub struct Kept<T>(Mutex<HashMap<Uuid, (i64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<T> Kept<T> {
    pub fn get(&self, id: Uuid, version: i64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&id).filter(|(under, _)| *under == version).map(|(_, content)| Arc::clone(content))
    }

    pub fn keep(&self, id: Uuid, version: i64, content: Arc<T>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MANY {
            kept.clear();
        }
        kept.insert(id, (version, content));
    }
}

/// What the transactions of one `Db` share in this process, by the type of it.
#[derive(Clone, Default)]
pub(crate) struct Shelves(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl Shelves {
    pub(crate) fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut shelves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = shelves.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(kept).downcast().unwrap_or_default()
    }
}

impl fmt::Debug for Shelves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shelves")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_found_under_its_own_version_only() {
        let (kept, id) = (Kept::default(), Uuid::from_u128(7));
        kept.keep(id, 1, Arc::new("old"));
        assert_eq!(kept.get(id, 1).as_deref(), Some(&"old"));
        assert_eq!(kept.get(id, 2), None);
        kept.keep(id, 2, Arc::new("new"));
        assert_eq!(kept.get(id, 1), None);
        assert_eq!(kept.get(id, 2).as_deref(), Some(&"new"));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let kept = Kept::default();
        for n in 0..=MANY as u128 {
            kept.keep(Uuid::from_u128(n), 1, Arc::new(n));
        }
        assert_eq!(kept.get(Uuid::from_u128(0), 1), None);
        assert!(kept.get(Uuid::from_u128(MANY as u128), 1).is_some());
    }
}
