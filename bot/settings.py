"""The operator's settings, from a file, the environment and the command line; read once and passed down, never global.

Later ones win: built-in defaults, then `whoswho.toml` in the working directory (or the file that WHOSWHO_SETTINGS
names), then environment variables that begin with WHOSWHO_, then options of the command line. A folder in the settings
file is meant relative to that file, anywhere else relative to the working directory.
"""

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsError, told_of_value
from bot.model.endpoint import Endpoint
from bot.paths import shipped

FILE_NAME = "whoswho.toml"
FILE_VARIABLE = "WHOSWHO_SETTINGS"
PREFIX = "WHOSWHO_"
_NEARLY = 0.9  # of the letters of a variable
_STATE_URL = re.compile(
    r"sqlite(\+aiosqlite)?://.*|postgres(ql)?(\+asyncpg)?://([^:/@]*(:[^@]*)?@)?(\[[^\]/]+\]|[^:/@\[]*)(:\d+)?([/?].*)?"
)


def platform_data_dir(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where programs keep their data on this system, in a folder of our own."""
    home = Path(environ["HOME"]) if environ.get("HOME") else Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "whoswho"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "whoswho"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "whoswho"


class Settings(BaseSettings):
    """Everything an operator can choose. Made directly, it takes its arguments and looks at nothing else."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, use_attribute_docstrings=True
    )

    knowledge: Annotated[tuple[Path, ...], NoDecode] = Field(
        default_factory=lambda: (shipped("knowledge"),), min_length=1
    )
    """The folders whose documents are known, in order; in the environment separated as in PATH."""
    data: Path = Field(default_factory=lambda: platform_data_dir(os.environ))
    """Where snapshots and everything else that must last are kept."""
    private_links: bool = False
    """Whether links may lead into the operator's own network, to a wiki there; where clouds keep secrets, never."""
    llm_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Where an OpenAI-compatible model suggests facts from documents, up to and including `/v1`; not given: nowhere."""
    llm_model: str | None = None
    """Which model that is."""
    llm_key: SecretStr | None = None
    """The key for it, if it wants one."""
    state_url: SecretStr | None = None
    """Where the bot keeps its own memory: `postgresql://user:password@host/name`, `sqlite:////path`; else in `data`."""
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    """Discord ids of those who may do everything an admin may, in direct messages too; separated by commas."""
    admin_servers: Annotated[frozenset[int], NoDecode] = frozenset()
    """Discord ids of the servers whose managers may use `/knowledge`; not given: those of every server it is in."""
    retention_days: int = Field(default=30, ge=1, le=3650)
    """How many days notes of what members did are kept: questions that had no answer, votes."""
    audit_days: int = Field(default=365, ge=1, le=3650)
    """How many days it is kept which admin did what."""
    discord_token: SecretStr | None = Field(default=None, validation_alias=AliasChoices("discord_token"))
    """The bot's token."""
    discord_token_file: Path | None = Field(default=None, validation_alias=AliasChoices("discord_token_file"))
    """A file that holds the token and nothing else."""
    discord_api_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """Where a proxy stands in for Discord's REST interface; not given: Discord itself."""
    discord_gateway_url: str | None = Field(default=None, pattern=r"^wss?://[^\s]+$")
    """Where a proxy stands in for Discord's gateway; not given: Discord itself."""
    discord_shards: str | None = Field(default=None, pattern=r"^\d+(-\d+)?/[1-9]\d*$")
    """This process's shards and how many there are in all: `2/4`, `0-3/16`; not given: all that Discord wants."""
    http_host: str = "127.0.0.1"
    """The address on which health, readiness and metrics are told over HTTP."""
    http_port: int | None = Field(default=None, ge=0, le=65535)
    """The port for that; not given: they are not told."""
    member_rate: int = Field(default=20, ge=1, le=6000)
    """How many questions a minute one member may ask."""
    server_rate: int = Field(default=240, ge=1, le=60000)
    """How many questions a minute may come from one server."""
    overall_rate: int = Field(default=1200, ge=1, le=60000)
    """How many questions a minute are answered in all."""
    log_format: Literal["console", "json"] = "console"
    """How log lines look: for people, or one JSON object each."""

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take arguments only; `read_settings` is what looks outside."""
        return (init_settings,)

    @property
    def endpoint(self) -> Endpoint | None:
        """The model that suggests facts, where there is one. Raises SettingsError for half of one."""
        if self.llm_url is None and self.llm_model is None:
            return None
        if self.llm_url is None or self.llm_model is None:
            raise SettingsError("a model needs both settings, llm_url and llm_model")
        return Endpoint(self.llm_url, self.llm_model, self.llm_key.get_secret_value() if self.llm_key else None)

    @property
    def shards(self) -> tuple[int | None, list[int] | None]:
        """How many shards there are in all, and which of them are this process's; None: Discord says."""
        if self.discord_shards is None:
            return None, None
        own, _, count = self.discord_shards.partition("/")
        first, _, last = own.partition("-")
        return int(count), list(range(int(first), int(last or first) + 1))

    def token(self) -> str:
        """The bot's token. Raises SettingsError where there is none, or where its file cannot be read."""
        if self.discord_token is not None:
            token = self.discord_token.get_secret_value()
        elif self.discord_token_file is not None:
            try:
                token = self.discord_token_file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "not text"
                raise SettingsError(f"{self.discord_token_file}: {reason} (setting discord_token_file)") from error
        else:
            raise SettingsError(
                f"no Discord token: set DISCORD_TOKEN, DISCORD_TOKEN_FILE, or discord_token in {FILE_NAME}"
            )
        if len(words := token.split()) != 1 or not words[0].isascii():
            raise SettingsError("the Discord token is not one word: copy it again from the application's Bot page")
        return words[0]

    @field_validator("discord_shards")
    @classmethod
    def _shards_are_among_all(cls, value: str | None) -> str | None:
        if value is not None:
            own, _, count = value.partition("/")
            first, _, last = own.partition("-")
            if not int(first) <= int(last or first) < int(count):
                raise ValueError("shards are counted from 0 and end below how many there are, such as 0-3/16")
        return value

    @field_validator("state_url")
    @classmethod
    def _state_url_is_one(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _STATE_URL.fullmatch(value.get_secret_value()):
            raise ValueError(
                "neither sqlite:////path nor postgresql://user:password@host:port/name (@ in a password: %40)"
            )
        return value

    @field_validator("discord_token_file")
    @classmethod
    def _token_file_is_absolute(cls, value: Path | None) -> Path | None:
        return value and value.expanduser().absolute()

    @field_validator("knowledge", mode="before")
    @classmethod
    def _folders_of_one_text(cls, value: object) -> object:
        if isinstance(value, str):
            return [part for part in value.split(os.pathsep) if part]
        return value

    @field_validator("owners", "admin_servers", mode="before")
    @classmethod
    def _ids_of_one_text(cls, value: object) -> object:
        if isinstance(value, str):
            return [part for part in value.replace(",", " ").split() if part]
        return value

    @field_validator("knowledge")
    @classmethod
    def _knowledge_is_absolute_and_once(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(folder.expanduser().absolute() for folder in value))

    @field_validator("data")
    @classmethod
    def _data_is_absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()


def read_settings(*, knowledge: Sequence[Path] = (), data: Path | None = None) -> Settings:
    """The settings of this run; the arguments are those of the command line.

    Raises SettingsError, naming the setting, when one is malformed or a knowledge folder does not exist.
    """
    given: dict[str, Any] = {"knowledge": tuple(knowledge)} if knowledge else {}
    if data is not None:
        given["data"] = data
    _refuse_misspelt(os.environ)
    outside = {**_read_file(os.environ), **EnvSettingsSource(Settings)(), **given}
    try:
        settings = Settings(**outside)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsError(f"setting {'.'.join(map(str, first['loc']))}: {told_of_value(first)}") from error
    for folder in settings.knowledge:
        if not folder.is_dir():
            raise SettingsError(f"{folder}: {'not a folder' if folder.exists() else 'no such folder'}")
    return settings


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    """A variable that is nearly a setting would be missed in silence. Others may belong to somebody else."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {FILE_VARIABLE}
    for name in sorted(name for name in environ if name.startswith(PREFIX) and name not in known):
        if close := difflib.get_close_matches(name, known, 1, _NEARLY):
            raise SettingsError(f"no such setting: {name} (did you mean {close[0]}?)")


def _read_file(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings file's values, its folders made absolute; nothing if there is no file and none was asked for."""
    named = environ.get(FILE_VARIABLE)
    file = Path(named or FILE_NAME)
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if not named:
            return {}
        raise SettingsError(f"{file}: no such settings file ({FILE_VARIABLE})") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: unreadable: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: not TOML: {error}") from error
    for name in values:
        if name not in Settings.model_fields:
            close = difflib.get_close_matches(name, Settings.model_fields, 1)
            raise SettingsError(f"{file}: no such setting: {name}" + (f" (did you mean {close[0]}?)" if close else ""))
    home = file.absolute().parent
    for name in ("data", "discord_token_file"):
        if isinstance(values.get(name), str):
            values[name] = home / Path(values[name]).expanduser()
    folders = values.get("knowledge")
    if isinstance(folders, str):
        folders = [folders]
    if isinstance(folders, list):
        values["knowledge"] = [
            home / Path(folder).expanduser() if isinstance(folder, str) else folder for folder in folders
        ]
    return values
