"""What `whoswho doctor` found, one thing at a time; looks at nothing itself."""

from dataclasses import dataclass
from enum import StrEnum

from bot.terminal.screen import Screen


class Verdict(StrEnum):
    """How something was found."""

    FINE = "ok"
    NOTE = "note"  # works, but worth knowing
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `mend` says what to do about it."""

    verdict: Verdict
    what: str
    found: str
    mend: str = ""


def fine(what: str, found: str) -> Finding:
    """Nothing to do about it."""
    return Finding(Verdict.FINE, what, found)


def note(what: str, found: str, mend: str) -> Finding:
    """It works; what else could be done about it."""
    return Finding(Verdict.NOTE, what, found, mend)


def wrong(what: str, found: str, mend: str) -> Finding:
    """It does not work before it is mended."""
    return Finding(Verdict.WRONG, what, found, mend)


def tell(finding: Finding, screen: Screen) -> None:
    """One line about a finding."""
    mend = f" – {finding.mend}" if finding.mend else ""
    screen.text(f"{finding.verdict:<5}  {finding.what}: {finding.found}{mend}")
