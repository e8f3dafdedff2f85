//! The types of the record, in the order in which they nest.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// What duban makes of one notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this schema: 1.
    pub schema_version: u32,
    /// SHA-256 of the source's bytes, lower-case hex.
    pub id: String,
    /// Where the notice came from.
    pub source: Source,
    /// The document's own title, joined where it was wrapped; of a 印发…的通知, that of the 通知.
    pub title: Option<String>,
    /// 发文字号 as printed, without spaces, the year in 〔〕.
    pub document_number: Option<String>,
    /// 发文机关, from the head, the signature or the imprint; the first of several.
    pub issuer: Option<String>,
    /// The level of administration that the issuer belongs to, by the places in its name or else in the title.
    #[serde(default)]
    pub level: Option<Level>,
    /// 主送机关, one each.
    pub recipients: Vec<String>,
    /// 成文日期, or the 印发 date of the imprint where there is none; ISO 8601.
    pub issued_on: Option<String>,
    /// The year that the plan is for; of a span its first; that of `issued_on` where the title does not say.
    pub plan_year: Option<i32>,
    /// Documents that the preamble says the plan carries out or was made under.
    pub basis: Vec<Basis>,
    /// Titles named after 附件：, without file extension.
    pub attachments: Vec<String>,
    /// Every numbered heading and item, as a tree.
    pub outline: Vec<OutlineNode>,
    /// Every leaf of the outline, in reading order.
    pub tasks: Vec<Task>,
    /// What the text outside the outline asks of a body or by a time.
    pub requirements: Vec<DocumentRequirement>,
    /// The paragraphs outside the outline: covering notice, preamble, closing words, imprint; those aside
    /// whose words the fields above hold.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// What a person should know about this reading.
    pub warnings: Vec<Warning>,
}

/// A paragraph outside the outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub at: Location,
}

/// Where a notice came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Its path as given; `-` for standard input.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its number of pages; null where the format has none.
    pub pages: Option<u32>,
    /// What of its text was recognised from pictures rather than read; null where nothing was.
    pub ocr: Option<Ocr>,
}

/// Levels of administration (Constitution, article 30), from the widest.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Level {
    /// 中央.
    National,
    /// 省级.
    Provincial,
    /// 地市级; a 县级市 too where nothing above it is named.
    Municipal,
    /// 县级.
    County,
    /// 乡级: towns, townships, streets.
    Township,
}

/// Text that was recognised from pictures of pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ocr {
    /// The pages, from 1.
    pub pages: Vec<u32>,
    /// How sure the recognition is of its characters, from 0 to 100; null where another program laid the text
    /// under the picture.
    pub confidence: Option<f32>,
}

/// Formats of sources.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML.
    Docx,
    /// Word's and WPS's binary format.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// `OpenDocument` text.
    Odt,
    /// A spreadsheet of Office Open XML.
    Xlsx,
    /// GB/T 33190.
    Ofd,
    /// A web page.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// A document that a plan carries out or was made under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// What 《》 holds, or the bare name.
    pub title: String,
    /// Its 发文字号.
    pub document_number: Option<String>,
    /// Where it is named.
    pub at: Location,
}

/// A numbered heading or item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutlineNode {
    /// The label as printed.
    pub label: String,
    /// The labels from the outermost level inwards, joined by `/`: `三/（一）/1`.
    pub number: String,
    /// 1 for the outermost level; what the document means, not what the glyphs look like.
    pub level: u32,
    /// The heading, or the item's first sentence.
    pub title: String,
    /// What stands under the heading before its first child, the heading itself apart; null for a task, whose text is there.
    pub text: Option<String>,
    /// What the part of the plan is about.
    pub kind: Kind,
    /// Nodes of the next level.
    pub children: Vec<OutlineNode>,
    /// Where it stands, children included.
    pub at: Location,
}

/// A leaf of the outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// The document's `id`, `#` and `number`; `~2` is added where a number stands twice under one parent.
    pub id: String,
    /// As in the outline.
    pub number: String,
    /// Titles of its ancestors, outermost first; under 附件 the attachment's title comes first.
    pub path: Vec<String>,
    /// Its first sentence without label and final mark; in a table row the task cell's.
    pub title: String,
    /// All of it without its label; in a table row the requirement cell's alone.
    pub text: String,
    /// What the part of the plan is about.
    pub kind: Kind,
    /// Who is responsible.
    pub units: Vec<Unit>,
    /// By when.
    pub deadlines: Vec<Deadline>,
    /// What is to be done, sentence by sentence.
    pub requirements: Vec<Requirement>,
    /// Where it stands.
    pub at: Location,
}

/// What a part of a plan is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Aims and principles: 指导思想, 总体要求, 工作目标, 基本原则.
    Overview,
    /// How the work itself is run: 保障措施, 组织领导, 工作要求.
    Safeguard,
    /// The work.
    Task,
}

/// A body that is responsible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Its name as printed.
    pub name: String,
    /// Its name in full in the plan's year (县卫健局 → 青岚县卫生健康局); null when unsure.
    pub canonical: Option<String>,
    /// What it has to do with the task.
    pub role: Role,
    /// What the text says it by.
    pub evidence: UnitEvidence,
    /// Whether 等 or 等部门 leaves the list open after this name.
    pub open: bool,
    /// The rule that made it, for people who look into a value.
    pub rule: Cow<'static, str>,
    /// Where it is named.
    pub at: Location,
}

