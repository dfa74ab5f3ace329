from bot.answers.wording.citations import Citation, citations, source_line, source_lines
from bot.model.answer import Reply, Status
from bot.model.fact import Fact, Source
from bot.model.partial_date import PartialDate
from tests.terminal.fakes import ANSWERED, DIARY, KEEPER, MINUTES, ORLA, TWO_SOURCES, UNKNOWN, fact


def test_citations__one_for_each_place_in_each_source() -> None:
    assert citations(TWO_SOURCES) == [
        Citation(MINUTES, "people/orla-finch.md", 4, "page 3"),
        Citation(DIARY, "people/orla-finch.md", 9, None),
    ]


def test_citations__a_source_without_facts_stands_for_itself() -> None:
    assert citations(Reply(Status.ANSWERED, "One source.", sources=(DIARY,))) == [Citation(DIARY)]


def test_citations__a_source_that_only_a_fact_names_is_not_lost() -> None:
    assert citations(Reply(Status.ANSWERED, "Keeper.", facts=(KEEPER,))) == citations(ANSWERED)


def test_source_line() -> None:
    assert source_line(UNKNOWN) == ""
    assert source_line(ANSWERED) == "Source: Minutes of the society (Orla Finch, March 2021), page 3"
    assert source_line(TWO_SOURCES) == (
        "Sources: Minutes of the society (Orla Finch, March 2021), page 3; A keeper's diary"
    )


def test_source_line__many_sources_are_counted() -> None:
    sources = tuple(Source(str(number), f"Part {number}") for number in range(5))
    assert source_line(Reply(Status.ANSWERED, "All.", sources=sources)) == "Sources: Part 0; Part 1; and 3 more"


def test_source_line__an_author_in_the_title_is_not_said_twice() -> None:
    source = Source("cv", "Orla Finch's *CV*", "Orla Finch", None, PartialDate(2020))
    assert source_line(Reply(Status.ANSWERED, "Yes.", sources=(source,))) == r"Source: Orla Finch's \*CV\* (2020)"


def test_source_lines() -> None:
    assert source_lines(TWO_SOURCES) == [
        "- **Minutes of the society**, Orla Finch, March 2021, <https://example.org/m>",
        "  - page 3 (people/orla-finch.md:4)",
        "- **A keeper's diary**",
        "  The author's name comes from the cover.",
        "  - people/orla-finch.md:9",
    ]


def test_source_line__a_section_is_named_once() -> None:
    places = ("Work, line 1", "Work, line 2", "Talks, line 2", "line 9", "Work, line 7")
    facts = tuple(fact(number, ORLA, "x", place=place) for number, place in enumerate(places))

    def said(*chosen: Fact) -> str:
        return source_line(Reply(Status.ANSWERED, "Yes.", facts=chosen)).partition("), ")[2]

    assert said(*facts[:3]) == "Work, line 1; line 2; Talks, line 2"
    assert said(*facts[2:]) == "Talks, line 2; line 9; Work, line 7"
    assert said(*facts) == "Work, line 1; line 2; Talks, line 2 …"
