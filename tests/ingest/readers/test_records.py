import os
from pathlib import Path
from textwrap import dedent

import pytest

from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.ingest.folder.vocabulary_files import load_vocabulary
from bot.ingest.parsing.parse import read_document
from bot.ingest.readers.record.field_words import FieldWords
from bot.ingest.readers.record.group import group_name
from bot.ingest.readers.record.names import split_names, with_nicknames
from bot.ingest.readers.record.texts import introduction, is_placeholder, mail_address, readable
from bot.ingest.readers.record.work import role_and_employer
from tests.ingest.folders import loaded, rows

CONTEXT = Context(load_vocabulary(), frozenset())
WORDS = FieldWords(CONTEXT.vocabulary)


def read(path: str, text: str) -> Reading:
    reading = read_document(Raw(path, dedent(text).encode()), CONTEXT)
    assert reading is not None
    return reading


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(fact.subject.name, fact.property, fact.value.text) for fact in reading.facts]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada King", ["Ada King"]),
        ("Ada King and Bo Lund", ["Ada King", "Bo Lund"]),
        ("Ada King, Bo Lund & Cora Winter", ["Ada King", "Bo Lund", "Cora Winter"]),
        ("Ada King; Bo", ["Ada King", "Bo"]),
        ("King, Ada", ["King, Ada"]),
        ("Ada King, Engineer", ["Ada King, Engineer"]),
        ("Andy Sandberg", ["Andy Sandberg"]),
    ],
)
def test_split_names(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        ("Ada King", "Ada King", ()),
        ("Ada King (countess)", "Ada King", ("countess",)),
        ("Ada King (Analytical Ltd)", "Ada King", ()),
        ("Ada King (MIT)", "Ada King", ()),
        ("Ada 'Cards' King", "Ada 'Cards' King", ("Ada King", "Cards")),
        ("Ada King aka Countess", "Ada King", ("Countess",)),
        ("Marco d'Alba", "Marco d'Alba", ()),
    ],
)
def test_with_nicknames(text: str, name: str, aliases: tuple[str, ...]) -> None:
    assert with_nicknames(text) == (name, aliases)


@pytest.mark.parametrize(
    ("title", "beside", "expected"),
    [
        ("Engineer at Analytical Ltd", "", ("Engineer", "Analytical Ltd")),
        ("Developer @ Acme", "", ("Developer", "Acme")),
        ("Developer at Acme and creator of Rope", "", ("Developer", "Acme")),
        ("Engineer, Analytical Ltd", "", ("Engineer, Analytical Ltd", "")),
        ("Engineer, Analytical Ltd", "She works as an engineer for Analytical Ltd.", ("Engineer", "Analytical Ltd")),
        ("Director, Engineering", "She works at Acme.", ("Director, Engineering", "")),
        ("good at chess", "", ("good at chess", "")),
    ],
)
def test_role_and_employer(title: str, beside: str, expected: tuple[str, str]) -> None:
    assert role_and_employer(title, beside) == expected


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("talks.yml", ""),
        ("x/talks-2018.yml", "2018"),
        ("rope18_speakers.json", "rope18"),
        ("rope18-talks.csv.mapping.yaml", "rope18"),
        ("knots.yml", "knots"),
    ],
)
def test_group_name(path: str, name: str) -> None:
    assert group_name(path, WORDS) == name


@pytest.mark.parametrize(
    ("kind", "field", "target"),
    [
        ("person", "Job Title", "jobTitle"),
        ("person", "first_name", "givenName"),
        ("person", "twitterHandle", "sameAs"),
        ("event", "speaker_ids", "performer"),
        ("event", "startDate", "startDate"),
        ("event", "status", "eventStatus"),
        ("project", "status", None),
        ("event", "anal_code", None),
    ],
)
def test_target(kind: str, field: str, target: str | None) -> None:
    assert WORDS.target(kind, field) == target


def test_readable__markup_and_addresses() -> None:
    assert readable("<p>Ropes &amp; <b>knots</b>, see [here](https://x.example)</p>") == "Ropes & knots, see here"
    assert mail_address("ada (at) mill (dot) example") == "ada@mill.example"
    assert mail_address("mailto:ada@mill.example?subject=x") == "ada@mill.example"


def test_introduction__whole_sentences() -> None:
    text = "Dr. King counts cards. " + "She has been doing it for a very long time indeed, they say. " * 10
    assert introduction(text).startswith("Dr. King counts cards. She has")
    assert introduction(text).endswith("they say.")
    assert len(introduction(text)) <= 280


