"""Every reply template is there, used and shown by some question, and every phrasing can be matched."""

import ast
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from jinja2 import Environment, meta

import bot
from bot.answers.engine import Answerer
from bot.answers.quoting.lead import shown
from bot.answers.quoting.lines import Line
from bot.answers.reading.phrasing import Phrasing
from bot.answers.wording.markdown import escape, plain
from bot.answers.wording.replies import MAX_TEMPLATE, Replies
from bot.errors import PromptError, SearchTimeout
from bot.language.yaml_text import read_yaml
from bot.model.passage import Passage
from bot.model.request import Request, Wish
from bot.paths import shipped
from bot.store.snapshot import Snapshot
from tests.answers.conftest import TODAY, open_snapshot
from tests.answers.quoting.test_quote import TREASURERS
from tests.answers.wording.test_pick_list import PENS, TWINS
from tests.cases import communities
from tests.cases.rows import all_rows, reply_to
from tests.ingest.folders import loaded

REPLIES = shipped("prompts") / "replies"
TEMPLATES = {
    f"{file.stem}.{key}": text
    for file in sorted(REPLIES.glob("*.yaml"))
    for key, text in read_yaml(file.read_text(encoding="utf-8")).data.items()
}
FAMILIES = {file.stem for file in REPLIES.glob("*.yaml")}
# Functions that take the last part of a key and put the family before it.
SHORTENED = {"_no": "unknown"}
# Questions for templates that no case shows, of the astronomy club.
FURTHER = (
    "",
    "who " * 400,
    "Who is Wanda Quill?",
    "Who is Wanda Finsh?",
    "Where does she live?",
    "Which talks were there in 1850?",
    "Which concerts do you know?",
    "What can you do?",
    "Which upcoming talks are there?",
    "ok",
    "Timeline of Orla Finch",
    "What is Zenith?",
    "What is Nadir?",
    "When was Nadir born?",
    "How are Orla Finch and Gable Instruments connected?",
    "Where does Ida Brook live?",
    "Where does Tobin Brook currently work?",
    "Which awards did Tobin Brook win?",
    "Does Orla Finch not think that faint stars need a dark hour?",
    "What happened in march 2041?",
)
# Requests for templates that no question shows, of the same club.
REQUESTS = (
    Request(Wish.FIND, ("", "", "Orla Finch")),
    Request(Wish.FIND, ("person", "worksFor", "Tidal Institute")),
    Request(Wish.DESCRIBE, ("=nobody-of-that-name", "")),
    Request(Wish.EVENTS, ("upcoming", "")),
    Request(Wish.EVENTS, ("someday", "")),
    Request(Wish.EVENTS, ("march 1850", "")),
    Request(Wish.EVENTS, ("", "quuxes")),
    Request(Wish.EVENTS, ("2021", "quuxes")),
    Request(Wish.FIND, ("", "", "quuxes")),
    Request(Wish.FIND, ("event", "", "quuxes")),
    Request(Wish.COMPARE, ("Orla Finch", "O. Finch")),
)


