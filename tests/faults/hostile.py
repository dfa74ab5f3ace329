"""Questions nobody means well with: operators, markup, mentions, templates, odd letters, 4,000 characters of them."""

import random
import re
import time
from collections.abc import Iterator

from bot.answers.engine import Answerer
from tests.faults.tally import Tally

LONGEST_REPLY = 2000  # characters
_PARTS = (
    "NEAR(", "AND", "OR", "NOT", "^", "*", '"', "col:", "-", "' OR 1=1 --", "; DROP TABLE fact", "UNION SELECT", "\\",
    "%", "{{ 7 * 7 }}", "{% for x in y %}", "{{''.__class__}}", "{0.__class__}", "%s%n", "${jndi:ldap://x}", "_",
    "@everyone", "@here", "<@1>", "<@&2>", "<#3>", "</ask:1>", "<t:0>", "<:x:1>", "[x](javascript:alert(1))",
    "[x](https://evil.example)", "https://evil.example", "||spoiler||", "`code`", "```", "**", "__", "~~", "> ", "# ",
    "\u202eevil", "\u200b", "\u2066", "z\u0301\u0489\u0336" * 5, "\x00", "\x1b[31m", "\r\n", "\ufeff", "\U0001f52d",
    "مرحبا", "東京", "ﬁ", "İ", "ß", "½", "Ⅳ", "٢٠٢٣", "é", "who", "is", "when", "did", "which", "how many", "between",
    "and", "in", "2019", "May", "0/0/0", "9999-99-99", "1e309", "-1", "before", "after", "list", "all", "the", "of",
    "what happened", "compare", "aaaaaaaaaaaaaaaaaaaa", "-# ",
)  # fmt: skip
# A mention, markup or link that stands in a reply without a backslash before it.
_LIVE = re.compile(r"<(?:@[!&]?|#|t:|/|a?:)|@(?:everyone|here)\b|\|\||~~|`|\]\(", re.IGNORECASE)


def questions(count: int, names: list[str], seed: int = 5) -> Iterator[str]:
    """Hostile questions, some of them about somebody who is known."""
    chance = random.Random(seed)
    for _ in range(count):
        longest = chance.choice((3, 8, 20, 400))
        text = " ".join(chance.choice((*_PARTS, *names)) for _ in range(chance.randint(1, longest)))
        if chance.random() < 0.1:
            text = text.replace(" ", "")
        if chance.random() < 0.05:
            text = (text * (1 + 4000 // max(1, len(text))))[:4000]
        yield text


def ask_hostile(answerer: Answerer, names: list[str], count: int, seed: int = 5) -> Tally:
    """No exception, nothing alive in a reply, no reply too long, no search beyond its deadline.

    The time is the thread's own: on a busy machine another's turn at the processor is no part of an answer.
    """
    tally = Tally("hostile questions")
    worst = 0.0
    for question in questions(count, names, seed):
        tally.rounds += 1
        began = time.thread_time()
        try:
            reply = answerer.answer(question)
        except Exception as error:
            tally.bad.append(f"{type(error).__name__}: {error}: {question[:120]!r}")
            continue
        worst = max(worst, time.thread_time() - began)
        tally.note(reply.status.value)
        bare = re.sub(r"\\[^\w\s]|\\_", "", reply.text)
        if not 0 < len(reply.text) <= LONGEST_REPLY:
            tally.bad.append(f"a reply of {len(reply.text)} characters: {question[:120]!r}")
        elif found := _LIVE.search(bare):
            tally.bad.append(f"alive: {found.group()!r} in {reply.text[:200]!r}: {question[:120]!r}")
    tally.measured.append(f"the slowest took {worst * 1000:.0f} ms")
    return tally
