"""One typeface carries every letter of every language, it is the site's own, and little of it is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.pages import Page, Site
from tests.site.visits import Visit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

FAMILY = "Vazirmatn"
KILOBYTE = 1024
ONE_SCRIPT, ALL_SCRIPTS = 36 * KILOBYTE, 70 * KILOBYTE
OTHERWISE = "pre, code, kbd, samp, .footnote-back"  # code is monospace; ↩ is a sign that the font has not
# Marks what holds words, draws some (::before) or is filled in: each of these is asked for by itself.
SAYING = """() => document.querySelectorAll('body, body *').forEach((one) => {
  const drawn = ['::before', '::after'].some((part) => !['none', 'normal'].includes(getComputedStyle(one, part).content));
  const said = [...one.childNodes].some((own) => own.nodeType === 3 && own.data.trim());
  if (drawn || said || one.matches('input, select, textarea')) one.dataset.saying = '';
})"""
LETTERS = {
    "ckb": "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆھهەیێ ـە، ؛ ؟ ٠١٢٣٤٥٦٧٨٩ «»",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءأإآؤئىة ـًـٌـٍـَـُـِـّـْ، ؛ ؟ ٪ «»",
    "kmr": "AaBbCcÇçDdEeÊêFfGgHhIiÎîJjKkLlMmNnOoPpQqRrSsŞşTtUuÛûVvWwXxYyZz",
    "fr": "AÀÂÆBCÇDEÉÈÊËFGHIÎÏJKLMNOÔŒPQRSTUÙÛÜVWXYŸZ aàâæbcçdeéèêëfghiîïjklmnoôœpqrstuùûüvwxyÿz «\u00a0»\u202f; ’ – —",
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 “ ” ‘ ’ – — … &",
}
SENTENCES = {
    "ckb": "ڕێژنەی گوڵ و ژوورێکی پڕ لە چرا: ھەڤاڵ لە کۆڵانی فێرگەکەمان بە زمانی خۆی دەنووسێ، گەشە و پەپوولەی غەمگین.",
    "ar": "نصٌّ حكيمٌ له سرٌّ قاطعٌ وذو شأنٍ عظيم، مكتوبٌ على ثوبٍ أخضر ومغلَّفٌ بجلدٍ أزرق؟",
    "kmr": "Çûkên şîn û kevokên sipî li ber pencereya xwendingehê difirin, êvarê jî bi dengekî xweş vedigerin.",
    "fr": "Dès Noël, où l’œuvre française naît «\u00a0à l’île\u00a0», un garçon naïf exige ça\u202f: du cœur, même aigu.",
    "en": "Five bloggers quickly wrote “extra” jokes – and two vexed dozens of maps in Zakho…",
}


@dataclass(frozen=True, slots=True)
class Face:
    """A font that Chromium drew letters with, and whether it came from the site."""

    family: str
    is_own: bool


class Faces:
    """What Chromium itself says of the fonts that it drew a page with."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        session.send("DOM.enable")
        session.send("CSS.enable")

    def of(self, selector: str) -> Counter[Face]:
        """Return the fonts of the texts within the elements of a kind, with the number of their glyphs."""
        root = self.session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        nodes = self.session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
        found: Counter[Face] = Counter()
        for node in nodes:
            fonts: list[dict[str, Any]] = self.session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            found.update({Face(font["familyName"], font["isCustomFont"]): int(font["glyphCount"]) for font in fonts})
        return found


@pytest.fixture
def faces(visit: Visit) -> Iterator[Faces]:
    """Return Chromium's report on the fonts of the visited page."""
    session = visit.tab.context.new_cdp_session(visit.tab)
    yield Faces(session)
    session.detach()


def shown(visit: Visit, site: Site, language: str, text: str, tag: str = "p") -> None:
    """Show a text in place of what the home of a language says, and wait for its fonts."""
    tab = visit.to(site.pages[f"{language}/index.html"])
    tab.evaluate("([text, tag]) => document.querySelector('main').replaceChildren(document.createElement(tag))", [text, tag])
    tab.evaluate("text => { document.querySelector('main > *').textContent = text }", text)
    tab.evaluate("() => { document.body.getBoundingClientRect(); return document.fonts.ready.then(() => true) }")


