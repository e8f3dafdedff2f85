#!/usr/bin/env python3
"""Makes the corpus: from each annotated master in sources/ its text, Markdown, HTML and PDF forms and
its gold record.

    build.py [--pdf] [--check] [STEM ...]

Without --pdf the PDFs are left as they are. With --check nothing is written: exit status 1 when a
file is not what its master makes. README.md tells how a master is written.
"""

import argparse
import json
import re
import sys
import unicodedata
from pathlib import Path

sys.dont_write_bytecode = True
from builder import gold, markdown, master, page, plain, typeset

HERE = Path(__file__).parent


def folded(text):
    """Without white space and width, as head fields and marks are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("//", "")


def options_of(words):
    """`wrap=28 height=20 tight` as a dict."""
    return dict(word.partition("=")[::2] for word in words)


def check_head(record, blocks):
    """Every name in the head stands in the notice."""
    printed = folded("".join(block.text for block in blocks))
    names = [record["title"], record["document_number"], record["issuer"], *record["recipients"], *record["attachments"]]
    names += [part for entry in record["basis"] for part in (entry["title"], entry["document_number"])]
    return [f"not in the text: {name}" for name in names if name and folded(name) not in printed]


def check_tasks(record):
    """A body once a task, spans that end after they begin, no empty text."""
    faults = []
    for task in record["tasks"]:
        names = [unit["name"] for unit in task["units"]]
        faults += [f"{task['number']}: {name} twice" for name in set(names) if names.count(name) > 1]
        faults += [f"{task['number']}: {d['raw']} ends before it begins" for d in task["deadlines"]
                   if d.get("due") and d.get("start") and d["due"] < d["start"]]
        if not task["text"] or not task["title"]:
            faults.append(f"{task['number']}: empty")
    return faults


def forms_of(head, blocks):
    """The bytes of every form but PDF, by suffix."""
    forms = {}
    for form in head["form"]:
        kind, *words = form.split()
        options = options_of(words)
        if kind == "txt":
            encoding = options.get("encoding", "utf-8")
            mark = "\ufeff" if encoding.startswith("utf-16") else ""
            forms[".txt"] = (mark + plain.render(blocks, options)).encode(encoding)
        elif kind == "md":
            forms[".md"] = markdown.render(blocks, options).encode()
        elif kind == "html":
            forms[".html"] = page.render(head, blocks, options).encode()
    return forms


def build(source, arguments):
    """One notice; the faults found."""
    head, blocks = master.read_master(source.read_text(encoding="utf-8"))
    record = gold.gold_of(head, blocks)
    faults = check_head(record, blocks) + check_tasks(record)
    wanted = {HERE / (source.stem + suffix): data for suffix, data in forms_of(head, blocks).items()}
    wanted[HERE / "gold" / (source.stem + ".json")] = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    for path, data in wanted.items():
        if arguments.check:
            if not path.exists() or path.read_bytes() != data:
                faults.append(f"{path.name} is not what its master makes")
        else:
            path.write_bytes(data)
    for form in head["form"]:
        kind, *words = form.split()
        if kind == "pdf" and arguments.pdf and not arguments.check:
            typeset.write(blocks, options_of(words), HERE / (source.stem + ".pdf"))
    return [f"{source.stem}: {fault}" for fault in faults]


def main():
    """Builds the notices named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stems", nargs="*")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    faults = []
    for source in sorted((HERE / "sources").glob("*.txt")):
        if not arguments.stems or source.stem in arguments.stems:
            faults += build(source, arguments)
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
