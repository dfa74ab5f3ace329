from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading, pack, unpack_body, unpack_head
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.readers.profile import ProfileReader
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, ValueDraft
from bot.model.partial_date import PartialDate
from tests.ingest.folders import ADA, profile

CONTEXT = Context(load_vocabulary(), frozenset({"cv", "diary"}))
DAY = PartialDate.parse


def read(text: str) -> Reading:
    return ProfileReader().read(Raw("people/ada.md", dedent(text).encode()), CONTEXT)


def read_lines(*lines: str, kind: str = "person") -> list[FactDraft]:
    reading = read(profile(kind, "Ada King", *lines))
    assert reading.problems == ()
    return list(reading.facts)


def problems(*lines: str, kind: str = "person") -> list[str]:
    return [str(problem) for problem in read(profile(kind, "Ada King", *lines)).problems]


def test_read__identity() -> None:
    reading = read(ADA)
    assert reading.entities == (
        EntityDraft("person", "Ada King", ("A. King", "Countess"), (), "people/ada.md", 3),
    )  # fmt: skip


def test_read__a_fact_with_everything() -> None:
    line = (
        "- {name: Acme, roleName: Engineer, startDate: 1833-06, endDate: 1842, at: p. 9, source: diary, words: [mill]}"
    )
    fact = read_lines("source: cv", "at: page 1", "worksFor:", f"  {line}")[0]
    assert fact == FactDraft(
        subject=EntityRef("Ada King", ("person",)),
        property="worksFor",
        value=ValueDraft("Acme", EntityRef("Acme", ("organization", "project"))),
        qualifiers=(("roleName", ValueDraft("Engineer")),),
        start=DAY("1833-06"),
        end=DAY("1842"),
        source="diary",
        evidence=Evidence("people/ada.md", 7, line, "p. 9"),
        rank=Rank.PROFILE,
        words=("mill",),
    )


def test_read__defaults_of_the_file() -> None:
    fact = read_lines("source: cv", "at: page 1", "jobTitle: Baker")[0]
    assert (fact.source, fact.evidence.place) == ("cv", "page 1")


def test_read__without_a_source_the_profile_is_it() -> None:
    assert read_lines("jobTitle: Baker")[0].source == "people/ada.md"


def test_read__a_list_of_values_shares_its_qualifiers() -> None:
    facts = read_lines("worksFor: {name: [Acme, Bolt], roleName: Cook, note: perhaps}")
    assert [fact.value.text for fact in facts] == ["Acme", "Bolt"]
    assert facts[0].qualifiers == (("roleName", ValueDraft("Cook")), ("note", ValueDraft("perhaps")))
    assert facts[0].qualifiers == facts[1].qualifiers


def test_read__numbers_keep_their_wording() -> None:
    facts = read_lines("parameterCount: [{value: 175000000000, text: 175 billion}, '1,500']", kind="project")
    assert [(fact.value.text, fact.value.number) for fact in facts] == [("175 billion", 175e9), ("1,500", 1500.0)]


def test_read__a_date_is_its_own_time() -> None:
    fact = read_lines("birthDate: 1815-12")[0]
    assert (fact.value.date, fact.start, fact.end) == (DAY("1815-12"),) * 3


def test_read__a_date_without_a_year() -> None:
    assert read_lines("startDate: --05-29", kind="event")[0].value.date == PartialDate(None, 5, 29)


@pytest.mark.parametrize(("word", "text"), [("unknown", "unknown"), ("none", "none")])
def test_read__a_value_that_is_left_open(word: str, text: str) -> None:
    fact = read_lines(f"worksFor: {{{word}: true, note: torn page}}")[0]
    assert fact.value == ValueDraft(text)
    assert fact.qualifiers == (("status", ValueDraft(text)), ("note", ValueDraft("torn page")))


def test_read__over_but_nobody_says_since_when() -> None:
    fact = read_lines("worksFor: {name: Acme, startDate: 2001, endDate: {unknown: true, note: no day given}}")[0]
    assert (fact.start, fact.end) == (DAY("2001"), None)
    assert fact.qualifiers == (("note", ValueDraft("no day given")), ("status", ValueDraft("past")))


def test_read__what_does_not_last_ends_when_it_happens() -> None:
    award, job = read_lines("award: {value: Medal, startDate: 1840}", "worksFor: {name: Acme, startDate: 1840}")
    assert (award.end, job.end) == (DAY("1840"), None)


def test_read__facts_of_an_event_happen_when_it_does() -> None:
    facts = read_lines("startDate: 1840-05-02", "endDate: 1840-05-04", "performer: Bo", kind="event")
    assert [(fact.property, str(fact.start), str(fact.end)) for fact in facts] == [
        ("startDate", "1840-05-02", "1840-05-02"),
        ("endDate", "1840-05-04", "1840-05-04"),
        ("performer", "1840-05-02", "1840-05-04"),
    ]


def test_read__facts_of_a_publication_date_from_it() -> None:
    facts = read_lines("author: Bo", "datePublished: 1840-05", kind="publication")
    assert {(str(fact.start), str(fact.end)) for fact in facts} == {("1840-05", "1840-05")}


def test_read__evidence_of_a_block_is_its_first_line() -> None:
    fact = read_lines("description: >", "  Wrote the", "  first programs.")[0]
    assert (fact.value.text, fact.evidence.line, fact.evidence.text) == ("Wrote the first programs.", 5, "Wrote the")


