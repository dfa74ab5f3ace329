"""One small sound document of every format, made here: what mutations start from; states nothing about anybody real."""

import io
import json
import zipfile

_VITA = """\
# Maren Oakes

maren@lanternchoir.example | +44 20 7946 0000 | https://lanternchoir.example/maren

## Experience

- Musical director, Lantern Choir, Sept 2015 - present
- Répétiteur, Harbour Opera, 2010–2015

## Education

Royal Northern Conservatory, MMus Conducting, 2008 - 2010

## Talks

* "Breath and line", Choral Days, Ghent, 12 May 2019

| Award | Year |
|---|---|
| Silver Tuning Fork | 2017 |
"""
_RESUME = {
    "basics": {"name": "Maren Oakes", "email": "m@lantern.example", "profiles": [{"username": "maren"}]},
    "work": [{"name": "Lantern Choir", "position": "Director", "startDate": "2015-09", "highlights": ["Toured"]}],
    "education": [{"institution": "Royal Northern Conservatory", "studyType": "MMus", "endDate": "2010-06-30"}],
    "skills": [{"name": "Conducting", "keywords": ["Bach", "Pärt"]}],
}  # fmt: skip
_CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Lantern Choir//EN
BEGIN:VEVENT
UID:1@lanternchoir.example
DTSTART;TZID=Europe/London:20190512T190000
DTEND;TZID=Europe/London:20190512T210000
RRULE:FREQ=WEEKLY;COUNT=5
SUMMARY:Open rehearsal
LOCATION:St Anne's Hall\\, Ghent
ORGANIZER;CN=Maren Oakes:mailto:maren@lanternchoir.example
END:VEVENT
END:VCALENDAR
"""
_CARD = """\
BEGIN:VCARD
VERSION:4.0
FN:Maren Oakes
N:Oakes;Maren;;;
ORG:Lantern Choir;Board
TITLE:Director
EMAIL;TYPE=work:maren@lanternchoir.example
BDAY:19800512
END:VCARD
"""
_TABLE = """\
name,role,talk,date,email
Maren Oakes,Director,Breath and line,2019-05-12,maren@lanternchoir.example
Teo Lind,Bass,,2019-05-13,
"""
_RECORDS = """\
- id: maren
  name: Maren Oakes
  bio: Directs the Lantern Choir.
  links: {web: https://lanternchoir.example}
- id: teo
  name: Teo Lind
  topics: [tuning, "low notes"]
"""
_PAGE = """\
<!doctype html><html lang="en"><head><title>Maren Oakes</title>
<script type="application/ld+json">
{"@type": "Person", "name": "Maren Oakes", "worksFor": {"@type": "Organization", "name": "Lantern Choir"}}
</script>
</head><body><nav><a href="/">Home</a></nav><h1>Maren Oakes</h1>
<p>Maren directs the <b>Lantern Choir</b> since 2015.</p>
<h2>Talks</h2><ul><li>Breath and line, Choral Days, Ghent, 2019</li></ul>
<table><tr><td>2017</td><td>Silver Tuning Fork</td></tr></table>
</body></html>
"""
_BIB = """\
@article{oakes19, author = {Oakes, Maren and Lind, Teo}, title = {Breath and {L}ine}, journal = {Choral Notes},
  year = 2019, pages = {1--9}, doi = {10.1000/x.19}}
"""
_RST = """\
Maren Oakes
===========

:Choir: Lantern Choir

Talks
-----

* Breath and line, 2019

.. note:: In Ghent.
"""
_PROFILE = "---\nkind: person\nname: Maren Oakes\nworksFor: {name: Lantern Choir, startDate: 2015-09}\n---\nDirects.\n"
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 60>>stream
BT /F1 12 Tf 72 700 Td (Maren Oakes, Director, 2015-2019) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def seeds() -> dict[str, bytes]:
    """File name to bytes."""
    return {
        "profile.md": _PROFILE.encode(),
        "vita.md": _VITA.encode(),
        "vita.txt": _VITA.encode(),
        "vita.rst": _RST.encode(),
        "page.html": _PAGE.encode(),
        "resume.json": json.dumps(_RESUME, indent=1).encode(),
        "events.ics": _CALENDAR.replace("\n", "\r\n").encode(),
        "maren.vcf": _CARD.encode(),
        "members.csv": _TABLE.encode(),
        "members.tsv": _TABLE.replace(",", "\t").encode(),
        "speakers.yml": _RECORDS.encode(),
        "speakers.json": json.dumps([{"name": "Maren Oakes", "talk": "Breath", "date": "2019-05-12"}]).encode(),
        "papers.bib": _BIB.encode(),
        "vita.docx": document([_paragraph(line) for line in _VITA.splitlines()]),
        "vita.pdf": _PDF,
    }  # fmt: skip


def document(paragraphs: list[str]) -> bytes:
    """The least DOCX there is, with these paragraphs as its body."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{''.join(paragraphs)}</w:body></w:document>"
    )
    return archive({"word/document.xml": body.encode()})


def archive(parts: dict[str, bytes]) -> bytes:
    """A package in the Office manner that holds these parts."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {"[Content_Types].xml": types.encode(), "_rels/.rels": relations.encode(), **parts}.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def _paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>"
