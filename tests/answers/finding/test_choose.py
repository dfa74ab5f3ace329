from contextlib import closing
from datetime import date
from pathlib import Path

from bot.answers.engine import Answerer, Prompts
from tests.ingest.folders import loaded

EVENTS = """\
- {title: Rope Market, date: 2025-05-03, location: Splice Hall Leeds, description: Ropes for everybody who sails.}
- {title: Kite Night, date: 2025-06-07, location: Splice Hall Leeds, description: Bring a kite and a lamp.}
- {title: Boat Talk, date: 2025-07-05, location: Quay House York, description: Like other events in Leeds before it.}
"""


def test_choose__what_is_at_a_place_before_what_mentions_it(tmp_path: Path, prompts: Prompts) -> None:
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "events.yml").write_text(EVENTS, encoding="utf-8")
    with closing(loaded(tmp_path / "k", tmp_path / "d")[1]) as snapshot:
        reply = Answerer(snapshot, prompts, lambda: date(2026, 1, 1)).answer("Which events were in Leeds?")
    assert [name in reply.text for name in ("Rope Market", "Kite Night", "Boat Talk")] == [True, True, False]
