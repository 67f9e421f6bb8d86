//! [`BTreeMap`].

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::iter::{Flatten, FusedIterator};
use std::slice;

/// Rows in a leaf.
const MOST: usize = 128;

/// A map in order of its keys: a tree of two levels, whose leaves hold rows in order.
///
/// Looking up takes two binary searches. Adding moves at most a leaf, and once in many rows the list of leaves, which
/// stays cheap for the files of any layer.
#[derive(Clone)]
pub struct BTreeMap<K, V> {
    /// None of them is empty.
    leaves: Vec<Vec<(K, V)>>,
}

/// Where a row is, or belongs: its leaf, and its place there.
#[derive(Clone, Copy)]
struct Place {
    leaf: usize,
    at: usize,
}

impl<K, V> BTreeMap<K, V> {
    /// An empty map.
    pub const fn new() -> BTreeMap<K, V> {
        BTreeMap { leaves: Vec::new() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.leaves.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The rows in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter(self.leaves.iter().flatten())
    }

    /// The keys in order.
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys(self.iter())
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// The same, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.leaves.iter_mut().flatten().map(|(_, value)| value)
    }

    /// The values alone, in the order of their keys.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    /// The keys alone.
    pub fn into_keys(self) -> impl Iterator<Item = K> {
        self.into_iter().map(|(key, _)| key)
    }

    /// Takes all rows out.
    pub fn clear(&mut self) {
        self.leaves.clear();
    }

    /// Keeps the rows that are wanted.
    pub fn retain(&mut self, mut wanted: impl FnMut(&K, &mut V) -> bool) {
        for leaf in &mut self.leaves {
            leaf.retain_mut(|(key, value)| wanted(key, value));
        }
        self.leaves.retain(|leaf| !leaf.is_empty());
    }
}

impl<K: Ord, V> BTreeMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        let starts_before =
            |leaf: &Vec<(K, V)>| leaf.first().is_some_and(|(first, _)| first.borrow().cmp(key) != Ordering::Greater);
        let leaf = self.leaves.partition_point(starts_before).saturating_sub(1);
        let rows = self.leaves.get(leaf).map_or(&[][..], Vec::as_slice);
        match rows.binary_search_by(|(known, _)| known.borrow().cmp(key)) {
            Ok(at) => Ok(Place { leaf, at }),
            Err(at) => Err(Place { leaf, at }),
        }
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let Place { leaf, at } = self.find(key).ok()?;
        self.leaves.get(leaf)?.get(at).map(|(_, value)| value)
    }

    /// The row of a key.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let Place { leaf, at } = self.find(key).ok()?;
        self.leaves.get(leaf)?.get(at).map(|(key, value)| (key, value))
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let Place { leaf, at } = self.find(key).ok()?;
        self.leaves.get_mut(leaf)?.get_mut(at).map(|(_, value)| value)
    }

    /// Whether there is such a key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// The rows from a key on.
    pub fn from<'a, Q: Ord + ?Sized>(&'a self, key: &Q) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V, Q>
    where
        K: Borrow<Q>,
    {
        let (Ok(Place { leaf, at }) | Err(Place { leaf, at })) = self.find(key);
        self.leaves.iter().skip(leaf).flatten().skip(at).map(|(key, value)| (key, value))
    }

    /// Sets a key's value; returns the one it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.entry(key) {
            Entry::Occupied(row) => Some(std::mem::replace(row.value, value)),
            Entry::Vacant(row) => {
                row.insert(value);
                None
            }
        }
    }

    /// Takes a row out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key).ok()?;
        let leaf = self.leaves.get_mut(place.leaf)?;
        let (_, value) = leaf.remove(place.at);
        if leaf.is_empty() {
            self.leaves.remove(place.leaf);
        }
        Some(value)
    }

    /// The row of a key, there or not.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.find(&key) {
            Err(place) => Entry::Vacant(Vacant { map: self, key, place }),
            #[allow(clippy::indexing_slicing, reason = "it was found there")]
            Ok(Place { leaf, at }) => Entry::Occupied(Occupied { key, value: &mut self.leaves[leaf][at].1 }),
        }
    }
}

