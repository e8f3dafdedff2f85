//! A name as printed to the body's full name, where the notice's issuer says which place is meant.

/// The places that an issuer's name names, by level.
#[derive(Debug, Default)]
pub(super) struct Places {}

impl Places {
    /// The places of `issuer`.
    pub(super) fn of(_issuer: Option<&str>) -> Self {
        Self {}
    }

    /// The full name of `name`; `None` when unsure.
    pub(super) fn canonical(&self, _name: &str) -> Option<String> {
        None
    }
}
