"""Turns blocks into PDF: by typst where the plan is plain, by LibreOffice where it has a table."""

import json
import re
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from .master import read_marks

TYPST_HEAD = """#set document(date: none)
#set page(paper: "a4", margin: (x: 2.7cm, top: 3.2cm, bottom: 3cm), numbering: "— 1 —")
#set text(font: "Noto Serif CJK SC", size: 15pt, lang: "zh", region: "cn")
#set par(leading: 1em, spacing: 1em, justify: true)
#let para(s) = par(first-line-indent: (amount: 2em, all: true), s)
#let line(s) = par(s)
#let title(s) = align(center, text(size: 20pt, weight: "bold", s))
"""


def typst_source(blocks):
    """The notice in typst's markup."""
    out = TYPST_HEAD
    for block in blocks:
        quoted = lambda text: json.dumps(text, ensure_ascii=False)
        parts = [quoted(part) for part in block.text.split("//")]
        if block.what == "page":
            out += "#pagebreak()\n"
        elif block.what == "t":
            out += f"#title([{' #linebreak() '.join('#' + part for part in parts)}])\n"
        elif block.what == "n":
            out += f"#align(center, {parts[0]})\n"
        elif block.what == "r":
            out += "".join(f"#align(right, {part})\n" for part in parts)
        elif block.what == "i":
            out += f"#v(1em)\n#line({parts[0]})\n"
        elif block.what == "node":
            out += f"#para({quoted(block.label + block.text)})\n"
        elif block.what in ("p", "para", "x"):
            out += "".join(f"#para({part})\n" for part in parts)
        elif block.what in ("table", "attach"):
            raise ValueError("tables and attachments go through LibreOffice")
    return out


def by_typst(blocks, target):
    """Writes the PDF with the typst package."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "notice.typ")
        source.write_text(typst_source(blocks), encoding="utf-8")
        target.write_bytes(typst.compile(str(source)))


STYLES = {
    "t": 'fo:text-align="center" fo:margin-bottom="0.2cm"|fo:font-size="20pt" style:font-size-asian="20pt" style:font-weight-asian="bold"',
    "n": 'fo:text-align="center" fo:margin-bottom="0.6cm"|',
    "r": 'fo:text-align="end"|',
    "i": 'fo:margin-top="0.5cm"|',
    "p": 'fo:text-indent="1.1cm" fo:text-align="justify"|',
    "l": "|",
    "c": '|fo:font-size="10.5pt" style:font-size-asian="10.5pt"',
    "b": 'fo:break-before="page"|',
}
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"' for name, path in [
    ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible")])


def odt_head():
    """Styles, page and running foot of the flat OpenDocument file."""
    styles = ""
    for name, attributes in STYLES.items():
        para, _, font = attributes.partition("|")
        styles += (f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
                   f"<style:paragraph-properties {para}/><style:text-properties {font}/></style:style>")
    default = ('<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:line-height="155%"/>'
               '<style:text-properties fo:font-family="Noto Serif CJK SC" style:font-family-asian="Noto Serif CJK SC" '
               'fo:font-size="14pt" style:font-size-asian="14pt" style:language-asian="zh" style:country-asian="CN"/></style:style>')
    cell = ('<style:style style:name="cell" style:family="table-cell">'
            '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>')
    return (f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:styles>{default}</office:styles><office:automatic-styles>{styles}{cell}@COLUMNS@"
            '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" '
            'fo:margin-top="2.5cm" fo:margin-bottom="2cm" fo:margin-left="2.6cm" fo:margin-right="2.6cm"/>'
            '<style:footer-style/></style:page-layout></office:automatic-styles>'
            '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer>'
            '<text:p text:style-name="n">- <text:page-number/> -</text:p></style:footer></style:master-page></office:master-styles>'
            "<office:body><office:text>")


def odt_para(style, text):
    """Paragraphs of one style."""
    lines = escape(text).replace("//", "<text:line-break/>")
    return f'<text:p text:style-name="{style}">{lines}</text:p>'


def odt_table(block, widths):
    """A table whose head is printed again on every page."""
    def row(cells):
        return "<table:table-row>" + "".join(
            f'<table:table-cell table:style-name="cell">{odt_para("c", cell)}</table:table-cell>' for cell in cells) + "</table:table-row>"

    out = "<table:table>" + "".join(f'<table:table-column table:style-name="w{w}"/>' for w in widths)
    out += f'<table:table-header-rows>{row([name for name, _ in block.columns])}</table:table-header-rows>'
    for line in block.rows:
        if line == "head":
            continue
        if hasattr(line, "label"):
            out += (f'<table:table-row><table:table-cell table:style-name="cell" table:number-columns-spanned="{len(widths)}">'
                    f'{odt_para("c", line.label + line.text)}</table:table-cell>'
                    + "<table:covered-table-cell/>" * (len(widths) - 1) + "</table:table-row>")
        else:
            out += row([read_marks("" if cell == "^" else cell).printed.replace("~", "") for cell in line])
    return out + "</table:table>"


def odt_source(blocks, widths):
    """The notice as a flat OpenDocument text; `widths` are those of the table's columns in millimetres."""
    columns = "".join(f'<style:style style:name="w{w}" style:family="table-column"><style:table-column-properties '
                      f'style:column-width="{w / 10}cm"/></style:style>' for w in sorted(set(widths)))
    out = odt_head().replace("@COLUMNS@", columns)
    fresh = False
    for block in blocks:
        if block.what == "page":
            fresh = True
            continue
        if block.what == "attach":
            label, title = block.text.split("|")
            out += odt_para("b", label) + odt_para("t", title)
        elif block.what == "table":
            out += odt_table(block, widths)
        elif block.what == "node":
            out += odt_para("p", block.label + block.text)
        elif block.what in ("t", "n", "r", "i"):
            out += odt_para("b", "") * fresh + odt_para(block.what, block.text)
        elif block.what in ("p", "para", "x"):
            out += "".join(odt_para("p", part) for part in block.text.split("//"))
        fresh = False
    return out + "</office:text></office:body></office:document>"


def settle(pdf):
    """Date and identifiers set to fixed ones of the same length, so that the same source gives the same bytes."""
    pdf = re.sub(rb"\(D:\d{14}", b"(D:20240101000000", pdf)
    return re.sub(rb"(?<=[</])[0-9A-F]{32}(?=>)|(?<=DocChecksum /)[0-9A-F]{32}", b"0" * 32, pdf)


def by_libreoffice(blocks, widths, target):
    """Writes the PDF with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, target.stem + ".fodt")
        source.write_text(odt_source(blocks, widths), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.write_bytes(settle(Path(folder, target.stem + ".pdf").read_bytes()))


def write(blocks, options, target):
    """The PDF form that the options ask for."""
    if options.get("by") == "libreoffice":
        by_libreoffice(blocks, [int(w) for w in options.get("widths", "").split(",") if w], target)
    else:
        by_typst(blocks, target)
