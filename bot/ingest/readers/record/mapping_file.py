"""What a maintainer says of the fields of one data file: `speakers.csv.mapping.yaml` beside it; reads no record."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from bot.ingest.documents.format import Raw
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.group import MAPPING
from bot.language.yaml_text import Yaml, YamlError, read_yaml
from bot.model.problem import Problem
from bot.model.vocabulary import FIELD_ROLES, Vocabulary

_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Mapping:
    """The kind of the records and what their fields are, by plain name; both may be left to the reader."""

    kind: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def mapping_of(raw: Raw) -> Mapping:
    """What the mapping file of a document says, if there is one that can be read."""
    if raw.folder is None:
        return Mapping()
    file = Path(raw.folder) / (PurePosixPath(raw.path).name + MAPPING)
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return Mapping()
        data = read_yaml(file.read_text(encoding="utf-8")).data
    except (OSError, UnicodeDecodeError, YamlError):
        return Mapping()  # told where the file itself is read
    if not isinstance(data, dict):
        return Mapping()
    kind, fields = data.get("kind"), data.get("fields")
    named = (
        {plain(key): value for key, value in fields.items() if isinstance(value, str)}
        if isinstance(fields, dict)
        else {}
    )
    return Mapping(kind if isinstance(kind, str) else None, named)


def faults_of(document: str, values: Yaml, vocabulary: Vocabulary) -> list[Problem]:
    """What is wrong with a mapping file."""
    data: Any = values.data
    if not isinstance(data, dict):
        return [Problem(document, 1, "a mapping with kind and fields is missing")]
    problems = [
        Problem(document, values.lines.get((key,), 1), "only kind and fields belong here", str(key)[:80], fatal=False)
        for key in data
        if key not in ("kind", "fields")
    ]
    kind, fields = data.get("kind"), data.get("fields") or {}
    if kind is not None and (not isinstance(kind, str) or kind not in vocabulary.kinds):
        problems.append(Problem(document, values.lines.get(("kind",), 1), "no such kind", str(kind)[:80], fatal=False))
    if not isinstance(fields, dict):
        return [
            *problems,
            Problem(document, values.lines.get(("fields",), 1), "fields: names of fields and properties"),
        ]
    for key, value in fields.items():
        if value not in vocabulary.properties and value not in FIELD_ROLES:
            line = values.lines.get(("fields", key), 1)
            problems.append(Problem(document, line, f"{key[:60]}: no such property", str(value)[:80], fatal=False))
    return problems
