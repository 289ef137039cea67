"""Somebody who uses a page with the keys alone, and always sees where they are."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

MOST_STOPS = 120
_HERE = """name => {
  const at = document.activeElement, style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const text = at.textContent.trim().replace(/\\s+/g, ' ');
  return {
    found: at.id === name || text === name || text.startsWith(name + ':'),
    seen: at === document.body  // between the last stop and the first
      || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    what: at.outerHTML.slice(0, 120),
  };
}"""


class Keyboard:
    """The keys of one page. `strokes` counts what was chosen with Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def reach(self, name: str) -> None:
        """Press Tab until what has that id or those words has the focus, seen at every stop."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(_HERE, name)
            assert here["seen"], here["what"]
            if here["found"]:
                return
        raise AssertionError(f"the keyboard never reaches {name}")

    def enter(self, name: str, heading: str | re.Pattern[str]) -> None:
        """Choose a link or a button, and wait for the page that it leads to."""
        self.reach(name)
        self.strokes += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def write(self, name: str, text: str) -> None:
        """Type into a field, or choose from a list by its first letters."""
        self.reach(name)
        self.page.keyboard.type(text)

    def attach(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.reach(name)
        self.page.locator("input[type=file]:focus").set_input_files(file)

    def download(self, name: str, room: Path) -> Path:
        """Take a file, and return where it stands."""
        self.reach(name)
        self.strokes += 1
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        path = room / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def refused(self, name: str, *fields: str) -> None:
        """Send a form that is not right: the summary has the focus and names those fields."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        summary = self.page.locator("#faults")
        expect(summary).to_be_focused()
        links = summary.get_by_role("link").evaluate_all("all => all.map(a => a.hash.slice(1))")
        assert sorted(links) == sorted(fields)
        assert self.page.title().startswith("Fout")
