//! The table of figures: printed for people, committed as tab-separated values, compared.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, bail};

use super::score::{FIGURES, Tallies};

/// Figures by file name, the total last.
pub(crate) struct Table {
    rows: Vec<(String, [f64; 11])>,
}

/// Name of the last row.
const TOTAL: &str = "total";
/// Figures are committed with four digits; a smaller fall is none.
const DIGITS: f64 = 0.00005;

impl Table {
    /// The table of `rows` with the figures of all notices together.
    pub(crate) fn new(rows: Vec<(String, Tallies)>, total: &Tallies) -> Self {
        let mut rows: Vec<_> = rows.into_iter().map(|(name, tallies)| (name, tallies.figures())).collect();
        rows.push((TOTAL.to_owned(), total.figures()));
        Self { rows }
    }

    /// For people.
    pub(crate) fn render(&self) -> String {
        let width = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let mut text = format!("{:width$}", "");
        FIGURES.iter().for_each(|figure| _ = write!(text, " {figure:>9}"));
        for (name, figures) in &self.rows {
            _ = write!(text, "\n{name:width$}");
            figures.iter().for_each(|figure| _ = write!(text, " {figure:>9.3}"));
        }
        text.push('\n');
        text
    }

    /// For the repository.
    pub(crate) fn to_tsv(&self) -> String {
        let mut text = format!("notice\t{}\n", FIGURES.join("\t"));
        for (name, figures) in &self.rows {
            let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:.4}")).collect();
            _ = writeln!(text, "{name}\t{}", figures.join("\t"));
        }
        text
    }

    /// Fails where a figure is below that of the committed table, or a notice of it is gone.
    pub(crate) fn compare(&self, committed: &str) -> anyhow::Result<()> {
        let now: BTreeMap<&str, &[f64; 11]> =
            self.rows.iter().map(|(name, figures)| (name.as_str(), figures)).collect();
        let mut lines = committed.lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
        if head != FIGURES {
            bail!(
                "the committed table has other figures; look at the difference and run `cargo xtask accuracy --update`"
            );
        }
        let (mut falls, mut gains) = (Vec::new(), 0);
        for line in lines {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let Some(figures) = now.get(name) else {
                falls.push(format!("{name} is no longer scored"));
                continue;
            };
            for ((cell, figure), now) in cells.zip(FIGURES).zip(figures.iter()) {
                let before: f64 =
                    cell.parse().with_context(|| format!("`{cell}` in the committed table is no figure"))?;
                if *now < before - DIGITS {
                    falls.push(format!("{name} {figure} fell from {before:.4} to {now:.4}"));
                } else if *now > before + DIGITS {
                    gains += 1;
                }
            }
        }
        if !falls.is_empty() {
            bail!("accuracy fell:\n  {}", falls.join("\n  "));
        }
        let known = committed.lines().count() - 1;
        if gains > 0 || known < self.rows.len() {
            println!(
                "{gains} figures rose, {} notices are new; `cargo xtask accuracy --update` commits them",
                self.rows.len().saturating_sub(known)
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(value: f64) -> Table {
        Table { rows: vec![("a.txt".to_owned(), [value; 11])] }
    }

    #[test]
    fn a_fall_fails_and_a_gain_does_not() {
        let committed = table(0.9).to_tsv();
        assert!(table(0.9).compare(&committed).is_ok());
        assert!(table(0.95).compare(&committed).is_ok());
        let error = table(0.8).compare(&committed).unwrap_err().to_string();
        assert!(error.contains("a.txt tasks fell from 0.9000 to 0.8000"), "{error}");
    }

    #[test]
    fn a_notice_that_is_gone_fails() {
        let committed = table(0.9).to_tsv();
        assert!(Table { rows: Vec::new() }.compare(&committed).is_err());
    }
}