/// What a body has to do with a task.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 责任单位, 负责, or a body told to act.
    Responsible,
    /// 配合, 协办.
    Support,
}

/// What names a body.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum UnitEvidence {
    /// 责任单位：, a table column, a bracket.
    Label,
    /// The sentence itself.
    Inline,
    /// An ancestor's label.
    Inherited,
}

/// By when something is to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// The words, without spaces.
    pub raw: String,
    /// Which of the fields below are set.
    pub kind: DeadlineKind,
    /// `date`: the last day that still keeps it, ISO 8601; null for X起 and where nothing gives the year.
    pub due: Option<String>,
    /// `date`: the first day of a span or a bare period, ISO 8601.
    pub start: Option<String>,
    /// `relative`: how long.
    pub within: Option<Within>,
    /// `relative`: the event that it counts from, in the text's words.
    pub after: Option<String>,
    /// `recurring`: RFC 5545 recurrence rule.
    pub rrule: Option<String>,
    /// `recurring`: how often at least in each period.
    pub times: Option<u32>,
    /// The word that says how the time binds (前, 内, 起, 底, 末, 期间); null where there is none.
    pub operator: Option<String>,
    /// What gave the year of a date; null where the value has none.
    pub year_from: Option<YearOrigin>,
    /// What says it.
    pub evidence: DeadlineEvidence,
    /// The rule that made it, for people who look into a value.
    pub rule: Cow<'static, str>,
    /// Where it is said.
    pub at: Location,
}

/// Kinds of deadlines.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DeadlineKind {
    /// A day, a period or a span.
    Date,
    /// A length of time after an event.
    Relative,
    /// Again and again.
    Recurring,
    /// 长期坚持 in a slot for times.
    Ongoing,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Within {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: TimeUnit,
}

/// Units of lengths of time.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum TimeUnit {
    /// 小时.
    Hour,
    /// 工作日.
    WorkingDay,
    /// 日, 天.
    Day,
    /// 周.
    Week,
    /// 月.
    Month,
    /// 年.
    Year,
}

/// What gave the year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearOrigin {
    /// The words themselves or the sentence before them.
    Text,
    /// The plan's title.
    Title,
    /// The date of issue.
    IssueDate,
}

/// What says a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineEvidence {
    /// The sentence.
    Text,
    /// A label (完成时限：) or a table column.
    Label,
    /// An ancestor's label.
    Inherited,
}

/// One sentence of a task that asks for something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Requirement {
    /// The sentence, to 。 or ；.
    pub text: String,
    /// How it binds.
    pub modality: Modality,
    /// Indices of the task's units that stand in it.
    pub units: Vec<usize>,
    /// Indices of the task's deadlines that stand in it.
    pub deadlines: Vec<usize>,
    /// Where it stands.
    pub at: Location,
}

/// One sentence outside the outline that asks for something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRequirement {
    /// The sentence, to 。 or ；.
    pub text: String,
    /// How it binds.
    pub modality: Modality,
    /// Bodies that it binds.
    pub units: Vec<Unit>,
    /// Times by which.
    pub deadlines: Vec<Deadline>,
    /// Where it stands.
    pub at: Location,
}

/// How a sentence binds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Modality {
    /// 要, 必须, 应, or a bare command.
    Must,
    /// 严禁, 不得.
    MustNot,
    /// 可, 可以, 鼓励.
    May,
}

/// Something that a person should know about a reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What kind of thing.
    pub code: WarningCode,
    /// One line for people.
    pub message: String,
    /// The number of the node it is about.
    pub number: Option<String>,
    /// `numbering_gap`: the skipped values.
    #[serde(default)]
    pub missing: Vec<u32>,
    /// Where.
    pub at: Option<Location>,
}

/// Kinds of warnings.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// Numbers are skipped; `number` is that of the item after the gap.
    NumberingGap,
    /// A number stands twice under one parent.
    NumberingRepeat,
    /// A label does not fit its level.
    LabelStyle,
    /// A paragraph or row begins like an item, but was not taken as one.
    SkippedLabel,
    /// A table whose cells nothing parts: it was read as text, or its cells were told by what its columns hold.
    FlatTable,
    /// A table of tasks without numbers; its rows were read as text.
    UnnumberedTable,
    /// A time whose period could be read in two ways.
    AmbiguousDeadline,
    /// The file holds the same text twice.
    RepeatedText,
    /// A page without text.
    NoText,
    /// Characters that could not be known.
    UnknownCharacters,
    /// A damaged file that was repaired.
    Repaired,
    /// A file that ends too early.
    Truncated,
    /// Content of another format than the name says.
    FormatMismatch,
    /// Bytes that are not valid in the text's encoding.
    EncodingErrors,
}

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// First page, from 1; null without pages.
    pub page_start: Option<u32>,
    /// Last page.
    pub page_end: Option<u32>,
    /// First line of the text as read, from 1.
    pub line_start: u32,
    /// Last line.
    pub line_end: u32,
    /// Boxes in the source; empty where the format has no places.
    pub boxes: Vec<PageBox>,
}

/// A box in the source, `[page, x0, y0, x1, y1]`: the page from 1, then points (1/72 inch) from the
/// page's top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageBox(pub u32, pub f32, pub f32, pub f32, pub f32);
