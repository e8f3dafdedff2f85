//! throw-away
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        match duban::process_bytes(&path, &bytes, &duban::Options::default()) {
            Ok(record) => println!("{}", serde_json::to_string(&record).unwrap()),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
}
