"""Hundreds of texts that want to run, watch or pretend, through all steps up to a page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from jisr.core.bidi.control_characters import EMBEDDINGS, MARKS, find_controls
from jisr.ingest.sanitize.sanitizer import plain_title, sanitize_html
from jisr.ingest.to_markdown.converter import html_to_markdown
from jisr.ingest.to_markdown.excerpt import make_excerpt
from tests.ingest.sanitize.guarding import VECTORS, unfit_rendered, unfit_safe, vectors
from tests.ingest.sanitize.outlines import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Route

BASE = "https://blog.example/2012/post/"
FILES = sorted(file.name for file in VECTORS.glob("*.txt"))
ALL = [(name, vector) for name in FILES for vector in vectors(name)]
IN_PLACES = (
    "{}",
    "<p>قبل {} بعد</p>",
    "<ul><li>{}</ul>",
    "<table><tr><td>1<td>{}<tr><td>2<td>3</table>",
    "<blockquote><b>{}</b>x",
)
WATCH = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch'])
  window[name] = (...said) => { window.ran.push(name + ': ' + document.currentScript + said.join()); };
"""


def became(vector: str) -> str:
    """Return the HTML of a page's body for a post's."""
    return render(html_to_markdown(sanitize_html(vector, BASE))).html


def test_there_are_enough_vectors() -> None:
    """Three hundred is the least; each class has a file, and no vector is written twice in it."""
    assert len(ALL) >= 300
    assert len(FILES) >= 8
    assert [vector for name in FILES for vector in vectors(name) if vectors(name).count(vector) > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_what_is_left_is_harmless(name: str) -> None:
    """Sanitized, rendered and as an excerpt, in each of five places, a vector is only elements and addresses of a list."""
    for vector in vectors(name):
        for place in IN_PLACES:
            safe = sanitize_html(place.format(vector), BASE)
            turned = html_to_markdown(safe)
            body = render(turned)
            assert unfit_safe(safe) == [], vector
            assert sanitize_html(safe, BASE) == safe, vector
            assert unfit_rendered(body.html) == [], vector
            assert unfit_rendered(render(make_excerpt(turned, "ar")).html) == [], vector
            assert (body.problems, body.references) == ((), ()), vector


@pytest.mark.parametrize("name", FILES)
def test_a_post_never_breaks_the_build(name: str) -> None:
    """What a stranger writes gives no error and no warning, in any language of the site."""
    turned = html_to_markdown(sanitize_html("".join(f"<div>{vector}</div>" for vector in vectors(name)), BASE))
    for language in ("en", "ar", "ckb", "kmr", "fr"):
        assert render(turned, language).problems == ()


@pytest.mark.parametrize("name", FILES)
def test_a_title_is_one_line_of_words(name: str) -> None:
    """A title has no line end, no control, nothing that turns its direction, and no tag that HTML knows."""
    for vector in vectors(name):
        title = plain_title(vector)
        assert "\n" not in title
        assert find_controls(title) == []
        assert not set(title) & set(EMBEDDINGS + MARKS)
        assert title == title.strip()
        assert len(title) <= 301


@pytest.mark.parametrize("vector", vectors("watchers.txt"))
def test_no_watcher_is_even_linked(vector: str) -> None:
    """A picture that only tells who reads leaves nothing, not even a link."""
    assert html_to_markdown(sanitize_html(vector, BASE)) == ""


def _page(browser: Browser, html: str) -> tuple[list[str], list[str], list[str]]:
    """Open a page; give what ran, what was asked for, what was shown as a dialog."""
    asked: list[str] = []
    dialogs: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url == "http://site.example/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            asked.append(route.request.url)
            route.abort()

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", dismiss)
    page.add_init_script(WATCH)
    page.route("**/*", answer)
    page.goto("http://site.example/", wait_until="load", timeout=60_000)
    page.evaluate(
        """() => { for (const one of document.querySelectorAll('body *')) {
            for (const name of ['mouseover', 'focus', 'mouseenter', 'toggle', 'error', 'load', 'animationstart'])
              one.dispatchEvent(new Event(name, {bubbles: false}));
        } }"""
    )
    page.wait_for_timeout(300)
    asked = [url for url in asked if not url.endswith("/favicon.ico")]
    ran: list[str] = page.evaluate("window.ran")
    context.close()
    return ran, asked, dialogs


def _document(bodies: list[str], titles: list[str]) -> str:
    shown = "".join(f"<h1 title=\"{escape(title)}\" data-x='{escape(title)}'>{escape(title)}</h1>" for title in titles)
    articles = "".join(f"<article>{body}</article>" for body in bodies)
    return f"<!doctype html><html><head><title>{escape(' '.join(titles))}</title></head><body>{shown}{articles}</body></html>"


@pytest.mark.thorough  # a hostile run in a browser
def test_nothing_runs_and_no_request_leaves(browser: Browser) -> None:
    """All vectors on one page, as bodies in three places and as titles: no script runs, nothing is asked for, no dialog."""
    bodies = [became(place.format(vector)) for _, vector in ALL for place in IN_PLACES[:3]]
    titles = [plain_title(vector) for _, vector in ALL]

    ran, asked, dialogs = _page(browser, _document(bodies, titles))

    assert (ran, asked, dialogs) == ([], [], [])


@pytest.mark.thorough  # a hostile run in a browser
def test_what_is_sanitized_alone_is_harmless(browser: Browser) -> None:
    """The safe HTML, put into a page as it is, neither runs nor loads: Markdown is a second guard, not the only one."""
    ran, asked, dialogs = _page(browser, _document([sanitize_html(vector, BASE) for _, vector in ALL], []))

    assert (ran, asked, dialogs) == ([], [], [])


@pytest.mark.thorough  # a test of tests
def test_the_vectors_would_run(browser: Browser) -> None:
    """Unsanitized the same vectors run and ask: the page that finds nothing can find something."""
    live = [vector for name in ("handlers.txt", "foreign.txt") for vector in vectors(name)]
    ran, asked, _ = _page(browser, "".join(f"<div>{vector}</div>" for vector in live))

    assert len(ran) >= 20
    assert len(asked) >= 3


@pytest.mark.thorough  # a hostile run in a browser
def test_no_link_runs_when_it_is_followed(browser: Browser) -> None:
    """No link of any vector leads elsewhere than to the web, a mailbox or a phone, as the browser itself reads it."""
    html = _document([became(vector) for _, vector in ALL], [])
    context = browser.new_context()
    page = context.new_page()
    page.set_content(html)
    schemes = page.evaluate("[...new Set([...document.querySelectorAll('a')].map(one => one.protocol))].sort()")
    credentials = page.evaluate("[...document.querySelectorAll('a')].filter(one => one.username).map(one => one.href)")
    context.close()

    assert set(schemes) <= {"http:", "https:", "mailto:", "tel:"}
    assert credentials == []
