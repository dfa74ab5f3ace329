"""The formats in the order in which they are asked whether a document is theirs; the first that takes it reads it."""

from bot.ingest.documents.format import Reader
from bot.ingest.readers.bibtex import BibtexReader
from bot.ingest.readers.calendar import CalendarReader
from bot.ingest.readers.cards import CardsReader
from bot.ingest.readers.docx import DocxReader
from bot.ingest.readers.html import HtmlReader
from bot.ingest.readers.json_resume import JsonResumeReader
from bot.ingest.readers.markdown import MarkdownReader
from bot.ingest.readers.pdf import PdfReader
from bot.ingest.readers.profile import ProfileReader
from bot.ingest.readers.records import RecordsReader
from bot.ingest.readers.rst import RstReader
from bot.ingest.readers.text import TextReader

PROFILES = ProfileReader()

READERS: tuple[Reader, ...] = (
    PROFILES,
    CalendarReader(),
    CardsReader(),
    BibtexReader(),
    JsonResumeReader(),
    RecordsReader(),
    MarkdownReader(),
    HtmlReader(),
    RstReader(),
    PdfReader(),
    DocxReader(),
    TextReader(),
)
