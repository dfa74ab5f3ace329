import io

from bot.ingest.outcome import Outcome, Understood
from bot.model.coverage import Unplaced
from bot.model.problem import Problem
from bot.store.coverage import Coverage, Undecided
from bot.store.diff import ShownConflict, ShownFact
from bot.terminal.load_report import report, report_problems
from bot.terminal.screen import Screen

COUNTS = {"documents": 2, "entities": 1, "facts": 7}


def said_of(outcome: Outcome) -> list[str]:
    out = io.StringIO()
    report(outcome, Screen(out))
    return out.getvalue().splitlines()


def shown(number: int, text: str, start: str = "") -> ShownFact:
    return ShownFact(number, "Orla Finch", "role", text, "people/orla.md", number, start=start)


def test_report__everything_at_once() -> None:
    conflict = ShownConflict("The Society", "foundingDate", "1890", "a.md", 3, "1891", "b.md", 4, (1, 2))
    outcome = Outcome(
        added=tuple(shown(number, f"role {number}") for number in range(1, 8)),
        changed=((shown(9, "keeper"), shown(8, "painter")), (shown(9, "cook"), shown(9, "cook", "2020"))),
        withdrawn=(shown(3, "diver"),),
        left_out=4,
        conflicts=(conflict,),
        new_conflicts=(conflict,),
        problems=(Problem("people/ida.md", 1, "name is missing"), Problem("people/ida.md", 3, "no such date")),
        not_understood=("plan.tiff",),
        kept=("people/ida.md",),
        totals={"added": 1200, "changed": 2, "withdrawn": 5},
        undecided=(
            Undecided(
                "person",
                "Ida Brook",
                "person/ida-brook",
                ("ida.pdf", "b.md"),
                "Ida Brook",
                "person/ida-brook-2",
                ("c.md",),
            ),
        ),
        understood=(
            Understood(
                Coverage("ida.pdf", 3, "loaded", True, 4, 2, 7, 1),
                (Unplaced(12, "1998 Crew", "no role"), Unplaced(14, "x")),
            ),
            Understood(Coverage("ida.ics", 4, "loaded", True, 1, 0, 0, 0)),
        ),
        counts={**COUNTS, "suggestions": 2, "unplaced": 7},
        read_documents=1,
        unchanged_documents=1,
        seconds=0.25,
        snapshot_id="7",
    )
    assert said_of(outcome) == [
        "Loaded: 2 documents, 1 entity, 7 facts (1 read, 1 unchanged, 0.2 s).",
        "2 problems in 1 document",
        "Added: 1200",
        *(f"  Orla Finch, role: role {number} (people/orla.md:{number})" for number in range(1, 6)),
        "  … and 1195 more",
        "Changed: 2",
        "  Orla Finch, role: keeper → painter (people/orla.md:8)",
        "  Orla Finch, role: cook (people/orla.md:9), start: – → 2020",
        "Withdrawn: 5",
        "  Orla Finch, role: diver (people/orla.md:3)",
        "  … and 4 more",
        "Not shown: 4 differences that name somebody removed",
        "In conflict: 1, 1 of them new",
        "  The Society, foundingDate: 1890 (a.md:3) against 1891 (b.md:4)",
        "One or two: 1 of one name; whoswho review asks about them",
        "  Ida Brook of ida.pdf and 1 more and of c.md",
        "Understood in part: 2 suggestions, 7 lines not understood",
        "  ida.pdf: 4 facts, 2 suggestions, 1 conflict, 7 lines not understood",
        "    12: 1998 Crew (no role)",
        "    14: x",
        "    … and 5 more",
        "Not understood: 1: no reader takes them",
        "  plan.tiff",
        "Broken: 1: what they said before stays",
        "  people/ida.md",
    ]


def test_report__nothing_to_do() -> None:
    outcome = Outcome(counts=COUNTS, unchanged_documents=2, snapshot_id="7", nothing_loaded=True)
    assert said_of(outcome) == ["Nothing changed: 2 documents, 1 entity, 7 facts (0 read, 2 unchanged, 0.0 s)."]


def test_report__a_check_says_that_it_wrote_nothing() -> None:
    assert said_of(Outcome(counts=COUNTS, read_documents=2))[0].startswith("Checked, nothing written: 2 documents")


def test_problems__one_line_each() -> None:
    out = io.StringIO()
    report_problems([Problem("a.md", 3, "no such date", "2019-13"), Problem("b.md", 1, "name is missing")], Screen(out))
    assert out.getvalue() == "a.md:3: no such date: '2019-13'\nb.md:1: name is missing\n"
