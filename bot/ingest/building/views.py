"""A snapshot as those see it who may not see everything: built anew from the documents they may, as if no other were.

So there is no question that could be asked without the filter: what somebody may not see is not in the file from which
they are answered, neither in a count nor in the words that typos are compared with.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.ingest.building.full import Inputs, as_before, assemble
from bot.model.audience import Audiences, Limits, Names, allows
from bot.store.build import Builder
from bot.store.keep import full_file, view_file
from bot.store.previous import Drafts
from bot.store.rows import DocumentRow

_FOR_THE_LOADER = ("declared", "decided", "limited_by")  # what a snapshot says of itself, and may name anything in


def build_view(builder: Builder, inputs: Inputs, limited: dict[str, Limits], full: Drafts, names: Names) -> None:
    """Fill `builder` with what they see who are in these audiences, of documents and of `limited` sources.

    A source on which only what they may not see rests is nothing that they may see either.
    """
    sources = {key: source for key, source in inputs.sources.items() if allows(limited.get(key, ()), names)}
    for key in sorted(sources.keys() - full.cited()):
        builder.source_id(sources[key])
    rows = list_of_seen(full, names)
    assemble(builder, replace(inputs, sources=sources), rows, full.count_documents())


def write_views(
    full: Builder,
    path: Path,
    inputs: Inputs,
    limited: dict[str, Limits],
    audiences: Audiences,
    meta_of: Callable[[Builder], dict[str, str]],
    *,
    analyze: bool,
) -> str:
    """Complete `full`, which is at `path`, and move it aside: there comes what everybody sees, and beside it the rest.

    Returns the id that all of them have.
    """
    used = audiences.only(full.audiences())
    everybody = path.with_name(f"{path.stem}+_{path.suffix}")
    meta: dict[str, str] = {}
    drafts = Drafts(full.connection)
    for number, names in enumerate(used.views()):
        file = view_file(path, names) if names else everybody
        inputs.progress(number, 1 << len(used.defined), "for each audience")
        view = Builder.create(file, inputs.stop)
        try:
            build_view(view, inputs, limited, drafts, names)
            view.index()
            if not meta:
                split = f"{full.fingerprint(inputs.fingerprint, 16)} {secrets.token_hex(8)}"
                meta = {**meta_of(view), "audiences": used.to_text(), "split": split}
            told = {key: value for key, value in meta.items() if key not in _FOR_THE_LOADER}
            view.finish({**told, "seen_by": " ".join(sorted(names))}, analyze=True)
        finally:
            view.close()
    full.finish({**meta, "seen_by": "everything"}, analyze=analyze)
    full.close()
    os.replace(path, full_file(path))
    os.replace(everybody, path)
    return meta["id"]


def list_of_seen(full: Drafts, names: Names) -> Iterator[DocumentRow]:
    """The documents that they may see, in their order, each with no more than what they may see of it."""
    for before in full.documents():
        if not allows(before.limits, names):
            continue
        row = as_before(full, before)
        if not names.issuperset(before.within):
            mine = tuple(name for name in before.within if name in names)
            _, head, body = next(version for version in row.versions if version[0] == mine)
            row = row._replace(head=head, body=body, problems=())
        yield row._replace(limits=(), within=(), versions=())
