"""JSON Resume, in JSON or YAML, with its older and looser forms: every field of its schema, nothing else."""

from collections.abc import Iterable
from dataclasses import replace

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.readers.data_text import JSON, YAML, read_data
from bot.ingest.readers.encoding import broken, decode
from bot.ingest.readers.record.accounts import account_url, link_of, platform_of
from bot.ingest.readers.record.fields import Field, Fields
from bot.ingest.readers.record.groups import is_category, split_listed
from bot.ingest.readers.record.placed import Placed
from bot.model.entity import EntityRef
from bot.model.fact import Evidence, Rank
from bot.model.partial_date import PartialDate
from bot.model.passage import PassageDraft
from bot.model.problem import Problem

_SECTIONS = (
    "work", "volunteer", "education", "awards", "certificates", "publications", "skills", "languages", "interests",
    "references", "projects",
)  # fmt: skip
_NAME = ("name", "fullName")
_LINK = ("url", "website", "link")
_PASSAGE_FROM = 40  # characters; what is shorter is said by its fact

Qualifiers = list[tuple[str, str]]


class JsonResumeReader:
    """Reads résumés in the JSON Resume schema; see `Reader`."""

    def accepts(self, raw: Raw) -> bool:
        """JSON with a key `basics`, or YAML in which a line begins with it."""
        path = raw.path.lower()
        if path.endswith(JSON):
            return b'"basics"' in raw.data or '"basics"'.encode("utf-16-le")[:-1] in raw.data
        return path.endswith(YAML) and (raw.data.startswith(b"basics:") or b"\nbasics:" in raw.data)

    def read(self, raw: Raw, context: Context) -> Reading:
        """Everything the résumé states, and the fields that no fact was made of."""
        decoded = decode(raw)
        if not decoded.readable:
            return Reading(problems=decoded.problems)
        data = read_data(raw, decoded)
        if isinstance(data, Problem):
            return Reading(problems=(data,))
        placed = Placed(raw.path, decoded.lines, data.lines)
        root = data.data
        path: tuple[str, ...] = ()
        if isinstance(root, dict) and "basics" not in root and isinstance(root.get("resume"), dict):
            root, path = root["resume"], ("resume",)
        if not isinstance(root, dict):
            return broken(raw, 1, "not a mapping with the sections of a résumé")
        problems = decoded.problems
        return _Resume(raw, context, Fields(placed, root, path)).read(problems)


