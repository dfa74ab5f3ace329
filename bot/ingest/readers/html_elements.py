"""Elements of HTML by what they do to a page that is read: dropped, blocks of their own, closed by others."""

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
COLUMN = "\x1f"  # between parts of a line that stand apart


def columns_of(line: str) -> str:
    """A line with its blanks folded, its columns set apart by tabs."""
    parts = [" ".join(part.split()) for part in line.split(COLUMN)]
    return "\t".join(part for part in parts if part)


def is_layout(row: LexborNode) -> bool:
    """Whether a table row only arranges the page: its cells hold headings, lists or further tables."""
    return row.css_first("h1, h2, h3, h4, h5, h6, ul, ol, table") is not None
