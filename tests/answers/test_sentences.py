"""One fact becomes one sentence: past or present, details joined, the asked piece in bold, nothing of it alive."""

import re

import pytest

from bot.answers.wording.markdown import plain
from tests.answers.conftest import Write

SOURCE = "\n== sources.yaml\nlog: {title: Log, date: 2024-06-30}\n"


def person(*lines: str) -> str:
    return SOURCE + "\n== people/orla.md\nkind: person\nname: Orla Finch\nsource: log\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("fact", "question", "text"),
    [
        (
            "worksFor: {name: Dome, startDate: 2019}",
            "Where does Orla Finch work?",
            "Orla Finch works at Dome (since 2019, as of 30 June 2024).",
        ),
        ("worksFor: Dome", "Where does Orla Finch work?", "Orla Finch works at Dome (as of 30 June 2024)."),
        (
            "worksFor: {name: Dome, endDate: 2020}",
            "Where did Orla Finch work?",
            "Orla Finch worked at Dome (until 2020).",
        ),
        (
            "worksFor: {name: Dome, startDate: 2019-03-01, endDate: 2019-03-01}",
            "Where did Orla Finch work?",
            "Orla Finch worked at Dome (1 March 2019).",
        ),
        (
            "worksFor: {name: Dome, roleName: [Keeper, Guide], endDate: 2020}",
            "Where did Orla Finch work?",
            "Orla Finch worked at Dome, as Keeper and Guide (until 2020).",
        ),
        (
            "worksFor: {name: Dome, roleName: [Keeper, Guide, Cook], endDate: 2020}",
            "Where did Orla Finch work?",
            "Orla Finch worked at Dome, as Keeper, Guide and Cook (until 2020).",
        ),
        (
            "alumniOf: {name: Dome, degree: diploma, fieldOfStudy: Optics}",
            "Where did Orla Finch study?",
            "Orla Finch studied at Dome, diploma in Optics (as of 30 June 2024).",
        ),
        ("birthDate: --05-29", "When was Orla Finch born?", "Orla Finch was born on 29 May."),
        (
            "url: https://stars.example/a_b",
            "What is Orla Finch's website?",
            "Orla Finch is on the web at https://stars.example/a_b",
        ),
        ("award: Silver Comet!", "Which award did Orla Finch win?", "Orla Finch received Silver Comet!"),
    ],
)
def test_a_fact_in_one_sentence(knowing: Write, fact: str, question: str, text: str) -> None:
    reply = knowing(person(fact)).answer(question)
    assert reply.status == "answered"
    assert plain(reply.text).rstrip(".").removesuffix("**") == text.rstrip(".")


def test_a_quiet_detail_is_told_where_the_question_leads_to_it(knowing: Write) -> None:
    answerer = knowing(person("worksFor: {name: Dome, duty: polished the mirrors, endDate: 2020}"))
    assert "polished" not in answerer.answer("Where did Orla Finch work?").text
    assert "polished the mirrors" in answerer.answer("Who polished the mirrors at the Dome?").text


def test_a_date_is_never_finer_than_its_document(knowing: Write) -> None:
    answerer = knowing(person("birthDate: 1980", "worksFor: {name: Dome, startDate: 2018-08, endDate: 2020}"))
    assert "in 1980" in plain(answerer.answer("When was Orla Finch born?").text)
    assert "August 2018 – 2020" in plain(answerer.answer("When did Orla Finch work at the Dome?").text)


HOSTILE = (
    SOURCE
    + """
== people/orla.md
kind: person
name: "Orla *Finch* <@1>"
aliases: [Orla Finch]
source: log
description: "## big\\n@everyone **loud** [click](https://evil.example) `code` ||gone||"
award: "@here _prize_ ~~none~~ <@&2> <#3>"
sameAs: "https://evil.example/*b*_c_~d~"
"""
)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Orla Finch?",
        "Which award did Orla Finch win?",
        "Orla Finch website",
        "Orla Finch account",
        "people",
        "Orla Finch award 1999",
    ],
)
def test_nothing_of_a_document_is_alive(knowing: Write, question: str) -> None:
    text = knowing(HOSTILE).answer(question).text
    bare = re.sub(r"\\[\\*_~`|\[\]<#>+-]", "", text)
    assert "@everyone" not in bare
    assert "@here" not in bare
    assert re.findall(r"<(?!https?://)", bare) == []
    bare = re.sub(r"<https?://[^\s<>|`]+>", "", bare)
    assert re.search(r"<[@#:/t]|\]\(|`|\|\||~~|(?<!\*)\*(?!\*)", bare) is None


def test_what_a_member_wrote_comes_back_escaped(knowing: Write) -> None:
    text = knowing(HOSTILE).answer("Who is @everyone Quux*Bar <@5>?").text
    assert "@everyone" not in text
    assert "<@5>" not in re.sub(r"\\<", "", text)
