"""Two versions side by side where they differ: what changed since the translation is marked, what one lacks is said."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from tests.editing.conftest import WATER, Office, change

SAID = {
    "ar": ("تغيّر بعد الترجمة", "جديد، أُضيف بعد الترجمة", "هذا الجزء غير موجود بالكردية (السورانية)."),
    "ckb": ("دوای وەرگێڕانەکە گۆڕاوە", "نوێیە، دوای وەرگێڕانەکە زیاد کراوە", "ئەم بەشە بە سۆرانی نییە."),
}


def beside(office: Office, tag: str, other: str) -> LexborHTMLParser:
    """Return the page of the statement on water beside another version of it."""
    return LexborHTMLParser((office.place.output / tag / WATER / "with" / other / "index.html").read_text("utf-8"))


def notes(tree: LexborHTMLParser, anchor: str) -> list[str]:
    """Return what is said over a pair, and instead of what one of its sides lacks."""
    return [one.text(strip=True) for one in tree.css(f"#{anchor} > p")]


def test_changes_since_the_translation_are_marked(office: Office) -> None:
    """A changed resolution, a new one and one taken as it was are told apart, in words and in the language of the page."""
    office.done("translate", WATER, "ckb", "--pin")
    original = office.file(f"{WATER}/index.ar.md")
    change(original, "للجميع.\n", "لكل الناس.\n3. الماء لا يُباع.\n")
    office.page("ckb")

    for tag, (changed, new, lacking) in SAID.items():
        tree = beside(office, tag, "ckb" if tag == "ar" else "ar")
        assert [notes(tree, f"r{number}") for number in (1, 2, 3)] == [[], [changed], [new, lacking]]
        assert [pair.attributes["id"] for pair in tree.css(".pair.changed")] == ["r2", "r3"]
        assert len(tree.css(".notice .lag")) == 1


def test_versions_with_other_paragraphs_have_each_anchor_once(office: Office) -> None:
    """Where a version has more paragraphs, resolutions still stand beside each other, and no anchor stands twice."""
    translation = office.file(f"{WATER}/index.ckb.md")
    change(translation, "1. هیچ", "## بڕیارەکان\n\nپێشەکییەک کە دەقە ڕەسەنەکە نییەتی.\n\n1. هیچ")
    translation.write_text(translation.read_text("utf-8") + "\n[بەرنامە](programme.pdf)\n", "utf-8")
    office.page("ckb")
    tree = beside(office, "ckb", "ar")
    ids = [node.attributes["id"] for node in tree.css("[id]")]

    assert len(ids) == len(set(ids))
    sides = {pair.attributes.get("id"): len(pair.css(".pair > .prose")) for pair in tree.css(".pair:not(.pair-titles)")}
    assert sides == {None: 1, "r1": 2, "r2": 2, "p1": 2}


def test_a_site_may_have_none(office: Office) -> None:
    """Where the setting names no kind, there is no such page, and no link to one."""
    office.place.state("SIDE_BY_SIDE = ()")

    assert "/with/" not in (office.page("ckb").html or "")
    assert not (office.place.output / "ckb" / WATER / "with").exists()


def test_a_translation_stands_beside_what_it_was_translated_from(office: Office) -> None:
    """As shipped, other pairs have no page and no link; where a setting asks for all pairs, each has both."""
    french = office.file(f"{WATER}/index.fr.md")
    french.write_text("---\ntitle: L’eau\ntranslation: {of: ckb}\n---\n\n1. L’eau est un droit.\n", "utf-8")

    def pairs() -> dict[str, set[str]]:
        """Return for each version the languages beside which it stands, as its page links them and as pages are there."""
        office.page("fr")
        found: dict[str, set[str]] = {}
        for tag in ("ar", "ckb", "fr"):
            folder = office.place.output / tag / WATER
            tree = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
            linked = {(one.attributes["href"] or "").split("/")[-2] for one in tree.css(".beside a")}
            assert linked == {path.parent.name for path in folder.glob("with/*/index.html")}
            found[tag] = linked
        return found

    assert pairs() == {"ar": {"ckb"}, "ckb": {"ar", "fr"}, "fr": {"ckb"}}
    switch = beside(office, "ckb", "ar").css_first('a[hreflang="fr"]')
    assert switch is not None
    assert "/with/" not in (switch.attributes["href"] or "")
    office.place.state('SIDE_BY_SIDE_PAIRS = "all"')
    assert pairs() == {"ar": {"ckb", "fr"}, "ckb": {"ar", "fr"}, "fr": {"ar", "ckb"}}
