"""The audiences of the knowledge folders, from their `audiences.yaml`; knows neither members nor documents.

Nothing is guessed here: while one of these files has anything wrong with it nothing is loaded at all, for nobody can
tell then who may see what.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from bot.errors import KnowledgeError
from bot.ingest.documents.hints import faults
from bot.ingest.documents.yaml_file import read_yaml_file
from bot.language.yaml_text import YamlPath
from bot.model.audience import Audience, Audiences
from bot.model.problem import Problem

FILE_NAME = "audiences.yaml"
MOST = 5  # every set of them that somebody can be in is built for itself: thirty-two at most
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}\Z")
_ID = re.compile(r"[1-9]\d{4,19}\Z")
_LONGEST_ROLE = 100  # characters, as in Discord


class AudienceEntry(BaseModel):
    """One entry of the file as a maintainer writes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str
    roles: tuple[str, ...] = ()

    @field_validator("server")
    @classmethod
    def _is_an_id(cls, server: str) -> str:
        if not _ID.match(server):
            raise ValueError("not the id of a server, a long number")
        return server

    @field_validator("roles", mode="before")
    @classmethod
    def _are_roles(cls, roles: Any) -> Any:
        listed = [roles] if isinstance(roles, str) else roles
        if not isinstance(listed, list) or not listed or not all(isinstance(role, str) for role in listed):
            raise ValueError("not a list of roles, each by its id or its name")
        if not all(0 < len(role.strip()) <= _LONGEST_ROLE for role in listed):
            raise ValueError("a role's name has 1 to 100 characters")
        return tuple(role.strip() for role in listed)


def load_audiences(folders: Iterable[Path], last: str | None = None) -> tuple[Audiences, str]:
    """The audiences of all folders, and the same as the next load gets them as `last`.

    Raises KnowledgeError where anything is wrong, also where a file is gone whose audiences the last load had.
    """
    before: Mapping[str, list[str]] = json.loads(last) if last else {}
    found: dict[str, Audience] = {}
    by_folder: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for folder in folders:
        file = folder / FILE_NAME
        if not file.is_file():
            if before.get(str(folder)):
                gone = "it is gone, and documents may be limited by it; put an empty one there if nothing is any more"
                problems.append(Problem(FILE_NAME, 1, gone))
            continue
        read, problem = read_yaml_file(file, FILE_NAME, dict, "not a mapping of names to servers and roles")
        problems += [problem] if problem is not None else []
        by_folder[str(folder)] = sorted(read.data)
        for name, value in read.data.items():
            _define(found, name, value, read.lines, problems)
    if problems:
        raise KnowledgeError("nobody can tell who may see what, so nothing was loaded", problems)
    return Audiences(found), json.dumps(by_folder)


def _define(
    found: dict[str, Audience], name: str, value: Any, lines: Mapping[YamlPath, int], problems: list[Problem]
) -> None:
    line = lines.get((name,), 1)
    if not _NAME.match(name):
        problems.append(Problem(FILE_NAME, line, "a name is up to 32 of a-z, 0-9, - and _", name[:80]))
    elif name in found:
        problems.append(Problem(FILE_NAME, line, "this audience is defined in another folder too", name))
    elif len(found) == MOST:
        problems.append(Problem(FILE_NAME, line, f"more than {MOST} audiences", name))
    else:
        try:
            said = AudienceEntry.model_validate(value)
        except ValidationError as error:
            problems += faults(error, FILE_NAME, lines, (name,), name)
        else:
            found[name] = Audience(int(said.server), said.roles)
