#!/usr/bin/env python3
"""PDF readers of other projects beside ours, on the PDFs of the corpus.

pdf.py    prints pages a second in one process (PyMuPDF, pypdfium2, hayro-interpret, which cargo builds,
          ours by `cargo bench`), and the time of a whole process for one file (pdftotext, duban text). What
          is not installed is left out: pip install pymupdf pypdfium2; apt-get install poppler-utils."""
import re, shutil, subprocess, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "corpus" / name for name in ("2021-lanxi.pdf", "2022-wuqiao.pdf", "2023-business.pdf")]
ROUNDS = 15


def median(work):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[ROUNDS // 2]


def pymupdf(contents):
    import pymupdf
    return sum(len([page.get_text("rawdict") for page in pymupdf.open(stream=data)]) for data in contents)


def pdfium(contents):
    import pypdfium2
    pages = 0
    for data in contents:
        for page in pypdfium2.PdfDocument(data):
            page.get_textpage().get_text_range()
            pages += 1
    return pages


def main():
    contents = [file.read_bytes() for file in FILES]
    print("pages a second in one process")
    for name, reader in (("PyMuPDF", pymupdf), ("pypdfium2", pdfium)):
        try:
            pages = reader(contents)
        except ImportError:
            print(f"  {name:<24} not installed")
            continue
        print(f"  {name:<24} {pages / median(lambda: reader(contents)):8.0f}")
    peer = ["cargo", "run", "--quiet", "--release", "--manifest-path", ROOT / "benches/peers/hayro/Cargo.toml", "--"]
    out = subprocess.run(peer + FILES, capture_output=True, text=True, check=True).stdout
    pages = int(re.search(r"(\d+) pages/s", out)[1])
    print(f"  {'hayro-interpret':<24} {pages:8d}")
    bench = ["cargo", "bench", "--quiet", "-p", "duban-benches", "--bench", "pdf"]
    out = subprocess.run(bench, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ours = int(re.search(r"read (\d+) pages/s", out)[1])
    print(f"  {'duban-pdf':<24} {ours:8d}")
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "duban-cli"], cwd=ROOT, check=True)
    print(f"milliseconds of a whole process for {FILES[0].name}")
    commands = {"pdftotext": ["pdftotext", FILES[0], "-"], "duban text": [ROOT / "target/release/duban", "text", FILES[0]]}
    for name, command in commands.items():
        if not shutil.which(str(command[0])):
            print(f"  {name:<24} not installed")
            continue
        run = lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        print(f"  {name:<24} {1000 * median(run):8.1f}")


if __name__ == "__main__":
    main()
