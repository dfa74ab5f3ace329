"""A format of the tests' own: one statement a line, so that a test can say what a raw document says."""

from bot.ingest.documents.drafting import Drafting
from bot.ingest.documents.format import Context, Raw
from bot.ingest.documents.reading import Reading
from bot.model.entity import EntityDraft, EntityRef
from bot.model.fact import Evidence, Rank, Source
from bot.model.passage import PassageDraft


class Saying:
    """Reads `.say` files.

    `is person Ada King | A. King` begins an entity, `email ada@example.org` states a fact of it, `? worksFor Acme` is
    what prose may mean, `" Some words` is text; any other line is not understood. Without an `is` line the document is
    about whom its hints say.
    """

    def accepts(self, raw: Raw) -> bool:
        return raw.path.endswith(".say")

    def read(self, raw: Raw, context: Context) -> Reading:
        hints = raw.hints
        drafting = Drafting(raw.path, context.vocabulary, Rank.LAYOUT)
        subject = EntityRef(hints.about or "Nobody", (hints.kind or "person",))
        if hints.about:
            drafting.entities.append(EntityDraft(subject.kinds[0], subject.name, document=raw.path, line=1))
        passages = []
        for number, line in enumerate(raw.data.decode().splitlines(), start=1):
            evidence = Evidence(raw.path, number, line)
            match line.split(" ", 2):
                case ["is", kind, names]:
                    name, *aliases = names.split(" | ")
                    subject = EntityRef(name, (kind,))
                    drafting.entities.append(EntityDraft(kind, name, tuple(aliases), (), raw.path, number))
                case ["?", name, value]:
                    drafting.state(
                        subject, name, value, evidence, rank=Rank.PROSE if hints.trusted else Rank.SUGGESTION
                    )
                case ['"', *words]:
                    passages.append(PassageDraft(number, hints.title or raw.path, "", " ".join(words)))
                case [name, *words] if name in context.vocabulary.properties:
                    drafting.state(subject, name, " ".join(words), evidence)
                case [""]:
                    pass
                case _:
                    drafting.leave(evidence, "no statement")
        title = hints.title or raw.path
        source = Source(raw.path, title, hints.author, hints.publisher, hints.date, hints.url)
        return Reading(
            tuple(drafting.entities), tuple(drafting.facts), tuple(passages), (), tuple(drafting.unplaced), source
        )
