"""What may be odd is accepted and shown as typed; what a site of few texts or languages needs is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml.html import HtmlElement

Build = Callable[..., Any]


@pytest.fixture
def good(build_site: Build) -> Build:
    """Give what builds a site of tests/sites/good, which says nothing and ends well."""

    def build(name: str) -> Any:
        outcome = build_site(f"good/{name}")
        assert (outcome.code, [line for line in outcome.lines if "[catalogue]" not in line]) == (0, [])
        return outcome

    return build


def words(page: HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.iterfind(path)]


def links(page: HtmlElement, path: str = ".//main") -> list[str]:
    return [link.get("href") for link in page.find(path).iterfind(".//a")]


def alternates(page: HtmlElement) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in page.iterfind(".//link[@hreflang]")}


def written(text: str) -> set[str]:
    """Give the addresses that a sitemap or feed names."""
    return set(re.findall(r"https://example\.org/[^\"<]*", text))


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("en/statements/html/", 'The <b>bold</b> & "quoted" one'),
        ("en/statements/template/", "{{ x }} and {% if %} and {x} and %s"),
        ("ar/statements/bom/", "بيان"),
        ("fr/statements/crlf/", "Une déclaration"),
        ("en/statements/no-break/", "A statement of ours"),
        ("en/statements/words/", "no"),
    ],
)
def test_a_title_is_shown_as_typed(good: Build, address: str, title: str) -> None:
    """No markup, no template and no type is read into a title; marks and spaces that nobody typed are gone."""
    page = good("as-typed").page(address)

    assert page.find(".//h1").text_content() == title
    assert page.find(".//title").text_content().startswith(title)
    assert page.find(".//meta[@property='og:title']").get("content") == title


def test_french_punctuation_gets_its_spaces(good: Build) -> None:
    """A space before ; ! ? : and inside « » does not break, whatever the editor typed."""
    page = good("as-typed").page("fr/statements/no-break/")

    assert page.find(".//h1").text_content() == "Pourquoi\u202f? «\u00a0Ici\u00a0»\u00a0: voilà\u202f!"


def test_windows_line_ends_change_nothing(good: Build) -> None:
    """A file from another editor has its paragraphs and its numbered list."""
    prose = good("as-typed").page("fr/statements/crlf/").find(".//div[@class='prose']")

    assert [element.tag for element in prose] == ["p", "p", "ol"]
    assert [item.get("id") for item in prose.iter("li")] == ["r1", "r2"]


@pytest.mark.parametrize("address", ["ar/statements/digits/", "ckb/statements/time/"])
def test_a_day_may_be_written_with_other_digits_or_a_time(good: Build, address: str) -> None:
    """Arabic-Indic digits are digits, and a time without an offset is meant where the network is."""
    times = [time.get("datetime") for time in good("as-typed").page(address).find(".//main").iter("time")]

    assert {time[:10] for time in times} == {"2012-02-09"}


def test_names_that_yaml_takes_for_something_else_stay_names(good: Build) -> None:
    """An author may be called 123 or "yes"."""
    outcome = good("as-typed")

    assert words(outcome.page("en/authors/"), ".//main//li")
    assert [outcome.has(f"en/authors/{author}/") for author in ("123", "yes", "null-island")] == [True, True, True]


@pytest.mark.parametrize("character", ["[", "(", "*", "`", "<", "&", "!["])
def test_twenty_thousand_of_a_character_are_shown(character: str, build_site: Build, tmp_path: Any) -> None:
    """What hangs other readers of Markdown is read in time and stays."""
    folder = tmp_path / "site" / "content" / "statements" / "many"
    folder.mkdir(parents=True)
    text = f"---\ntitle: Many\ndate: 2012-02-09\n---\nBefore {character * 20_000} after.\n"
    (folder / "index.en.md").write_text(text, "utf-8")

    outcome = build_site("good/two-languages")

    assert outcome.code == 0
    prose = outcome.page("en/statements/many/").find(".//div[@class='prose']").text_content()
    assert prose.strip() == f"Before {character * 20_000} after."


def test_a_site_of_one_language_has_no_other(good: Build) -> None:
    """An Arabic network needs no English, not even as a default."""
    outcome = good("arabic-only")

    page = outcome.page("ar/statements/2012-x/")
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert alternates(page) == {
        "ar": "https://example.org/ar/statements/2012-x/",
        "x-default": "https://example.org/",
    }
    assert sorted(folder.name for folder in outcome.output.iterdir() if len(folder.name) < 4) == ["ar"]
    assert "ar/" in links(outcome.page(""), ".//body")


@pytest.mark.parametrize("tag", ["en", "ar", "ckb", "kmr", "fr"])
def test_every_language_has_its_home_and_its_404(good: Build, tag: str) -> None:
    """A language without a text says so in its own words; nobody is sent to another language."""
    outcome = good("two-languages")

    for address in (f"{tag}/", f"{tag}/404.html"):
        assert outcome.page(address).get("lang") == tag
        assert outcome.page(address).find(".//main//h1") is not None
    assert outcome.has(f"{tag}/feed.atom")


def test_a_link_to_a_folder_leads_to_the_readers_language_or_the_best_there_is(good: Build) -> None:
    """What is in another language is marked with it; a listing is always in the reader's own."""
    outcome = good("two-languages")

    english = outcome.page("en/statements/2012-x/").find(".//div[@class='prose']")
    assert [(link.get("href"), link.get("hreflang")) for link in english.iter("a")] == [
        ("../../../fr/statements/2011-y/", "fr"),
        ("../../../fr/statements/2011-y/#r1", "fr"),
        ("../", None),
    ]
    assert "French" in english.text_content()
    french = outcome.page("fr/statements/2012-x/").find(".//div[@class='prose']")
    assert [(link.get("href"), link.get("hreflang")) for link in french.iter("a")] == [("../2011-y/", None)]


