//! `cargo xtask generate`: a store of any number of tasks, for measuring.
//!
//! Titles, clauses, units and deadlines of the corpus are put together anew, with made-up places, over
//! twenty years. The same number of tasks gives the same records.

use std::path::{Path, PathBuf};

use anyhow::bail;
use duban::{BatchOptions, Entry, FileRow, FileStatus, Store, Verdict, process_folder};
use duban_record::{Deadline, Kind, Level, Location, OutlineNode, Record, Task, Unit};
use oorandom::Rand64;

use crate::root;

/// Tasks of a notice, and of each of its chapters.
const TASKS_PER_NOTICE: usize = 20;
const TASKS_PER_CHAPTER: usize = 5;

/// The plans are for these years.
const FIRST_YEAR: i32 = 2005;
const YEARS: u64 = 20;

/// Places of the corpus; others stand in their stead.
const PLACES: [&str; 10] = ["岚溪", "岫阳", "澜江", "梧桥", "雁浦", "云渚", "棠溪", "石塘", "泽浦", "青屿"];
const FIRST: [&str; 24] = [
    "云", "青", "石", "江", "临", "安", "南", "北", "东", "西", "长", "广", "平", "清", "新", "金", "玉",
    "松", "白", "龙", "花", "桃", "梅", "柳",
];
const SECOND: [&str; 24] = [
    "山", "河", "溪", "湖", "州", "阳", "安", "宁", "川", "原", "林", "岭", "浦", "台", "桥", "坪", "泉",
    "港", "沙", "湾", "丘", "塘", "渡", "峰",
];

/// Options of `cargo xtask generate`.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// How many tasks
    #[arg(long)]
    tasks: usize,
    /// Folder of the store, which must not be there yet
    #[arg(long)]
    store: PathBuf,
}

/// Makes the store.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    if options.store.exists() {
        bail!("{} is there already: name a folder that is not", options.store.display());
    }
    let pool = Pool::of_corpus()?;
    let store = Store::open_or_create(&options.store)?;
    let mut writer = store.writer()?;
    let notices = options.tasks.div_ceil(TASKS_PER_NOTICE);
    let mut left = options.tasks;
    for notice in 0..notices {
        let count = left.min(TASKS_PER_NOTICE);
        left -= count;
        writer.put(entry(pool.record(notice as u64, count)))?;
    }
    writer.commit()?;
    println!("{} tasks in {notices} notices: {}", options.tasks, options.store.display());
    Ok(())
}

/// What notices are put together from.
struct Pool {
    titles: Vec<String>,
    clauses: Vec<String>,
    units: Vec<Vec<Unit>>,
    deadlines: Vec<Vec<Deadline>>,
    headings: Vec<String>,
}

impl Pool {
    fn of_corpus() -> anyhow::Result<Self> {
        let mut pool = Self {
            titles: Vec::new(),
            clauses: Vec::new(),
            units: Vec::new(),
            deadlines: Vec::new(),
            headings: Vec::new(),
        };
        process_folder(&root().join("corpus"), &BatchOptions::default(), |result| {
            for task in result.iter().flat_map(|record| &record.tasks) {
                pool.titles.push(task.title.clone());
                let clauses = task.text.split(['，', '。', '；', '\n']);
                // Brackets hold the units, which are put in anew.
                let whole =
                    clauses.filter(|clause| !clause.contains(['（', '）']) && clause.chars().count() > 3);
                pool.clauses.extend(whole.map(str::to_owned));
                pool.units.push(task.units.clone());
                pool.deadlines.push(task.deadlines.clone());
                pool.headings.extend(task.path.last().cloned());
            }
            std::ops::ControlFlow::Continue(())
        })?;
        if pool.titles.is_empty() {
            bail!("the corpus holds no task");
        }
        Ok(pool)
    }

