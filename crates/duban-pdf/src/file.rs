//! Bytes to objects: opens a PDF, follows references, unpacks streams, walks the page tree.
//!
//! A file that opens is not therefore whole: streams with a wrong length arrive empty and are
//! looked for in the bytes again, and whatever stays missing is noted.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, LoadOptions, Object, ObjectId, Stream};

use crate::options::Budget;
use crate::{Limit, Options, PdfError, guard, rescue, unpack};

/// Longest chain of references to references.
const MOST_REFERENCES: usize = 32;
/// Unpacked streams are kept for their next use up to this many bytes.
const KEPT_BYTES: usize = 32 << 20;

/// What a header looks like where the file's own is lost.
const HEADER: &[u8] = b"%PDF-1.7";
/// Where the header may still begin, as the readers of the field allow.
const HEADER_WITHIN: usize = 1024;

/// Whether `bytes` are a PDF: its header stands at the beginning, or near it with objects behind, or its
/// objects are there though the header is damaged.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
    match find(head, b"%PDF-") {
        Some(0) => true,
        Some(_) => find(bytes, b" obj").is_some(),
        None => is_headless(bytes),
    }
}

fn is_headless(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEADER_WITHIN).unwrap_or(bytes);
    find(head, b" obj").is_some()
        && rfind(bytes, b"endobj").is_some()
        && (rfind(bytes, b"startxref").is_some() || rfind(bytes, b"trailer").is_some())
}

/// The file from its header on, because places of objects count from there; with a header in the place of
/// a damaged one.
fn with_header(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if let Some(start) = find(bytes, b"%PDF-") {
        return bytes.get(start..).map(Cow::Borrowed);
    }
    let mut patched = bytes.to_vec();
    patched.get_mut(..HEADER.len()).filter(|_| is_headless(bytes))?.copy_from_slice(HEADER);
    Some(Cow::Owned(patched))
}

/// An open file.
pub(crate) struct File<'a> {
    bytes: Cow<'a, [u8]>,
    document: lopdf::Document,
    /// How much of the [`crate::Limits`] is left.
    pub(crate) budget: Budget,
    repaired: Cell<bool>,
    truncated: Cell<bool>,
    kept: RefCell<HashMap<ObjectId, Rc<Vec<u8>>>>,
    kept_bytes: Cell<usize>,
    /// Objects that the parser gave up on, looked for in the bytes when first missed.
    rescued: OnceCell<HashMap<ObjectId, Object>>,
}

impl<'a> File<'a> {
    pub(crate) fn open(bytes: &'a [u8], options: &Options) -> Result<Self, PdfError> {
        let bytes = with_header(bytes).ok_or(PdfError::NotPdf)?;
        let document = load(&bytes, options)?;
        let truncated = rfind(&bytes, b"%%EOF").is_none_or(|end| rfind(&bytes, b"endobj") > Some(end));
        let patched = matches!(bytes, Cow::Owned(_));
        Ok(Self {
            bytes,
            repaired: Cell::new(patched || document.xref_recovery.is_some()),
            document,
            budget: Budget::new(&options.limits),
            truncated: Cell::new(truncated),
            kept: RefCell::default(),
            kept_bytes: Cell::new(0),
            rescued: OnceCell::new(),
        })
    }

    pub(crate) fn is_repaired(&self) -> bool {
        self.repaired.get()
    }

    pub(crate) fn is_truncated(&self) -> bool {
        self.truncated.get()
    }

    /// Notes that something had to be searched for.
    pub(crate) fn note_repair(&self) {
        self.repaired.set(true);
    }

    /// Notes that something is missing.
    pub(crate) fn note_loss(&self) {
        self.truncated.set(true);
    }

    /// The file's catalog; empty where it is lost.
    pub(crate) fn catalog(&self) -> Option<&Dictionary> {
        self.document.catalog().ok()
    }

    /// Every object with its number, rescued ones too, in the order of the file, for when the page tree is
    /// lost.
    pub(crate) fn all_objects(&self) -> Vec<(ObjectId, &Object)> {
        let known = self.document.objects.iter();
        let all: BTreeMap<ObjectId, &Object> =
            self.rescued().iter().chain(known).map(|(id, object)| (*id, object)).collect();
        let places = rescue::order(&self.bytes);
        let mut all: Vec<_> = all.into_iter().collect();
        // Those in object streams, which have no place of their own, come last.
        all.sort_by_key(|(id, _)| places.get(id).copied().unwrap_or(usize::MAX));
        all
    }

