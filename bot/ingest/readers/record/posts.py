"""Records of posts: a role and who holds it, by name or by key; knows no list, and no other record."""

from bot.ingest.extract.layout.fields import LIKELY, role
from bot.ingest.readers.record.facts import Source
from bot.ingest.readers.record.fields import plain
from bot.ingest.readers.record.names import is_key, split_names
from bot.ingest.readers.record.placed import texts_of
from bot.ingest.readers.record.tree import Record

_HELD = frozenset({"members", "member", "holder", "holders", "person", "people", "heldby", "who", "name", "names"})
_POSTS = frozenset({"role", "post", "position", "office", "officer", "title", "function", "job"})


def read_post(source: Source, record: Record) -> bool:
    """State that somebody holds a post: `{role: Treasurer, members: [ada-king]}`. False for any other record."""
    fields = {plain(key): key for key, value in record.data.items() if value not in (None, "", [], {})}
    posts, holders = _POSTS & fields.keys(), _HELD & fields.keys()
    if len(posts) != 1 or len(holders) != 1 or len(fields) > len(posts) + len(holders) + 1:
        return False
    called, held = fields[next(iter(posts))], fields[next(iter(holders))]
    title = next((text for text, _ in texts_of(record.data[called], ())), "")
    people = list(texts_of(record.data[held], (*record.path, held)))
    if not people or role(title) < LIKELY:
        return False
    for text, path in people:
        for part in split_names(text):
            name = source.group.name_of(("person",), part) or (_of_key(part) if is_key(part) else part)
            evidence = source.placed.evidence(path, part)
            person = source.drafting.declare("person", name, evidence.line)
            source.drafting.state(person, "jobTitle", title, evidence)
    return True


def _of_key(key: str) -> str:
    """The name that a key is made of, where no record has it: `ada-king`."""
    return " ".join(word.capitalize() for word in key.replace("_", "-").split("-"))
