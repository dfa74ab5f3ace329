"""Where the time of answers goes: the functions that cost most over many questions, by their own time."""

import cProfile
import io
import pstats

from tests.bench.answering import answerer
from tests.bench.sites import Site


def costs(site: Site, count: int, lines: int = 30) -> str:
    """The profile of `count` answers, first by own time, then with what each function calls."""
    questions = site.questions()[:count]
    with site.snapshot() as snapshot:
        answers = answerer(snapshot)
        for question in questions[: count // 10]:
            answers.answer(question.text)
        profile = cProfile.Profile()
        profile.enable()
        for question in questions:
            answers.answer(question.text)
        profile.disable()
    text = io.StringIO()
    statistics = pstats.Stats(profile, stream=text)
    statistics.sort_stats("tottime").print_stats(lines)
    statistics.sort_stats("cumulative").print_stats(lines * 2)
    return text.getvalue()