/// The row of a key.
pub enum Entry<'a, K, V> {
    /// There is none.
    Vacant(Vacant<'a, K, V>),
    /// There is one.
    Occupied(Occupied<'a, K, V>),
}

/// A row that isn't there yet.
pub struct Vacant<'a, K, V> {
    map: &'a mut BTreeMap<K, V>,
    key: K,
    place: Place,
}

/// A row that is there.
pub struct Occupied<'a, K, V> {
    key: K,
    value: &'a mut V,
}

impl<'a, K: Ord, V> Vacant<'a, K, V> {
    /// Adds the row.
    #[allow(clippy::indexing_slicing, reason = "the leaf was found, or made here")]
    pub fn insert(self, value: V) -> &'a mut V {
        let leaves = &mut self.map.leaves;
        let Place { mut leaf, mut at } = self.place;
        if leaves.is_empty() {
            leaves.push(Vec::new());
        }
        if leaves[leaf].len() == MOST {
            // What comes in order fills leaf after leaf.
            let half = if at == MOST { MOST } else { MOST / 2 };
            let upper = leaves[leaf].split_off(half);
            leaves.insert(leaf + 1, upper);
            if at > half || at == MOST {
                (leaf, at) = (leaf + 1, at - half);
            }
        }
        &mut leaves[leaf].insert_mut(at, (self.key, value)).1
    }
}

impl<K, V> Occupied<'_, K, V> {
    /// Its value.
    pub fn get(&self) -> &V {
        self.value
    }
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    /// Its value, which is made of the key if it isn't there.
    pub fn or_insert_with_key(self, make: impl FnOnce(&K) -> V) -> &'a mut V {
        match self {
            Entry::Occupied(row) => row.value,
            Entry::Vacant(row) => {
                let value = make(&row.key);
                row.insert(value)
            }
        }
    }

    /// Its value, which is made if it isn't there.
    pub fn or_insert_with(self, make: impl FnOnce() -> V) -> &'a mut V {
        self.or_insert_with_key(|_| make())
    }

    /// Its value, or this one.
    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with_key(|_| value)
    }

    /// Its value, or the type's own beginning.
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with_key(|_| V::default())
    }

    /// Its key.
    pub fn key(&self) -> &K {
        match self {
            Entry::Vacant(row) => &row.key,
            Entry::Occupied(row) => &row.key,
        }
    }
}

/// Rows in order.
pub struct Iter<'a, K, V>(Flatten<slice::Iter<'a, Vec<(K, V)>>>);

/// Keys in order.
pub struct Keys<'a, K, V>(Iter<'a, K, V>);

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter(self.0.clone())
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key, value))
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key, value))
    }
}

impl<K, V> FusedIterator for Iter<'_, K, V> {}

impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys(self.0.clone())
    }
}

impl<'a, K, V> Iterator for Keys<'a, K, V> {
    type Item = &'a K;

    fn next(&mut self) -> Option<&'a K> {
        self.0.next().map(|(key, _)| key)
    }
}

impl<K, V> DoubleEndedIterator for Keys<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, _)| key)
    }
}

impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = Flatten<std::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.leaves.into_iter().flatten()
    }
}

impl<K: Ord, V> Extend<(K, V)> for BTreeMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, rows: I) {
        for (key, value) in rows {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for BTreeMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(rows: I) -> Self {
        let mut map = BTreeMap::new();
        map.extend(rows);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> {
    fn from(rows: [(K, V); N]) -> Self {
        rows.into_iter().collect()
    }
}

impl<K, V> Default for BTreeMap<K, V> {
    fn default() -> Self {
        BTreeMap::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for BTreeMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for BTreeMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for BTreeMap<K, V> {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.debug_map().entries(self).finish()
    }
}
