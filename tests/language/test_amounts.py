"""Figures with their units, brought to one measure."""

import pytest

from bot.language.amounts import amount_of, comparable


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("4.5 tonnes", 4_500_000, "g"),
        ("900 kg", 900_000, "g"),
        ("12 tonnes (12,000 kg)", 12_000_000, "g"),
        ("175 billion (175B)", 175_000_000_000, ""),
        ("110M parameters", 110_000_000, ""),
        ("9.2 m", 9.2, "m"),
        ("€12", 12, "€"),
        ("12 EUR", 12, "€"),
        ("free of charge", 0, ""),
        ("about 300 people", 300, "people"),
        ("1,200", 1200, ""),
    ],
)
def test_a_figure_in_the_first_unit_of_its_line(text: str, figure: float, unit: str) -> None:
    assert amount_of(text) == (figure, unit)


@pytest.mark.parametrize("text", ["from 3 to 5 m", "a few", "", "2 h 30 min"])
def test_none_or_several_figures_are_no_figure(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("3 kg", "200 g", True), ("3 kg", "2 m", False), ("3 EUR", "4 USD", False), ("free", "4 USD", True)],
)
def test_comparable(one: str, other: str, *, expected: bool) -> None:
    figures = amount_of(one), amount_of(other)
    assert None not in figures
    assert comparable(*figures) is expected  # type: ignore[arg-type]
