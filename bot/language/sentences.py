"""Where sentences begin and end in running text; knows abbreviations, nothing of what a sentence says."""

import re
from collections.abc import Iterator

# A blank may be missing behind the dot where a word follows that begins many sentences and no name.
_OPENER = r"(?:In|He|She|It|They|The|This|His|Her|After|During|Born)\b"
_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*(?:\[\d{1,3}\])*)\s+(?=[\"'“‘«(\[]*[^\W_a-z])"
    rf"|(?<=[a-z]{{3}})(?P<bare>\.)(?={_OPENER})|\n\s*\n"
)
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“‘])(?P<word>[^\s(\[\"'“‘]+)\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")  # "J", "U.S", "Ph.D" without the last dot
_NEVER_LAST = re.compile(
    r"(?:prof|dr|mr|mrs|ms|rev|fr|sr|jr|st|mt|gen|col|capt|lt|sgt|hon|pres|gov|sen|rep|ing|dipl|mag|mme|mlle|sra"
    r"|e\.g|i\.e|cf|vs|viz|resp|approx|ca|no|nos|vols?|eds?|fig|pp?|ch|sec|dept|univ|inst|est|b|d|née"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z\.b|u\.a|bzw|d\.h)\Z",
    re.IGNORECASE,
)
_MAY_BE_LAST = re.compile(r"(?:etc|al|inc|ltd|co|corp|llc|ph\.d|[bm]\.(?:a|s|sc))\Z", re.IGNORECASE)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, from left to right, without the blanks between them."""
    start = 0
    for match in _END.finditer(text):
        end = match.end("close") if match["mark"] else match.end("bare") if match["bare"] else match.start()
        if match["mark"] == "." and _goes_on(text[start : match.start()]):
            continue
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = match.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _goes_on(before: str) -> bool:
    """Whether the dot after these words belongs to an abbreviation or an initial."""
    last = _LAST_WORD.search(before)
    word = last["word"] if last else ""
    return bool(_NEVER_LAST.match(word) or (_INITIALS.match(word) and not _MAY_BE_LAST.match(word)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    whole = text[start:end]
    return start + len(whole) - len(whole.lstrip()), end - len(whole) + len(whole.rstrip())
