from pathlib import Path

from bot.settings import Settings
from bot.terminal.settings_reference import settings_page

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_settings_page__is_the_one_in_docs() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "run make docs"


def test_settings_page__says_what_each_setting_means() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
