"""Words of pages that readers stumbled over, in the sample site."""

from __future__ import annotations

import pytest

from tests.site.pages import Site


def words(site: Site, path: str, selector: str) -> list[str]:
    """Return the words of the elements of a kind on a page."""
    return [" ".join(node.text().split(" ")).strip() for node in site.pages[f"{path}index.html"].tree.css(selector)]


@pytest.mark.parametrize(("tag", "start"), [("ar", "صادر عن "), ("en", "Issued by "), ("ckb", "دەرکراوە لە لایەن ")])
def test_an_organisation_issues_a_text(site: Site, tag: str, start: str) -> None:
    """A statement of a network is issued by it; a person writes."""
    byline = words(site, f"{tag}/statements/2012-first-bloggers-conference/", ".byline span")

    assert len([one for one in byline if one.startswith(start)]) == 1


@pytest.mark.parametrize(("tag", "said"), [("en", "Joint action 5"), ("ar", "العمل المشترك 5"), ("kmr", "Joint action 5")])
def test_resolutions_are_called_in_the_singular(site: Site, tag: str, said: str) -> None:
    """A resolution is called as its statement says of one of its list, with the number that it has there."""
    (name,) = words(site, f"{tag}/conferences/2017-annual-conference/", ".answers li > a")
    assert name == said
    assert words(site, "en/resolutions/", ".resolutions-of") == ["Findings", "Joint actions"]


def test_a_conference_that_is_over_is_in_no_calendar(site: Site) -> None:
    """The page of a past conference offers no file for calendars, and shows the conference among the others."""
    page = site.pages["en/conferences/2017-annual-conference/index.html"]

    assert "text/calendar" not in page.values("main a", "type")
    assert page.values(".stations a[aria-current]", "href") == ["./"] or page.values(".stations a[aria-current]", "href") == [
        ""
    ]


@pytest.mark.parametrize("tag", ["ar", "ckb", "en", "fr", "kmr"])
def test_the_foot_of_a_page_has_three_groups(site: Site, tag: str) -> None:
    """What finds a text, what tells of new ones, what helps: each under its title, and nothing else."""
    groups = site.pages[f"{tag}/index.html"].tree.css(".footer-links section")

    assert [len(group.css("h2")) for group in groups] == [1, 1, 1]
    assert all(group.css("a") for group in groups)