def test_read__a_list_whose_kind_is_not_clear_is_left() -> None:
    reading = read("things.yml", "- {a: 1, b: x}\n- {a: 2, b: y}\n")
    assert reading.facts == ()
    assert [(item.line, item.why) for item in reading.unplaced] == [
        (1, "a record whose kind is not clear"),
        (2, "a record whose kind is not clear"),
    ]


def test_read__every_field_is_stated_or_named() -> None:
    reading = read("people.yml", "- name: Ada King\n  company: Acme\n  shoe size: 38\n  photo: ada.jpg\n")
    assert said(reading) == [("Ada King", "worksFor", "Acme")]
    assert [item.why for item in reading.unplaced] == [
        "shoe size: no field that is known of person",
        "photo: not taken over",
    ]


def test_read__a_title_beside_a_name_and_a_date_is_what_is_held() -> None:
    reading = read("speakers.csv", "Date,Title,Name\n2024-01-02,Ropes and how to hold them,Ada King\n")
    assert ("Ropes and how to hold them", "performer", "Ada King") in said(reading)


def test_read__the_address_of_a_talks_page_tells_its_title() -> None:
    text = (
        "- type: Social event\n  name: Rope Evening\n  startDate: 2024-05-03\n  location: Old Hall\n"
        "  performer:\n    - {type: Person, name: Ada King, url: /talk/20240503-ropes-and-knots.html}\n"
    )
    reading = read("events.yml", text)
    assert ("Ropes and knots", "performer", "Ada King") in said(reading)
    assert ("Ropes and knots", "superEvent", "Rope Evening") in said(reading)
    other = read("events.yml", text.replace("/talk/", "/user/"))
    assert "Ropes and knots" not in {subject for subject, *_ in said(other)}


def test_read__a_conference_with_a_full_title_and_its_chairs() -> None:
    text = (
        "full_title: Third Conference on Knots\nshort_title: KNOT 24\nlocation: Leeds, UK\ndate: August 7, 2024\n"
        "program_chair:\n  - {name: Ada King, org: Acme Institute}\n"
        "steering_committees:\n  - {name: Bo Lund, org: Leeds University}\n"
    )
    told = said(read("conference.yml", text))
    assert ("Third Conference on Knots", "location", "Leeds, UK") in told
    assert ("Third Conference on Knots", "organizer", "Ada King") in told
    assert ("Bo Lund", "worksFor", "Leeds University") in told


def test_read__a_number_that_no_record_has_names_nobody() -> None:
    reading = read("talks.yml", "- {title: Ropes, speakers: [7]}\n")
    assert said(reading) == []
    assert [item.why for item in reading.unplaced] == ["no record has the key 7"]


def test_read__talks_of_a_session_are_not_all_at_its_beginning() -> None:
    text = """\
        - day: June 3, 2018
          sessions:
            - from: "14:00"
              to: "15:15"
              talks:
                - {speaking: Ada King (MIT), title: Cards}
                - {speaking: TBA, title: Ropes}
        """
    assert said(read("schedule.yml", text)) == [
        ("Cards", "startDate", "2018-06-03"),
        ("Cards", "performer", "Ada King"),
        ("Ada King", "worksFor", "MIT"),
        ("Ropes", "startDate", "2018-06-03"),
    ]


def test_read__two_dates_are_from_one_to_the_other() -> None:
    reading = read("conference.yml", "name: Rope Day\ndates:\n- 1999-01-03\n- 1999-01-06\n")
    assert said(reading) == [("Rope Day", "startDate", "1999-01-03"), ("Rope Day", "endDate", "1999-01-06")]


def test_read__a_time_without_a_date_is_a_time() -> None:
    reading = read("talks.yml", "- {title: Ropes, time: '10:00-10:30', room: Loft}\n")
    assert said(reading) == [
        ("Ropes", "startTime", "10:00"),
        ("Ropes", "endTime", "10:30"),
        ("Ropes", "location", "Loft"),
    ]


def test_load__what_a_file_names_of_another_is_read_again_when_that_changes(tmp_path: Path) -> None:
    folder = tmp_path / "day"
    folder.mkdir()
    (folder / "talks.yml").write_text("- {title: Ropes, speakers: [7]}\n", encoding="utf-8")
    (folder / "speakers.yml").write_text("- {id: 7, name: Ada King, company: Acme}\n", encoding="utf-8")
    loaded(folder, tmp_path / "data")[1].close()
    assert _performers(tmp_path / "data") == ["Ada King"]
    (folder / "speakers.yml").write_text("- {id: 7, name: Bo Lund, company: Acme}\n", encoding="utf-8")
    os.utime(folder)
    loaded(folder, tmp_path / "data")[1].close()
    assert _performers(tmp_path / "data") == ["Bo Lund"]


