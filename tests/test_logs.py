import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import Format, in_one_line, set_up_logs


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root, library = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers[:], root.level, library.level
    yield
    root.handlers[:], root.level, library.level = before[0], before[1], before[2]
    logging.captureWarnings(capture=False)


def logged(form: Format, secrets: tuple[str, ...] = ()) -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    set_up_logs(form, secrets, stream)
    return logging.getLogger("choir"), stream


def test_console__one_line_that_no_text_can_split() -> None:
    log, stream = logged("console")
    log.warning("joined: %s", "Ada\n2026-01-01 INFO choir: a forged line")
    (line,) = stream.getvalue().splitlines()
    assert line.endswith(r" WARNING choir: joined: Ada\n2026-01-01 INFO choir: a forged line")


def test_secrets_and_tokens_of_interactions_are_hidden() -> None:
    log, stream = logged("console", ("s3cret",))
    log.info("token s3cret at https://discord.com/api/v10/webhooks/12345/aW50ZXI.x-y/messages/@original failed")
    assert stream.getvalue().endswith(
        " INFO choir: token [hidden] at https://discord.com/api/v10/webhooks/12345/[hidden]/messages/@original failed\n"
    )


@pytest.mark.parametrize("form", ["console", "json"])
def test_an_error__its_place_but_not_what_it_quotes(form: Format) -> None:
    log, stream = logged(form)
    try:
        raise KeyError("who conducts the choir?")
    except KeyError as error:
        log.error("reference %s: ask failed", "K7Q2ZP", exc_info=error)  # noqa: TRY400 - what is logged is what is tested
    assert "reference K7Q2ZP" in stream.getvalue()
    assert "KeyError" in stream.getvalue()
    assert "test_logs.py:" in stream.getvalue()
    assert "who conducts" not in stream.getvalue()


def test_json__one_object_a_line_with_what_was_given() -> None:
    log, stream = logged("json")
    log.info("answered", extra={"surface": "command", "seconds": 0.01})
    row = json.loads(stream.getvalue())
    assert row.pop("time").endswith("+00:00")
    assert row == {"level": "info", "logger": "choir", "message": "answered", "surface": "command", "seconds": 0.01}


def test_the_library_speaks_from_warnings_on() -> None:
    _, stream = logged("console")
    logging.getLogger("discord.gateway").info("Shard ID 0 has connected")
    logging.getLogger("discord.http").warning("We are being rate limited")
    assert len(stream.getvalue().splitlines()) == 1


def test_in_one_line__the_message_of_a_library_only() -> None:
    assert in_one_line(ConnectionResetError(104, "Connection\nreset")) == (
        "ConnectionResetError: [Errno 104] Connection reset"
    )
    assert in_one_line(ValueError("what a member wrote")) == "ValueError"
