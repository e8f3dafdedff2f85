"""Turns blocks into the text forms: paragraphs, hard-wrapped pages, one line, tables as tabbed lines."""

import re
import unicodedata


def table_lines(table):
    """A table as Word's text export leaves it: one cell a line behind a tab, a blank line after a row."""
    from .master import read_marks

    head = ["\t" + name.replace("//", "\n") for name, _ in table.columns]
    lines = head + [""]
    for row in table.rows:
        if row == "head":
            lines += head + [""]
        elif hasattr(row, "label"):
            lines += ["\t" + row.label + row.text, ""]
        else:
            for cell in row:
                text = read_marks("" if cell == "^" else cell).printed.replace("~", "")
                lines.append("\t" + text.replace("//", "\n") if text else "\t ")
            lines.append("")
    return lines


def paragraph(block):
    """The printed text of a block that is one paragraph, or None."""
    if block.what == "node":
        return block.label + block.text
    if block.what in ("t", "n", "p", "r", "i", "para", "x"):
        return block.text
    if block.what == "attach":
        label, title = block.text.split("|")
        return f"{label}//{title}"
    return None


def paragraphs(blocks, options):
    """One paragraph a line; `=glue` runs the next paragraph on in the line before it."""
    indent = chr(int(options["indent"] or "3000", 16)) * 2 if "indent" in options else ""
    lines, glued = [], False
    for block in blocks:
        text = paragraph(block)
        if block.what == "table":
            lines += table_lines(block)
        elif text is not None:
            body = block.what in ("node", "para", "p", "x")
            pad = indent if body else " " * 27 if block.what == "r" else ""
            parts = [part.rstrip() for part in text.split("//")]
            if glued:
                lines[-1] += parts.pop(0)
            lines += [pad + part for part in parts]
        if "airy" in options and block.what in ("n", "r"):
            lines.append("")
        glued = block.what == "glue"
    return "\n".join(lines) + "\n"


def one_line(blocks, options):
    """The whole body on one line, a pair of U+3000 before every paragraph but those run on by `=glue`."""
    out, glued = "", False
    for block in blocks:
        if block.what == "table":
            raise ValueError("no tables on one line")
        text = paragraph(block)
        if text is not None:
            whole = "　　" + text.replace("//", "　　")
            out += whole.removeprefix("　　") if glued else whole
        glued = block.what == "glue"
    return out + "\n"


def width(char):
    """Columns of a character, a full-width one counting two."""
    return 2 if unicodedata.east_asian_width(char) in "WF" or char in "“”‘’—…" else 1


def space_digits(text):
    """Puts the thin space that PDF text shows between Han and digits."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])", " ", text)
    return re.sub(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])", " ", text)


CLOSING = "，。、；：！？）》〉”’】〕％"
OPENING = "（《〈“‘【〔"


def wrap(text, columns, indent):
    """Lines of at most `columns` full-width characters; closing marks hang, opening ones go down,
    a number is never cut."""
    lines, line, room = [], "", 2 * columns - indent
    for piece in re.findall(r"[0-9A-Za-z]+|.", text):
        wide = sum(map(width, piece))
        if wide > room and piece not in CLOSING:
            carry = ""
            while line and line[-1] in OPENING:
                line, carry = line[:-1], line[-1] + carry
            lines.append(line)
            line, room = carry, 2 * columns - sum(map(width, carry))
        line += piece
        room -= wide
    return [part.strip() for part in lines + [line]]


def printed_lines(blocks, columns):
    """Every printed line and whether its paragraph runs on; `None` where a page is broken by hand."""
    for block in blocks:
        if block.what == "page":
            yield None
        elif block.what == "table":
            raise ValueError("no tables in wrapped text")
        elif (text := paragraph(block)) is not None:
            body = block.what in ("node", "para", "p", "x")
            for part in text.split("//"):
                lines = wrap(space_digits(part), columns, 4 if body else 0)
                yield from ((line, True) for line in lines[:-1])
                yield lines[-1], False


def pages_of(blocks, columns, height):
    """Printed lines by page."""
    page, pages = [], []
    for line in printed_lines(blocks, columns):
        if line is None or len(page) == height:
            pages.append(page)
            page = []
        if line is not None:
            page.append(line)
    return [*pages, page]


def wrapped(blocks, options):
    """Text as it comes out of a PDF: printed lines with a blank line after each, and page numbers.

    `glue=2,4` glues the number after page 2 and 4 into the line that runs on, `foot=3` prints it
    below; other pages only show in the space that their first line begins with.
    """
    glue = [int(n) for n in options.get("glue", "").split(",") if n]
    foot = [int(n) for n in options.get("foot", "").split(",") if n]
    gap = "\n" if "tight" in options else "\n\n"
    pages = pages_of(blocks, int(options["wrap"]), int(options.get("height", 22)))
    out = ""
    for number, page in enumerate(pages, 1):
        out += gap.join(line for line, _ in page)
        if number == len(pages):
            continue
        if number in glue:
            if not page[-1][1]:
                raise ValueError(f"page {number} ends with its paragraph: no line to glue into")
            out += f"— {number} —"
        elif number in foot:
            out += f"\n\n\n\n- {number} -\n\n"
        else:
            out += "\n "
    return out + "\n\n"


def render(blocks, options):
    """The text form that the options ask for."""
    if "wrap" in options:
        return wrapped(blocks, options)
    if "oneline" in options:
        return one_line(blocks, options)
    return paragraphs(blocks, options)
