"""Documents that are broken in every way chance finds, and thirty bombs by name: each gives facts or one clear line."""

import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from bot.ingest.documents.format import Context, Raw
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.parsing.parse import read_document
from tests.faults.children import run_apart
from tests.faults.seeds import archive, document, seeds
from tests.faults.tally import Tally

MOST_SECONDS, MOST_BYTES = 1.0, 64_000_000  # of one document, beyond what the program has anyway
_PDF_SHARE = 50  # each is read in a process of its own, so only one in so many of them
_PIECES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"---\n", b"{", b"}", b"[", b"]", b"<", b">", b'"',
    b"'", b"\\", b"&", b"&a *a", b"!!python/object", b"<<: *x", b"BEGIN:VEVENT\n", b"END:VCALENDAR\n",
    b"99999999999999999999", b"-1", b"2019-13-45", b"<script>", b"<table>", b"```", b"|", b"# ", b"\xe2\x80\xae",
    b"@article{", b"\\x{", b"%s", b"1e999",
)  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The same with one to eight faults."""
    for _ in range(chance.randint(1, 8)):
        place, other = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
        first, last = sorted((place, other))
        match chance.randrange(8):
            case 0:
                data = data[:place]
            case 1:
                data = data[:first] + data[last:]
            case 2:
                data = data[:place] + chance.choice(_PIECES) + data[place:]
            case 3:
                data = data[:place] + chance.randbytes(chance.randint(1, 9)) + data[place:]
            case 4:
                data = data[:last] + data[first:last][:2000] + data[last:]
            case 5:
                data = data[:place] + chance.choice(_PIECES) * chance.choice((2, 50, 500)) + data[place:]
            case 6:
                data = data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "latin-1", "utf-8")), "replace")
            case _:
                data = bytes(byte ^ 1 << chance.randrange(8) if chance.random() < 0.01 else byte for byte in data)
    return data


def read_mutated(count: int, seed: int = 6) -> Tally:
    """No reader raises, none takes long, and what it refuses it names with a line."""
    tally, chance = Tally("mutated documents"), random.Random(seed)
    context = Context(load_vocabulary([]), frozenset())
    originals = seeds()
    names = [*[name for name in originals if name != "vita.pdf"] * _PDF_SHARE, "vita.pdf"]
    slowest = (0.0, "")
    for number in range(count):
        name = chance.choice(names)
        data = mutate(originals[name], chance)
        tally.rounds += 1
        began = time.process_time()
        try:
            reading = read_document(Raw(name, data), context)
        except Exception as error:
            tally.bad.append(f"{number} {name}: {type(error).__name__}: {error}: {data[:80]!r}")
            continue
        slowest = max(slowest, (time.process_time() - began, f"{number} {name}"))
        tally.note("not taken" if reading is None else "read" if reading.whole else "refused")
        for problem in reading.problems if reading is not None else ():
            if problem.line < 1 or not problem.message or "\n" in str(problem):
                tally.bad.append(f"{number} {name}: a problem without place or words: {problem!r}")
    tally.measured.append(f"the slowest took {slowest[0] * 1000:.0f} ms ({slowest[1]})")
    if slowest[0] > MOST_SECONDS:
        tally.bad.append(f"{slowest[1]} took {slowest[0]:.1f} s")
    return tally


def bombs() -> dict[str, Callable[[], tuple[str, bytes]]]:
    """Documents that were made to hurt, by what they do."""
    deep, wide = 10_000, 2_000_000
    aliases = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&l9;</x>'
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20190101T000000Z\r\nSUMMARY:x\r\n"
    calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n"
    return {
        "YAML of nested aliases": lambda: ("b.yml", aliases.encode()),
        "YAML of merge keys": lambda: ("b.yml", ("a: &a {x: 1}\n" + "b: {<<: [" + "*a," * 5000 + "]}\n").encode()),
        "YAML nested deep": lambda: ("b.yml", b"[" * deep),
        "YAML blocks nested deep": lambda: ("b.yml", "\n".join(" " * n + "a:" for n in range(2000)).encode()),
        "profile nested deep": lambda: ("b.md", b"---\nkind: person\nname: " + b"{a: " * deep + b"\n---\n"),
        "profile of aliases": lambda: ("b.md", f"---\nkind: person\nname: X\n{aliases}---\n".encode()),
        "JSON nested deep": lambda: ("b.json", b"[" * deep * 10),
        "JSON objects nested deep": lambda: ("b.json", b'{"a":' * deep * 10 + b"1" + b"}" * deep * 10),
        "JSON number of a million digits": lambda: ("b.json", b'[{"name": "x", "year": ' + b"9" * 1_000_000 + b"}]"),
        "JSON of one long string": lambda: ("b.json", b'[{"name": "' + b"x" * 7_000_000 + b'"}]'),
        "HTML nested deep": lambda: ("b.html", b"<div>" * deep * 10 + b"x"),
        "HTML lists nested deep": lambda: ("b.html", b"<ul><li>" * deep * 5 + b"x"),
        "HTML of open tags": lambda: ("b.html", b"<a href='" * 200_000),
        "HTML of entities": lambda: ("b.html", b"<p>" + b"&amp;" * 1_000_000),
        "HTML tables within tables": lambda: ("b.html", b"<table><tr><td>" * deep),
        "Markdown quotes nested deep": lambda: ("b.md", b">" * deep + b" x"),
        "Markdown lists nested deep": lambda: ("b.md", "\n".join(" " * 2 * n + "- x" for n in range(1500)).encode()),
        "Markdown of brackets": lambda: ("b.md", b"[" * 100_000 + b"](x)"),
        "Markdown of stars": lambda: ("b.md", b"*a_ " * 100_000),
        "Markdown of backticks": lambda: ("b.md", b" ".join(b"`" * n for n in range(1500))),
        "one line without end": lambda: ("b.txt", b"2019 - 2020 x, " * (wide // 8)),
        "dashes without end": lambda: ("b.txt", b"-" * wide),
        "digits without end": lambda: ("b.txt", b"1990-" * (wide // 4)),
        "a table of a hundred thousand columns": lambda: ("b.csv", b"name," * 100_000 + b"\n" + b"x," * 100_000),
        "a table with an open quote": lambda: ("b.csv", b'name,role\n"' + b"x,\n" * 500_000),
        "a calendar of every second": lambda: (
            "b.ics", calendar.format(event + "RRULE:FREQ=SECONDLY;COUNT=999999999\r\nEND:VEVENT\r\n").encode(),
        ),
        "a calendar nested deep": lambda: ("b.ics", calendar.format("BEGIN:VEVENT\r\n" * 20_000).encode()),
        "a calendar line folded a million times": lambda: (
            "b.ics", calendar.format(event + "DESCRIPTION:" + "x\r\n " * 500_000 + "\r\nEND:VEVENT\r\n").encode(),
        ),
        "a card of a thousand notes": lambda: ("b.vcf", b"BEGIN:VCARD\nVERSION:4.0\nFN:x\n" + b"NOTE:y\n" * 100_000),
        "braces without end": lambda: ("b.bib", b"@article{x, title = " + b"{" * 500_000),
        "a document that unpacks to a gigabyte": lambda: ("b.docx", archive({"word/document.xml": bytes(300_000_000)})),
        "a document of ten thousand parts": lambda: ("b.docx", archive({f"word/{n}.xml": b"x" for n in range(10_000)})),
        "a document of entities": lambda: ("b.docx", archive({"word/document.xml": xml.encode()})),
        "a document nested deep": lambda: ("b.docx", document(["<w:p><w:r>" * deep])),
        "a PDF that points at itself": lambda: (
            "b.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R 1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
        ),
        "a PDF nested deep": lambda: ("b.pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 100_000 + b"\ntrailer<</Root 1 0 R>>"),
    }  # fmt: skip


def drop_bombs(work: Path) -> Tally:
    """Each bomb in a process of its own: no crash, at most a second and 64 MB more than nothing takes."""
    tally = Tally("bombs")
    context = Context(load_vocabulary([]), frozenset())
    for name, make in bombs().items():
        file, data = make()
        output = work / "output"
        code = run_apart(lambda file=file, data=data: _drop(Raw(file, data), context), output)  # type: ignore[misc]
        said = output.read_text(encoding="utf-8", errors="replace").strip()
        tally.rounds += 1
        tally.note("refused" if said.startswith("refused") else "read" if said.startswith("read") else "not taken")
        if code:
            tally.bad.append(f"{name}: exit {code}: {said[-200:]}")
    return tally


def _drop(raw: Raw, context: Context) -> int:
    before, began = _most_memory(), time.process_time()
    reading = read_document(raw, context)
    seconds, more = time.process_time() - began, _most_memory() - before
    print("not taken" if reading is None else "read" if reading.whole else "refused", *_problems(reading))  # noqa: T201
    if seconds > MOST_SECONDS or more > MOST_BYTES:
        print(f"{seconds:.2f} s, {more / 1e6:.0f} MB more")  # noqa: T201
        return 1
    return 0


def _problems(reading: object) -> list[str]:
    return [str(problem)[:200] for problem in getattr(reading, "problems", ())]


def _most_memory() -> int:
    """The most resident memory so far of this process and of those it waited for, in bytes."""
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