def test_a_topic_without_a_version_in_a_language_has_its_texts_there(good: Build) -> None:
    """The topic's page in French is there for its French text, its name marked as English."""
    page = good("two-languages").page("fr/topics/women/")

    name = page.find(".//h1//*[@lang='en']")
    assert name is not None
    assert name.text_content() == "Women"
    assert "../../statements/2011-y/" in links(page)


def test_a_translation_inherits_key_by_key(good: Build) -> None:
    """A translation that states a city alone has the rest of the place, the picture, the day, the topics of its original."""
    page = good("sorani-original").page("ar/conferences/2017-slemani/")
    main = page.find(".//main")

    assert {time.get("datetime") for time in main.iter("time")} >= {"2017-01-18"}
    text = " ".join(main.text_content().split())
    assert "السليمانية" in text
    assert "250" in text
    assert "../../topics/women/" in links(page)
    assert page.find(".//figure/img").get("src") == "../../../conferences/2017-slemani/hall.jpg"


@pytest.mark.parametrize("inherited", ["هۆڵی تەواری", "هێمن"])
def test_an_inherited_text_carries_its_language(good: Build, inherited: str) -> None:
    """The Sorani name of a place on an English page is said to be Sorani."""
    page = good("sorani-original").page("en/conferences/2017-slemani/")

    found = [element for element in page.find(".//main").iter() if (element.text or "").strip() == inherited]
    assert found
    assert {(element.get("lang"), element.get("dir")) for element in found} == {("ckb", "rtl")}


def test_an_inherited_alternative_text_carries_its_language(good: Build) -> None:
    """What a screen reader says of a picture is read in the language it was written in, also on an Arabic page."""
    outcome = good("sorani-original")

    image = outcome.page("ar/conferences/2017-slemani/").find(".//figure/img")
    assert (image.get("alt"), image.get("lang"), image.get("dir")) == ("هۆڵەکە پڕە لە خەڵک", "ckb", "rtl")
    own = outcome.page("en/conferences/2017-slemani/").find(".//figure/img")
    assert (own.get("alt"), own.get("lang")) == ("The hall is full of people", None)


def test_what_is_of_one_version_alone_is_not_inherited(good: Build) -> None:
    """Summary, day of change and old addresses stay with the version that states them."""
    outcome = good("sorani-original")

    english = outcome.page("en/conferences/2017-slemani/")
    assert "کورتە" not in english.text_content()
    assert "2017-02-01" not in [time.get("datetime") for time in english.iter("time")]
    assert outcome.page("old-ckb/").get("lang") == "ckb"
    assert "../ckb/conferences/2017-slemani/" in links(outcome.page("old-ckb/"), ".//body")


def test_an_author_is_called_as_the_version_or_its_original_writes_the_name(good: Build) -> None:
    """A version without a name of its own shows the original's, not that of a third language."""
    outcome = good("sorani-original")

    author = "../../authors/baehr-yaehmaed/"
    names = {}
    for tag in ("ckb", "ar", "en"):
        page = outcome.page(f"{tag}/conferences/2017-slemani/")
        names[tag] = [link.text_content() for link in page.find(".//main").iter("a") if link.get("href") == author]
    assert names == {"ckb": ["بەهار ئەحمەد"], "ar": ["بهار أحمد"], "en": ["بەهار ئەحمەد"]}


def test_all_versions_of_a_text_name_each_other(good: Build) -> None:
    """Original, translation and translation of the translation are equal for search engines."""
    outcome = good("sorani-original")

    expected = {tag: f"https://example.org/{tag}/conferences/2017-slemani/" for tag in ("en", "ar", "ckb")}
    for tag in expected:
        page = outcome.page(f"{tag}/conferences/2017-slemani/")
        assert alternates(page) == {**expected, "x-default": "https://example.org/"}