def _performers(data: Path) -> list[str]:
    return [row["object"]["name"] for row in rows(data) if row["property"] == "performer"]


def test_read__a_mapping_file_says_what_fields_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv.mapping.yaml").write_text("kind: person\nfields: {Wer: name, Wo: worksFor}\n", encoding="utf-8")
    raw = Raw("a.csv", b"Wer,Wo\nAda King,Acme\n", folder=str(tmp_path))
    reading = read_document(raw, CONTEXT)
    assert reading is not None
    assert said(reading) == [("Ada King", "worksFor", "Acme")]


def test_read__mistakes_in_a_mapping_file_are_told() -> None:
    reading = read("a.csv.mapping.yaml", "kind: persn\nfields:\n  Wo: workFor\n")
    assert [str(problem) for problem in reading.problems] == [
        "a.csv.mapping.yaml:1: no such kind: 'persn'",
        "a.csv.mapping.yaml:3: Wo: no such property: 'workFor'",
    ]


def test_load__a_community_s_own_words_for_fields(tmp_path: Path) -> None:
    folder = tmp_path / "choir"
    folder.mkdir()
    (folder / "vocabulary.yaml").write_text(
        "collections: {person: [choristers]}\nfields: {person: {memberOf: [Stimmgruppe]}}\n", encoding="utf-8"
    )
    (folder / "choristers.csv").write_text("Name,Stimmgruppe\nAda King,Altos\n", encoding="utf-8")
    loaded(folder, tmp_path / "data")[1].close()
    assert [(row["property"], row["object"]["name"]) for row in rows(tmp_path / "data")] == [("memberOf", "Altos")]


def test_read__a_mapping_where_a_value_belongs() -> None:
    text = '{"name": "rope-kit", "license": "MIT", "repository": {"type": "git", "url": "https://code.example/rope"}}'
    assert said(read("package.json", text)) == [
        ("rope-kit", "license", "MIT"),
        ("rope-kit", "codeRepository", "https://code.example/rope"),
    ]


def test_an_office_for_two_things_is_one_name() -> None:
    assert split_names("Office for Trade and Industry") == ["Office for Trade and Industry"]
    assert split_names("Ada King and Bo Lund") == ["Ada King", "Bo Lund"]


@pytest.mark.parametrize("text", ["TBA", "n/a", "vakant", "–", "Lorem ipsum dolor sit amet, consectetur."])
def test_what_only_keeps_a_field_free(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["Nobel", "Nan", "Tba Hall", "Open doors"])
def test_what_does_not(text: str) -> None:
    assert not is_placeholder(text)


def test_read__the_order_of_figures_holds_for_a_whole_file() -> None:
    text = """\
        - type: to come
          members: [{speaker: Ada King (Harlow College), title: Cards, date: "(Loft) 3/4/2026, 1:00 PM - 2:00 PM"}]
        - type: over
          members: [{speaker: Bo Lund, title: Ropes, date: 3/28/2026}]
        """
    told = said(read("talks.yml", text))
    assert ("Cards", "startDate", "2026-03-04") in told
    assert ("Ada King", "worksFor", "Harlow College") in told


def test_read__times_in_a_mapping_and_a_link_of_the_author() -> None:
    text = (
        "- {title: Ropes, author: Ada King, author_link: 'https://a.example', event: {date: 3 May 2026, time: '18:30'}}"
    )
    told = said(read("talks.yml", text))
    assert ("Ropes", "startDate", "2026-05-03") in told
    assert ("Ada King", "url", "https://a.example") in told


@pytest.mark.parametrize(
    ("bracket", "told"),
    [
        ("HCA", "HCA"),
        ("UC Harlow", "UC Harlow"),
        ("CEO", None),
        ("PhD", None),
        ("UK", None),
        ("bo", None),
        ("TBC", None),
    ],
)
def test_read__what_stands_behind_a_speaker_in_brackets(bracket: str, told: str | None) -> None:
    found = said(read("talks.yml", f"- title: Ropes\n  speaker: Ada King ({bracket})\n"))
    assert [value for _, property_, value in found if property_ == "worksFor"] == ([told] if told else [])


def test_read__a_name_that_is_kept_free_is_nobody() -> None:
    reading = read("speakers.yml", "- {name: 'TBD Speaker #1', role: Host}\n- {name: Ada King, role: Host}\n")
    assert [item.name for item in reading.entities if item.kind == "person"] == ["Ada King"]


