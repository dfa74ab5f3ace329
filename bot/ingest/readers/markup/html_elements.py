"""Elements of HTML by what they do to a page that is read: dropped, blocks of their own, closed by others."""

import re

from selectolax.lexbor import LexborNode

# Nothing within them is read.
DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "nav", "form", "button", "select", "textarea",
    "iframe", "object", "canvas", "audio", "video", "head",
))  # fmt: skip
# They begin and end a block.
BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "figure", "figcaption",
    "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "caption", "address", "details", "summary", "hgroup",
    "center", "fieldset", "body", "html", "pre",
))  # fmt: skip
# They end where another begins, so that many open ones do not lie in each other.
CLOSED_BY_OTHERS = frozenset((
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "meta", "link", "col",
    "source", "wbr", "area", "base", "embed", "track", "param", "tbody", "thead", "tfoot",
))  # fmt: skip
# Classes and ids of what stands on every page of a site and says nothing of this one.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|gdpr|skip-link|skiplink|pagination|share|social-share|"
    r"toc|advert|ads|sr-only|screen-reader-text|visually-hidden|edit-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_INSIDE = re.compile(r"(?:^|[\s_-])[a-z]+(?:Nav|NavBar|Navbar|Navigation|Menu)(?:$|[\s_-])")  # myNavbar
_APART = re.compile(
    r"(?:^|[\s_-])(?:dates?|year|years|time|period|duration|right|pull-right|float-right|location|place|meta|when|where|tag|badge|chip|pill)(?:$|[\s_-])"
    r"|float\s*:\s*right|text-align\s*:\s*right",
    re.IGNORECASE,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TITLED = re.compile(
    r"(?:^|[\s_-])(?:(?P<section>section|block|group)|(?P<entry>job|position|experience|education|employment|timeline|award|project|entry|item))"
    r"(?:[_-]+|(?=[A-Z]))(?i:title|heading|header)(?:$|\s)"
)
_OF_SECTIONS, _OF_ENTRIES = 2, 3  # levels of headings that only a class shows
_NO_HEADING = "h1, h2, h3, h4, h5, h6, div, p, ul, ol, table"  # within it: it only holds one
COLUMN = "\x1f"  # between parts of a line that stand apart


def columns_of(line: str) -> str:
    """A line with its blanks folded, its columns set apart by tabs."""
    parts = [" ".join(part.split()) for part in line.split(COLUMN)]
    return "\t".join(part for part in parts if part)


def heading_level(node: LexborNode, tag: str) -> int:
    """Which level of heading an element is, by its name or, of a plain block, by its class; 0: none."""
    if tag in _HEADINGS:
        return _HEADINGS[tag]
    named = _TITLED.search(node.attributes.get("class") or "") if tag in ("div", "p") else None
    if named is None or node.css_first(_NO_HEADING) not in (None, node):
        return 0
    return _OF_SECTIONS if named["section"] else _OF_ENTRIES


def is_layout(row: LexborNode) -> bool:
    """Whether a table row only arranges the page: its cells hold headings, lists or further tables."""
    return row.css_first("h1, h2, h3, h4, h5, h6, ul, ol, table") is not None


def is_list(node: LexborNode, tag: str) -> bool:
    """Whether it is a list, or stands for one."""
    return tag in ("ul", "ol") or node.attributes.get("role") == "list"


def is_item(node: LexborNode, tag: str) -> bool:
    """Whether it is an item of a list, or stands for one."""
    return tag == "li" or node.attributes.get("role") == "listitem"


def is_apart(node: LexborNode, tag: str) -> bool:
    """Whether the page sets an inline element apart from what stands beside it: a date, what floats to the right."""
    if tag == "time":
        return True
    if tag not in ("span", "small", "em", "i", "b", "strong"):
        return False
    attributes = node.attributes
    marks = f"{attributes.get('class') or ''} {attributes.get('style') or ''}"
    return marks != " " and _APART.search(marks) is not None


def is_hidden(node: LexborNode) -> bool:
    """Whether a visitor does not see it, or sees it on every page of the site."""
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if node.tag in ("body", "html", "main", "article"):
        return False
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if marks != " " and (_FURNITURE.search(marks) is not None or _FURNITURE_INSIDE.search(marks) is not None):
        return True
    return attributes.get("role") == "navigation"
