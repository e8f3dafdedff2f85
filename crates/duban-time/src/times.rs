//! How often in each period: the count of 每年至少专题研究1次.

use crate::grammar::Reader;
use crate::token::Kind;
use crate::{TimeMention, TimeValue};

/// A count so many characters away belongs to something else.
const FARTHEST: usize = 30;

/// Gives a recurrence the count that follows it in its clause; `next` is the token behind it.
pub(crate) fn count(reader: &Reader<'_>, next: usize, mention: &mut TimeMention) {
    let TimeValue::Recurring { times: times @ None, .. } = &mut mention.value else { return };
    let rest = reader.text.get(mention.range.end..).unwrap_or_default();
    let breaks = |c: char| matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | '\n');
    let end = rest.char_indices().take(FARTHEST).take_while(|(_, c)| !breaks(*c)).last();
    let end = end.map_or(0, |(at, c)| mention.range.end + at + c.len_utf8());
    for (at, token) in reader.tokens.iter().enumerate().skip(next) {
        if token.range.end > end {
            return;
        }
        if matches!(token.kind, Kind::Every(_)) {
            return;
        }
        let Kind::Number(value) = token.kind else { continue };
        let between = reader.text.get(mention.range.end..token.range.start).unwrap_or_default();
        let after = reader.text.get(token.range.end..).unwrap_or_default().trim_start();
        let most = ["不超过", "不多于", "最多", "至多", "仅", "只"].iter().any(|word| between.contains(word));
        let counted = after.starts_with(['次', '场', '轮', '期', '遍', '回']);
        if counted && !most {
            *times = Some(least(reader, at).map_or(value, |least| least.min(value)));
        }
        if counted {
            return;
        }
    }
}

/// The lower end of a range of counts (1—2次), whose higher end is token `at`.
fn least(reader: &Reader<'_>, at: usize) -> Option<u32> {
    let [lower, mark, higher] = reader.tokens.get(at.checked_sub(2)?..=at)? else { return None };
    match (lower.kind, mark.kind) {
        (Kind::Number(value), Kind::To) if mark.joined && higher.joined => Some(value),
        _ => None,
    }
}
