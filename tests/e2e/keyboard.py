"""A person without a mouse: Tab until it is there, then Enter."""

from typing import Final

from playwright.async_api import Locator, Page

# Further than this nobody presses Tab.
FAR: Final = 90


class Keyboard:
    """`reach` goes to a control by Tab alone and fails when the keyboard cannot get there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def reach(self, wanted: Locator, *, backwards: bool = False) -> None:
        await wanted.wait_for(state="attached")
        for _ in range(FAR):
            if await wanted.evaluate("element => element === document.activeElement"):
                return
            await self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"the keyboard does not reach {wanted}")

    async def press(self, wanted: Locator, key: str = "Enter") -> None:
        await self.reach(wanted)
        await self.page.keyboard.press(key)

    async def write(self, wanted: Locator, text: str) -> None:
        await self.reach(wanted)
        await self.page.keyboard.press("ControlOrMeta+a")
        await self.page.keyboard.type(text)

    async def upload(self, chooser: Locator, path: str) -> None:
        """Enter on the control that opens the file dialog; the dialog itself is the browser's."""
        await self.reach(chooser)
        async with self.page.expect_file_chooser() as opened:
            await self.page.keyboard.press("Enter")
        await (await opened.value).set_files(path)

    async def jump(self, words: str, option: Locator) -> None:
        """By the command palette."""
        await self.page.keyboard.press("Control+k")
        await self.page.get_by_role("dialog").wait_for()
        await self.page.keyboard.type(words)
        await option.wait_for()
        await self.page.keyboard.press("Enter")
