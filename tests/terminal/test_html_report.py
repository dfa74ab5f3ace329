"""The page that shows documents with what was understood of them."""

from pathlib import Path

from bot.cli import run

BO = """\
Bo Li
bo@harbour.example

Experience
2015 - 2019  Harbour Office, pilot
2019 - now  Quay Museum, guide
"""


def test_details_and_times_are_told(tmp_path: Path) -> None:
    (tmp_path / "club").mkdir()
    (tmp_path / "club" / "bo.txt").write_text(BO)
    page = tmp_path / "report.html"
    run(["--knowledge", str(tmp_path / "club"), "--data", str(tmp_path / "data"), "check", "--report", str(page)])
    assert "Bo Li · work: Harbour Office; role: pilot (2015 – 2019)" in page.read_text()
    assert "Bo Li · work: Quay Museum; role: guide (2019 – …)" in page.read_text()