    /// The dictionaries of this type, by their numbers.
    pub(crate) fn dictionaries(&self, kind: &'static [u8]) -> impl Iterator<Item = &Dictionary> {
        let dictionaries = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        dictionaries.filter(move |dictionary| dictionary.has_type(kind))
    }

    /// The object of this number; a lost one is looked for where the file is damaged, or means to
    /// have it.
    fn object(&self, id: ObjectId) -> Option<&Object> {
        self.document.objects.get(&id).or_else(|| {
            let listed = matches!(
                self.document.reference_table.get(id.0),
                Some(XrefEntry::Normal { .. } | XrefEntry::Compressed { .. })
            );
            let is_damaged = listed || self.is_repaired() || self.is_truncated();
            is_damaged.then(|| self.rescued().get(&id)).flatten()
        })
    }

    fn rescued(&self) -> &HashMap<ObjectId, Object> {
        self.rescued.get_or_init(|| {
            self.note_repair();
            let mut objects = rescue::objects(&self.bytes);
            if let Some(state) = &self.document.encryption_state {
                objects.retain(|id, object| lopdf::encryption::decrypt_object(state, *id, object).is_ok());
            }
            objects
        })
    }

    /// What `object` refers to, or itself; null where it refers to nothing.
    pub(crate) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        self.resolve_id(object).1
    }

    /// What `object` refers to, with its number where it has one.
    pub(crate) fn resolve_id<'o>(&'o self, mut object: &'o Object) -> (Option<ObjectId>, &'o Object) {
        let mut last = None;
        for _ in 0..MOST_REFERENCES {
            let Object::Reference(id) = object else { return (last, object) };
            last = Some(*id);
            let Some(next) = self.object(*id) else { return (last, &Object::Null) };
            object = next;
        }
        (last, &Object::Null)
    }

    /// The value of `key`, resolved; `None` where there is none.
    pub(crate) fn get<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o Object> {
        let object = self.resolve(dictionary.get(key).ok()?);
        (!object.is_null()).then_some(object)
    }

    /// The value of `key` as a dictionary, also that of a stream.
    pub(crate) fn dictionary<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o Dictionary> {
        as_dictionary(self.get(dictionary, key)?)
    }

    pub(crate) fn array<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o [Object]> {
        self.get(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(crate) fn name<'o>(&'o self, dictionary: &'o Dictionary, key: &[u8]) -> Option<&'o [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    pub(crate) fn number(&self, dictionary: &Dictionary, key: &[u8]) -> Option<f32> {
        self.get(dictionary, key)?.as_float().ok().filter(|number| number.is_finite())
    }

    pub(crate) fn integer(&self, dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
        let object = self.get(dictionary, key)?;
        object.as_i64().ok()
    }

    /// The numbers of an array, those that are none left out.
    pub(crate) fn numbers(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Vec<f32>> {
        let array = self.array(dictionary, key)?;
        Some(array.iter().filter_map(|object| self.resolve(object).as_float().ok()).collect())
    }

    /// The unpacked bytes of the stream that `object` is or refers to; empty where there is none.
    pub(crate) fn unpack(&self, object: &Object) -> Rc<Vec<u8>> {
        let (id, object) = self.resolve_id(object);
        let Object::Stream(stream) = object else {
            self.note_loss();
            return Rc::default();
        };
        if let Some(kept) = id.and_then(|id| self.kept.borrow().get(&id).cloned()) {
            return kept;
        }
        let unpacked = Rc::new(self.unpack_stream(stream));
        if let Some(id) = id
            && self.kept_bytes.get() + unpacked.len() <= KEPT_BYTES
        {
            self.kept_bytes.set(self.kept_bytes.get() + unpacked.len());
            self.kept.borrow_mut().insert(id, Rc::clone(&unpacked));
        }
        unpacked
    }

    fn unpack_stream(&self, stream: &Stream) -> Vec<u8> {
        let packed = self.packed_bytes(stream);
        let filters = self.filters(&stream.dict);
        let most = self.budget.stream_bytes.min(self.budget.bytes_left());
        let unpacked = unpack::unpack(&packed, &filters, most);
        if unpacked.over {
            let total = most < self.budget.stream_bytes;
            self.budget.exceed(if total { Limit::TotalBytes } else { Limit::StreamBytes });
        } else if !unpacked.whole {
            self.note_loss();
        }
        if unpacked.altered {
            self.note_repair();
        }
        self.budget.take_bytes(unpacked.bytes.len());
        unpacked.bytes
    }

    /// The stream's bytes as they stand in the file. Where its length is wrong the object arrives
    /// empty, and its bytes are those up to `endstream`.
    fn packed_bytes<'s>(&'s self, stream: &'s Stream) -> Cow<'s, [u8]> {
        let Some(start) = stream.start_position.filter(|_| stream.content.is_empty()) else {
            return Cow::Borrowed(&stream.content);
        };
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = find(rest, b"endstream").or_else(|| find(rest, b"endobj"));
        if end.is_none() {
            self.note_loss();
        }
        let found = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if !found.iter().all(u8::is_ascii_whitespace) {
            self.note_repair();
        }
        Cow::Borrowed(found)
    }

    /// The stream's filters in order, each with its parameters.
    fn filters<'s>(&'s self, dictionary: &'s Dictionary) -> Vec<(&'s [u8], Option<&'s Dictionary>)> {
        let names = match self.get(dictionary, b"Filter") {
            Some(Object::Name(name)) => vec![name.as_slice()],
            Some(Object::Array(names)) => {
                names.iter().filter_map(|name| self.resolve(name).as_name().ok()).collect()
            }
            _ => Vec::new(),
        };
        let parameters: Vec<_> = match self.get(dictionary, b"DecodeParms") {
            Some(Object::Array(all)) => all.iter().map(|one| as_dictionary(self.resolve(one))).collect(),
            Some(one) => vec![as_dictionary(one)],
            None => Vec::new(),
        };
        let parameters = parameters.into_iter().chain(std::iter::repeat(None));
        names.into_iter().zip(parameters).collect()
    }
}

/// The dictionary that `object` is, or that of the stream that it is.
pub(crate) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// Most unpacked bytes of one object stream or cross-reference stream.
const MOST_OBJECT_BYTES: usize = 16 << 20;

fn load(bytes: &[u8], options: &Options) -> Result<lopdf::Document, PdfError> {
    use lopdf::{DecompressError, Error};
    if !guard::is_harmless(bytes) {
        return Err(PdfError::TooLarge);
    }
    let load = LoadOptions {
        password: options.password.clone(),
        max_decompressed_size: Some(MOST_OBJECT_BYTES.min(options.limits.stream_bytes)),
        ..LoadOptions::default()
    };
    match lopdf::Document::load_mem_with_options(bytes, load) {
        Ok(document) if document.is_encrypted() && document.encryption_state.is_none() => {
            Err(PdfError::PasswordNeeded)
        }
        Ok(document) => Ok(document),
        Err(Error::InvalidPassword) => Err(PdfError::PasswordWrong),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(PdfError::TooLarge),
        Err(error) if find(bytes, b"/Encrypt").is_some() => match error {
            Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) | Error::Unimplemented(_) => {
                Err(PdfError::Encryption(error))
            }
            error => Err(PdfError::Damaged(Some(error))),
        },
        Err(error) => rebuilt(bytes).ok_or(PdfError::Damaged(Some(error))),
    }
}

/// A document of the objects that can be found in the bytes.
fn rebuilt(bytes: &[u8]) -> Option<lopdf::Document> {
    let mut document = lopdf::Document::new();
    document.objects.extend(rescue::objects(bytes));
    let catalogs = document.objects.iter().rev();
    let catalog = catalogs.filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)));
    let root = catalog.into_iter().find(|(_, dictionary)| dictionary.has_type(b"Catalog")).map(|(id, _)| id);
    if let Some(root) = root {
        document.trailer.set("Root", Object::Reference(root));
    }
    document.xref_recovery = Some(XrefRecovery::Reconstructed);
    (!document.objects.is_empty()).then_some(document)
}

/// Where `pattern` first stands.
pub(crate) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, pattern)
}

pub(crate) fn find_iter<'a>(bytes: &'a [u8], pattern: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, pattern)
}

fn rfind(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, pattern)
}
