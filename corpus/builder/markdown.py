"""Turns blocks into Markdown: headings, paragraphs and pipe tables."""

import re

from .master import read_marks


def guard(text):
    """Keeps what Markdown would read as its own: list numbers, stars, tags."""
    text = re.sub(r"([*_<>|\[\]`])", r"\\\1", text)
    return re.sub(r"^(\d+)([.)])(?=\s)", r"\1\\\2", text)


def heading(block, options):
    """A heading where the item has no text of its own, else a paragraph with a bold title."""
    whole = block.label + block.text
    if block.text == block.title and block.level <= 2:
        return "#" * (block.level + 1) + " " + guard(whole)
    if "bold" in options and block.text.startswith(block.title + "。") and len(block.text) > len(block.title) + 1:
        return f"**{guard(block.label + block.title)}**" + guard(block.text[len(block.title):])
    return guard(whole)


def table(block):
    """A pipe table; a heading row stands in the first cell."""
    names = [name.replace("//", "") for name, _ in block.columns]
    rows = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    for row in block.rows:
        if row == "head":
            continue
        if hasattr(row, "label"):
            cells = [row.label + row.text] + [""] * (len(names) - 1)
        else:
            cells = [read_marks("" if cell == "^" else cell).printed.replace("~", "") for cell in row]
        rows.append("| " + " | ".join(guard(cell).replace("//", "<br>") for cell in cells) + " |")
    return "\n".join(rows)


def render(blocks, options):
    """The Markdown form; only the first title is a heading of the first level."""
    parts, titled = [], False
    for block in blocks:
        text = guard(block.text).replace("//", "")
        if block.what == "t":
            parts.append(("## " if titled else "# ") + text)
            titled = True
        elif block.what == "node":
            parts.append(heading(block, options))
        elif block.what == "table":
            parts.append(table(block))
        elif block.what == "attach":
            label, title = block.text.split("|")
            parts += [guard(label), "## " + guard(title)]
        elif block.what in ("n", "p", "r", "i", "para", "x"):
            parts += [guard(part) for part in block.text.split("//")]
    return "\n\n".join(parts) + "\n"
