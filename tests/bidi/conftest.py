"""The site of the cases, built once, and its blocks, measured in one visit for each language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests import running
from tests.bidi.case_files import cases, shown
from tests.conftest import Once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
NOVEMBER_2026 = "1793491200"
PLACES = {
    "h1": "h1",
    "breadcrumb": ".breadcrumb ol",
    "byline": ".byline > span",
    "standfirst": ".standfirst",
    "caption": "figcaption",
    "fact": ".facts dd",
    "credit": ".credits dd",
    "signed": ".signatories li",
    "supporter": ".supporters li",
    "programme": ".programme li p",
    "row": ".row-title",
    "rowline": ".row-line > span",
    "rowsummary": ".row-summary",
    "bridge": ".bridge li p",
}
"""Places of a page outside its body, each read as one line."""

MEASURE = """([documents, places]) => {
  document.body.innerHTML = documents.map(([path, html]) => `<section data-path="${path}">${html}</section>`).join('');
  const style = document.createElement('style');
  style.textContent = '* { white-space: nowrap !important; text-wrap: nowrap !important; float: none !important }';
  document.head.append(style);
  const inline = new Set(['inline', 'inline-block', 'contents']);
  const blockOf = (node) => {
    let element = node.parentElement;
    while (inline.has(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  };
  const range = document.createRange();
  const read = (element, place, nodes) => {
    const words = [], middles = [];
    for (const node of nodes)
      for (let at = 0; at < node.length; at++) {
        range.setStart(node, at); range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box) continue;
        words.push(node.data[at]); middles.push((box.left + box.right) / 2);
      }
    const list = element.closest('ol'), item = element.closest('li');
    return {
      path: element.closest('section[data-path]').dataset.path, place, words: words.join(''), middles,
      direction: getComputedStyle(element).direction, language: element.closest('[lang]').lang,
      number: list && item && item.parentElement === list ? list.start + [...list.children].indexOf(item) : 0,
    };
  };
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node);
    return found;
  };
  const found = [];
  for (const [place, selector] of Object.entries(places))
    for (const element of document.querySelectorAll(selector)) found.push(read(element, place, texts(element)));
  for (const prose of document.querySelectorAll('.prose')) {
    const blocks = new Map();
    for (const node of texts(prose)) {
      if (!node.data.trim()) continue;
      const block = blockOf(node);
      blocks.set(block, [...(blocks.get(block) || []), node]);
    }
    for (const [block, nodes] of blocks) found.push(read(block, 'body', nodes));
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page as Chromium lays it out: the middle of each of its characters, from the left."""

    path: str
    place: str
    text: str
    middles: tuple[float, ...]
    direction: str
    language: str
    number: int

    @classmethod
    def of(cls, measured: dict[str, Any]) -> Block:
        """Return a block without its spaces."""
        kept = [(word, at) for word, at in zip(measured["words"], measured["middles"], strict=True) if shown(word)]
        text, middles = "".join(word for word, _ in kept), tuple(at for _, at in kept)
        known = {name: measured[name] for name in ("path", "place", "direction", "language", "number")}
        return cls(text=text, middles=middles, **known)


@pytest.fixture(scope="package")
def output(built_once: Once) -> Path:
    """Return the site of all cases."""
    return built_once("direction", build) / "output"


def build(folder: Path) -> None:
    """Build the site of all cases in a folder."""
    for case in cases():
        case.lay_out(folder / "content")
    settings = ROOT / "tests" / "sites" / "settings.py"
    stated = ("--settings", str(settings), "--content", str(folder / "content"), "--output", str(folder / "output"))
    environment = running.clean_environment(SOURCE_DATE_EPOCH=NOVEMBER_2026)
    done = running.engine("build", *stated, folder=ROOT, environment=environment)
    if done.returncode:
        pytest.fail(f"The site of the cases does not build:\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="module")
def blocks_in(browser: Browser, output: Path) -> Callable[[str], list[Block]]:
    """Return what measures all blocks of a language, once."""

    @cache
    def measured(language: str) -> list[Block]:
        files = [file for file in sorted((output / language).rglob("index.html")) if "page" not in file.parts]
        files += sorted((output / language).glob("*/page/*/index.html"))
        documents = []
        for file in files:
            body = LexborHTMLParser(file.read_text("utf-8")).body
            assert body is not None
            documents.append((file.parent.relative_to(output).as_posix(), body.inner_html or ""))
        tab = browser.new_page(bypass_csp=True, viewport={"width": 4000, "height": 900})
        tab.route("**/*", lambda route: answer(route, output))
        tab.goto(f"https://example.org/{language}/")
        found = tab.evaluate(MEASURE, [documents, PLACES])
        tab.close()
        return [Block.of(one) for one in found]

    return measured


def answer(route: Any, folder: Path) -> None:
    """Answer a request of the browser from the built site."""
    path = route.request.url.removeprefix("https://example.org/").partition("?")[0]
    file = folder / (f"{path}index.html" if not path or path.endswith("/") else path)
    route.fulfill(path=file) if file.is_file() else route.abort()