    /// The record of notice `number` with `count` tasks.
    fn record(&self, number: u64, count: usize) -> Record {
        let mut dice = Rand64::new(u128::from(number));
        let place = format!("{}{}", pick(&mut dice, &FIRST), pick(&mut dice, &SECOND));
        let year = FIRST_YEAR + i32::try_from(dice.rand_range(0..YEARS)).unwrap_or(0);
        let id = format!("{:016x}{:048x}", dice.rand_u64(), u128::from(number) + 1);
        let issuer = format!("{place}县人民政府办公室");
        let mut record = Record {
            schema_version: duban_record::SCHEMA_VERSION,
            id: id.clone(),
            source: duban_record::Source {
                path: format!("{year}/{place}-{number}.txt"),
                format: duban_record::Format::Text,
                bytes: 0,
                pages: None,
                ocr: None,
            },
            title: Some(format!("{issuer}关于印发{place}县{year}年重点工作要点的通知")),
            document_number: Some(format!("{place}政办发〔{year}〕{}号", number % 90 + 1)),
            issuer: Some(issuer),
            level: Some(Level::County),
            recipients: Vec::new(),
            issued_on: Some(format!("{year}-03-{:02}", number % 28 + 1)),
            plan_year: Some(year),
            basis: Vec::new(),
            attachments: Vec::new(),
            outline: Vec::new(),
            tasks: Vec::new(),
            requirements: Vec::new(),
            sections: Vec::new(),
            warnings: Vec::new(),
        };
        for index in 0..count {
            if index % TASKS_PER_CHAPTER == 0 {
                let title = moved(pick::<String>(&mut dice, &self.headings), &place);
                record.outline.push(chapter(index / TASKS_PER_CHAPTER + 1, title));
            }
            let Some(chapter) = record.outline.last_mut() else { continue };
            let number = format!("{}/{}", chapter.number, index % TASKS_PER_CHAPTER + 1);
            let task = self.task(&mut dice, &id, number, vec![chapter.title.clone()], (&place, year), index);
            chapter.children.push(leaf(&task));
            record.tasks.push(task);
        }
        record
    }

    fn task(
        &self,
        dice: &mut Rand64,
        document: &str,
        number: String,
        path: Vec<String>,
        (place, year): (&str, i32),
        index: usize,
    ) -> Task {
        let title = moved(pick::<String>(dice, &self.titles), place);
        let clauses: Vec<String> =
            (0..dice.rand_range(3..9)).map(|_| moved(pick::<String>(dice, &self.clauses), place)).collect();
        let units: Vec<Unit> = pick(dice, &self.units)
            .iter()
            .map(|unit| Unit {
                name: moved(&unit.name, place),
                canonical: unit.canonical.as_ref().map(|name| moved(name, place)),
                ..unit.clone()
            })
            .collect();
        let deadlines: Vec<Deadline> = pick(dice, &self.deadlines)
            .iter()
            .map(|deadline| Deadline {
                due: deadline.due.as_ref().map(|due| in_year(due, year)),
                start: deadline.start.as_ref().map(|start| in_year(start, year)),
                ..deadline.clone()
            })
            .collect();
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let line = u32::try_from(index + 4).unwrap_or(u32::MAX);
        Task {
            id: format!("{document}#{number}"),
            number,
            path,
            text: format!("{title}。{}。（责任单位：{}）", clauses.join("，"), names.join("、")),
            title,
            kind: Kind::Task,
            units,
            deadlines,
            requirements: Vec::new(),
            at: Location { line_start: line, line_end: line, ..Location::default() },
        }
    }
}

/// What a file with this one record in it would come to.
fn entry(record: Record) -> Entry {
    let verdict = Verdict { status: FileStatus::Ok, reason: None, remedy: None, attempts: 1 };
    let file = FileRow {
        path: Path::new("/").join(&record.source.path).into(),
        name: record.source.path.clone(),
        content: Some(record.id.clone()),
        bytes: Some(record.source.bytes),
        modified: None,
        verdict,
        gone: false,
    };
    Entry { file, content: None, documents: vec![record.id.clone()], records: vec![record] }
}

fn pick<'a, T>(dice: &mut Rand64, items: &'a [T]) -> &'a T {
    let index = usize::try_from(dice.rand_range(0..items.len() as u64)).unwrap_or(0);
    &items[index]
}

/// `text` with `place` for the places of the corpus.
fn moved(text: &str, place: &str) -> String {
    PLACES.iter().fold(text.to_owned(), |text, old| text.replace(old, place))
}

/// An ISO day of another year; the 29th of February becomes the 28th.
fn in_year(day: &str, year: i32) -> String {
    let rest = day.get(4..).unwrap_or_default();
    format!("{year:04}{}", if rest == "-02-29" { "-02-28" } else { rest })
}

fn chapter(number: usize, title: String) -> OutlineNode {
    let label = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][(number - 1) % 10];
    OutlineNode {
        label: format!("{label}、"),
        number: label.to_owned(),
        level: 1,
        title,
        text: None,
        kind: Kind::Task,
        children: Vec::new(),
        at: Location { line_start: 1, line_end: 1, ..Location::default() },
    }
}

fn leaf(task: &Task) -> OutlineNode {
    let label = task.number.rsplit('/').next().unwrap_or_default();
    OutlineNode {
        label: format!("{label}."),
        number: task.number.clone(),
        level: 2,
        title: task.title.clone(),
        text: None,
        kind: task.kind,
        children: Vec::new(),
        at: task.at.clone(),
    }
}
