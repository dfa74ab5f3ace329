"""A language model on this machine that says what a test has written down: what of it becomes a suggestion."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.errors import SettingsError
from bot.ingest.documents.format import Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.extract.model import MOST_FAILURES, ModelReader
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.load import load
from bot.model.endpoint import Endpoint
from bot.model.passage import PassageDraft
from bot.settings import Settings
from bot.store.keep import current_snapshot
from bot.store.snapshot import Snapshot
from tests.ingest.links.web import Site, serving

TEXT = """\
# Orin Vale

Orin Vale keeps the tower clock of Brackhaven since the winter of 1998, which is all that anybody in the town wants to
say about him. His sister Tamsin mends nets.
"""
CLOCK = {
    "subject": "Orin Vale", "kind": "person", "property": "homeLocation", "value": "Brackhaven", "start": "1998",
    "quote": "Orin Vale keeps the tower clock of Brackhaven since the winter of 1998",
}  # fmt: skip
VOCABULARY = load_vocabulary()


class Model:
    """What the model says, and what it was asked."""

    def __init__(self, site: Site) -> None:
        self.endpoint = Endpoint(f"http://127.0.0.1:{site.port}/v1", "clockwork-1", "secret")
        self.said: Any = []
        self.status = 200
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        site.pages["/v1/chat/completions"] = self._answer

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        text = self.said if isinstance(self.said, str) else f"Here you are:\n```json\n{json.dumps(self.said)}\n```"
        return web.json_response({"choices": [{"message": {"content": text}}]}, status=self.status)


@pytest.fixture
def model() -> Iterator[Model]:
    with serving() as site:
        yield Model(site)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "vale.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "k"


def suggestions(data: Path) -> list[tuple[str, str, str, int, str]]:
    with closing(Snapshot.open(current_snapshot(data))) as snapshot:
        return [
            (fact.subject.name, fact.property, fact.value.text, fact.evidence.line, fact.evidence.text)
            for _, fact in snapshot.suggestions()
        ]


def test_model__a_quotation_that_stands_there_is_a_suggestion(model: Model, folder: Path, tmp_path: Path) -> None:
    model.said = [CLOCK]
    outcome = load([folder], tmp_path / "d", model=model.endpoint)
    line = TEXT.splitlines()[2]
    assert suggestions(tmp_path / "d") == [("Orin Vale", "homeLocation", "Brackhaven", 3, line)]
    assert outcome.counts["facts"] == 0
    assert outcome.problems == ()
    (asked,) = model.asked
    assert asked["model"] == "clockwork-1"
    assert "homeLocation" in asked["messages"][0]["content"]
    assert "tower clock" in asked["messages"][1]["content"]
    assert model.keys == ["Bearer secret"]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Orin Vale keeps the tower clock of Port Erroll since 1998"},  # stands nowhere
        {"value": "Port Erroll"},  # is not in its quotation
        {"start": "1997"},  # neither is this year
        {"subject": "Ida Brook"},  # nobody of this name there
        {"kind": "clock"},
        {"property": "winds"},
        {"property": "birthDate"},  # a town is no date
    ],
)
def test_model__what_does_not_stand_there_is_dropped_and_counted(
    model: Model, folder: Path, tmp_path: Path, change: dict[str, str]
) -> None:
    model.said = [CLOCK, {**CLOCK, **change}, "nonsense", {"subject": "Orin Vale"}]
    outcome = load([folder], tmp_path / "d", model=model.endpoint)
    assert [row[2] for row in suggestions(tmp_path / "d")] == ["Brackhaven"]
    (problem,) = outcome.problems
    assert str(problem) == "vale.md:1: 1 of 2 suggestions of clockwork-1 do not stand there; left out"
    assert not problem.fatal


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ("I cannot help with that.", 200, "it gave no list"),
        ("[{]", 200, "its list cannot be read"),
        ("[" * 100_000 + "]", 200, "its list cannot be read"),
        (None, 200, "it gave no list"),
        ([], 500, "status 500"),
        ([], 401, "status 401"),
    ],
)
def test_model__garbage_and_refusals_are_survived(
    model: Model, folder: Path, tmp_path: Path, said: Any, status: int, why: str
) -> None:
    model.said, model.status = said, status
    outcome = load([folder], tmp_path / "d", model=model.endpoint)
    assert suggestions(tmp_path / "d") == []
    assert outcome.counts["documents"] == 1
    assert [str(problem) for problem in outcome.problems] == [
        f"vale.md:1: the model clockwork-1 was no help: {why}"
    ]  # fmt: skip


def test_model__nobody_there(folder: Path, tmp_path: Path) -> None:
    outcome = load([folder], tmp_path / "d", model=Endpoint("http://127.0.0.1:9/v1", "clockwork-1"))
    assert [problem.message for problem in outcome.problems] == ["the model clockwork-1 was no help: ConnectError"]


def test_model__too_slow_three_times_and_not_again(tmp_path: Path) -> None:
    with serving() as site:
        model = Model(site)

        async def never(request: web.Request) -> web.StreamResponse:
            model.asked.append(await request.json())
            await asyncio.Event().wait()
            return web.Response()

        site.pages["/v1/chat/completions"] = never
        reader = ModelReader(model.endpoint, VOCABULARY, "", tmp_path / "cache", seconds=0.05)
        reading = Reading(passages=(PassageDraft(1, "", "", "Orin Vale keeps the clock."),))
        found = [
            reader.with_suggestions(Raw(f"{n}.md", b""), bytes([n]), reading) for n in range(MOST_FAILURES + 2)
        ]  # fmt: skip
        assert len(model.asked) == MOST_FAILURES
        assert [len(one.problems) for one in found] == [1] * MOST_FAILURES + [0, 0]
        assert "took too long" in found[0].problems[0].message


def test_model__an_unchanged_document_costs_nothing(model: Model, folder: Path, tmp_path: Path) -> None:
    model.said = [CLOCK]
    load([folder], tmp_path / "d", model=model.endpoint)
    load([folder], tmp_path / "d", model=model.endpoint)  # nothing changed
    (folder / "other.md").write_text("# Another page\n\nNothing to say.\n", encoding="utf-8")
    load([folder], tmp_path / "d", model=model.endpoint)
    assert len(model.asked) == 2
    (folder / "vocabulary.yaml").write_text("kinds: {}\n", encoding="utf-8")  # everything is read again
    load([folder], tmp_path / "d", model=model.endpoint)
    assert len(model.asked) == 2
    assert [row[2] for row in suggestions(tmp_path / "d")] == ["Brackhaven"]


def test_model__is_off_unless_wanted(model: Model, folder: Path, tmp_path: Path) -> None:
    model.said = [CLOCK]
    load([folder], tmp_path / "d")
    assert model.asked == []
    assert Settings(knowledge=(folder,), data=tmp_path).endpoint is None


def test_settings__a_model_needs_address_and_name() -> None:
    both = Settings(llm_url="http://127.0.0.1:9/v1", llm_model="clockwork-1", llm_key="secret")
    assert both.endpoint == Endpoint("http://127.0.0.1:9/v1", "clockwork-1", "secret")
    assert "secret" not in repr(both.endpoint)
    with pytest.raises(SettingsError, match="both settings"):
        _ = Settings(llm_model="clockwork-1").endpoint
