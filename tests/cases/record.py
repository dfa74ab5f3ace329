"""`python -m tests.cases.record` writes replies into the rows that have no `text:` yet, for a human to review.

Only rows whose status and expectations hold are filled in; everything else in a file stays as it is. With `--check`
nothing is written and the rows that fail are listed; with `--again` the words that are recorded already are renewed.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.language.yaml_text import YamlPath, read_yaml
from tests.cases.rows import FILES, complaint, faults, reply_to, rows_of


@click.command(help=__doc__)
@click.option(
    "--check", is_flag=True, help="Only list the rows that fail, exact words included; exit 1 if there are any."
)
@click.option("--again", is_flag=True, help="Renew the words of rows that have some, too.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(files: tuple[Path, ...], *, check: bool, again: bool) -> None:
    chosen = [file.absolute() for file in files] or list(FILES)
    failing = 0
    for file in chosen:
        rows = rows_of(file)
        bad = {row.path: found for row in rows if (found := faults(row, wording=check))}
        failing += sum(row.xfail is None for row in rows if row.path in bad)
        if check:
            for row in rows:
                if row.path in bad and row.xfail is None:
                    click.echo(complaint(row, bad[row.path]))
            continue
        wanted = [row for row in rows if row.path not in bad and row.xfail is None and (again or row.text is None)]
        changed = {row.path: reply_to(row).text for row in wanted if row.text != reply_to(row).text}
        if changed:
            file.write_text(with_texts(file.read_text(encoding="utf-8"), changed), encoding="utf-8")
        click.echo(f"{file.name}: {len(changed)} recorded, {len(bad)} of {len(rows)} fail")
    sys.exit(1 if check and failing else 0)


def with_texts(content: str, texts: Mapping[YamlPath, str]) -> str:
    """The file with a `text:` for each row of `texts`; the last row first, so that line numbers stay true."""
    lines = content.splitlines()
    places = read_yaml(content).lines
    for row in sorted(texts, key=lambda path: places[path], reverse=True):
        indent = " " * lines[places[row] - 1].index("question:")
        at = _end(lines, max(place for path, place in places.items() if _inside(path, row)), len(indent))
        old = places.get((*row, "text"))
        if old is not None:
            gone = slice(old - 1, _end(lines, old, len(indent)))
            at -= len(lines[gone]) if old <= at else 0
            del lines[gone]
        lines[at:at] = [indent + line if line else "" for line in _entry(texts[row])]
    return "\n".join(lines) + "\n"


def _inside(path: YamlPath, row: YamlPath) -> bool:
    return len(path) > len(row) and path[: len(row)] == row and path[-1] != "text"


def _end(lines: Sequence[str], line: int, indent: int) -> int:
    """How many lines there are up to the end of the entry that begins at `line` (from 1)."""
    end = line
    for number, text in enumerate(lines[line:], line + 1):
        if text.strip() and len(text) - len(text.lstrip()) <= indent:
            break
        if text.strip():
            end = number
    return end


def _entry(text: str) -> list[str]:
    """A reply as YAML: a block where it has several lines, else one line in quotes."""
    lines = text.split("\n")
    if len(lines) > 1 and all(line.isprintable() for line in lines) and not lines[0].startswith(" "):
        return ["text: |-", *(f"  {line}" if line else "" for line in lines)]
    shown = (char if char.isprintable() else json.dumps(char)[1:-1] for char in text)
    return ['text: "' + "".join(f"\\{char}" if char in '"\\' else char for char in shown) + '"']


if __name__ == "__main__":
    main()
