"""Reply templates of `prompts/replies/`: loads, checks and fills them; decides nothing, adds no word of its own."""

from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.answers.markdown import Ready, escape
from bot.errors import PromptError
from bot.language.yaml_text import YamlError, read_yaml

MAX_TEMPLATE = 2000  # characters; a reply may not be longer than a Discord message


def _finish(value: object) -> str:
    return escape(str(value)) if not isinstance(value, Ready) else value


class Replies:
    """All templates of one language by key (`facts.one`). Raises PromptError where one is missing or broken."""

    def __init__(self, folder: Path) -> None:
        environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, finalize=_finish, autoescape=False, trim_blocks=True, keep_trailing_newline=False
        )
        self._templates: dict[str, str | Template] = {}
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise PromptError(f"{folder}: no reply templates there")
        for file in files:
            for key, text in _read(file).items():
                name = f"{file.stem}.{key}"
                try:
                    self._templates[name] = _substitution(environment, text) or environment.from_string(text)
                except TemplateError as error:
                    raise PromptError(f"{file}: {key}: {error}") from error

    @property
    def keys(self) -> frozenset[str]:
        """Every key there is a template for."""
        return frozenset(self._templates)

    def render(self, key: str, **values: object) -> Ready:
        """The filled template; strings are escaped unless they are Ready. Raises PromptError."""
        template = self._templates.get(key)
        if template is None:
            raise PromptError(f"no reply template {key!r}")
        try:
            if isinstance(template, str):
                return Ready((template % {name: _finish(value) for name, value in values.items()}).strip())
            return Ready(template.render(values).strip())
        except KeyError as error:
            raise PromptError(f"reply template {key}: {error} is undefined") from error
        except TemplateError as error:
            raise PromptError(f"reply template {key}: {error}") from error


def _substitution(environment: Environment, text: str) -> str | None:
    """A template that only puts values in, as a pattern for `%`, many times faster; None: it does more than that."""
    pattern = ""
    for part in environment.parse(text).body:
        for piece in part.nodes if isinstance(part, nodes.Output) else [part]:
            if isinstance(piece, nodes.TemplateData):
                pattern += piece.data.replace("%", "%%")
            elif isinstance(piece, nodes.Name):
                pattern += f"%({piece.name})s"
            else:
                return None
    return pattern


def _read(file: Path) -> dict[str, str]:
    try:
        data = read_yaml(file.read_text(encoding="utf-8")).data
    except (OSError, YamlError) as error:
        raise PromptError(f"{file}: {error}") from error
    if not isinstance(data, dict) or not all(
        isinstance(text, str) and len(text) <= MAX_TEMPLATE for text in data.values()
    ):
        raise PromptError(f"{file}: not a mapping of keys to templates of at most {MAX_TEMPLATE} characters")
    return data
