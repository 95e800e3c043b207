use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

/// Tools that verbs need beside the transaction, by type: the vault, for letters. Shared by all transactions of a `Db`.
#[derive(Clone, Default)]
pub(crate) struct Parts(Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Parts {
    pub(crate) fn insert<T: Send + Sync + 'static>(&mut self, part: T) {
        Arc::make_mut(&mut self.0).insert(TypeId::of::<T>(), Arc::new(part));
    }

    pub(crate) fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.0.get(&TypeId::of::<T>()).cloned()?.downcast().ok()
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({})", self.0.len())
    }
}
