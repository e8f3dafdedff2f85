"""Turns an annotated master (corpus/sources/*.txt) into blocks with their annotations.

The syntax is described in corpus/README.md. Nothing is guessed here: what is a task, whom it names
and by when is written in the master by hand; only the printed text and the marks are taken apart.
"""

import re
from dataclasses import dataclass, field

ROLES = {"l": "lead", "s": "support", "r": "responsible"}
KINDS = {"o": "overview", "s": "safeguard", "t": "task"}
MARK = re.compile(r"\{([LSRlsrDX]\+?) ([^{}]*)\}")


@dataclass
class Rich:
    """A printed text without its marks, and what the marks say; `text` lacks what only the print shows."""

    text: str
    printed: str = ""
    units: list = field(default_factory=list)
    deadlines: list = field(default_factory=list)

    def say(self, words):
        """Words that stand in print and in the record."""
        self.text += words
        self.printed += words


@dataclass
class Block:
    """One printed paragraph, heading, table or break; `text` and `label` as printed."""

    what: str
    text: str = ""
    level: int = 0
    label: str = ""
    title: str | None = None
    kind: str | None = None
    rich: Rich | None = None
    number: str = ""
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)


def read_deadline(spec, evidence):
    """`2021-10-31>10月底前` and its kin, as the record gives a deadline."""
    spec, _, raw = spec.partition(">")
    spec, _, given = spec.partition(" @")
    value = {"raw": re.sub(r"\s+", "", given or raw)}
    within = re.fullmatch(r"(\d+) (hour|working_day|day|week|month|year)(?: after (.+))?", spec)
    if spec == "ongoing":
        value |= {"kind": "ongoing"}
    elif spec.startswith("FREQ="):
        rule, _, times = spec.partition(" x")
        value |= {"kind": "recurring", "rrule": rule, "times": int(times) if times else None}
    elif within:
        count, unit, after = within.groups()
        value |= {"kind": "relative", "within": {"count": int(count), "unit": unit}, "after": after}
    else:
        found = re.fullmatch(r"(\?)|(?:(\d{4}-\d\d-\d\d)?\.\.)?(\d{4}-\d\d-\d\d)?", spec)
        if not found:
            raise ValueError(f"no deadline: {spec!r}")
        value |= {"kind": "date", "due": found[3], "start": found[2]}
    return value | {"evidence": evidence}, raw


def read_marks(marked, slot="text"):
    """Takes the marks out of a text; `slot` is the evidence of its deadlines."""
    rich = Rich("")
    at = 0
    for found in MARK.finditer(marked):
        rich.say(marked[at : found.start()])
        at = found.end()
        code, body = found[1], found[2]
        if code == "X":
            rich.printed += body
            continue
        if code == "D":
            evidence = slot
            if body.startswith("label:"):
                evidence, body = "label", body[6:]
            value, printed = read_deadline(body, evidence)
            rich.deadlines.append(value)
        else:
            name, _, printed = body.partition(">")
            printed = printed or name
            rich.units.append({
                "name": re.sub(r"\s+", "", name.replace("//", "")),
                "role": ROLES[code[0].lower()],
                "evidence": "label" if code[0].isupper() else "inline",
                "open": code.endswith("+"),
            })
        rich.say(printed)
    rich.say(marked[at:])
    if "{" in rich.printed or "}" in rich.printed:
        raise ValueError(f"mark left open: {rich.printed}")
    return rich


def first_sentence(text):
    """The title of an item that the master does not cut itself."""
    return text.split("。", 1)[0]


def read_node(line):
    """`##s （一）~标题|正文` as a block."""
    found = re.match(r"(#+)([ost]?) (.*?)~(.*)$", line)
    if not found:
        raise ValueError(f"no heading: {line}")
    hashes, kind, label, rest = found.groups()
    cut, mark, tail = rest.partition("|")
    rich = read_marks(cut + tail)
    title = read_marks(cut).text if mark else first_sentence(rich.text)
    label = read_marks(label)
    return Block("node", rich.printed, len(hashes), label.printed, title, KINDS.get(kind), rich, label.text)


def read_table(lines):
    """The lines between `=table` and `=end`."""
    columns = [part.rsplit(":", 1) for part in lines[0][len("=table "):].split("|")]
    table = Block("table", columns=columns)
    for line in lines[1:]:
        if line == "=head":
            table.rows.append("head")
            continue
        cells = [cell.strip(" ") for cell in line.strip().strip("|").split("|")]
        table.rows.append(read_node(cells[0]) if cells[0].startswith("#") else cells)
    return table


def read_master(source):
    """The head fields, as a dict, and the blocks, in printed order."""
    _, front, body = source.split("---\n", 2)
    body = re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), body)
    head = {}
    for line in front.splitlines():
        key, _, value = line.partition(":")
        head.setdefault(key.strip(), []).append(value.strip())
    blocks, lines = [], iter(body.splitlines())
    for line in lines:
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("#"):
            blocks.append(read_node(line))
        elif line.startswith("=table "):
            rows = [line]
            for row in lines:
                if row == "=end":
                    break
                if row.strip():
                    rows.append(row)
            blocks.append(read_table(rows))
        elif line.startswith("="):
            what, _, text = line[1:].partition(" ")
            said = what not in ("unit", "due")
            blocks.append(Block(what, read_marks(text).printed if said else text))
        else:
            rich = read_marks(line)
            blocks.append(Block("para", rich.printed, rich=rich))
    return head, blocks
