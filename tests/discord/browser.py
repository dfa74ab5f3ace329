"""A real browser on the local page: types into its composer as a person does; knows the page, not the bot."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

from tests.discord.process import Bot

VARIABLE = "WHOSWHO_CHROMIUM"
CHROMIUM = os.environ.get(VARIABLE) or shutil.which("chromium") or shutil.which("chromium-browser")
ABSENT = f"no chromium is installed ({VARIABLE})"
_INPUT, _POPUP = "#channel-composer-input", ".command-popup"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")
_PATIENCE = 60_000  # milliseconds


async def addresses(bot: Bot) -> list[str]:
    """The addresses that `whoswho try` printed: of the channel and of the direct messages."""
    await bot.says("Ctrl-C", seconds=60)
    return _ADDRESS.findall(bot.log)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone who looks at one page."""

    page: Page

    async def look_as(self, name: str) -> None:
        """Choose someone else under "Viewing as"."""
        await self.page.select_option("#viewer-picker", label=name)
        await self.page.wait_for_function("() => window.simcordPreview?.ready")
        await asyncio.sleep(0.3)  # the page swaps its composer after it says that it is ready

    async def command(self, name: str, value: str = "") -> None:
        """Choose a slash command in the picker, fill its first option in and send it."""
        await self.page.locator(_INPUT).click()
        await self.page.keyboard.type(f"/{name}", delay=5)
        await self.page.locator(f"{_POPUP} [role=option]").first.wait_for(timeout=_PATIENCE)
        await self.page.keyboard.press("Enter")
        await self.page.locator(".composer-row >> text=/" + name.split(maxsplit=1)[0]).first.wait_for(timeout=_PATIENCE)
        await self.page.keyboard.type(value, delay=5)
        await self.page.keyboard.press("Enter")

    async def say(self, text: str) -> None:
        """Send a message."""
        await self.page.locator(_INPUT).click()
        await self.page.keyboard.type(text, delay=5)
        await self.page.keyboard.press("Enter")

    def answer(self, words: str) -> Locator:
        """The message that holds these words."""
        return self.page.locator("#channel-message-list > *", has_text=words).last

    async def sees(self, words: str) -> Locator:
        """Wait for a message with these words."""
        answer = self.answer(words)
        await answer.wait_for(timeout=_PATIENCE)
        return answer

    async def press(self, label: str) -> None:
        """Press the last button of this name."""
        await self.page.get_by_role("button", name=label).last.click(timeout=_PATIENCE)


@asynccontextmanager
async def visiting(url: str, size: Sequence[int] = (1280, 900), scale: float = 1) -> AsyncIterator[Visitor]:
    """A browser window on a page."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=Path(CHROMIUM or ""), args=["--no-sandbox"])
        page = await browser.new_page(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale, color_scheme="dark"
        )
        await page.goto(url)
        await page.wait_for_selector(_INPUT, state="visible", timeout=_PATIENCE)
        try:
            yield Visitor(page)
        finally:
            await browser.close()
