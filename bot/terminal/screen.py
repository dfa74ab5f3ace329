"""Puts lines on the terminal: styled and wrapped where someone looks on, plain where a program reads; words nothing."""

import sys
from typing import TYPE_CHECKING, TextIO

from bot.terminal.markdown import Line, Span, Style, read_markdown, without_controls

if TYPE_CHECKING:  # rich is imported when the first styled line is shown
    from rich.console import Console

MAX_WIDTH = 100  # longer lines are hard to read, however wide the window
_STYLES = {Style.PLAIN: "", Style.BOLD: "bold", Style.ITALIC: "italic", Style.CODE: "cyan", Style.DIM: "dim"}


class Screen:
    """One output stream. `interactive` says whether a person reads it."""

    def __init__(self, stream: TextIO | None = None, *, interactive: bool | None = None) -> None:
        self._stream = stream or sys.stdout
        self.interactive = self._stream.isatty() if interactive is None else interactive
        self._console: Console | None = None

    def markdown(self, text: str, *, dim: bool = False) -> None:
        """Show Discord Markdown."""
        for line in read_markdown(text):
            self._show(Line((Span(line.text, Style.DIM),), line.hang) if dim else line)

    def text(self, text: str) -> None:
        """Show text as it is: no Markdown is read in it, no line is broken."""
        self._stream.write(without_controls(text) + "\n")

    def blank(self) -> None:
        """Leave one line empty."""
        self._stream.write("\n")

    def flush(self) -> None:
        """Hand over what is still buffered; raises BrokenPipeError when the reader has gone."""
        self._stream.flush()

    @property
    def console(self) -> "Console":
        """The rich console behind a styled screen; tables and progress bars use it too."""
        if self._console is None:
            from rich.console import Console  # noqa: PLC0415 - slow, and not needed where a program reads

            self._console = Console(file=self._stream, highlight=False, emoji=False, markup=False)
            self._console.width = min(self._console.width, MAX_WIDTH)
        return self._console

    def _show(self, line: Line) -> None:
        if not self.interactive:
            self._stream.write(line.text.rstrip() + "\n")
            return
        from rich.text import Text  # noqa: PLC0415

        styled = Text.assemble(*((span.text, _STYLES[span.style]) for span in line.spans))
        room = max(self.console.width - line.hang, 20)
        for number, part in enumerate(styled.wrap(self.console, room)):
            part.rstrip()
            self.console.print(Text(" " * line.hang if number else "") + part, soft_wrap=True)
