#!/usr/bin/env python3
"""A batch of many notices, ours and beside the same work by other tools.

batch.py FOLDER [NUMBER]    makes NUMBER notices (20,000) in FOLDER out of the corpus, each with bytes of its
                            own, half of them PDF; reads them with `duban ingest` in workers (two and one) and
                            in one process; then by `pdftotext` and jieba, with as many processes as cores.
                            Needs a release build of duban; poppler-utils and `pip install jieba` for the peer."""
import multiprocessing, os, re, shutil, subprocess, sys, threading, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUBAN = ROOT / "target/release/duban"
LABEL = re.compile(r"^\s*([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])", re.M)


def make(folder, number):
    texts = [path.read_bytes() for path in sorted((ROOT / "corpus").glob("*.txt"))]
    pdfs = [path.read_bytes() for path in sorted((ROOT / "corpus").glob("*.pdf"))]
    for index in range(number):
        path = folder / f"{index // 1000:03}" / f"{index:06}.{'pdf' if index % 2 else 'txt'}"
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if index % 2:
            path.write_bytes(pdfs[index // 2 % len(pdfs)] + b"%% %d\n" % index)
        else:
            path.write_bytes(texts[index // 2 % len(texts)] + "\n抄送：第{}号。\n".format(index).encode())


def watch_memory(pid, seen):
    """The greatest memory of a process, in MB, without its children."""
    try:
        while True:
            text = Path(f"/proc/{pid}/status").read_text()
            found = re.search(r"VmHWM:\s+(\d+)", text)
            if not found:
                return
            seen[0] = max(seen[0], int(found[1]) // 1024)
            time.sleep(0.05)
    except OSError:
        return


def ours(folder, store, *arguments):
    shutil.rmtree(store, ignore_errors=True)
    before, start = os.times(), time.perf_counter()
    command = [DUBAN, "ingest", folder, "--store", store, "--json", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    memory = [0]
    watcher = threading.Thread(target=watch_memory, args=(child.pid, memory))
    watcher.start()
    child.wait()
    watcher.join()
    took, after = time.perf_counter() - start, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return took, worked, memory[0]


def peer(path):
    import jieba
    if path.suffix == ".pdf":
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True).stdout.decode()
    else:
        text = path.read_text(errors="replace")
    return len(LABEL.findall(text)), len(list(jieba.cut(text)))


def main():
    folder, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    make(folder, number)
    store = folder.with_name(folder.name + "-store")
    times = {}
    for name, arguments in (
        ("two workers", ["--threads", "2"]),
        ("one worker", ["--threads", "1"]),
        ("in one process, two threads", ["--threads", "2", "--isolation", "none"]),
    ):
        took, worked, memory = ours(folder, store, *arguments)
        times[name] = took
        print(f"{name}: {number / took:.0f} notices/s, {worked / took:.2f} cores busy, {memory} MB at most")
    took, _, _ = ours_again(folder, store)
    print(f"reading it again: {number / took:.0f} notices/s")
    print(f"one worker / two workers: {times['one worker'] / times['two workers']:.2f} (bound 1.8)")
    print(f"two workers / in one process: {times['two workers'] / times['in one process, two threads']:.2f} (bound 1.3)")
    shutil.rmtree(store, ignore_errors=True)
    try:
        import jieba
        jieba.initialize()
    except ImportError:
        print("pdftotext and jieba: left out, jieba is not installed")
        return
    paths = sorted(folder.rglob("*.*"))[: max(200, number // 20)]
    start = time.perf_counter()
    with multiprocessing.Pool() as pool:
        pool.map(peer, paths, chunksize=8)
    took = time.perf_counter() - start
    print(f"pdftotext and jieba, which find words and labels: {len(paths) / took:.0f} notices/s")


def ours_again(folder, store):
    start = time.perf_counter()
    subprocess.run([DUBAN, "ingest", folder, "--store", store, "--json"], capture_output=True)
    return time.perf_counter() - start, 0, 0


if __name__ == "__main__":
    main()
