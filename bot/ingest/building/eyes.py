"""What a load tells to whoever may not see everything: the same, of a snapshot as they see it; loads nothing."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import KnowledgeError, SnapshotError
from bot.ingest.building.full import Inputs
from bot.ingest.building.survey import Survey
from bot.ingest.building.tell import tell_changes, tell_nothing_new
from bot.ingest.building.views import build_view
from bot.ingest.documents.hints import SUFFIX
from bot.ingest.folder import sources
from bot.ingest.folder.audiences import FILE_NAME
from bot.ingest.outcome import Outcome
from bot.model.audience import Asker, Audiences, Limits
from bot.model.problem import Problem
from bot.store.build import Builder
from bot.store.previous import Drafts, Previous


@dataclass(frozen=True, slots=True)
class Eyes:
    """For whom an outcome is, among the audiences of the documents; `limited` are the sources that not all may see."""

    asker: Asker
    audiences: Audiences
    limited: dict[str, Limits] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What tells an outcome for these eyes from one for others."""
        return "" if self.asker.everything else " ".join(("", *sorted(self.audiences.of(self.asker))))

    def tell_nothing_new(self, previous: Previous, found: Survey, problems: list[Problem]) -> Outcome:
        """The outcome where every document is as it was. Raises KnowledgeError."""
        if not previous.snapshot.is_split:
            return tell_nothing_new(previous, found, problems)
        if self.asker.everything:
            return replace(tell_nothing_new(previous, found, problems), limited=True)
        with closing(Previous.of(previous.main, self.asker)) as seen:
            paths = {path for path, _ in seen.bytes_of_documents()}
            outcome = tell_nothing_new(seen, _only(found, paths), _of(problems, paths))
        return replace(outcome, limited=True)

    def tell_changes(
        self,
        builder: Builder,
        inputs: Inputs,
        found: Survey,
        previous: Previous | None,
        documents: list[int] | None,
        problems: list[Problem],
    ) -> Outcome:
        """The outcome of a build before it is swapped in. Raises KnowledgeError."""
        outcome = tell_changes(builder, found, previous, documents, problems)
        if not builder.limits_anything and (previous is None or not previous.snapshot.is_split):
            return outcome
        if not self.asker.everything:
            outcome = self._seen(builder, inputs, found, previous, problems)
        return replace(outcome, limited=True)

    def _seen(
        self, builder: Builder, inputs: Inputs, found: Survey, previous: Previous | None, problems: list[Problem]
    ) -> Outcome:
        view = Builder.create(None, inputs.stop)
        before = self._before(previous)
        try:
            names = self.audiences.of(self.asker)
            build_view(view, inputs, self.limited, Drafts(builder.connection), names)
            paths = {path for path, _ in Drafts(view.connection).bytes_of_documents()}
            return tell_changes(view, _only(found, paths), before, None, _of(problems, paths))
        except KnowledgeError:  # of what they may see there is nothing
            return Outcome()
        finally:
            view.close()
            if before is not None:
                before.close()

    def _before(self, previous: Previous | None) -> Previous | None:
        if previous is None:
            return None
        try:
            return Previous.of(previous.main, self.asker)
        except SnapshotError:
            return None


def problems_for(
    asker: Asker, problems: Iterable[Problem], folders: Iterable[Path], previous: Previous | None
) -> list[Problem]:
    """What somebody may be told of why nothing was loaded: of who may see what only where it is wrong."""
    limited = previous is not None and previous.snapshot.is_split
    if asker.everything or not (limited or any((folder / FILE_NAME).exists() for folder in folders)):
        return list(problems)
    return [replace(problem, text="") for problem in problems if problem.document in (FILE_NAME, sources.FILE_NAME)]


def _only(found: Survey, paths: Iterable[str]) -> Survey:
    seen = {*paths}
    changed = None if found.changed is None else found.changed & seen
    return Survey([file for file in found.files if file.path in seen], changed)


def _of(problems: Iterable[Problem], paths: Iterable[str]) -> list[Problem]:
    """The problems of these documents, what is said beside them included; other files may name anything."""
    seen = {*paths}
    return [problem for problem in problems if problem.document.removesuffix(SUFFIX) in seen]
