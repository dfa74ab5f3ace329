"""What is wrong with a vocabulary file: said with the file and the line."""

from pathlib import Path

import pytest

from bot.errors import VocabularyError
from bot.ingest.folder.vocabulary_files import load_vocabulary


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kinds:\n  voice:\n    labl: voice part\n", r"vocabulary\.yaml:2: kinds\.voice\.label: is missing$"),
        (
            "properties:\n  part:\n    label: part\n    maney: true\n",
            r"vocabulary\.yaml:4: properties\.part\.maney: nothing is known under this name$",
        ),
        ("kinds: [\n", r"vocabulary\.yaml:\d: not YAML"),
        ("properties:\n  part: {label: part, says: x}\n", r"vocabulary\.yaml:2: properties\.part: [^V]"),
    ],
)
def test_load__a_fault_has_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "vocabulary.yaml").write_text(text)
    with pytest.raises(VocabularyError, match=told):
        load_vocabulary([tmp_path])
