"""One record of a data file to fact drafts: what each field says of a person, an event or anything else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.ingest.documents.drafting import Drafting
from bot.ingest.readers.record.accounts import account_url, is_repository, link_of, on_site, platform_of, site_name
from bot.ingest.readers.record.employers import is_aside, role_before
from bot.ingest.readers.record.field_words import ACCOUNT, FieldWords, account_site
from bot.ingest.readers.record.fields import field_among, plain
from bot.ingest.readers.record.group import Group, named_by, one_language
from bot.ingest.readers.record.groups import split_listed
from bot.ingest.readers.record.labels import chosen_by
from bot.ingest.readers.record.names import is_key, split_names, with_nicknames
from bot.ingest.readers.record.placed import Placing, text_of
from bot.ingest.readers.record.schema_types import kind_of
from bot.ingest.readers.record.texts import (
    SHORT,
    duration_text,
    introduction,
    is_kept_free,
    is_placeholder,
    mail_address,
    readable,
)
from bot.ingest.readers.record.tree import Record, is_collection
from bot.ingest.readers.record.when import When, read_when
from bot.language.document_words import folded
from bot.language.yaml_text import YamlPath, items_of
from bot.model.entity import EntityRef
from bot.model.fact import Evidence
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.vocabulary import Property

_DEEPEST = 4  # records within records
_PASSAGE_FROM = 40  # characters of a text
_MOST_VALUES = 200  # of one field
_INNER = ("url", "link", "href", "value", "text", "name", "title", "label")  # where a mapping has its value
_CALLED, _PRICE = (
    ("name", "title", "type", "label", "category"),
    ("price", "cost", "amount", "fee", "value"),
)  # a ticket
_ADDRESSES = ("url", "link", "href", "address", "username", "handle")  # of an account
_SITES = ("icon", "network", "platform", "site", "type", "name", "service", "title")  # where it is
_WITH_CODE = ("publication", "project")
_BY_LABEL = frozenset({"track", "type", "difficulty", "inLanguage", "location", "duration", "attendance"})
_FREE = frozenset({"free", "gratis", "frei", "kostenlos", "gratuit", "gratuito"})
_SILENT = ("id", "skip", "name", "givenName", "familyName", "alias")


@dataclass(slots=True)
class Said:
    """One value of a field: its text, or the mapping it is, with its place."""

    text: str
    path: YamlPath
    mapping: dict[str, Any] | None = None


@dataclass(slots=True)
class Source:
    """What all records of one document are read with."""

    drafting: Drafting
    words: FieldWords
    group: Group
    placed: Placing
    overrides: dict[str, str] = field(default_factory=dict)  # plain name of a field -> what a maintainer says it is
    passages: list[PassageDraft] = field(default_factory=list)
    declared: set[tuple[str, str]] = field(default_factory=set)
    taken: set[YamlPath] = field(default_factory=set)  # lists that the record around them has told of


class RecordFacts:
    """Reads one record of a known kind."""

    def __init__(self, source: Source, record: Record, kind: str, *, depth: int = 0) -> None:
        self.source = source
        self.record = record
        self.kind = kind
        self.drafting = source.drafting
        self._depth = depth
        self.name, self.name_field = named_by(source.words, kind, record, source.overrides)
        self.alias = ""  # what it shares with others of its list, where its name was made longer
        self.fields: dict[str, list[str]] = {}  # target -> the fields that hold it
        self._labelled: dict[str, list[Said]] = {}  # target -> categories that say it
        chosen = chosen_by(record.data, record.path, source.group.labels) if kind == "event" else {}
        for label, path in (one for several in chosen.values() for one in several):
            target = source.words.target(kind, label.title)
            target = target if target in _BY_LABEL else "about"
            self._labelled.setdefault(target, []).append(Said(label.name, path))
            self.fields.setdefault(target, [])
        for key in record.data:
            target = source.overrides.get(plain(key)) or source.words.target(kind, key)
            if key in ("", self.name_field) or key.startswith("@") or key in chosen:
                continue
            if not is_collection(key, record.data[key], record.data):
                self.fields.setdefault(target or "", []).append(key)
        self.ref = EntityRef(self.name, (kind,))

    # -- the record as a whole --

    def declare(self, types: Iterable[str] = (), aliases: Iterable[str] = ()) -> None:
        """Note that there is such an entity."""
        named = [said.text for said in self.values("alias") if said.text]
        found = tuple(dict.fromkeys(text for text in (*named, *aliases) if text and text != self.name))
        identity = (self.kind, self.name)
        if identity in self.source.declared and not found:
            return
        self.source.declared.add(identity)
        self.drafting.declare(self.kind, self.name, self.line, aliases=found, types=tuple(dict.fromkeys(types)))

    @property
    def name_path(self) -> YamlPath:
        """Where its name stands."""
        return (*self.record.path, self.name_field) if self.name_field else self.record.path

    @property
    def line(self) -> int:
        """The line of its name."""
        return self.source.placed.line(self.name_path)

    @property
    def evidence(self) -> Evidence:
        """The words of that line."""
        return self.source.placed.evidence(self.name_path, self.name)

    def state_rest(self, start: PartialDate | None = None, end: PartialDate | None = None) -> None:
        """State every field that no rule of its kind has taken; name those that mean nothing here."""
        for target in list(self.fields):
            if target in self.drafting.vocabulary.properties:
                self.state_all(target, start=start, end=end)
        self.leave_unknown()

    def leave_unknown(self) -> None:
        """Name the fields that are left."""
        for target, keys in self.fields.items():
            if target in _SILENT and target != "skip":
                continue
            for key in keys:
                shown = text_of(self.record.data[key])
                value = self.record.data[key]
                if value in (None, "", [], {}) or isinstance(value, bool) or (target == "id"):
                    continue
                why = f"{key[:60]}: not taken over" if target else f"{key[:60]}: no field that is known of {self.kind}"
                self.drafting.leave(self.source.placed.evidence((*self.record.path, key), shown), why)
        self.fields = {}

    def tell(self, section: str) -> None:
        """Make the record searchable: its texts one by one, or else all its values in a line."""
        told, about = False, self.ref if self.kind == "person" else None  # a text beside a talk may be of who holds it
        for key, value in self.record.data.items():
            text = readable(text_of(one_language(value)))
            if len(text) >= _PASSAGE_FROM and not text.lower().startswith(("http://", "https://")):
                line = self.source.placed.first_line((*self.record.path, key))
                self.source.passages.append(PassageDraft(line, self.name, section, text, about))
                told = True
        if not told:
            texts = [readable(text_of(value)) for value in self.record.data.values()]
            line_text = " · ".join(text for text in texts if text)
            if line_text:
                self.source.passages.append(PassageDraft(self.line, self.name, section, line_text[:1000], about))

    # -- single fields --

    def take(self, target: str) -> list[Said]:
        """The values of a field, which counts as read."""
        found = self.values(target)
        self.fields.pop(target, None)
        self._labelled.pop(target, None)
        return found

    def values(self, target: str) -> list[Said]:
        """All values of the fields that hold `target`."""
        found = list(self._labelled.get(target, ()))
        for key in self.fields.get(target, ()):
            value, path = one_language(self.record.data[key]), (*self.record.path, key)
            for item, where in islice(items_of(value, path), _MOST_VALUES):
                said = one_language(item)
                if isinstance(said, dict):
                    found.append(Said("", where, said))
                elif said is True and self.kind == "event":
                    found.append(Said(key, where))
                elif (text := readable(text_of(said))) and not is_placeholder(text):
                    found.append(Said(text, where))
        return found

    def state_all(
        self, target: str, qualifiers: Iterable[tuple[str, str]] = (), start: PartialDate | None = None,
        end: PartialDate | None = None,
    ) -> None:  # fmt: skip
        """State a property with every value of its fields."""
        if target == ACCOUNT:
            self._accounts()
            return
        known = self.drafting.vocabulary.properties[target]
        quals = list(qualifiers)
        for said in self.take(target):
            if target == "worksFor" and said.mapping is None and self._employed(said, quals, start, end):
                continue
            if target == "offers" and (link := link_of(said.text)):
                self.drafting.state(self.ref, "url", link, self.evidence_of(said), start=start, end=end)
                continue
            if said.mapping is not None and target in ("requirement", "offers"):
                read = self._needs(said) if target == "requirement" else self._priced(said)
            else:
                read = self.read(known, said)
            for value in read:
                told = duration_text(value) if target == "duration" else value
                self.drafting.state(
                    self.ref, target, told, self.evidence_of(said), qualifiers=quals, start=start, end=end
                )

    def _employed(
        self, said: Said, quals: list[tuple[str, str]], start: PartialDate | None, end: PartialDate | None
    ) -> bool:
        """Whether the field of the employer has a role too, which is stated, or only a remark, which is left."""
        told = said.text
        if is_aside(told):
            self._left(said, "no employer")
            return True
        held, employer = ("", "") if any(name == "roleName" for name, _ in quals) else role_before(told)
        if held:
            details = [*quals, ("roleName", held)] if employer else quals
            property_, value = ("worksFor", employer) if employer else ("jobTitle", held)
            evidence = self.evidence_of(said)
            self.drafting.state(self.ref, property_, value, evidence, qualifiers=details, start=start, end=end)
        return bool(held)

    def _needs(self, said: Said) -> list[str]:
        """What a mapping of things to their versions requires: `{node: ">=18"}`."""
        return [f"{name} {text_of(value)}".strip() for name, value in (said.mapping or {}).items() if text_of(value)]

    def _priced(self, said: Said) -> list[str]:
        """What one kind of ticket costs: `{name: Early bird, price: 20, currency: EUR}`."""
        self.source.taken.add(said.path)
        data = said.mapping or {}
        called, price, currency = (
            text_of(data[name]) if (name := field_among(data, names)) is not None else ""
            for names in (_CALLED, _PRICE, ("currency", "pricecurrency"))
        )
        if not price:
            return _prices(data) or self._left(said, "a price without a figure")
        told = f"{price} {currency}".strip()
        return [f"{called}: {told}" if called else told]

    def read(self, known: Property, said: Said) -> list[str]:
        """What a value says in terms of its property; empty, with the line left, where it says nothing there."""
        literal = known.literal
        if said.mapping is not None and literal is None:
            nested = self.nested(said, known.type)
            return [nested] if nested else []
        if said.mapping is not None:
            inner = field_among(said.mapping, _INNER)
            if inner is None:
                return self._left(said, "a record where a value belongs")
            said = Said(readable(text_of(said.mapping[inner])), (*said.path, inner))
        if literal is None:
            return [name for name in self._named(known, said) if name]
        if literal == "url":
            link = link_of(said.text) or on_site(said.text, self._sites())
            return [link] if link else self._left(said, "not a whole web address")
        if literal == "email":
            return [mail_address(said.text)]
        if literal == "date":
            when = read_when(said.text)
            return [str(when.start)] if when is not None and when.start is not None else self._left(said, "not a date")
        return [introduction(said.text) if len(said.text) > SHORT else said.text]

    def _sites(self) -> list[str]:
        """The addresses of those who hold an event, on whose site its page is."""
        held = [
            value for key, value in self.record.data.items() if self.source.words.target("event", key) == "organizer"
        ]
        return [text_of(value.get("url")) for value in held if isinstance(value, dict)] if self.kind == "event" else []

    def evidence_of(self, said: Said) -> Evidence:
        """Where a value stands."""
        path = said.path
        return self.source.placed.evidence(path, said.text)

    def nested(self, said: Said, kinds: tuple[str, ...]) -> str:
        """The name of a record within this one, whose own fields are stated too."""
        typed = kind_of(said.mapping) if said.mapping is not None else None
        usual = "place" if "place" in kinds else next((kind for kind in kinds if kind != "topic"), kinds[0])
        kind = typed if typed is not None and typed in kinds else usual
        if said.mapping is None or self._depth >= _DEEPEST or kind not in self.drafting.vocabulary.kinds:
            return ""
        inner = RecordFacts(self.source, Record(said.mapping, said.path), kind, depth=self._depth + 1)
        if not inner.name:
            key = field_among(said.mapping, ("id", "key"))
            found = self.source.group.name_of(kinds, text_of(said.mapping[key])) if key is not None else None
            if found is None:
                self.drafting.leave(self.source.placed.evidence(said.path), "a record without a name")
            return found or ""
        inner.declare()
        inner.state_rest()
        self.source.taken.add(said.path)
        said.text, said.path = inner.name, inner.name_path
        return inner.name

    def _named(self, known: Property, said: Said) -> list[str]:
        """The entities a text names: by keys of records in the same folder, or by name."""
        by_key = self.source.group.name_of(known.type, said.text)
        if by_key is not None:
            return [by_key]
        if "person" in known.type:
            return [self._person(known, said, part) for part in split_names(said.text) if not is_kept_free(part)]
        if known.type[0] == "topic":
            return split_listed(said.text, "|")
        return [self._by_key(known, said, said.text)]

    def _person(self, known: Property, said: Said, text: str) -> str:
        """A name without what stands behind it in brackets; a nickname there is noted."""
        name, aliases = with_nicknames(text)
        if aliases and known.type[0] == "person":
            self.drafting.declare("person", name, self.source.placed.line(said.path), aliases=aliases)
        return self._by_key(known, said, name)

    def _by_key(self, known: Property, said: Said, text: str) -> str:
        found = self.source.group.name_of(known.type, text)
        if found is None and is_key(text) and text.isdigit() and "person" in known.type:
            self.drafting.leave(self.evidence_of(said), f"no record has the key {text}")
            return ""
        return found or text

    def _accounts(self) -> None:
        for key in self.fields.pop(ACCOUNT, ()):
            self._account(self._site(key), self.record.data[key], (*self.record.path, key))

    def _site(self, key: str) -> str:
        """The site that a field is named after, alone or behind whose account it is: `speaker_twitter`."""
        return account_site(key) or account_site(" ".join(self.source.words.parts(key)[1:])) or key

    def _account(self, site: str, value: Any, path: YamlPath, depth: int = 0) -> None:
        """An account by handle or address, a mapping of sites to those, or a list of any."""
        if isinstance(value, list) and depth < 3:
            for index, item in enumerate(value[:_MOST_VALUES]):
                self._account(site, item, (*path, index), depth + 1)
            return
        if isinstance(value, dict) and depth < 3:
            link, called = field_among(value, _ADDRESSES), field_among(value, _SITES)
            if link is not None:
                label = text_of(value[called]) if called is not None else site
                self._account(label, value[link], (*path, link), depth + 1)
                return
            for name, item in value.items():
                self._account(account_site(name) or name, item, (*path, name), depth + 1)
            return
        text = text_of(value)
        if not text:
            return
        url = account_url(site, text) or link_of(text)
        evidence = self.source.placed.evidence(path, text)
        if not url:
            self.drafting.leave(evidence, "an account without an address")
            return
        platform = site_name(site) or platform_of(url)
        kept = platform or platform_of(url)
        if self.kind in _WITH_CODE and is_repository(url):
            self.drafting.state(self.ref, "codeRepository", url, evidence)
            return
        plain_link = not kept and plain(site) != plain(ACCOUNT)
        self.drafting.state(
            self.ref, "url" if plain_link else ACCOUNT, url, evidence, qualifiers=[("platform", kept)] if kept else []
        )

    def _left(self, said: Said, why: str) -> list[str]:
        self.drafting.leave(self.evidence_of(said), why)
        return []


def _prices(mapping: dict[str, Any]) -> list[str]:
    """What each kind of ticket costs, where a mapping has nothing but these: `{early_bird: €20, student: free}`."""
    texts = {name: text_of(value) for name, value in mapping.items()}
    priced = all(any(char.isdigit() for char in text) or folded(text) in _FREE for text in texts.values())
    return (
        [f"{name.replace('_', ' ').capitalize()}: {text}" for name, text in texts.items()] if texts and priced else []
    )


def whole_time(values: list[Said]) -> When | None:
    """The first of some values that is a time."""
    return next((when for said in values if (when := read_when(said.text)) is not None), None)
