//! Optional content: which layers the document shows when opened.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use crate::file::{File, as_dictionary};

/// The layers that are off.
#[derive(Default)]
pub(crate) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    /// From the catalog's default configuration.
    pub(crate) fn read(file: &File<'_>) -> Self {
        let read = || {
            let properties = file.dictionary(file.catalog()?, b"OCProperties")?;
            let default = file.dictionary(properties, b"D")?;
            let ids = |dictionary, key| {
                let array = file.array(dictionary, key).unwrap_or_default();
                array.iter().filter_map(|object| object.as_reference().ok())
            };
            let mut off: HashSet<ObjectId> = HashSet::new();
            if file.name(default, b"BaseState") == Some(b"OFF") {
                off.extend(ids(properties, b"OCGs"));
            }
            for id in ids(default, b"ON") {
                off.remove(&id);
            }
            off.extend(ids(default, b"OFF"));
            Some(Self { off })
        };
        read().unwrap_or_default()
    }

    /// Whether what belongs to `group`, a layer or a membership of layers, is hidden.
    pub(crate) fn hides(&self, file: &File<'_>, group: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let (id, object) = file.resolve_id(group);
        if id.is_some_and(|id| self.off.contains(&id)) {
            return true;
        }
        as_dictionary(object)
            .filter(|it| file.name(it, b"Type") == Some(b"OCMD"))
            .is_some_and(|membership| self.hides_membership(file, membership))
    }

    fn hides_membership(&self, file: &File<'_>, membership: &Dictionary) -> bool {
        let groups: Vec<ObjectId> = match membership.get(b"OCGs") {
            Ok(Object::Reference(id))
                if !matches!(file.resolve(&Object::Reference(*id)), Object::Array(_)) =>
            {
                vec![*id]
            }
            Ok(_) => {
                let array = file.array(membership, b"OCGs").unwrap_or_default();
                array.iter().filter_map(|object| object.as_reference().ok()).collect()
            }
            Err(_) => return false,
        };
        let off = groups.iter().filter(|id| self.off.contains(id)).count();
        let shown = match file.name(membership, b"P") {
            Some(b"AllOn") => off == 0,
            Some(b"AnyOff") => off > 0,
            Some(b"AllOff") => off == groups.len(),
            _ => off < groups.len(),
        };
        !groups.is_empty() && !shown
    }
}
