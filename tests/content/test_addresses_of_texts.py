"""Everything has the address that was promised, and every link leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

from jisr.core.urls.paths import short_paths

Build = Callable[..., Any]


def links(page: HtmlElement, path: str = ".//main") -> list[str]:
    return [link.get("href") for link in page.find(path).iterfind(".//a")]


@pytest.mark.parametrize(
    ("old", "tag", "target"),
    [
        ("2012/02/statement/", "en", "../../../en/statements/2012-x/"),
        ("old.html", "en", "en/statements/2012-x/"),
        ("2012/بيان/", "en", "../../en/statements/2012-x/"),
        ("en/statements/old/", "en", "../2012-x/"),
        ("ar-old/", "ar", "../ar/statements/2012-x/"),
        ("members-old/", "en", "../en/members/insm/"),
        ("ar/posts/insm/", "ar", "../../members/insm/"),
    ],
)
def test_an_old_address_leads_to_the_text(good: Build, old: str, tag: str, target: str) -> None:
    """It is a page that redirects, in the text's language, and is not indexed; servers look for it decoded."""
    page = good("addresses").page(old)

    assert page.get("lang") == tag
    assert page.find(".//meta[@http-equiv='refresh']").get("content") == f"0; url={target}"
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert target in links(page, ".//body")


def test_the_old_address_of_a_file_is_answered_by_the_file(good: Build) -> None:
    """No page stands under the name of a document: its bytes are those of the file that took its place."""
    output = good("addresses").output

    assert (output / "old/programme.pdf").read_bytes() == (output / "statements/2012-x/programme.pdf").read_bytes() != b""


def test_a_file_with_a_hash_in_its_name_is_linked_as_typed_or_encoded(good: Build) -> None:
    """The link leads to the file, and its name is encoded, so that no part of it becomes the name of a place."""
    page = good("file-with-hash").page("en/news/2012-x/")

    assert [link for link in links(page, ".//body") if "programme" in link] == ["../../../news/2012-x/programme%20%232.txt"] * 2


def test_everything_has_the_address_it_was_promised(good: Build) -> None:
    """Pages stand below the language, posts below their member, files once for all languages."""
    outcome = good("addresses")

    for address in (
        "fr/about/",
        "ar/posts/insm/2013-spring/",
        "ar/members/insm/",
        "en/members/insm/",
        "en/authors/mohammed-amir/",
        "en/topics/women/",
        "ar/topics/women/",
        "statements/2012-x/programme.pdf",
    ):
        assert outcome.has(address), address
    assert not outcome.has("fr/pages/")
    assert not outcome.has("fr/pages/about/")
    assert not outcome.has("ar/about/")
    assert "../../../statements/2012-x/programme.pdf" in links(outcome.page("en/statements/2012-x/"))


def test_a_member_is_linked_by_its_id_and_has_its_texts(good: Build) -> None:
    """An id among the authors is the member; its page in Arabic has the Arabic posts, its English name marked."""
    outcome = good("addresses")

    assert "../../members/insm/" in links(outcome.page("en/statements/2012-x/"))
    page = outcome.page("ar/members/insm/")
    assert "../../posts/insm/2013-spring/" in links(page)
    assert page.find(".//h1//*[@lang='en']").text_content() == "INSM"


def test_a_site_opens_from_a_folder(good: Build) -> None:
    """With FROM_DISK every link to a page names its file, since nobody answers for a folder there."""
    outcome = good("from-disk")

    for file in sorted(outcome.output.rglob("*.html")):
        if file.name == "404.html":
            continue
        page = outcome.page(file.relative_to(outcome.output).as_posix())
        for element in page.iter("a", "img", "script", "link"):
            url = element.get("href") or element.get("src") or ""
            if not url or url.startswith(("https:", "tel:", "mailto:", "#")):
                continue
            assert (file.parent / url.split("#")[0]).is_file(), (file, url)
    refresh = outcome.page("old/").find(".//meta[@http-equiv='refresh']").get("content")
    assert refresh == "0; url=../en/statements/2012-x/index.html"


