"""What kind of file an answer is: by its media type, or by how its link ends; unpacks nothing."""

import codecs
from email.message import Message
from pathlib import PurePosixPath

import httpx

from bot.errors import LinkError
from bot.ingest.links.fetch import Answer

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/x-rst": ".rst",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/yaml": ".yaml",
    "application/x-yaml": ".yaml",
    "text/yaml": ".yaml",
    "text/x-yaml": ".yaml",
    "application/x-bibtex": ".bib",
    "text/x-bibtex": ".bib",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_BY_LINK = frozenset({*_SUFFIXES.values(), ".txt", ".rdoc", ".yml", ".htm", ".markdown"})
_VAGUE = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})  # the link may know better
_UTF8 = ("utf-8", "ascii")


def suffix_of(answer: Answer) -> str:
    """How the file's name should end. Raises LinkError for what no reader takes."""
    media, _ = _media_type(answer)
    if media in _SUFFIXES:
        return _SUFFIXES[media]
    ending = PurePosixPath(httpx.URL(answer.url).path).suffix.lower()
    if media in _VAGUE:
        if ending in _BY_LINK:
            return ending
        if media == "text/plain":
            return ".txt"
    raise LinkError(f"{answer.url}: a kind of file that is not read: {media or 'unknown'}")


def content_of(answer: Answer) -> bytes:
    """The bytes as a file should hold them: a text whose encoding only the server knows becomes UTF-8."""
    media, charset = _media_type(answer)
    if not charset or not media.startswith("text/"):
        return answer.data
    try:
        name = codecs.lookup(charset).name
        return answer.data if name in _UTF8 else codecs.BOM_UTF8 + answer.data.decode(name).encode()
    except (LookupError, UnicodeError):
        return answer.data


def _media_type(answer: Answer) -> tuple[str, str]:
    message = Message()
    message["content-type"] = answer.headers.get("content-type", "")
    charset = message.get_param("charset", "")
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media, charset if isinstance(charset, str) else ""
