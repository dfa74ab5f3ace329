"""A question that points at a document is answered out of that document alone; one that only has its words is not."""

import pytest

from bot.model.answer import Status
from tests.answers.conftest import Write

KNOWLEDGE = """
== sources.yaml
report: {title: Annual report of the rowing club, author: Ida Moss, date: 2021-03}
letter: {title: Letter to the members, author: Bo Reed}
== people/ida.md
kind: person
name: Ida Moss
source: report
jobTitle: boat builder
worksFor: {name: Whitmoor Boatyard, roleName: builder}
== people/bo.md
kind: person
name: Bo Reed
source: letter
worksFor: {name: Harbour Office, roleName: clerk}
colleague: {name: Ida Moss}
== people/cy.md
kind: person
name: Cy Lund
source: report
memberOf: {name: Rowing Club}
== projects/swift.md
kind: project
name: Swift
source: letter
leader: {name: Bo Reed}
description: {value: "a boat for eight", source: report}
"""


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("Which people does the report mention?", ["Ida Moss", "Cy Lund"], ["Bo Reed"]),
        ("Who is mentioned in the letter?", ["Bo Reed", "Ida Moss"], ["Cy Lund"]),
        ("Who is named in Bo Reed's letter?", ["Bo Reed", "Ida Moss"], ["Cy Lund"]),
        ("which organizations are listed in the report", ["Whitmoor Boatyard", "Rowing Club"], ["Harbour Office"]),
        ("What does the letter say about Ida Moss?", ["Bo Reed"], ["boat builder"]),
        ("What does the report say about Swift?", ["a boat for eight"], ["Bo Reed"]),
        ("Does the report mention Swift?", ["Yes"], ["Bo Reed"]),
        ("Who leads Swift, according to the letter?", ["Bo Reed"], []),
        ("Where does Ida Moss work, according to the report?", ["Whitmoor Boatyard"], []),
        ("Which people are in the report?", ["Cy Lund"], ["Bo Reed"]),
    ],
)
def test_what_a_document_tells(knowing: Write, question: str, told: list[str], untold: list[str]) -> None:
    reply = knowing(KNOWLEDGE).answer(question)
    assert reply.status is Status.ANSWERED, reply.text
    assert [words for words in told if words not in reply.text] == []
    assert [words for words in untold if words in reply.text] == []
    assert len({source.key for source in reply.sources}) == 1


@pytest.mark.parametrize(
    "question",
    [
        "According to the report, who leads Swift?",  # the letter alone tells
        "What does the letter say about Cy Lund?",
        "Does the letter mention the Rowing Club?",
        "Who is mentioned in the newsletter?",
    ],
)
def test_what_another_document_tells_is_not_told(knowing: Write, question: str) -> None:
    assert knowing(KNOWLEDGE).answer(question).status is Status.UNKNOWN


def test_names_are_shown_as_they_are_written(knowing: Write) -> None:
    answerer = knowing(
        """
== sources.yaml
letter: {title: "Letter *to* all", author: Bo Reed}
== people/ida.md
kind: person
name: "Ida *Oar* [Moss](https://x.example)"
source: letter
jobTitle: builder
"""
    )
    text = answerer.answer("Who is mentioned in the letter?").text
    assert text.startswith("**Letter \\*to\\* all** names 1 person:\n- Ida \\*Oar\\* \\[Moss\\](")


def test_a_word_of_a_title_points_at_nothing_by_itself(knowing: Write) -> None:
    reply = knowing(KNOWLEDGE).answer("Who is a member of the rowing club?")
    assert "Cy Lund" in reply.text


def test_the_article_is_the_one_that_is_called_so(knowing: Write) -> None:
    answerer = knowing(
        """
== publications/one.md
kind: publication
type: article
name: Article on the flood
author: {name: Ida Moss}
datePublished: 2020-05
== publications/two.md
kind: publication
type: article
name: The dam and its keepers
author: {name: Bo Reed}
datePublished: 2021-06
about: {name: dam}
"""
    )
    assert "Ida Moss" in answerer.answer("who wrote the article?").text
    assert "2020" in answerer.answer("when was the article published?").text


def test_a_document_that_is_named_by_another_name_is_cited_just_so(knowing: Write) -> None:
    entity = """
== publications/report.md
kind: publication
type: report
name: Annual report of the rowing club
aliases: [boat house report]
"""
    answerer = knowing(KNOWLEDGE + entity)
    told = answerer.answer("Where does Ida Moss work according to the boat house report?")
    assert "Whitmoor Boatyard" in told.text
    assert answerer.answer("Who leads Swift according to the boat house report?").status is Status.UNKNOWN
