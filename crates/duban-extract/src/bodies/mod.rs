//! What a body's name is: 县财政局, 各乡镇, 局机关各股室.
//!
//! [`lexicon`] knows the words and the ends of names, [`shape`] what stands in none, [`acting`] names by what
//! a body does, [`owners`] by whose it is, [`time`] the times that stand beside one, [`names`] splits lists of
//! them, [`levels`] tells what their levels share, [`persons`] tells who is none, [`verbs`] which verbs stand in
//! names, [`canonical`] gives their full forms. What a text asks of the bodies that it names is for `units` to say.

pub(crate) mod acting;
pub(crate) mod canonical;
mod levels;
pub(crate) mod lexicon;
pub(crate) mod names;
pub(crate) mod owners;
pub(crate) mod persons;
pub(crate) mod shape;
pub(crate) mod time;
mod verbs;

/// Whether `name`, white space apart, is a body's.
pub(crate) fn is_body(name: &str) -> bool {
    names::is_body_at(name, 0..name.len())
}

/// Whether `text` ends as the name of a body or a place may.
pub(crate) fn may_end_body(text: &str) -> bool {
    lexicon::ending(text).is_some()
}
