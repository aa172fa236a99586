#!/usr/bin/env python3
"""For bench/book: makes a course and a plain mdBook with the same chapters, or measures the reload after a save.

usage: book.py make DIR COUNT            DIR/course, DIR/plain
       book.py reload DERMAGA COURSE     milliseconds from a save to the news, and to the page that was fetched after it"""
import base64
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

LESSONS = sorted(pathlib.Path("lessons/id").glob("*/*.md"))


def said(text, sentence):
    """Adds a sentence to the opening of a lesson. Text after the last step may be for teachers and on no page."""
    return text.replace("\n## ", f"\n{sentence}\n\n## ", 1)


def make(root, count):
    """Makes `count` copies of our own lessons, each with its own name and its own sentence."""
    course, plain = root / "course", root / "plain"
    (course / "id/satu").mkdir(parents=True)
    (plain / "src").mkdir(parents=True)
    texts = [path.read_text() for path in LESSONS]
    summary = "# Summary\n\n"
    names = [f"pelajaran-{at:03}" for at in range(count)]
    for at, name in enumerate(names):
        text = re.sub(r"^requires:.*\n", "", texts[at % len(texts)], flags=re.M)
        text = re.sub(r"\]\([^)#]*\.md[^)]*\)", "](https://contoh.test/)", text)
        text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
        text = said(text, f"Ini pelajaran nomor {at}.")
        (course / f"id/satu/{name}.md").write_text(text)
        (plain / f"src/{name}.md").write_text(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S))
        summary += f"- [{name}]({name}.md)\n"
    listed = ", ".join(f'"{name}"' for name in names)
    (course / "course.toml").write_text(
        f'title = {{ id = "Kursus" }}\nlanguages = ["id"]\n[[group]]\nid = "satu"\ntitle = {{ id = "Satu" }}\nlessons = [{listed}]\n'
    )
    terms = pathlib.Path("lessons/terms.toml").read_text()
    (course / "terms.toml").write_text(re.sub(r"^taught = .*\n", "", terms, flags=re.M))
    (plain / "src/SUMMARY.md").write_text(summary)
    (plain / "book.toml").write_text('[book]\ntitle = "Kursus"\nlanguage = "id"\n')


def news(line):
    """Returns the text of the next frame. The server's frames are short and not masked."""
    head = line.read(2)
    size = head[1] if head[1] < 126 else int.from_bytes(line.read(2), "big")
    return line.read(size).decode()


def reload(dermaga, course):
    server = subprocess.Popen([dermaga, "serve", course, "--port", "0", "--quiet"], stdout=subprocess.PIPE)
    try:
        address = server.stdout.readline().decode().strip().rstrip("/")
        host = address.removeprefix("http://")
        lesson = next(iter(sorted(pathlib.Path(course).glob("id/satu/*.md"))))
        page = f"{address}/satu/{lesson.stem}.html"
        text = lesson.read_text()
        told, fetched = [], []
        for at in range(11):
            html = urllib.request.urlopen(page).read().decode()
            mark = re.search(r'data-live="([^"]*)"', html).group(1)
            name, port = host.split(":")
            line = socket.create_connection((name, int(port)), timeout=60)
            key = base64.b64encode(os.urandom(16)).decode()
            line.sendall(
                f"GET /-/live?page={mark} HTTP/1.1\r\nHost: {host}\r\nOrigin: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            line = line.makefile("rb")
            while line.readline() != b"\r\n":
                pass
            begin = time.monotonic()
            lesson.write_text(said(text, f"Suntingan {at}."))
            assert "reload" in news(line)
            told.append(time.monotonic() - begin)
            html = urllib.request.urlopen(page).read().decode()
            fetched.append(time.monotonic() - begin)
            assert f"Suntingan {at}." in html
        lesson.write_text(text)
        count = len(list(pathlib.Path(course).glob("id/satu/*.md")))
        median = lambda times: 1000 * statistics.median(times[1:])
        print(f"{count} lessons: save to news {median(told):.0f} ms, to the page {median(fetched):.0f} ms, worst {1000 * max(fetched[1:]):.0f} ms")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


if sys.argv[1] == "make":
    make(pathlib.Path(sys.argv[2]), int(sys.argv[3]))
else:
    reload(sys.argv[2], sys.argv[3])
