"""Whether a line is a command that installs something, by the names of the programs that do; runs nothing."""

import re
from functools import lru_cache

from bot.language.document_words import alternatives, words_file

_LONGEST = 120  # characters of a command
_PROMPT = re.compile(r"\A\s*(?:[$>%#]\s+)?(?P<command>\S.*?)\s*\Z")


def install_command(text: str) -> str:
    """The command without the prompt before it; empty where the line is anything else."""
    match = _PROMPT.match(text) if len(text) <= _LONGEST and "\n" not in text else None
    return match["command"] if match is not None and _installs().match(match["command"]) else ""


@lru_cache(maxsize=1)
def _installs() -> re.Pattern[str]:
    """`sudo apt install rope`, `npm i -g rope`: a program, its verb, and what it is to install."""
    known = words_file("labels")["install_commands"]
    forms = [rf"{re.escape(program)}\s+(?:{alternatives(set(verbs))})" for program, verbs in known.items()]
    return re.compile(rf"(?:sudo\s+)?(?:(?:python3?|py)\s+-m\s+)?(?:{'|'.join(forms)})\s+[-\w@./:\[\"'~+].*\Z")
