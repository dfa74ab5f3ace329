"""How an answer looks in Discord: text, source line, buttons, pick-list; finds out nothing and sends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.evidence import locators
from bot.answers.wording.citations import sources_told
from bot.answers.wording.dates import say_date, say_period
from bot.answers.wording.markdown import escape, link, plain
from bot.answers.wording.outcome import Reason
from bot.chat.messages import ids
from bot.chat.messages.components import (
    LONGEST_CHOICE,
    MOST_CHOICES,
    Component,
    Plain,
    button,
    choice,
    choice_list,
    emoji_button,
    row,
    text,
)
from bot.chat.messages.ids import Press
from bot.chat.messages.paging import cut
from bot.chat.messages.recall import Recall
from bot.chat.words.voice import Voice
from bot.model.answer import Introduction, Reply, Status, Turn
from bot.model.audience import EVERYBODY, Asker
from bot.model.entity import Entity
from bot.model.fact import Fact, Rank, Value
from bot.model.request import Request, Wish, handle_of, is_handle
from bot.model.vocabulary import Vocabulary

_SOURCES, _ASKED, _WORDS, _DETAILS = 450, 240, 260, 180  # characters of the smaller texts
_MOST_PLACES = 7  # of evidence in one message
_LITTLE_SAID = (Reason.NOTHING, Reason.WORDS)


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply with what it answers, and what it leaned on."""

    request: Request
    reply: Reply
    before: Turn | None = None
    page: int = 0
    pages: tuple[str, ...] = ()  # where they were asked for; else the reply's text is the only one
    whole: Reply | None = None  # what the pages are of
    asker: Asker = EVERYBODY  # for whom it is

    @property
    def text(self) -> str:
        """The text of the page."""
        return self.pages[self.page] if self.pages else self.reply.text


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an answer: the language, whether it can be shared, what was asked, who shared it."""

    voice: Voice
    shareable: bool = False
    asked: str | None = None
    shared_by: str | None = None  # a mention


def lines_layout(*lines: str) -> Plain:
    """A few words of the bot's own."""
    return Plain([text("\n".join(lines))])


def answer_layout(answer: Answer, frame: Frame, recall: Recall) -> Plain:
    """An answer with everything that can be done with it."""
    items: list[Component] = [text(answer.text)]
    if small := _small_print(answer, frame.voice):
        items.append(text("\n".join(small)))
    if frame.asked or frame.shared_by:
        items.append(text(_asked(frame)))
    if answer.page == 0 and (choices := _choices(answer, frame.voice, recall)):
        items.append(row(choices))
    button_rows = (_turning(answer, frame, recall), _buttons(answer, frame, recall))
    return Plain([*items, *(row(*buttons) for buttons in button_rows if buttons)])


def help_layout(answer: Answer, introduction: Introduction, voice: Voice) -> Plain:
    """What the bot can do, with examples to try."""
    items: list[Component] = [
        text(answer.text),
        text(voice.say("lines.help")),
    ]
    fitting = [question for question in introduction.questions if ids.length(question) <= ids.LONGEST]
    if fitting:
        options = [choice(question, question) for question in fitting[:MOST_CHOICES]]
        items.append(row(choice_list(ids.pack(Press.TRY), voice.say("buttons.try"), options)))
    return Plain(items)


def evidence_layout(facts: Sequence[Fact], more: int, vocabulary: Vocabulary, voice: Voice) -> Plain:
    """What the documents say, each with where it stands; what a maintainer wrote as data is put into words."""
    items: list[Component] = []
    for fact in facts:
        source, evidence = fact.source, fact.evidence
        details = [source.title, source.author, source.publisher, say_date(source.date) if source.date else None]
        told = cut(", ".join(escape(part) for part in details if part), _DETAILS)
        place = f"{evidence.place} – " if evidence.place else ""
        read_at = cut(escape(f"{place}{evidence.document}:{evidence.line}"), _DETAILS)
        address = f" {link(source.url)}" if source.url and len(source.url) <= _DETAILS else ""
        said = _in_words(fact, vocabulary) if fact.rank is Rank.PROFILE else evidence.text
        words = cut(escape(" ".join(said.split())), _WORDS)
        items.append(text(f"> {words}\n-# {told}{address}\n-# {read_at}"))
    if more:
        items.append(text(voice.say("lines.more_places", number=more)))
    return Plain(items)


def _in_words(fact: Fact, vocabulary: Vocabulary) -> str:
    """What a profile states of somebody, by the labels of its fields."""

    def field(name: str, value: Value) -> str:
        known = vocabulary.properties.get(name)
        return f"{known.label if known else name}: {say_date(value.date) if value.date else value.text}"

    details = "".join(f"; {field(item.property, item.value)}" for item in fact.qualifiers)
    period = say_period(fact, lasting=True, past=fact.end is not None) if fact.value.date is None else ""
    return f"{fact.subject.name}, {field(fact.property, fact.value)}{details}" + (f" ({period})" if period else "")


