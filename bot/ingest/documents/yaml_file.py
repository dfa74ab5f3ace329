"""A file that a maintainer wrote in YAML, read whole, or the one line that says why not; knows no key of any."""

from pathlib import Path

from bot.language.yaml_text import MAX_CHARACTERS, Yaml, YamlError, read_yaml
from bot.model.problem import Problem


def read_yaml_file(
    file: Path, called: str, form: type[dict[str, object]] | type[list[object]], wanted: str, most: int = MAX_CHARACTERS
) -> tuple[Yaml, Problem | None]:
    """What a file holds, a mapping or list as `form` says, and what is wrong with it; empty where anything is.

    `called` is how it is called to the maintainer, `wanted` what is told of a file of another form.
    """
    problem = None
    try:
        read = read_yaml(file.read_text(encoding="utf-8"), most=most)
    except YamlError as error:
        problem = Problem(called, error.line, str(error))
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(called, 1, f"cannot be read: {type(error).__name__}")
    else:
        if isinstance(read.data, form):
            return read, None
        if read.data is not None:
            problem = Problem(called, 1, wanted)
    return Yaml(form()), problem
