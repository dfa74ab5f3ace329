import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.paths import shipped
from bot.settings import Settings, platform_data_dir, read_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory with two knowledge folders."""
    (tmp_path / "club").mkdir()
    (tmp_path / "choir").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults__shipped_knowledge_and_the_platform_s_data_folder() -> None:
    assert read_settings() == Settings(knowledge=(shipped("knowledge"),), data=platform_data_dir(os.environ))
    assert shipped("knowledge").is_dir()
    assert shipped("prompts").is_dir()


def test_settings_file__folders_are_relative_to_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = here / "etc"
    (elsewhere / "docs").mkdir(parents=True)
    (elsewhere / "bot.toml").write_text('knowledge = ["docs"]\ndata = "kept"\n')
    monkeypatch.setenv("WHOSWHO_SETTINGS", "etc/bot.toml")
    assert read_settings() == Settings(knowledge=(elsewhere / "docs",), data=elsewhere / "kept")


def test_later_sources_win__file_then_environment_then_command_line(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "whoswho.toml").write_text('knowledge = "club"\ndata = "from-file"\n')
    assert read_settings().data == here / "from-file"
    monkeypatch.setenv("WHOSWHO_DATA", "from-environment")
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", os.pathsep.join(["choir", "club"]))
    assert read_settings() == Settings(knowledge=(here / "choir", here / "club"), data=here / "from-environment")
    assert read_settings(data=Path("from-option")).data == here / "from-option"
    assert read_settings(knowledge=[Path("club"), Path("club")]).knowledge == (here / "club",)


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSWHO_KNOWLEDGE", "")
    assert read_settings().knowledge == (shipped("knowledge"),)


def test_a_misspelt_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSWHO_CHOIR_COLOUR", "green")  # somebody else's
    read_settings()
    monkeypatch.setenv("WHOSWHO_RETENTION_DAY", "7")
    with pytest.raises(SettingsError, match=r"WHOSWHO_RETENTION_DAY \(did you mean WHOSWHO_RETENTION_DAYS\?\)"):
        read_settings()


def test_settings_made_directly_look_at_nothing_else(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSWHO_DATA", "elsewhere")
    assert Settings(knowledge=(here,), data=here).data == here


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("knowlege = 'club'", r"whoswho\.toml: no such setting: knowlege \(did you mean knowledge\?\)"),
        ("knowledge = 5", "setting knowledge: "),
        ("knowledge = []", "setting knowledge: "),
        ("knowledge = [[1]]", r"setting knowledge\.0: "),
        ("knowledge = ", r"whoswho\.toml: not TOML: "),
        ("knowledge = 'nowhere'", "nowhere: no such folder"),
        ("knowledge = 'whoswho.toml'", r"whoswho\.toml: not a folder"),
    ],
)
def test_a_mistake_in_the_file_is_named(here: Path, content: str, message: str) -> None:
    (here / "whoswho.toml").write_text(content)
    with pytest.raises(SettingsError, match=message):
        read_settings()


@pytest.mark.parametrize("url", ["mysql://u:hush@h/club", "postgresql://u:hush", "postgresql://u:hush@@h/club", "hush"])
def test_state_url__what_is_none_is_said_without_its_password(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WHOSWHO_STATE_URL", url)
    with pytest.raises(SettingsError, match=r"^setting state_url: neither sqlite:") as error:
        read_settings()
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////var/lib/club.sqlite", "sqlite+aiosqlite:///club.sqlite", "postgresql://h/club", "postgres://u@h:5432/c",
        "postgresql+asyncpg://u:a%40b/c@[::1]:5432/club?ssl=require", "postgresql:///club?host=/run/postgresql",
    ],
)  # fmt: skip
def test_state_url(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("WHOSWHO_STATE_URL", url)
    assert read_settings().state_url == SecretStr(url)


def test_a_settings_file_that_was_asked_for_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOSWHO_SETTINGS", "gone.toml")
    with pytest.raises(SettingsError, match=r"gone\.toml: no such settings file"):
        read_settings()


def test_token__from_its_variable_or_a_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "token").write_text("of-the-file\n")
    (here / "whoswho.toml").write_text('discord_token_file = "token"\n')
    assert read_settings().token() == "of-the-file"
    monkeypatch.setenv("DISCORD_TOKEN", " of-the-variable ")
    assert read_settings().token() == "of-the-variable"
    assert "of-the-variable" not in repr(read_settings())


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "no Discord token: set DISCORD_TOKEN"),
        ("two words", "not one word"),
        ("tökén", "not one word"),
    ],
)
def test_token__what_is_wrong_is_said_without_it(
    monkeypatch: pytest.MonkeyPatch, value: str | None, message: str
) -> None:
    if value is not None:
        monkeypatch.setenv("DISCORD_TOKEN", value)
    with pytest.raises(SettingsError, match=message) as error:
        read_settings().token()
    assert str(value) not in str(error.value)


def test_token__a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN_FILE", "gone")
    with pytest.raises(SettingsError, match=r"gone: No such file or directory \(setting discord_token_file\)"):
        read_settings().token()


@pytest.mark.parametrize(
    ("text", "expected"), [(None, (None, None)), ("2/4", (4, [2])), ("0-3/16", (16, [0, 1, 2, 3]))]
)
def test_shards(
    monkeypatch: pytest.MonkeyPatch, text: str | None, expected: tuple[int | None, list[int] | None]
) -> None:
    if text is not None:
        monkeypatch.setenv("WHOSWHO_DISCORD_SHARDS", text)
    assert read_settings().shards == expected


@pytest.mark.parametrize("text", ["4/4", "3-1/8", "1", "a/b", "0/0"])
def test_shards__that_cannot_be(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("WHOSWHO_DISCORD_SHARDS", text)
    with pytest.raises(SettingsError, match=r"^setting discord_shards: (?!Value error)"):
        read_settings()


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/home/ada"}, "/home/ada/.local/share/whoswho"),
        ("linux", {"HOME": "/home/ada", "XDG_DATA_HOME": "/srv"}, "/srv/whoswho"),
        ("darwin", {"HOME": "/home/ada"}, "/home/ada/Library/Application Support/whoswho"),
        ("win32", {"HOME": "/home/ada", "LOCALAPPDATA": "/local"}, "/local/whoswho"),
    ],
)
def test_platform_data_dir(platform: str, environ: dict[str, str], expected: str) -> None:
    assert platform_data_dir(environ, platform) == Path(expected)
