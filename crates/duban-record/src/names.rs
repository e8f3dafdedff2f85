//! The words that the record uses for the values of a few.

use crate::types::{DeadlineKind, Format, Kind, Level, Modality, Role, TimeUnit, UnitEvidence, WarningCode};

macro_rules! named {
    ($($type:ty),* $(,)?) => {
        $(impl $type {
            /// Its name in the record.
            pub fn name(self) -> &'static str {
                self.into()
            }
        })*
    };
}

named!(Level, Format, Kind, Role, UnitEvidence, DeadlineKind, TimeUnit, Modality, WarningCode);

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use strum::VariantArray;

    use super::*;

    fn names_are_those_of_the_record<T>()
    where
        T: VariantArray + Serialize + Copy + std::fmt::Debug + Into<&'static str>,
    {
        for value in T::VARIANTS {
            let name: &str = (*value).into();
            let printed = serde_json::to_value(value).ok();
            assert_eq!(printed.as_ref().and_then(|printed| printed.as_str()), Some(name), "{value:?}");
        }
    }

    #[test]
    fn every_name_is_that_of_the_record() {
        names_are_those_of_the_record::<Level>();
        names_are_those_of_the_record::<Format>();
        names_are_those_of_the_record::<Kind>();
        names_are_those_of_the_record::<Role>();
        names_are_those_of_the_record::<UnitEvidence>();
        names_are_those_of_the_record::<DeadlineKind>();
        names_are_those_of_the_record::<TimeUnit>();
        names_are_those_of_the_record::<Modality>();
        names_are_those_of_the_record::<WarningCode>();
    }
}
