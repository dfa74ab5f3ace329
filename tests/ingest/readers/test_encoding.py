import pytest

from bot.ingest.documents.format import Raw
from bot.ingest.readers.encoding import decode, tidy

TEXT = "Zoë übt – jeden Tag\nŁódź"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_decode__what_says_its_encoding(encoding: str) -> None:
    decoded = decode(Raw("a.txt", TEXT.encode(encoding)))
    assert (decoded.text, decoded.problem) == (TEXT, None)


def test_decode__wide_letters_without_a_mark() -> None:
    decoded = decode(Raw("a.txt", "Ada King met the choir".encode("utf-16-le")))
    assert decoded.text == "Ada King met the choir"
    assert str(decoded.problem) == "a.txt:1: not UTF-8; read as utf-16-le"


def test_decode__an_older_encoding_is_named() -> None:
    decoded = decode(Raw("a.txt", "Zo\nZoë".encode("cp1252")))
    assert decoded.text == "Zo\nZoë"
    assert str(decoded.problem) == "a.txt:2: not UTF-8; read as cp1252"
    assert decoded.readable


def test_decode__a_declared_encoding_comes_first() -> None:
    data = "<meta charset='iso-8859-2'> Łódź".encode("iso-8859-2")
    assert decode(Raw("a.html", data)).text.endswith("Łódź")


def test_decode__cut_off_within_a_letter() -> None:
    assert decode(Raw("a.txt", "ë, caf".encode() + b"\xc3")).text == "ë, caf"


def test_decode__line_breaks_of_any_system() -> None:
    assert decode(Raw("a.txt", b"a\r\nb\rc\n")).lines == ("a", "b", "c", "")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a text but an image"),
        (b"%PDF-1.4", "not a text but a PDF file"),
        (bytes(range(256)) * 4, "not a text: it holds NUL bytes"),
        (bytes(range(1, 32)) * 40 + b"\xff", "not a text in any encoding that is known here"),
        (bytes(range(1, 9)) * 40, "not a text: it is full of control characters"),
    ],
)
def test_decode__no_text(data: bytes, message: str) -> None:
    decoded = decode(Raw("a.txt", data))
    assert not decoded.readable
    assert decoded.problem is not None
    assert decoded.problem.message == message


def test_tidy__drops_what_cannot_be_stored() -> None:
    assert tidy("a\x00b\ud800c\td") == "a b c\td"
