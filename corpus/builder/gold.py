"""Turns the blocks of a master into its gold record."""

import re

from . import master


def number_of(label):
    """A printed label as `number` gives it."""
    label = re.sub(r"\s+", "", label).replace("(", "（").replace(")", "）")
    return re.sub(r"[、.．]+$", "", label)


def clean(title):
    """A title without its final mark."""
    return title.replace("//", "").strip().rstrip("。：:；;")


class Collector:
    """Walks the blocks and gathers the leaves."""

    def __init__(self):
        self.stack, self.nodes, self.prefix = [], [], None

    def open(self, level, label, title, kind):
        while self.stack and self.stack[-1]["level"] >= level:
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        node = {
            "level": level, "parts": (parent["parts"] if parent else [self.prefix[0]] if self.prefix else []) + [number_of(label)],
            "path": (parent["path"] + [parent["title"]]) if parent else [self.prefix[1]] if self.prefix else [],
            "title": clean(title), "kind": kind or (parent["kind"] if parent else "task"),
            "texts": [], "units": [], "deadlines": [], "leaf": True,
        }
        if parent:
            parent["leaf"] = False
        self.stack.append(node)
        self.nodes.append(node)
        return node

    def add(self, rich):
        node = self.stack[-1]
        node["texts"].append(rich.text.replace("//", ""))
        node["units"] += rich.units
        node["deadlines"] += rich.deadlines


def expand_rows(table):
    """Rows with `^` filled from above: (heading or None, cells by role, continues the number above)."""
    above = None
    for row in table.rows:
        if row == "head":
            continue
        if isinstance(row, master.Block):
            above = None
            yield row, None, False
            continue
        roles = [role for _, role in table.columns]
        continues = any(role == "num" and cell == "^" for role, cell in zip(roles, row, strict=True))
        filled = [above[i] if cell == "^" else cell for i, cell in enumerate(row)]
        above = filled
        # of a number that spans, only the cells that are new add anything
        kept = ["" if continues and old == "^" else new for old, new in zip(row, filled)]
        yield None, list(zip(roles, kept)), continues


def open_row(walk, cells, level):
    """The task that a row begins: its number from a column of its own or from the task cell."""
    text = dict(cells)
    label, title = text.get("num", ""), text["title"]
    if "~" in title:
        label, title = title.split("~", 1)
    rich = master.read_marks(title)
    walk.open(level, label, master.first_sentence(rich.text), None)
    if "text" not in text:
        walk.add(rich)


def collect_table(walk, table):
    """Rows of a table; heading rows open levels that the rows below stand under."""
    level = (walk.stack[-1]["level"] if walk.stack else 0) + 1
    for heading, cells, continues in expand_rows(table):
        if heading:
            walk.open(heading.level, heading.number, heading.title, heading.kind)
            walk.add(heading.rich)
            level = heading.level + 1
            continue
        if not continues:
            open_row(walk, cells, level)
        for role, cell in cells:
            if role in ("units", "due", "text"):
                rich = master.read_marks(cell, "label" if role == "due" else "text")
                rich.text = rich.text if role == "text" else ""
                walk.add(rich)


def collect_tasks(blocks):
    """Every leaf, as the gold gives a task."""
    walk = Collector()
    in_item = False
    for block in blocks:
        if block.what == "attach":
            walk.stack, walk.prefix = [], block.text.split("|")
            in_item = False
        elif block.what == "node":
            walk.open(block.level, block.number, block.title, block.kind)
            walk.add(block.rich)
            in_item = True
        elif block.what == "para" and in_item:
            walk.add(block.rich)
        elif block.what == "table":
            collect_table(walk, block)
        elif block.what == "unit":
            role, evidence, name = block.text.split(" ")
            walk.stack[-1]["units"].append({"name": name.rstrip("+"), "role": role, "evidence": evidence, "open": name.endswith("+")})
        elif block.what == "due":
            evidence, spec = block.text.split(" ", 1)
            walk.stack[-1]["deadlines"].append(master.read_deadline(spec, evidence)[0])
        elif block.what in ("p", "r", "i", "t", "n", "x"):
            in_item = False
    return [
        {"number": "/".join(node["parts"]), "path": node["path"], "title": node["title"], "kind": node["kind"],
         "units": node["units"], "deadlines": node["deadlines"], "text": "\n".join(t for t in node["texts"] if t)}
        for node in walk.nodes if node["leaf"]
    ]


def gold_of(head, blocks):
    """The whole gold record."""
    def one(key):
        return head[key][0] or None if key in head else None

    basis = [value.split("||") for value in head.get("basis", [])]
    return {
        "title": one("title"), "document_number": one("document_number"), "issuer": one("issuer"),
        "recipients": head.get("recipient", []), "issued_on": one("issued_on"),
        "plan_year": int(one("plan_year")) if one("plan_year") else None,
        "basis": [{"title": b[0].strip(), "document_number": b[1].strip() if len(b) > 1 else None} for b in basis],
        "attachments": head.get("attachment", []),
        "gaps": [[n, f"missing {m}"] for n, m in (value.split(" ") for value in head.get("gap", []))],
        "tasks": collect_tasks(blocks),
    }
