"""Turns blocks into the web page of a government site: menu, table of facts, text, share buttons.

The option `twice` repeats the whole text in a hidden part, as pages for telephones do. `web:` lines
of the head are the rows of the table of facts.
"""

import re
from html import escape

from .master import read_marks

MENU = ["首页", "走进岫阳", "新闻动态", "政务公开", "办事服务", "互动交流"]


def inline(text):
    """Escaped text, its dates cut into spans as an editor leaves them."""
    text = escape(text, quote=False)
    return re.sub(r"(\d{4})年(\d+)月(\d+)日", r"<span>\1</span>年<span>\2</span>月<span>\3</span>日", text)


def lines(text):
    """Text with its line breaks."""
    return "<br>".join(inline(part) for part in text.split("//"))


def table_head(columns):
    """One or two rows of head cells; `甲>乙` is a column 乙 under a wider 甲."""
    groups = [name.split(">") for name, _ in columns]
    deep = any(len(group) > 1 for group in groups)
    first, second, last = "", "", None
    for group in groups:
        if len(group) == 1:
            first += f'<th rowspan="2">{lines(group[0])}</th>' if deep else f"<th>{lines(group[0])}</th>"
        else:
            if group[0] != last:
                wide = sum(other[0] == group[0] and len(other) > 1 for other in groups)
                first += f'<th colspan="{wide}">{lines(group[0])}</th>'
            second += f"<th>{lines(group[1])}</th>"
        last = group[0]
    return f"<tr>{first}</tr>" + (f"<tr>{second}</tr>" if deep else "")


def table(block):
    """A table with spanned cells."""
    out = "<table border=\"1\">" + table_head(block.columns)
    for index, row in enumerate(block.rows):
        if row == "head":
            continue
        if hasattr(row, "label"):
            out += f'<tr><td colspan="{len(block.columns)}">{inline(row.label + row.text)}</td></tr>'
            continue
        cells = ""
        for column, cell in enumerate(row):
            if cell == "^":
                continue
            span = 1
            while index + span < len(block.rows) and isinstance(block.rows[index + span], list) and block.rows[index + span][column] == "^":
                span += 1
            mark = f' rowspan="{span}"' if span > 1 else ""
            cells += f"<td{mark}>{lines(read_marks(cell).printed.replace('~', ''))}</td>"
        out += f"<tr>{cells}</tr>\n"
    return out + "</table>"


def body(blocks):
    """The text of the notice."""
    out = []
    for block in blocks:
        if block.what == "t":
            out.append(f'<p style="text-align:center"><strong>{lines(block.text)}</strong></p>')
        elif block.what in ("n", "r"):
            side = "center" if block.what == "n" else "right"
            out += [f'<p style="text-align:{side}">{inline(part)}</p>' for part in block.text.split("//")]
        elif block.what == "node":
            whole = inline(block.label + block.text)
            out.append(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{f'<strong>{whole}</strong>' if block.level == 1 else whole}</p>")
        elif block.what == "table":
            out.append(table(block))
        elif block.what in ("p", "para", "i", "x"):
            out += [f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{inline(part)}</p>" for part in block.text.split("//")]
        elif block.what == "attach":
            label, title = block.text.split("|")
            out += [f"<p>{label}</p>", f'<p style="text-align:center"><strong>{inline(title)}</strong></p>']
    return "\n".join(out)


def render(head, blocks, options):
    """The whole page."""
    facts = [line.split("=", 1) for line in head.get("web", [])]
    rows = "".join(f"<tr><td>{name}：</td><td>{escape(value)}</td></tr>" for name, value in facts)
    menu = "".join(f'<li><a href="#">{name}</a></li>' for name in MENU)
    text = body(blocks)
    hidden = f'<div class="phone" style="display:none">\n{text}\n</div>' if "twice" in options else ""
    title = escape(head["title"][0])
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title}_岫阳市人民政府门户网站</title>
<style>.content p {{ line-height: 2 }}</style>
<script>var page = "notice"; document.title += "";</script>
</head>
<body>
<ul class="nav">{menu}</ul>
<div class="crumbs">当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">通知公告</a></div>
<table class="facts">{rows}</table>
<h1>{title}</h1>
<div class="tools">字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>　<a href="#">打印</a>　分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="content">
{text}
</div>
{hidden}
<div class="links">相关链接：<a href="#">图解：安全生产专项整治怎么干</a></div>
<div class="foot">主办：岫阳市人民政府办公室　承办：岫阳市数据局　网站标识码：0000000000</div>
</body>
</html>
"""
