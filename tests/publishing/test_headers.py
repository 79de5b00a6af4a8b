"""The headers of servers protect readers and break no page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jisr.core.urls import content_policies
from jisr.publishing.server_config.headers import EDITOR_HEADERS, HEADERS, headers_for, render_headers_file
from tests.site.pages import Site
from tests.site.visits import GuardedVisit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser

INLINE = '<p style="color:red" onclick="alert(1)">x</p><script>document.title = "run"</script>'


@pytest.fixture(scope="module")
def guarded(browser: Browser, site: Site) -> Iterator[GuardedVisit]:
    """Return a tab on the sample site with our headers."""
    context = browser.new_context()
    yield GuardedVisit(context.new_page(), site)
    context.close()


def test_no_page_breaks_the_policy(guarded: GuardedVisit) -> None:
    """Under the policy Chromium has nothing to complain of, on no kind of page, and the styles are there."""
    for page in [*samples(guarded.site, "ar"), *above(guarded.site)]:
        tab = guarded.to(page)
        assert guarded.faults == [], page.path
        assert tab.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")


def test_the_policy_forbids_what_is_inline(guarded: GuardedVisit, tmp_path: Path) -> None:
    """A style or script that somehow came into a page is refused: the policy is really in force here."""
    spoilt = tmp_path / "output"
    shutil.copytree(guarded.site.folder, spoilt)
    page = guarded.site.pages["ckb/index.html"]
    file = spoilt / page.path
    file.write_text(file.read_text("utf-8").replace("</main>", f"{INLINE}</main>"), "utf-8")
    visit = GuardedVisit(guarded.tab.context.new_page(), Site(spoilt, guarded.site.address, guarded.site.pages))
    tab = visit.to(page)
    assert tab.title() != "run"
    assert sum("Content Security Policy" in fault for fault in visit.faults) >= 2
    tab.close()


def test_the_policy_has_no_exception() -> None:
    """Nothing inline, evaluated, of another host or of a whole scheme is allowed."""
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "script-src 'none';" in policy
    assert not [word for word in ("unsafe", "*", "http", "data:", "blob:", "nonce", "sha256") if word in policy]


def test_the_editor_runs_no_script_but_the_sites_own() -> None:
    """What the web editor may do besides are styles, pictures and questions to its host: no page of readers may."""
    said = dict(part.partition(" ")[::2] for part in EDITOR_HEADERS["Content-Security-Policy"].split("; "))
    assert said["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert [name for name, allowed in said.items() if "unsafe-inline" in allowed] == ["style-src"]
    assert headers_for("/admin/ar/") != headers_for("/ar/admin/") == headers_for("/administration/") == headers_for("/")
    assert headers_for("/admin/program/editor.js")["X-Robots-Tag"] == "noindex"


def test_every_page_says_its_policy_itself(site: Site) -> None:
    """Where no server sends headers a page has the same rules, as far as a meta can say them."""
    for page in site.pages.values():
        (stated,) = page.tree.css('meta[http-equiv="Content-Security-Policy"]')
        policy = stated.attributes["content"] or ""
        assert f"{policy}; frame-ancestors 'none'" == headers_for(f"/{page.path}")["Content-Security-Policy"], page.path
        assert len(policy.encode()) <= 120
        assert stated.prev is None or stated.prev.attributes.get("charset") or stated.prev.tag == "-text"


def test_the_pages_of_the_editor_say_which_scripts_run(site: Site) -> None:
    """The editor's own page states those rules of its header that decide about scripts, in as few bytes."""
    header = EDITOR_HEADERS["Content-Security-Policy"].split("; ")
    assert set(content_policies.EDITOR_PAGE.split("; ")) <= set(header)
    assert len(content_policies.EDITOR_PAGE) <= 120


@pytest.mark.parametrize("editor", [False, True])
def test_a_static_host_states_each_header_once(editor: bool) -> None:
    """In ``_headers`` no header is in two blocks for the same path, except where the second removes the first."""
    lines = render_headers_file(editor).splitlines()
    taken = [line.split("!")[1].strip() for line in lines if line.startswith("  !")]
    names = [line.split(":")[0].strip() for line in lines if line.startswith("  ") and "!" not in line]
    for name in taken:
        names.remove(name)
    assert len(names) == len(set(names))
    assert set(names) == {*HEADERS, "Cache-Control", "Content-Type", *(EDITOR_HEADERS if editor else ())}