@pytest.mark.parametrize(
    ("org", "told"),
    [
        ("President, Harlow College (UK)", [("worksFor", "Harlow College")]),
        ("Director of the Harlow Museum", [("worksFor", "Harlow Museum")]),
        ("(UK)", []),
        ("Curator (UK)", [("jobTitle", "Curator")]),
        ("Harlow Museum (Head of Boats and Nets)", [("worksFor", "Harlow Museum")]),
        ("Harlow College, Leeds", [("worksFor", "Harlow College, Leeds")]),
    ],
)
def test_read__a_role_in_the_field_of_the_employer(org: str, told: list[tuple[str, str]]) -> None:
    found = said(read("members.yml", f"- {{name: Ada King, org: '{org}'}}\n- {{name: Bo Lund, org: Loom Ltd}}\n"))
    assert [(property_, value) for subject, property_, value in found if subject == "Ada King"] == told


@pytest.mark.parametrize(
    ("site", "told"), [("https://loom.example/", ["https://loom.example/event/ropes"]), ("https://loom.example/us", [])]
)
def test_read__a_page_on_the_site_of_the_organizer(site: str, told: list[str]) -> None:
    found = said(read("event.yml", f"name: Ropes\nurl: /event/ropes\norganizer: {{name: Loom, url: '{site}'}}\n"))
    assert [value for subject, property_, value in found if (subject, property_) == ("Ropes", "url")] == told


def test_read__the_address_beside_the_place_of_an_event_is_that_of_the_place() -> None:
    found = said(read("concerts.yml", "- {title: Reels, date: 2026-05-02, venue: Corn Hall, address: 3 Mill St}\n"))
    assert ("Corn Hall", "address", "3 Mill St") in found
    found = said(read("concerts.yml", "- {title: Reels, date: 2026-05-02, venue: Online, address: 3 Mill St}\n"))
    assert "Online" not in [subject for subject, _, _ in found]


def test_read__several_roles_in_one_field() -> None:
    roles = "Founder, Rope Club; Keeper of Nets; Engineer @loom"
    found = said(
        read("members.yml", f"- {{name: Ada King, title: '{roles}', company: Rope House}}\n- {{name: Bo Lund}}\n")
    )
    assert [one for one in found if "Ada King" in (one[0], one[2])] == [
        ("Ada King", "worksFor", "Rope Club"),
        ("Rope Club", "founder", "Ada King"),
        ("Ada King", "worksFor", "loom"),
        ("Ada King", "worksFor", "Rope House"),
    ]


@pytest.mark.parametrize(("title", "founded"), [("Founder & CEO", True), ("Founder and Chair, Net School", False)])
def test_read__whoever_holds_the_role_of_a_founder(title: str, founded: bool) -> None:
    found = said(read("speakers.yml", f"- {{name: Ada King, title: '{title}', company: Loom}}\n- {{name: Bo Lund}}\n"))
    assert (("Loom", "founder", "Ada King") in found) is founded


def test_read__posts_and_who_holds_them() -> None:
    posts = "- {role: Rope treasurer, members: ada-king}\n- {role: Joint secretary, members: [bo-lund, Cora Winter]}\n"
    assert said(read("officers.yml", posts)) == [
        ("Ada King", "jobTitle", "Rope treasurer"),
        ("Bo Lund", "jobTitle", "Joint secretary"),
        ("Cora Winter", "jobTitle", "Joint secretary"),
    ]
    assert said(read("knots.yml", "- {title: Reef knot, name: Ada}\n- {title: Bowline, name: Bo}\n")) == []


def test_read__a_day_whose_month_and_year_stand_in_fields_of_their_own() -> None:
    in_words = "- {title: Tide Night, location: Harlow Hall, month: AUG, day: 16, year: 2031, time: 6:30 PM}"
    in_figures = "- {title: Tide Night, location: Harlow Hall, month: 8, day: 16, year: 2031, time: 6:30 PM}"
    for text in (in_words, in_figures):
        assert ("Tide Night", "startDate", "2031-08-16") in said(read("events.yml", text))


def test_read__the_account_of_whoever_speaks() -> None:
    talk = "- {type: talk, name: Ropes of Tide, time_start: '09:45', speaker_name: Ada King, speaker_twitter: adaking}"
    assert ("Ada King", "sameAs", "https://twitter.com/adaking") in said(read("events.yml", talk))


def test_read__a_talk_without_a_title_yet_is_none() -> None:
    talks = "talks:\n- {title: TBD (Keynote), speaker: Ada King}\n- {title: Ropes, speaker: Bo Lund}\n"
    assert said(read("schedule.yml", talks)) == [("Ropes", "performer", "Bo Lund")]
