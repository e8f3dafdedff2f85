//! A sentence to its times, which lie on character boundaries and do not overlap.

#![no_main]

use duban_time::{PlanYear, TimeContext, YearOrigin, find_times};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let plan_year = Some(PlanYear { year: 2021, origin: YearOrigin::Title });
    for slot in [false, true] {
        let mut end = 0;
        for time in find_times(text, &TimeContext { plan_year, slot, ..TimeContext::default() }) {
            assert!(time.range.start >= end && text.get(time.range.clone()).is_some());
            end = time.range.end;
        }
    }
});