class _Resume:
    def __init__(self, raw: Raw, context: Context, root: Fields) -> None:
        self._raw = raw
        self._root = root
        self._drafting = Drafting(raw.path, context.vocabulary, Rank.STRUCTURED)
        self._founder = frozenset(context.vocabulary.properties["founder"].nouns)
        self._passages: list[PassageDraft] = []
        self._person = EntityRef("", ("person",))

    def read(self, problems: tuple[Problem, ...]) -> Reading:
        root, raw = self._root, self._raw
        basics = next(root.mappings("basics"), None)
        named = basics.text(*_NAME) if basics is not None else None
        if basics is not None and named is None:
            given, family = basics.text("firstName", "givenName"), basics.text("lastName", "familyName")
            if given is not None and family is not None:
                named = Field(f"{given.text} {family.text}", given.path, given.evidence)
        name = named.text if named is not None else raw.hints.about
        if not name:
            return broken(raw, 1, "a résumé without a name under basics; say in its settings whom it is about")
        self._person = self._drafting.declare("person", name, named.evidence.line if named is not None else 1)
        if basics is not None:
            self._basics(basics)
        for section in _SECTIONS:
            for item in root.entries(section):
                getattr(self, f"_{section}")(item)
                item.leave_rest(self._drafting)
        meta = next(root.mappings("meta"), None)
        modified = meta.when("lastModified", self._drafting) if meta is not None else None
        root.skip("$schema")
        root.leave_rest(self._drafting)
        date = modified.start if modified is not None else None
        return self._drafting.reading(
            self._passages, problems, raw.source(f"{name}'s résumé", author=name, date=date)
        )  # fmt: skip

    # -- basics --

    def _basics(self, basics: Fields) -> None:
        for name, fields in (
            ("jobTitle", ("label", "title")),
            ("email", ("email",)),
            ("url", _LINK),
            ("description", ("summary", "bio", "about")),
        ):
            for field in basics.texts(*fields):
                self._say(name, _linked(field) if name == "url" else field)
        phone = basics.text("phone", "telephone", "mobile")
        if phone is not None:
            if any(char.isdigit() for char in phone.text):
                self._say("telephone", phone)
            else:
                self._drafting.leave(phone.evidence, "not a telephone number")
        for place in basics.entries("location"):
            self._location(place)
        for profile in basics.entries("profiles"):
            self._profile(profile)
        basics.leave_rest(self._drafting)

    def _location(self, place: Fields) -> None:
        city = place.text("city", "name")
        region, country = place.text("region", "state"), place.text("country", "countryCode")
        street, code = place.text("address"), place.text("postalCode")
        value = city or region or (country if country is not None and len(country.text) > 2 else None)
        if value is not None:
            details = [("addressRegion", region), ("addressCountry", country)]
            quals = [(name, field.text) for name, field in details if field is not None and field is not value]
            self._say("homeLocation", value, quals)
        if street is not None and any(char.isdigit() for char in street.text):
            parts = [street, code, city, region, country]
            self._drafting.state(
                self._person, "address", ", ".join(part.text for part in parts if part is not None), street.evidence
            )
        else:
            for field in (street, code):
                if field is not None:
                    self._drafting.leave(field.evidence, "no full address")
        place.leave_rest(self._drafting)

    def _profile(self, profile: Fields) -> None:
        network, user, link = profile.text("network"), profile.text("username"), profile.text("url", "name")
        url = link.text if link is not None else account_url(network.text if network else "", user.text if user else "")
        shown = link or user or network
        if shown is None:
            return
        if not url:
            self._drafting.leave(shown.evidence, "an account without a link")
            return
        quals: Qualifiers = []
        platform = network.text if network is not None else platform_of(url)
        if platform:
            quals.append(("platform", platform))
        if user is not None:
            quals.append(("username", user.text))
        self._drafting.state(self._person, "sameAs", url, shown.evidence, qualifiers=quals)
        profile.leave_rest(self._drafting)

    # -- what someone did --

    def _work(self, item: Fields) -> None:
        self._engagement(item, "worksFor", ("name", "company", "employer", "organization"))

    def _volunteer(self, item: Fields) -> None:
        self._engagement(item, "memberOf", ("organization", "name", "company"), role="volunteer")

    def _engagement(self, item: Fields, property_: str, names: tuple[str, ...], role: str = "") -> None:
        employer = item.text(*names)
        positions = item.texts("position", "title", "role", "jobTitle")
        start, end = self._time(item)
        duties = [*item.texts("summary"), *item.texts("highlights", "responsibilities", "achievements")]
        place = self._place(item)
        link, about = item.text(*_LINK), item.text("description")
        link = _linked(link) if link is not None else None
        if employer is None:
            for field in positions:
                self._say("jobTitle", field, place, start, end)
            self._did(duties, None, start, end)
            self._tell("work", duties)
            return
        roles = [field.text for field in positions] or ([role] if role else [])
        quals = [("roleName", text) for text in roles] + place
        self._say(property_, employer, quals, start, end)
        self._did(duties, employer, start, end)
        organization = EntityRef(employer.text, ("organization",))
        for field in positions:
            if any(part.casefold() in self._founder for part in split_listed(field.text, "&/-–|")):
                self._drafting.state(organization, "founder", self._person.name, field.evidence, start=start)
        if link is not None:
            self._drafting.state(organization, "url", link.text, link.evidence)
        if about is not None:
            self._drafting.state(organization, "description", about.text, about.evidence)
        self._tell(employer.text, [*duties, *([about] if about else [])])

    def _did(
        self, fields: Iterable[Field], place: Field | None, start: PartialDate | None, end: PartialDate | None
    ) -> None:
        """What was done somewhere, each thing a fact of its own: a question is about one of them."""
        within = [("within", place.text)] if place is not None else []
        for field in fields:
            self._say("duty", field, within, start if end is not None else None, end)

    def _education(self, item: Fields) -> None:
        school = item.text("institution", "name", "school", "university")
        degree, area = item.texts("studyType", "degree"), item.texts("area", "fieldOfStudy", "major")
        start, end = self._time(item)
        quals = _all("degree", degree) + _all("fieldOfStudy", area)
        score = item.text("score", "gpa", "grade")
        if score is not None:
            quals.append(("gpa", score.text))
        courses = item.texts("courses")
        notes = [*item.texts("summary", "description"), *item.texts("highlights")]
        quals += self._place(item) + _all("course", courses)
        link = item.text(*_LINK)
        if school is None:
            for field in degree:
                self._say("degree", field, [("fieldOfStudy", found.text) for found in area], start, end)
            return
        self._say("alumniOf", school, quals, start, end)
        self._did(notes, school, start, end)
        if link is not None:
            self._drafting.state(EntityRef(school.text, ("organization",)), "url", link.text, link.evidence)
        self._tell(school.text, [*notes, *courses])

    def _projects(self, item: Fields) -> None:
        name = item.text("name", "title")
        if name is None:
            return
        project = self._declare("project", name, [field.text for field in item.texts("type")])
        start, end = self._time(item)
        roles, texts = item.texts("roles", "role"), [*item.texts("description", "summary"), *item.texts("highlights")]
        self._drafting.state(
            project, "contributor", self._person.name, name.evidence, qualifiers=_all("roleName", roles),
            start=start, end=end,
        )  # fmt: skip
        for field in texts:
            self._drafting.state(project, "description", field.text, field.evidence)
        for field in item.texts("keywords"):
            for topic in split_listed(field.text):
                self._drafting.state(project, "about", topic, field.evidence)
        for property_, fields in (
            ("url", _LINK),
            ("codeRepository", ("github", "repository")),
            ("developer", ("entity",)),
        ):
            for field in item.texts(*fields):
                self._drafting.state(project, property_, field.text, field.evidence)
        self._tell(name.text, texts)

    def _publications(self, item: Fields) -> None:
        name = item.text("name", "title")
        if name is None:
            return
        work = self._declare("publication", name, [])
        date = item.when("releaseDate", self._drafting) or item.when("date", self._drafting)
        day = date.start if date is not None else None
        self._drafting.state(work, "author", self._person.name, name.evidence, start=day)
        if day is not None:
            self._drafting.state(work, "datePublished", str(day), (item.text("releaseDate", "date") or name).evidence)
        summary = item.texts("summary", "description")
        for property_, fields in (
            ("publisher", item.texts("publisher")),
            ("url", item.texts(*_LINK)),
            ("description", summary),
        ):
            for field in fields:
                self._drafting.state(work, property_, field.text, field.evidence)
        self._tell(name.text, summary)

    # -- what someone has and can --

    def _awards(self, item: Fields) -> None:
        self._honour(item, "award", ("awarder", "issuer"))

    def _certificates(self, item: Fields) -> None:
        self._honour(item, "hasCredential", ("issuer", "awarder"))

    def _honour(self, item: Fields, property_: str, givers: tuple[str, ...]) -> None:
        title = item.text("title", "name")
        if title is None:
            return
        date = item.when("date", self._drafting) or item.when("startDate", self._drafting)
        summary = item.texts("summary", "description")
        quals = _all("awarder", item.texts(*givers)) + _all("description", summary) + _all("url", item.texts(*_LINK))
        self._say(property_, title, quals, date.start if date else None, date.end if date else None)
        self._tell(title.text, summary)

    def _skills(self, item: Fields) -> None:
        self._group(item, "knowsAbout")

    def _interests(self, item: Fields) -> None:
        self._group(item, "interest")

    def _group(self, item: Fields, property_: str) -> None:
        """Keywords under the name of their group; the name counts itself where it is more than a heading."""
        name = item.text("name", "title")
        level = _all("proficiency", item.texts("level"))
        keywords = item.texts("keywords", "items")
        if name is not None and not (keywords and is_category(name.text)):
            for topic in [name.text] if keywords else split_listed(name.text):
                self._drafting.state(self._person, property_, topic, name.evidence, qualifiers=level)
        area = [("area", name.text)] if name is not None else []
        for field in keywords:
            for topic in split_listed(field.text):
                self._drafting.state(self._person, property_, topic, field.evidence, qualifiers=[*area, *level])
        self._tell(name.text if name is not None else "", item.texts("summary"))

    def _languages(self, item: Fields) -> None:
        language = item.text("language", "name")
        if language is not None:
            self._say("knowsLanguage", language, _all("proficiency", item.texts("fluency", "level")))

    def _references(self, item: Fields) -> None:
        name, text = item.text("name"), item.text("reference", "quote")
        if name is not None and text is not None:
            person = EntityRef(name.text, ("person",))
            self._drafting.state(person, "claim", text.text, text.evidence, qualifiers=[("about", self._person.name)])
            self._tell(name.text, [text])

    # -- helpers --

    def _say(
        self, property_: str, field: Field, qualifiers: Iterable[tuple[str, str]] = (),
        start: PartialDate | None = None, end: PartialDate | None = None,
    ) -> None:  # fmt: skip
        self._drafting.state(
            self._person, property_, field.text, field.evidence, qualifiers=qualifiers, start=start, end=end
        )

    def _declare(self, kind: str, name: Field, types: list[str]) -> EntityRef:
        lower = tuple(text.casefold() for text in types if text.casefold() != kind)
        return self._drafting.declare(kind, name.text, name.evidence.line, types=lower)

    def _time(self, item: Fields) -> tuple[PartialDate | None, PartialDate | None]:
        start, end = item.when("startDate", self._drafting), item.when("endDate", self._drafting)
        first, last = start.start if start is not None else None, end.end if end is not None else None
        if first is not None and last is not None and first.first and last.last and last.last < first.first:
            evidence: Evidence = (item.text("endDate") or item.text("startDate")).evidence  # type: ignore[union-attr]
            self._drafting.leave(evidence, "ends before it starts")
            return None, None
        return first, last

    def _place(self, item: Fields) -> Qualifiers:
        """Where a job or a school was: text, or city and country apart."""
        quals: Qualifiers = []
        for place in item.entries("location"):
            found = [place.text("name", "city"), place.text("region"), place.text("country", "countryCode")]
            named = ", ".join(field.text for field in found if field is not None)
            if named:
                quals.append(("location", named))
        return quals

    def _tell(self, section: str, fields: Iterable[Field]) -> None:
        """Texts that can be searched as they stand."""
        for field in fields:
            if len(field.text) >= _PASSAGE_FROM:
                self._passages.append(PassageDraft(field.evidence.line, self._person.name, section, field.text))


def _linked(field: Field) -> Field:
    """A web address that may have been written without its scheme."""
    return replace(field, text=link_of(field.text) or field.text)


def _all(name: str, fields: Iterable[Field]) -> Qualifiers:
    return [(name, field.text) for field in fields]
