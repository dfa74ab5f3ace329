"""`make bench`: measures the goals for speed against their floors and peers and prints one Markdown table."""

import gc
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from tests.bench.answering import measure_answers
from tests.bench.connected import measure_connected
from tests.bench.documents import measure_documents
from tests.bench.linking import measure_linking
from tests.bench.loading import compare_loads, measure_loading
from tests.bench.profiling import costs
from tests.bench.recovering import measure_recovery
from tests.bench.searching import measure_search
from tests.bench.sites import Site, site
from tests.bench.table import Row, machine, markdown

GOALS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14)
_CONNECTED = {3, 4, 7, 8}


@dataclass(frozen=True, slots=True)
class Form:
    """How large a run is. Sizes count facts; the middle one is loaded and searched, the last one has the names."""

    sizes: tuple[int, int, int]
    rounds: int
    questions: int
    typos: int
    drops: int


FULL = Form((10_000, 100_000, 1_000_000), 5, 1000, 200, 20)
QUICK = Form((2_000, 10_000, 50_000), 3, 200, 50, 8)


@click.command()
@click.option("--quick", is_flag=True, help="Smaller communities and fewer rounds; no limit is judged.")
@click.option("--rounds", type=click.IntRange(1), help="Rounds of each measure; five unless said otherwise.")
@click.option("--goals", default=",".join(map(str, GOALS)), show_default=True, help="Only these goals.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another community.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where communities are kept between runs.")
@click.option("--profile", is_flag=True, help="Print where the time of answers goes instead.")
def main(quick: bool, rounds: int | None, goals: str, seed: int, folder: Path | None, profile: bool) -> None:
    """Measure the goals for speed; exits with 1 if a limit is missed."""
    form = QUICK if quick else FULL
    root = folder or Path(tempfile.gettempdir()) / f"whoswho-bench-{os.getuid()}"
    root.mkdir(parents=True, exist_ok=True)
    wanted = {int(goal) for goal in goals.split(",")}
    bench = Bench(form, rounds or form.rounds, root, seed)
    if profile:
        click.echo(costs(bench.site(form.sizes[1]), form.questions))
        return
    rows = [row for row in bench.measure(wanted) if row.goal in wanted]
    click.echo(f"{machine()}; medians of {bench.rounds} interleaved rounds{', quick form' if quick else ''}\n")
    click.echo(markdown(rows))
    missed = [row for row in rows if row.missed]
    for row in missed:
        click.echo(f"missed: goal {row.goal}, {row.measure}: {row.ratio:.3g}, the limit is {row.limit:.3g}", err=True)
    sys.exit(bool(missed) and not quick)


class Bench:
    """One run: makes the communities it needs and measures on them."""

    def __init__(self, form: Form, rounds: int, root: Path, seed: int) -> None:
        self.form = form
        self.rounds = rounds
        self._root = root
        self._seed = seed

    def site(self, facts: int) -> Site:
        """The community of so many facts, ready to be asked."""
        click.echo(f"a community of {facts:,} facts …", err=True)
        return site(self._root, facts, self._seed, self.form.questions * (FULL.rounds + 1))

    def measure(self, goals: set[int]) -> list[Row]:
        """All rows of the goals, and perhaps of others that are measured with them."""
        rows: list[Row] = []
        small, middle, large = (self.site(facts) if goals & needs else None for facts, needs in self._needs())
        gc.collect()
        gc.freeze()  # as the bot does after its start
        if small and middle and large and goals & {5}:
            rows += compare_loads([small, middle, large])
        if small and middle and large and goals & {1, 2}:
            self._say("answers")
            rows += measure_answers([small, middle, large], self.form.sizes[1:], self.rounds, self.form.questions)
        if middle and goals & {10}:
            self._say("search")
            rows += measure_search(middle, self.rounds, self.form.questions)
            self._say("real documents")
            rows += measure_documents(self.rounds)
        if large and goals & {9}:
            self._say("names with typos")
            rows += measure_linking(large, self.rounds, self.form.typos, self._seed)
        if middle and goals & {5, 6}:
            self._say("loading")
            rows += measure_loading(middle, self.rounds)
        if small and goals & _CONNECTED:
            self._say("the bot in Discord")
            rows += measure_connected(small, self.rounds, self.form.questions // 2, goals)
        if small and goals & {14}:
            self._say("the gateway breaks")
            rows += measure_recovery(small, self.rounds, self.form.drops)
        return rows

    def _needs(self) -> list[tuple[int, set[int]]]:
        return list(zip(self.form.sizes, ({1, 2, 5, 14} | _CONNECTED, {1, 2, 5, 6, 10}, {1, 2, 5, 9}), strict=True))

    def _say(self, what: str) -> None:
        click.echo(f"{what}: {self.rounds} rounds …", err=True)


if __name__ == "__main__":
    main()