def test_read__body_in_paragraphs_under_headings() -> None:
    reading = read(profile("person", "Ada King") + "One\nline.\n\n## Bees ##\nTwo.\n")
    assert [(item.line, item.section, item.text) for item in reading.passages] == [
        (5, "", "One line."),
        (9, "Bees", "Two."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nname: Ada\n---\n", "2: kind is missing"),
        ("---\nkind: persn\nname: Ada\n---\n", "2: unknown kind; did you mean person?: 'persn'"),
        ("---\nkind: person\nname: '...'\n---\n", "3: name: a name needs a letter or a digit: '...'"),
        ("---\nkind: person\nname: Ada\n", "1: the front matter has no closing line of three dashes"),
        ("---\nkind: person\nname: [Ada\n---\n", "4: not YAML: did not find expected ',' or ']'"),
        ("---\nkind: person\nname: &a Ada\n---\n", "3: an anchor (&name) is not accepted; write the value out"),
        ("---\nkind: person\nname: Ada\0\n---\n", "3: a NUL character; is this a text file?"),
    ],
)
def test_read__broken_documents(text: str, expected: str) -> None:
    reading = read(text)
    assert not reading.whole
    assert reading.facts == ()
    assert str(reading.problems[0]).removeprefix("people/ada.md:").startswith(expected)


def test_read__not_utf8() -> None:
    reading = ProfileReader().read(Raw("a.md", b"---\nkind: person\nname: \xff\n---\n"), CONTEXT)
    assert [str(problem) for problem in reading.problems] == ["a.md:3: not UTF-8 text"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("worsFor: Acme", "unknown property; did you mean worksFor?: 'worsFor'"),
        ("Employer: Acme", "unknown property; did you mean worksFor?: 'Employer'"),
        ("shoeSize: 43", "unknown property; vocabulary.yaml can define it: 'shoeSize'"),
        ("performer: Bo", "performer belongs to event, not to person"),
        ("worksFor:", "worksFor: empty value"),
        ("worksFor: []", "worksFor: empty value"),
        ("worksFor: {roleName: Cook}", "a value under name, value or url is missing"),
        ("worksFor: {name: Acme, unknown: true}", "a value beside unknown contradicts it"),
        ("worksFor: {url: https://acme.example, nam: Acme}", "unknown property; did you mean name?: 'nam'"),
        ("worksFor: {name: Acme, rolName: Cook}", "unknown property; did you mean roleName?: 'rolName'"),
        ("worksFor: {name: Acme, startDate: 2001, endDate: 1999}", "worksFor: ends before it starts: '2001 to 1999'"),
        ("worksFor: {name: Acme, startDate: Spring}", "startDate: not a date; write 2018, 2018-08 or"),
        ("worksFor: {name: Acme, source: cvv}", "no such source in sources.yaml; did you mean cv?: 'cvv'"),
        ("worksFor: true", "worksFor: true and false are no values; put the word in quotes if it is one"),
        ("birthDate: 1815-13", "birthDate: no such month: 13; write 2018"),
        ("email: nobody", "email: not an e-mail address: 'nobody'"),
        ("sameAs: javascript:alert(1)", "sameAs: not a link that begins with http:// or https://"),
        ("sameAs: [[https://example.org]]", "sameAs: a list or mapping where a text belongs"),
    ],
)
def test_read__faults_of_one_fact_leave_the_others(line: str, expected: str) -> None:
    reading = read(profile("person", "Ada King", line, "jobTitle: Baker"))
    assert reading.whole
    assert [fact.property for fact in reading.facts] == ["jobTitle"]
    assert len(reading.problems) == 1
    assert str(reading.problems[0]).startswith(f"people/ada.md:4: {expected}")


def test_read__all_faults_at_once() -> None:
    assert [problem.split(":")[1] for problem in problems("email: x", "birthDate: y", "worksFor: {name: A, b: c}")] == [
        "4",
        "5",
        "6",
    ]


def test_read__lines_that_end_in_other_ways_are_counted_alike() -> None:
    for end in ("\r", "\r\n", "\n"):
        text = f"---\nkind: person\nname: Ada{end}{end}jobTitle: diver\n---\nDives.\n"
        assert [fact.evidence for fact in read(text).facts] == [Evidence("people/ada.md", 5, "jobTitle: diver")], end


def test_accepts__front_matter_with_a_kind_only() -> None:
    accepts = ProfileReader().accepts
    assert accepts(Raw("a.md", b"---\nkind: person\n---\n"))
    assert accepts(Raw("a.md", b"\xef\xbb\xbf---\r\nname: Ada\r\n---\r\n"))
    assert not accepts(Raw("a.md", b"---\ntitle: A page\n---\nkind: of text\n"))
    assert not accepts(Raw("a.txt", b"---\nkind: person\n---\n"))
    assert not accepts(Raw("a.md", b"kind: person\n"))


@given(st.text(max_size=200))
def test_read__any_text_is_read_or_refused(text: str) -> None:
    reading = read("---\nkind: person\nname: Ada\n" + text + "\n---\n")
    assert reading.whole or not reading.facts
    pack(reading, frozenset())


def test_pack__comes_back() -> None:
    reading = read(ADA + "\n")
    head, body = pack(reading, frozenset({"the", "she"}))
    unpacked = unpack_head("people/ada.md", head)
    assert [(item.naming.name, item.line) for item in unpacked.entities] == [("Ada King", 3)]
    assert ("analytical ltd", "|organization|project|", "Analytical Ltd", 0) in [
        tuple(row) for row in unpacked.mentions
    ]
    assert {"engineer", "punch", "programs", "countess", "1833"} <= set(unpacked.words)
    said = unpack_body(body)
    assert len(said.rows) == len(reading.facts)
    assert [parts for parts, _ in said.passages] == [
        (one.line, one.title, one.section, one.text) for one in reading.passages
    ]
    assert {said.refs[about] for _, about in said.passages if about is not None} == {("Ada King", "|person|")}
