#!/usr/bin/python3
"""The queries of the search benchmark by Xapian, with its n-grams of Han characters.

    cargo bench -p duban-benches --bench search -- STORE    # first: it writes the queries
    benches/peers/search.py STORE

Needs Debian's python3-xapian. The peer's index is made beside the store, once.
"""

import json
import os
import sqlite3
import sys
import time

try:
    import xapian
except ImportError:
    sys.exit("skipped: apt-get install python3-xapian")

KINDS = ["word", "phrase", "both", "either", "phrase and year", "phrase and unit"]
ROUNDS = 3


def build(store, path):
    database = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    rows = sqlite3.connect(os.path.join(store, "duban.db")).execute(
        "SELECT tasks.title, tasks.path, tasks.text, plan_year,"
        " (SELECT group_concat(name, '、') FROM units WHERE units.task = tasks.id)"
        " FROM tasks JOIN documents ON documents.id = tasks.document"
    )
    for title, path, text, year, units in rows:
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(title, 3)
        generator.increase_termpos()
        for heading in json.loads(path):
            generator.index_text(heading)
            generator.increase_termpos()
        generator.index_text(text)
        generator.index_text(units or "", 1, "XU")
        document.add_boolean_term(f"Y{year}")
        document.set_data(text)
        database.add_document(document)
    database.commit()


def query(parser, kind, first, second, year, unit):
    flags = xapian.QueryParser.FLAG_PHRASE | xapian.QueryParser.FLAG_CJK_NGRAM

    def phrase(text, prefix=""):
        return parser.parse_query(f'"{text}"', flags, prefix)

    if kind == 2:
        return xapian.Query(xapian.Query.OP_AND, phrase(first), phrase(second))
    if kind == 3:
        return xapian.Query(xapian.Query.OP_OR, phrase(first), phrase(second))
    if kind == 4:
        return xapian.Query(xapian.Query.OP_FILTER, phrase(first), xapian.Query(f"Y{year}"))
    if kind == 5:
        return xapian.Query(xapian.Query.OP_AND, phrase(first), phrase(unit, "XU"))
    return phrase(first)


def percentile(times, percent):
    times = sorted(times)
    return 1000 * times[min(len(times) * percent // 100, len(times) - 1)]


def main():
    store = sys.argv[1]
    path = os.path.join(store, "peer-xapian")
    if not os.path.isdir(path):
        start = time.perf_counter()
        build(store, path)
        print(f"Xapian built in {time.perf_counter() - start:.0f} s")
    database = xapian.Database(path)
    parser = xapian.QueryParser()
    parser.set_database(database)
    times = []
    with open(os.path.join(store, "queries.tsv"), encoding="utf-8") as lines:
        for line in lines:
            kind, first, second, year, unit = line.rstrip("\n").split("\t")
            best = float("inf")
            for _ in range(ROUNDS):
                start = time.perf_counter()
                enquire = xapian.Enquire(database)
                enquire.set_query(query(parser, int(kind), first, second, year, unit))
                for match in enquire.get_mset(0, 20):
                    match.document.get_data()
                best = min(best, time.perf_counter() - start)
            times.append((int(kind), best))
    every = [time for _, time in times]
    print(f"Xapian: p50 {percentile(every, 50):.2f} ms, p99 {percentile(every, 99):.2f} ms;", end="")
    for kind, label in enumerate(KINDS):
        print(f" {label} {percentile([time for own, time in times if own == kind], 50):.2f}", end="")
    print()


if __name__ == "__main__":
    main()
