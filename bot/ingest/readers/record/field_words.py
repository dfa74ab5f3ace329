"""What the fields of data files mean, by the vocabulary's words for them; reads no value."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.ingest.extract.layout.fields import SURE, role
from bot.ingest.readers.record.accounts import SITES
from bot.ingest.readers.record.fields import plain
from bot.model.vocabulary import ANY_KIND, Vocabulary

ACCOUNT = "sameAs"
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_]+")
_ACCOUNT_ENDINGS = (
    "",
    "handle",
    "username",
    "user",
    "name",
    "url",
    "link",
    "id",
    "account",
    "profile",
    "page",
    "nick",
    "screenname",
)
# What a field says about the kind of its record: most fields fit several, these few tell.
_TELLING = {
    "person": {"givenName": 3, "familyName": 3, "worksFor": 1, "jobTitle": 1, "pronouns": 3, "talk": 1, "email": 1,
               "telephone": 1},
    "event": {"performer": 3, "startTime": 3, "startDate": 2, "endTime": 2, "track": 2, "duration": 2, "recording": 1,
              "location": 1, "organizer": 2, "doorTime": 3, "slides": 2},
    "organization": {"tier": 1, "founder": 3, "numberOfEmployees": 3, "parentOrganization": 1},
    "project": {"codeRepository": 3, "license": 3, "programmingLanguage": 1, "maintainer": 3, "version": 2},
    "publication": {"author": 2, "isPartOf": 1, "identifier": 3, "volumeNumber": 3, "publisher": 2, "pagination": 1},
    "place": {"capacity": 2, "address": 2},
}  # fmt: skip
_TELLING_WORDS = {  # names of fields that only one kind has
    "person": ("bio", "biography", "twitter", "firstname", "shortbio", "pronouns", "company", "jobtitle", "avatar",
    "headshot", "position"),
    "event": ("abstract", "speakers", "speaker", "room", "venue", "extract", "track", "starttime", "sessiontitle"),
    "publication": ("doi", "journal", "booktitle", "isbn", "authors"),
    "project": ("repo", "repository", "license", "cffversion"),
    "organization": ("logo", "tier"),
}  # fmt: skip
_DETAILS = frozenset({"status", "note", "before", "denies", "area", "concerns"})  # said of facts, not of records
_ONCE = frozenset({"name", "givenName", "familyName", "id"})  # of which a record has one
_BY_COLLECTION = 6  # what the name of a list weighs against its fields
_BY_FILE = 4
_ENOUGH = 4


class FieldWords:
    """The names of fields by kind. Immutable; one for each vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._targets: dict[str, dict[str, str]] = {}
        self.naming: dict[str, list[str]] = {}  # kind -> names of the field that names a record, the usual one first
        shared = vocabulary.fields.get(ANY_KIND, {})
        for kind in vocabulary.kinds:
            names: dict[str, str] = {}
            for fields in (vocabulary.fields.get(kind, {}), shared):
                for target, words in fields.items():
                    for word in words:
                        names.setdefault(plain(word), target)
            for name, known in vocabulary.properties.items():
                if (not known.of or kind in known.of) and name not in _DETAILS:
                    names.setdefault(plain(name), name)
            self._targets[kind] = names
            telling = ("name", "alias") if kind == "event" else ("name",)  # some give only what they are for short
            self.naming[kind] = [name for wanted in telling for name, target in names.items() if target == wanted]
        self._collections = {
            plain(word): kind for kind, words in vocabulary.collections.items() for word in words
        }  # fmt: skip
        self._types = {
            kind: {plain(word): name for name, words in known.types.items() for word in (name, *words)}
            for kind, known in vocabulary.kinds.items()
        }

    def target(self, kind: str, name: str) -> str | None:
        """The property or role a field has in records of a kind; None where that is not known."""
        key = plain(name)
        found = self._targets[kind].get(key)
        if found is None and account_site(name):
            return ACCOUNT
        if found is None and key[-1:].isdigit():  # the second of several: `speaker2`, `education 2`
            found = self._targets[kind].get(key.rstrip("0123456789"))
            return None if found in _ONCE else found
        return found

    def kind_of_collection(self, name: str) -> str | None:
        """The kind of the records in a list of this name."""
        whole = self._collections.get(plain(name))
        if whole is not None:
            return whole
        parts = [plain(part) for part in _PARTS.findall(name)]
        for part in reversed(parts):  # the last word says what it is: keynote_speakers are speakers
            if part in self._collections:
                return self._collections[part]
        return next(
            (kind for word, kind in self._collections.items() if len(word) > 5 and plain(name).endswith(word)), None
        )

    def is_collection(self, word: str) -> bool:
        """Whether a word of a file name only says what is listed in it."""
        return plain(word) in self._collections

    def type_of(self, kind: str, word: str) -> str | None:
        """The finer type that a word names: `workshops` are workshops."""
        key = plain(word)
        types = self._types[kind]
        return types.get(key) or (types.get(key[:-1]) if key.endswith("s") else None)

    def type_by_tag(self, kind: str, tag: str) -> str | None:
        """The finer type whose own name a tag is; its other words mean other things as tags (`performance`)."""
        found = self.type_of(kind, tag)
        return found if found is not None and plain(found) in (plain(tag), plain(tag)[:-1]) else None

    def parts(self, name: str) -> list[str]:
        """The words of a field's name."""
        return _PARTS.findall(name)

    def words_of_file(self, name: str) -> tuple[str, ...]:
        """The words of a file name that say what is listed in it."""
        return tuple(part for part in _PARTS.findall(name) if self.is_collection(part))

    def kind_of(self, records: Sequence[Iterable[str]], names: Sequence[str], file: str) -> str | None:
        """What records are, by what their fields are called and by the names of list and file; None: not clear.

        `names` are those of the lists around them, the innermost last.
        """
        scores: Counter[str] = Counter()
        seen = Counter(name for record in records for name in {plain(field) for field in record})
        usual = [name for name, count in seen.items() if 3 * count >= len(records)]
        if _dated_titles(usual):
            return "event"
        named = next((kind for name in reversed(names) if (kind := self.kind_of_collection(name))), None)
        if named is None and names and role(names[-1]) >= SURE:
            named = "person"  # `webmaster: [{name: …}]`
        if named is not None:
            scores[named] += _BY_COLLECTION
        filed = self.kind_of_collection(file)
        if filed is not None:
            scores[filed] += _BY_FILE
        for kind, telling in _TELLING.items():
            targets = {self._targets[kind].get(name) for name in usual}
            named_so = {"name", "alias"} if kind == "event" else {"name"}
            if not named_so & targets and not {"givenName", "familyName"} <= targets:
                scores[kind] -= 100
            scores[kind] += sum(weight for target, weight in telling.items() if target in targets)
            scores[kind] += sum(2 for name in _TELLING_WORDS.get(kind, ()) if name in usual)
        if "name" in usual and any("bio" in name for name in usual):
            scores["person"] += 4  # only a person has a name and a life
        if not scores:
            return None
        best, second = [*scores.most_common(2), ("", 0)][:2]
        return best[0] if best[1] >= _ENOUGH and best[1] > second[1] else None


def _dated_titles(fields: Sequence[str]) -> bool:
    """Whether a list of people is really one of what they hold: a title and a name with a date or a room."""
    held = {"date", "time", "room", "starttime", "abstract", "track"}
    return "title" in fields and "name" in fields and bool(held.intersection(fields)) and "bio" not in fields


def account_site(name: str) -> str:
    """The site whose account a field holds: `twitter`, `twitter_handle`, `githubUrl`; empty for any other field."""
    key = plain(name)
    for site in SITES:
        if site not in ("x", "blog") and key.startswith(site) and key[len(site) :] in _ACCOUNT_ENDINGS:
            return site
    return "x" if key == "x" else ""


_made: dict[int, tuple[Vocabulary, FieldWords]] = {}


def field_words(vocabulary: Vocabulary) -> FieldWords:
    """The names of fields in a vocabulary, made once for each."""
    known = _made.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        _made.clear()
        known = _made[id(vocabulary)] = (vocabulary, FieldWords(vocabulary))
    return known[1]