def keys_in_the_source() -> Iterator[tuple[str, str]]:
    """Every string in the answering code that is a template's key, with where it stands."""
    for file in sorted((Path(bot.__file__).parent / "answers").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                family, _, rest = node.value.partition(".")
                if family in FAMILIES and rest.isidentifier():
                    yield node.value, f"{file.name}:{node.lineno}"
            if isinstance(node, ast.Call):
                yield from _shortened(node, file)
            if isinstance(node, ast.Assign):
                yield from _tabled(node, file)


def _shortened(call: ast.Call, file: Path) -> Iterator[tuple[str, str]]:
    """Keys like `nothing` in `self._no(…, "nothing")`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in SHORTENED:
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        yield from ((f"{SHORTENED[name]}.{text}", f"{file.name}:{call.lineno}") for text in texts[:1])


def _tabled(table: ast.Assign, file: Path) -> Iterator[tuple[str, str]]:
    """The keys in the table `_KEYS`, which holds the last part of one for each reason."""
    named = any(isinstance(target, ast.Name) and target.id == "_KEYS" for target in table.targets)
    if named and isinstance(table.value, ast.Dict):
        for value in table.value.values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield f"unknown.{value.value}", f"{file.name}:{value.lineno}"


USED = dict(keys_in_the_source())


@pytest.mark.parametrize("key", sorted(USED), ids=lambda key: f"{key} ({USED[key]})")
def test_no_key_is_missing(key: str) -> None:
    assert key in TEMPLATES


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_no_key_is_unused(key: str) -> None:
    assert key in USED


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_a_template_renders_with_its_variables_and_not_without(key: str) -> None:
    text, replies = TEMPLATES[key], Replies(REPLIES)
    names = meta.find_undeclared_variables(Environment(autoescape=False).parse(text))  # noqa: S701 - only parsed
    assert 0 < len(text) <= MAX_TEMPLATE
    rendered = replies.render(key, **{name: f"*{name}*" for name in names})
    for name in names:
        assert escape(f"*{name}*") in rendered
    if names:
        with pytest.raises(PromptError, match=key):
            replies.render(key)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_templates_only_substitute(key: str) -> None:
    assert "{%" not in TEMPLATES[key]


def test_every_template_is_shown_by_some_question(
    sky: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for row in all_rows():
        reply_to(row)
    club = Answerer(sky, communities.prompts(), lambda: TODAY)
    for question in FURTHER:
        club.answer(question)
    for request in REQUESTS:
        club.perform(request)
    with closing(open_snapshot(tmp_path, TWINS)) as twins:
        Answerer(twins, communities.prompts(), lambda: TODAY).answer("What is Bo Li's email address?")
    with closing(open_snapshot(tmp_path / "more", PENS)) as pens:
        Answerer(pens, communities.prompts(), lambda: TODAY).answer("When was Penn born?")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "members.yml").write_text(TREASURERS, encoding="utf-8")
    with closing(loaded(tmp_path / "records", tmp_path / "data")[1]) as records:
        Answerer(records, communities.prompts(), lambda: TODAY).answer("Who is the treasurer of the RCH?")
    page = Passage(1, "minutes.pdf", 3, "Minutes", "", "Nobody came.")
    shown(Line(page, page.text, (), {}, frozenset(), frozenset()), communities.prompts().replies, 100)
    monkeypatch.setattr(Snapshot, "search_facts", _too_slow)
    club.answer("Who polished quuxes?")
    unseen = sorted(set(TEMPLATES) - communities.rendered_keys())
    assert not unseen, "no question shows " + ", ".join(unseen)


def _too_slow(*_: object) -> None:
    raise SearchTimeout(0.05)


@pytest.mark.parametrize("name", ["asks", "intents", "followups"])
def test_every_phrasing_compiles(name: str) -> None:
    assert read_yaml((shipped("prompts") / "questions" / f"{name}.yaml").read_text(encoding="utf-8")).data
    assert Phrasing(shipped("prompts") / "questions").words


def test_a_template_too_long_or_broken_is_refused(tmp_path: Path) -> None:
    for content in (f"one: {'x' * (MAX_TEMPLATE + 1)}", "one: '{{ open'", "- a list", "one: [a]", "one: {two: three}"):
        (tmp_path / "facts.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(PromptError, match=r"facts\.yaml"):
            Replies(tmp_path)


@pytest.mark.parametrize(
    "template", ["{{ name.__class__ }}", "{{ 'a' * 10 }}", "{{ name | upper }}", "{% if name %}x{% endif %}", "{# x #}"]
)
def test_a_template_only_puts_values_in(tmp_path: Path, template: str) -> None:
    (tmp_path / "facts.yaml").write_text(f'one: "{template}"', encoding="utf-8")
    with pytest.raises(PromptError, match=r"facts\.yaml: one"):
        Replies(tmp_path)


def test_a_value_that_nobody_gave(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("one: '100% of {{ name }}'", encoding="utf-8")
    with pytest.raises(PromptError, match="'name' is undefined"):
        Replies(tmp_path).render("facts.one")
    assert Replies(tmp_path).render("facts.one", name="x") == "100% of x"


def test_no_folder_of_templates(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no reply templates"):
        Replies(tmp_path)


def test_values_are_escaped_and_templates_are_not(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("one: '**{{ name }}**'", encoding="utf-8")
    text = Replies(tmp_path).render("facts.one", name="a*b {{ 7 * 7 }}")
    assert text == r"**a\*b {{ 7 \* 7 }}**"
    assert plain(text) == "a*b {{ 7 * 7 }}"
