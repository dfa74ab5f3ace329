from bot.language.fact_words import fact_words
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, FactDraft, Rank, ValueDraft
from bot.model.partial_date import PartialDate


def draft(value: ValueDraft, *qualifiers: tuple[str, ValueDraft], **more: object) -> FactDraft:
    dates = {"start": None, "end": None, **more}
    subject, proof = EntityRef("Ada King", ("person",)), Evidence("a.md", 1, "")
    return FactDraft(subject, "worksFor", value, qualifiers, source="cv", evidence=proof, rank=Rank.PROFILE, **dates)  # type: ignore[arg-type]


def test_fact_words__everything_but_the_subject() -> None:
    fact = draft(
        ValueDraft("Acme & Sons"),
        ("roleName", ValueDraft("the Cook")),
        start=PartialDate(1833, 6),
        end=PartialDate(1842),
        words=("job",),
    )
    assert fact_words(fact, frozenset({"the"})) == {"acme", "sons", "cook", "job", "1833", "1842"}


def test_fact_words__letters_with_dots_are_also_one_word() -> None:
    assert fact_words(draft(ValueDraft("Ph.D. in M.A. studies")), frozenset({"d", "in"})) >= {"phd", "ma", "studies"}
    assert "acme" not in fact_words(draft(ValueDraft("ada@ac.me")), frozenset())


def test_fact_words__a_date_says_its_year_only() -> None:
    assert fact_words(draft(ValueDraft("1840-05-31", date=PartialDate(1840, 5, 31))), ()) == {"1840"}
    assert fact_words(draft(ValueDraft("--05-31", date=PartialDate(None, 5, 31))), ()) == set()


def test_fact_words__an_unknown_value_says_nothing() -> None:
    assert fact_words(draft(ValueDraft("unknown"), ("status", ValueDraft("unknown"))), ()) == set()
    assert fact_words(draft(ValueDraft("Acme"), ("status", ValueDraft("past"))), ()) == {"acme"}