def test_a_hidden_text_is_a_page_and_nowhere_else(good: Build) -> None:
    """It stands at its address, is not indexed, and no listing, feed or sitemap names it."""
    outcome = good("unlisted")

    page = outcome.page("en/statements/hidden/")
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert alternates(page) == {}
    assert page.find(".//h1").text_content() == "Hidden away"
    for file in ("sitemap.xml", "en/feed.atom", "en/statements/feed.atom", "feed.atom"):
        assert not [url for url in written((outcome.output / file).read_text("utf-8")) if "hidden" in url]
    for address in ("en/", "en/statements/", "en/timeline/", "en/search/"):
        assert "Hidden away" not in outcome.page(address).text_content()
    assert not outcome.has("ar/statements/feed.atom")


@pytest.mark.parametrize("address", ["en/statements/draft/", "ar/statements/half/", "en/statements/future/"])
def test_what_is_not_for_readers_yet_is_not_built(good: Build, address: str) -> None:
    """A draft, a draft of a translation and a text of tomorrow are no pages, and nothing leads to them."""
    outcome = good("unlisted")

    assert not outcome.has(address)
    identity = address.split("/")[2]
    tag = address.split("/", maxsplit=1)[0]
    for file in sorted(outcome.output.rglob("*.html")):
        assert f"{tag}/statements/{identity}/" not in file.read_text("utf-8")


def test_a_day_that_has_come_is_published(good: Build) -> None:
    """SOURCE_DATE_EPOCH is the clock, and a day begins where the network is."""
    assert good("unlisted").has("en/statements/yesterday/")


def test_a_preview_shows_drafts(build_site: Build) -> None:
    """An editor sees what readers don't see yet."""
    outcome = build_site("good/unlisted", drafts=True)

    assert outcome.code == 0
    assert outcome.has("en/statements/draft/")
    assert outcome.has("en/statements/future/")
    assert outcome.has("ar/statements/half/")


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


def test_a_listing_is_paged(good: Build) -> None:
    """Newest first; later pages are no alternates of anything and stand in no sitemap."""
    outcome = good("listings")

    titles = [words(outcome.page(address), ".//main//h3") for address in ("en/news/", "en/news/page/2/", "en/news/page/3/")]
    assert titles == [["Item 5", "Item 4"], ["Item 3", "Item 2"], ["Item 1"]]
    assert not outcome.has("en/news/page/4/")
    second = outcome.page("en/news/page/2/")
    assert alternates(second) == {}
    assert {"../../", "../3/"} <= set(links(second))
    assert not [url for url in written((outcome.output / "sitemap.xml").read_text("utf-8")) if "/page/" in url]


def test_a_listing_offers_what_exists_in_other_languages(good: Build) -> None:
    """Apart from its own texts stand the newest that it lacks, marked with their language, up to the number set."""
    outcome = good("listings")

    page = outcome.page("ar/news/")
    foreign = [link for link in page.find(".//main").iter("a") if link.get("hreflang") and link.getparent().tag == "h3"]
    assert [(link.text_content(), link.get("lang"), link.get("dir")) for link in foreign] == [
        ("Item 4", "en", "ltr"),
        ("Item 3", "en", "ltr"),
    ]
    assert words(page, ".//main//h3")[0] == "خبر"
    assert len([link for link in outcome.page("kmr/news/").find(".//main").iter("a") if link.get("lang")]) >= 2


def test_a_site_opens_from_a_folder(good: Build) -> None:
    """With FROM_DISK every link to a page names its file, since nobody answers for a folder there."""
    outcome = good("from-disk")

    for file in sorted(outcome.output.rglob("*.html")):
        if file.name == "404.html":
            continue
        page = outcome.page(file.relative_to(outcome.output).as_posix())
        for element in page.iter("a", "img", "script", "link"):
            url = element.get("href") or element.get("src") or ""
            if not url or url.startswith(("https:", "#")):
                continue
            assert (file.parent / url.split("#")[0]).is_file(), (file, url)
    refresh = outcome.page("old/").find(".//meta[@http-equiv='refresh']").get("content")
    assert refresh == "0; url=../en/statements/2012-x/index.html"


@pytest.mark.parametrize("site", ["addresses", "sorani-original", "listings", "every-field"])
def test_every_link_between_pages_leads_somewhere(good: Build, site: str) -> None:
    """Relative links of all pages but 404 lead to a file of the output, and their anchors are there."""
    outcome = good(site)

    for file in sorted(outcome.output.rglob("*.html")):
        if file.name == "404.html":
            continue
        page = outcome.page(file.relative_to(outcome.output).as_posix())
        for link in page.iter("a"):
            path, _, anchor = link.get("href").partition("#")
            if path.startswith("https:"):
                continue
            target = (file.parent / path).resolve() if path else file
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), (file, link.get("href"))
            if anchor:
                there = outcome.page(target.relative_to(outcome.output.resolve()).as_posix())
                assert there.xpath("//*[@id=$id]", id=anchor), (file, link.get("href"))


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
