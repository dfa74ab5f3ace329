"""Elements of HTML by what they do to a page that is read: dropped, blocks of their own, closed by others."""

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
