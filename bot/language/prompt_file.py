"""One YAML file of `prompts/` as a mapping; knows nothing of what phrasings, templates or texts mean by it."""

from pathlib import Path
from typing import Any

from bot.errors import PromptError
from bot.language.yaml_text import YamlError, read_yaml


def read_prompts(file: Path) -> dict[str, Any]:
    """What the file says. Raises PromptError, with file and line, where it is missing, broken or no mapping."""
    try:
        data = read_yaml(file.read_text(encoding="utf-8")).data
    except YamlError as error:
        raise PromptError(f"{file}:{error.line}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{file}: unreadable: {error}") from error
    if not isinstance(data, dict):
        raise PromptError(f"{file}: not a mapping of texts")
    return data
