"""`make screenshots`: the README's pictures, taken of the real bot on its local page in a real browser."""

import asyncio
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator

from bot.paths import shipped
from tests.discord.browser import ABSENT, CHROMIUM, Visitor, addresses, visiting
from tests.discord.process import ROOT, started
from tests.discord.server import Discord

PICTURES = ROOT / "docs" / "images"
ADMIN = "Ada (admin)"
MEMBER = "Mia (member)"
_SIZE, _SCALE, _COLOURS, _MARGIN = (960, 1000), 1.5, 96, 14
_SETTLE = 0.5  # seconds until a new message has stopped moving
_NEWCOMER = """\
---
kind: person
name: Jason Arbor
source: newcomers
worksFor: {name: OpenAI, roleName: librarian, startDate: 2025-03}
---
Keeps the documents in order.
"""


async def take_all() -> None:
    """Ask, change documents, reload as an admin, ask again; one picture of each."""
    with tempfile.TemporaryDirectory() as folder:
        knowledge, data = Path(folder) / "knowledge", Path(folder) / "data"
        shutil.copytree(shipped("knowledge"), knowledge)
        arguments = ("-m", "bot", "--knowledge", knowledge, "--data", data, "try")
        async with started(Discord(), arguments, token=None) as bot:
            channel, _ = await addresses(bot)
            async with visiting(channel, _SIZE, _SCALE) as visitor:
                await _ask(visitor, "Where did Jeff Wu study?", "M.Eng.", "answer")
                await _ask(visitor, "How old is Jason Wei?", "Nothing is recorded", "unknown")
                await _ask(visitor, "Which projects did Jeff Wu work on?", "AI safety", "list")
                await visitor.command("ask", "What happened in 2024?")
                await visitor.press("Next page")
                await _keep(visitor, await visitor.sees("Page 2 of"), "pages")
                await asyncio.to_thread(_change, knowledge)
                await visitor.look_as(ADMIN)
                await visitor.command("knowledge reload")
                await visitor.page.get_by_role("button", name="Approve").last.wait_for()
                await _keep(visitor, await visitor.sees("This would change"), "reload")
                await visitor.press("Approve")
                await visitor.sees("loaded the documents")
                await visitor.look_as(MEMBER)
                await _ask(visitor, "Who is Jason?", "Jason Arbor", "ambiguous")
            await bot.stop()


async def _ask(visitor: Visitor, question: str, words: str, name: str) -> None:
    await visitor.command("ask", question)
    await _keep(visitor, await visitor.sees(words), name)


async def _keep(visitor: Visitor, message: Locator, name: str) -> None:
    """Write the picture of a message, in few colours: it is text."""
    await visitor.page.mouse.move(0, 0)  # or it lies on a button that was pressed
    await asyncio.sleep(_SETTLE)
    await message.evaluate("message => message.scrollIntoView({block: 'center'})")
    box = await message.bounding_box()
    assert box is not None
    top = max(0.0, box["y"] - _MARGIN)
    clip = {**box, "y": top, "height": box["y"] + box["height"] + _MARGIN / 2 - top}
    picture = await visitor.page.screenshot(clip=clip)  # type: ignore[arg-type]
    PICTURES.mkdir(parents=True, exist_ok=True)
    small = Image.open(BytesIO(picture)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(PICTURES / f"{name}.png", optimize=True)


def _change(knowledge: Path) -> None:
    """What a maintainer might do between two loads: somebody comes, something is corrected, something goes."""
    sources = knowledge / "sources.yaml"
    added = "newcomers: {title: Newcomers, author: The organisers, date: 2025-04}\n"
    sources.write_text(sources.read_text(encoding="utf-8").rstrip("\n") + "\n" + added, encoding="utf-8")
    (knowledge / "people" / "jason-arbor.md").write_text(_NEWCOMER, encoding="utf-8")
    corrected = knowledge / "people" / "liam-fedus.md"
    corrected.write_text(corrected.read_text(encoding="utf-8").replace("startDate: 2022", "startDate: 2021"), "utf-8")
    min((knowledge / "topics").glob("*.md")).unlink()


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit(ABSENT)
    asyncio.run(take_all())
