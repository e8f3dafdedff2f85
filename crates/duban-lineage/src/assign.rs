//! The pairs that are best over the whole.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Two that could be a pair, and how like they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) likeness: f32,
}

/// The greatest group that is assigned as one; a greater one is first cut at its weakest likenesses.
const LARGEST: usize = 160;

/// Likenesses as whole numbers.
const SCALE: f32 = 1_000_000.0;

/// Of `candidates` those that make the sum of likenesses greatest, each left and each right at most once.
///
/// Only what is connected competes, so the work is done group by group (Kuhn and Munkres, in cubic time).
pub(crate) fn best(candidates: Vec<Candidate>, lefts: usize, rights: usize) -> Vec<Candidate> {
    let mut chosen = Vec::new();
    let mut open = groups(candidates, lefts, rights);
    while let Some(group) = open.pop() {
        let size =
            distinct(group.iter().map(|one| one.left)).max(distinct(group.iter().map(|one| one.right)));
        if let [only] = group.as_slice() {
            chosen.push(*only);
        } else if size > LARGEST {
            open.extend(groups(stronger_half(group), lefts, rights));
        } else {
            chosen.extend(assigned(&group));
        }
    }
    chosen.sort_by_key(|one| (one.left, one.right));
    chosen
}

fn distinct(items: impl Iterator<Item = usize>) -> usize {
    let mut items: Vec<usize> = items.collect();
    items.sort_unstable();
    items.dedup();
    items.len()
}

/// The better candidates of a group, at least one fewer.
fn stronger_half(mut group: Vec<Candidate>) -> Vec<Candidate> {
    group.sort_by(|one, other| other.likeness.total_cmp(&one.likeness).then(one.left.cmp(&other.left)));
    group.truncate((group.len() / 2).max(1));
    group
}

/// The candidates in groups that share no left and no right.
fn groups(candidates: Vec<Candidate>, lefts: usize, rights: usize) -> Vec<Vec<Candidate>> {
    let mut parents: Vec<usize> = (0..lefts + rights).collect();
    for one in &candidates {
        let (left, right) = (root(&mut parents, one.left), root(&mut parents, lefts + one.right));
        parents[left] = right;
    }
    let mut keyed: Vec<(usize, Candidate)> =
        candidates.into_iter().map(|one| (root(&mut parents, one.left), one)).collect();
    keyed.sort_by_key(|(group, one)| (*group, one.left, one.right));
    keyed
        .chunk_by(|one, other| one.0 == other.0)
        .map(|group| group.iter().map(|(_, one)| *one).collect())
        .collect()
}

fn root(parents: &mut [usize], mut item: usize) -> usize {
    while parents[item] != item {
        parents[item] = parents[parents[item]];
        item = parents[item];
    }
    item
}

/// The best assignment within one group.
fn assigned(group: &[Candidate]) -> Vec<Candidate> {
    let index = |items: &mut Vec<usize>| {
        items.sort_unstable();
        items.dedup();
    };
    let mut rows: Vec<usize> = group.iter().map(|one| one.left).collect();
    let mut columns: Vec<usize> = group.iter().map(|one| one.right).collect();
    index(&mut rows);
    index(&mut columns);
    // The method wants at least as many columns as rows; what is no candidate is worth nothing.
    let mut weights = Matrix::new(rows.len(), columns.len().max(rows.len()), 0_i64);
    for one in group {
        let place = (rows.binary_search(&one.left), columns.binary_search(&one.right));
        if let (Ok(row), Ok(column)) = place {
            #[expect(clippy::cast_possible_truncation, reason = "likenesses are at most one")]
            let weight = (one.likeness * SCALE) as i64;
            weights[(row, column)] = weight;
        }
    }
    let (_, taken) = kuhn_munkres(&weights);
    group
        .iter()
        .filter(|one| {
            rows.binary_search(&one.left)
                .is_ok_and(|row| columns.get(taken[row]).is_some_and(|column| *column == one.right))
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(candidates: &[(usize, usize, f32)], expected: &[(usize, usize)]) {
        let candidates =
            candidates.iter().map(|&(left, right, likeness)| Candidate { left, right, likeness });
        let pairs: Vec<_> =
            best(candidates.collect(), 400, 400).iter().map(|one| (one.left, one.right)).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn the_whole_decides() {
        // The best single pair (0, 0) would leave 1 alone.
        check(&[(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.8)], &[(0, 1), (1, 0)]);
        check(&[(0, 0, 0.9), (0, 1, 0.3), (1, 0, 0.4)], &[(0, 0)]);
        check(&[(3, 5, 0.5), (7, 2, 0.6)], &[(3, 5), (7, 2)]);
        check(&[], &[]);
    }

    #[test]
    fn a_great_group_is_cut_and_every_item_taken_once() {
        let mut candidates = Vec::new();
        for left in 0..200 {
            for right in 0..200 {
                let likeness = if left == right { 0.9 } else { 0.5 };
                candidates.push((left, right, likeness));
            }
        }
        let expected: Vec<_> = (0..200).map(|item| (item, item)).collect();
        check(&candidates, &expected);
    }
}
