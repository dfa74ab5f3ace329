"""What is recorded of the one asked about comes before what two facts say together; nobody is taken for another."""

from bot.model.answer import Status
from tests.answers.conftest import Write

MILL = """
== organizations/paper-mill.md
kind: organization
name: Aldmoor Paper Mill
location: Aldmoor
leader: Ann Lee
== events/open-day.md
kind: event
name: Open Day
location: Brookham
organizer: Aldmoor Paper Mill
startDate: 2021-05-02
slides: https://slides.example/12
== people/ann-lee.md
kind: person
name: Ann Lee
worksFor:
  - {name: Aldmoor Paper Mill, startDate: 2017-12}
  - {name: Brookham Dyers, startDate: 2012, endDate: 2016}
== people/ann-mary-lee.md
kind: person
name: Ann Mary Lee
email: ann-mary-lee@mail.example
== publications/pulp.md
kind: publication
name: Pulp and Water
author: Ann Lee
publisher: Brookham Press
datePublished: 2020
== publications/dyes.md
kind: publication
name: On Dyes
author: {name: Ann Mary Lee, about: Brookham Dyers}
"""


def test_a_place_of_its_own_comes_before_the_places_of_what_it_does(knowing: Write) -> None:
    text = knowing(MILL).answer("Where is Aldmoor Paper Mill?").text
    assert ("Aldmoor" in text, "Brookham" in text) == (True, False)


def test_where_somebody_works_is_not_where_the_works_appeared(knowing: Write) -> None:
    text = knowing(MILL).answer("Where does Ann Lee work?").text
    assert ("Aldmoor Paper Mill" in text, "Brookham Press" in text) == (True, False)


def test_the_town_of_a_job_makes_it_no_less_the_place_of_work(knowing: Write) -> None:
    text = knowing(MILL.replace("2017-12", "2017-12, location: Aldmoor")).answer("Where does Ann Lee work?").text
    assert ("Aldmoor Paper Mill" in text, "Brookham Press" in text) == (True, False)


def test_a_name_is_not_that_of_somebody_whose_longer_name_holds_it(knowing: Write) -> None:
    for question in ("Ann Lee email", "What is Ann Lee's e-mail address?"):
        reply = knowing(MILL).answer(question)
        assert (reply.status, "ann-mary-lee" in reply.text) == (Status.UNKNOWN, False)


def test_an_address_stays_a_link_whatever_property_it_is_given_for(knowing: Write) -> None:
    assert "<https://slides.example/12>" in knowing(MILL).answer("Where are the slides of Open Day?").text


def test_a_word_behind_does_and_a_name_is_a_verb_and_no_kind_of_thing(knowing: Write) -> None:
    reply = knowing(MILL).answer("Does Ann Mary Lee work at Brookham Dyers?")
    assert not reply.text.startswith("Yes")


def test_where_somebody_works_is_no_work_of_theirs(knowing: Write) -> None:
    jobless = MILL.replace("  - {name: Aldmoor Paper Mill, startDate: 2017-12}\n", "").replace(
        "worksFor:\n  - {name: Brookham Dyers, startDate: 2012, endDate: 2016}\n", ""
    )
    reply = knowing(jobless.replace("leader: Ann Lee\n", "")).answer("Where does Ann Lee work?")
    assert (reply.status, "Brookham Press" in reply.text) == (Status.UNKNOWN, False)


OPINIONS = """
== people/cy-moss.md
kind: person
name: Cy Moss
claim:
  - {value: a ferry job is the best training for a pilot, about: Ferries}
  - {value: whoever rows to work needs no gym, about: Rowing, words: [career, position]}
recommends: [{name: Knots, words: [work, study]}]
== topics/ferries.md
kind: topic
name: Ferries
== topics/knots.md
kind: topic
name: Knots
== topics/rowing.md
kind: topic
name: Rowing
"""


def test_what_somebody_says_of_jobs_is_no_job_of_theirs(knowing: Write) -> None:
    answerer = knowing(OPINIONS)
    for question in ("What is Cy Moss's job?", "cy moss job", "Where does Cy Moss work?", "where did cy moss study"):
        reply = answerer.answer(question)
        assert reply.status is Status.UNKNOWN, (question, reply.text)
    assert "best training" in answerer.answer("What does Cy Moss say about a ferry job?").text


PHD = "alumniOf: {name: Aldmoor College, degree: PhD}"
ROWE = f"""
== people/mel-rowe.md
kind: person
name: Mel Rowe
url: https://rowe.example
description: Mel Rowe did a master in dyes.
worksFor: Brookham Dyers
{PHD}
"""


def test_a_word_that_is_only_true_of_somebody_does_not_make_a_web_site_the_answer(knowing: Write) -> None:
    reply = knowing(ROWE.replace(PHD, "")).answer("Where did Mel Rowe do the master?")
    assert "rowe.example" not in reply.text


def test_an_employer_is_no_university_because_somebody_has_a_degree(knowing: Write) -> None:
    reply = knowing(ROWE.replace(PHD, "")).answer("What university did Mel Rowe do the master at?")
    assert (reply.status, "works at" in reply.text) != (Status.ANSWERED, True)


def test_where_somebody_got_a_degree_is_not_where_they_are_now(knowing: Write) -> None:
    reply = knowing(ROWE.replace("worksFor: Brookham Dyers", "")).answer("Where is Mel Rowe now?")
    assert reply.status is not Status.ANSWERED
