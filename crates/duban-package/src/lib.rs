//! ZIP packages and the XML in them, within limits.
//!
//! Word files, OFD files and the archives that people send are all ZIP. [`Package`] opens one and
//! unpacks its parts, [`xml::read`] tells the elements of a part one by one. Both are bounded: a
//! package that would unpack to more than its [`Limits`], or XML that nests without end, is an error
//! or an early end that says so, never a machine without memory.
//!
//! It knows nothing of what the parts mean.

mod error;
mod package;
pub mod xml;

pub use error::PackageError;
pub use package::{Limits, Package};