@pytest.mark.parametrize("tag", ["p", "h1"])
@pytest.mark.parametrize("text", [LETTERS, SENTENCES], ids=["alphabet", "sentence"])
def test_a_language_is_set_in_one_font(
    visit: Visit, faces: Faces, site: Site, language: str, text: dict[str, str], tag: str
) -> None:
    """Every letter of a language, in text and in headings, comes from one font, which the site brings itself."""
    shown(visit, site, language, text[language], tag)
    found = faces.of("main > *")

    assert [(face.family, face.is_own) for face in found] == [(FAMILY, True)]
    assert found.total() > len(set(text[language])) / 2  # joined letters and vowels share glyphs, but few do


@pytest.mark.thorough  # a test of tests
def test_a_strange_font_is_seen(visit: Visit, faces: Faces, site: Site) -> None:
    """A letter that the site's font lacks is told as drawn with another one."""
    shown(visit, site, "ckb", "کوردی ක")

    assert {face.is_own for face in faces.of("main > *")} == {True, False}


def strange(visit: Visit, faces: Faces, page: Page) -> list[str]:
    """Return the fonts of a page that are not the site's, apart from what is set otherwise on purpose."""
    tab = visit.to(page)
    tab.evaluate("(kinds) => document.querySelectorAll(kinds).forEach((one) => one.remove())", OTHERWISE)
    tab.evaluate(SAYING)
    found = faces.of("[data-saying]")
    assert found, page.path
    return [f"{page.path}: {face}" for face in found if face != Face(FAMILY, True)]


@pytest.mark.thorough  # long in a browser
def test_pages_of_every_kind_use_one_family(visit: Visit, faces: Faces, site: Site, language: str) -> None:
    """Every text of a page but code is drawn with the site's own family: no letter is a stranger, none is a box."""
    assert [one for page in samples(site, language) for one in strange(visit, faces, page)] == []


@pytest.mark.thorough  # long in a browser
def test_the_pages_of_no_language_use_one_family(visit: Visit, faces: Faces, site: Site) -> None:
    """So do the pages that show all languages."""
    assert [one for page in above(site) for one in strange(visit, faces, page)] == []


def fonts(visit: Visit) -> int:
    """Return how many files of fonts the visited page has loaded."""
    return sum(file.endswith(".woff2") for file in visit.files)


def loaded(visit: Visit) -> int:
    """Return how many bytes of fonts the visited page has loaded; WOFF2 is compressed already."""
    return sum((visit.site.folder / file).stat().st_size for file in visit.files if file.endswith(".woff2"))


@pytest.mark.thorough  # long
@pytest.mark.costly
def test_few_fonts_are_loaded(visit: Visit, site: Site, language: str) -> None:
    """A page loads at most two files of fonts and 70 KB, whatever it shows."""
    sizes = {page.path: (fonts(visit), loaded(visit)) for page in samples(site, language) if visit.to(page)}
    assert {path: size for path, size in sizes.items() if not (0 < size[0] <= 2 and 0 < size[1] <= ALL_SCRIPTS)} == {}


def test_a_page_of_one_script_loads_one(visit: Visit, site: Site, language: str) -> None:
    """Text and headings in one script load at most 36 KB of fonts: what a page does not show, it does not ask for."""
    page = site.pages[f"{language}/index.html"]
    opening = f'<!doctype html><html lang="{language}" dir="{page.root.attributes["dir"]}">'
    style = (page.one('link[rel="stylesheet"]').html or "") + "<title>-</title>"
    said = f"<h1>{SENTENCES[language]}</h1><p>{SENTENCES[language]} <b>{LETTERS[language]}</b></p>"
    visit.tab.route(site.url(page.path), lambda route: route.fulfill(content_type="text/html", body=opening + style + said))
    visit.to(page)

    assert 0 < loaded(visit) <= ONE_SCRIPT


def test_words_are_there_before_their_font(visit: Visit, site: Site, language: str) -> None:
    """Where fonts never come, a page is read in the reader's own: no text is held back for them (font-display)."""
    visit.tab.route("**/*.woff2", lambda route: route.abort())
    tab = visit.to(site.pages[f"{language}/index.html"])
    declared = tab.evaluate("[...document.fonts].map((one) => one.display)")

    assert set(declared) <= {"swap", "fallback", "optional"}
    own = tab.evaluate("[...document.fonts].filter((one) => one.family.replaceAll('\"', '') === 'Vazirmatn').length")
    assert own == 2  # one file a script; the others are fonts of readers, in its size