@pytest.mark.parametrize("site", ["addresses", "sorani-original", "listings", "every-field"])
def test_every_link_between_pages_leads_somewhere(good: Build, site: str) -> None:
    """Relative links of all pages but 404 lead to a file of the output, and their anchors are there."""
    outcome = good(site)
    output = outcome.output.resolve()
    pages = {file: outcome.page(str(file)) for file in output.rglob("*.html") if file.name != "404.html"}
    anchors = {file: {"", *page.xpath("//@id")} for file, page in pages.items()}

    lost = []
    for file, page in pages.items():
        for link in page.xpath("//a/@href"):
            path, _, anchor = link.partition("#")
            if path.startswith(("https:", "tel:", "mailto:")):
                continue
            anchor = anchor.partition("=")[0]  # the page on reading offline has the texts that are to be kept behind it
            target = (file.parent / path).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or anchor not in anchors.get(target, {""}):
                lost.append((file, link))
    assert lost == []


def test_every_field_is_shown(good: Build) -> None:
    """What an editor states of a conference stands on its page: nothing of the front matter is dropped."""
    page = good("every-field").page("ar/conferences/2018-point/")

    text = " ".join(page.find(".//main").text_content().split())
    for word in ("المحطة", "بغداد", "العراق", "100", "افتتاح", "الإنترنت", "10:00", "علي سامي", "INSM", "بيان"):
        assert word in text, word
    days = {time.get("datetime")[:10] for time in page.find(".//main").iter("time")}
    assert {"2018-08-10", "2018-08-11", "2018-09-01"} <= days
    assert {"../../members/insm/", "../../topics/women/", "../../statements/2018-y/"} <= set(links(page))


def test_folders_above_a_text_can_be_linked(good: Build) -> None:
    """A member's folder of posts leads to the member, a kind's to its listing, the content folder home."""
    prose = good("every-field").page("ar/conferences/2018-point/").find(".//div[@class='prose']")

    assert [link.get("href") for link in prose.iter("a")] == ["../../members/insm/", "../../posts/", "../../"]


def test_signatories_and_sources_are_shown(good: Build) -> None:
    """A member among those who signed is linked, an organisation named; a post names where it first stood."""
    outcome = good("every-field")

    statement = outcome.page("ar/statements/2018-y/").find(".//main")
    text = statement.text_content()
    assert "محمد قاسم" in text
    assert "آي تي لايف" in text
    assert "../../members/insm/" in [link.get("href") for link in statement.iter("a")]
    assert "https://blog.example.org/p" in links(outcome.page("ar/posts/insm/2018-point/"))
    member = outcome.page("ar/members/insm/")
    assert {"https://blog.example.org/", "../../posts/insm/2018-point/"} <= set(links(member))
    assert "بغداد" in member.find(".//main").text_content()


def test_a_short_address_outlives_a_new_name(good: Build) -> None:
    """Who renames a folder and states its old address keeps the code that was shared; that of the new name leads there, too."""
    outcome = good("addresses")
    first, own = short_paths("en", "statements", "2012-x", ["/en/statements/old/"])

    assert short_paths("en", "statements", "old") == (first,)
    assert outcome.page("en/statements/2012-x/").find(".//code").text == f"https://example.org/{first}"
    for address in (first, own):
        refresh = outcome.page(address).find(".//meta[@http-equiv='refresh']").get("content")
        assert refresh == "0; url=../../en/statements/2012-x/"


def test_a_site_has_no_short_addresses_unasked(good: Build) -> None:
    """Each is a page more, so that a site says whether it wants them."""
    output = good("listings").output

    assert not (output / "s").exists()
    assert [file for file in output.glob("??/**/*.html") if "/s/" in file.read_text("utf-8")] == []
