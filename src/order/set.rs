//! [`BTreeSet`].

use std::borrow::Borrow;
use std::fmt;

use super::BTreeMap;
use super::map::Keys;

/// A set in order.
#[derive(Clone, PartialEq, Eq)]
pub struct BTreeSet<K> {
    rows: BTreeMap<K, ()>,
}

impl<K> BTreeSet<K> {
    /// An empty set.
    pub const fn new() -> BTreeSet<K> {
        BTreeSet { rows: BTreeMap::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All in order.
    pub fn iter(&self) -> Keys<'_, K, ()> {
        self.rows.keys()
    }

    /// The first.
    pub fn first(&self) -> Option<&K> {
        self.iter().next()
    }

    /// Takes all out.
    pub fn clear(&mut self) {
        self.rows.clear();
    }
}

impl<K: Ord> BTreeSet<K> {
    /// Whether it is there.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.rows.contains_key(key)
    }

    /// Adds one; whether it is new.
    pub fn insert(&mut self, key: K) -> bool {
        self.rows.insert(key, ()).is_none()
    }

    /// Takes one out; whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.rows.remove(key).is_some()
    }
}

impl<'a, K> IntoIterator for &'a BTreeSet<K> {
    type Item = &'a K;
    type IntoIter = Keys<'a, K, ()>;

    fn into_iter(self) -> Keys<'a, K, ()> {
        self.iter()
    }
}

impl<K> IntoIterator for BTreeSet<K> {
    type Item = K;
    type IntoIter = std::iter::Map<<BTreeMap<K, ()> as IntoIterator>::IntoIter, fn((K, ())) -> K>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter().map(|(key, ())| key)
    }
}

impl<K: Ord> Extend<K> for BTreeSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

impl<K: Ord> FromIterator<K> for BTreeSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut set = BTreeSet::new();
        set.extend(keys);
        set
    }
}

impl<K: Ord, const N: usize> From<[K; N]> for BTreeSet<K> {
    fn from(keys: [K; N]) -> Self {
        keys.into_iter().collect()
    }
}

impl<K> Default for BTreeSet<K> {
    fn default() -> Self {
        BTreeSet::new()
    }
}

impl<K: fmt::Debug> fmt::Debug for BTreeSet<K> {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.debug_set().entries(self).finish()
    }
}