def _small_print(answer: Answer, voice: Voice) -> list[str]:
    lines: list[str] = []
    if len(answer.pages) > 1:
        lines.append("-# " + voice.say("lines.page", page=answer.page + 1, pages=len(answer.pages)))
    shown, hidden = sources_told(answer.whole or answer.reply)
    if shown:
        told = "; ".join(shown)
        if hidden:
            told = voice.say("lines.and_more", told=told, number=hidden)
        key = "lines.source" if len(shown) + hidden == 1 else "lines.sources"
        lines.append("-# " + cut(voice.say(key, sources=told), _SOURCES))
    return lines


def _asked(frame: Frame) -> str:
    asked = cut(escape(frame.asked or ""), _ASKED)
    if frame.shared_by is None:
        return "-# " + frame.voice.say("lines.asked", question=asked)
    if not asked:
        return "-# " + frame.voice.say("lines.shared", member=frame.shared_by)
    return "-# " + frame.voice.say("lines.shared_question", member=frame.shared_by, question=asked)


def _choices(answer: Answer, voice: Voice, recall: Recall) -> Component | None:
    entities = answer.reply.choices[:MOST_CHOICES]
    if not entities:
        return None
    picked = answer.request
    if answer.reply.status is not Status.AMBIGUOUS and picked.wish is Wish.ASK:
        picked = Request(Wish.DESCRIBE, ("", ""))  # nobody was found; one of those who are close may be meant
    marks = (*answer.reply.marks, *[""] * len(entities))
    options = {handle_of(entity.slug): _option(entity, mark) for entity, mark in zip(entities, marks, strict=False)}
    return choice_list(
        ids.pack_request(Press.PICK, picked, recall),
        voice.say("buttons.pick"),
        [choice(name, handle, kind) for handle, (name, kind) in options.items()],
    )


def _option(entity: Entity, mark: str) -> tuple[str, str]:
    """Name and what tells it from others, as plain text: Discord formats nothing in a choice."""
    told = plain(mark) or ", ".join(entity.types) or entity.kind
    return cut(entity.name, LONGEST_CHOICE), cut(told, LONGEST_CHOICE)


def _turning(answer: Answer, frame: Frame, recall: Recall) -> list[Component]:
    if not (answer.reply.more or len(answer.pages) > 1):
        return []
    check = ids.check_of(answer.reply.text)
    steps = [("buttons.back", answer.page - 1)] if answer.page else []
    if not answer.pages or answer.page + 1 < len(answer.pages):
        steps.append(("buttons.next", answer.page + 1))
    return [
        button(frame.voice.say(key), ids.pack_request(Press.PAGE, answer.request, recall, str(page), check))
        for key, page in steps
    ]


def _buttons(answer: Answer, frame: Frame, recall: Recall) -> list[Component]:
    reply, say = answer.reply, frame.voice.say
    buttons: list[Component] = []
    if facts := _facts_told(answer):
        places = locators(facts, len(facts))
        more = max(0, len(places) - _MOST_PLACES)
        buttons.append(button(say("buttons.source"), ids.pack_places(places[:_MOST_PLACES], more)))
    main = main_entity(answer)
    if main is not None:
        buttons.append(button(say("buttons.more"), ids.pack(Press.MORE, handle_of(main.slug))))
    if reply.status in (Status.ANSWERED, Status.PASSAGE):
        for press, key in ((Press.GOOD, "buttons.good"), (Press.BAD, "buttons.bad")):
            buttons.append(emoji_button(say(key), ids.pack_request(press, answer.request, recall)))
    gone = reply.status is Status.UNKNOWN and any(map(is_handle, answer.request.words))  # nor is its handle said again
    if frame.shareable and reply.status is not Status.AMBIGUOUS and not gone:
        custom_id = ids.pack_request(Press.SHARE, answer.request, recall, ids.check_of(reply.text))
        buttons.append(button(say("buttons.share"), custom_id))
    return buttons


def _facts_told(answer: Answer) -> Sequence[Fact]:
    """The facts of the page: of a later one those that the first did not tell, and that name something on it."""
    if not answer.page or answer.whole is None:
        return answer.reply.facts
    before = {fact.id for fact in answer.reply.facts}
    everywhere = {entity.name for entity in answer.reply.turn.topics}
    return [fact for fact in answer.whole.facts if fact.id not in before and _is_on(fact, answer.text, everywhere)]


def _is_on(fact: Fact, page: str, everywhere: set[str]) -> bool:
    return any(escape(name) in page for name in (fact.subject.name, fact.value.text) if name not in everywhere)


def main_entity(answer: Answer) -> Entity | None:
    """Whom the answer is about; None where it is a profile already or a list of many."""
    reply = answer.reply
    if answer.request.wish is Wish.DESCRIBE or reply.reason is Reason.PROFILE or reply.choices:
        return None
    if not reply.facts:  # something else may be recorded of the one who was asked about
        return reply.turn.topics[0] if len(reply.turn.topics) == 1 and reply.reason in _LITTLE_SAID else None
    if len(reply.turn.answers) == 1:
        return reply.turn.answers[0]
    if reply.turn.topics:
        return reply.turn.topics[0]
    subjects = {fact.subject.slug: fact.subject for fact in reply.facts}
    return next(iter(subjects.values())) if len(subjects) == 1 else None
