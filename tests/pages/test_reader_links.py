"""Passing a text on, answering it, and hearing of new ones: links that ask nobody anything before they are followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from jisr.core.build.build_context import BuildContext
from jisr.core.build.expiry import expiry_times
from jisr.core.model.channels import Channels
from jisr.core.model.document import Document, ReplyRules, TranslationSet
from jisr.core.model.events import end_of_day
from jisr.core.model.replies import last_day_of_replies
from jisr.pages.document.reader_links import reply_links, share_view
from jisr.pages.links import Linker
from tests.outputs.offline.test_bundles import sample
from tests.site.pages import Site

__all__ = ["sample"]
STATEMENT = "statements/2012-first-bloggers-conference/"
RTL_MARK = "\u200f"


def query(url: str) -> dict[str, str]:
    """Return the words that a link hands on."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def version(sample: BuildContext, tag: str, **more: object) -> tuple[Document, Linker]:
    """Return a version of the statement, with other fields, and a linker on its page."""
    site = sample.site
    address = f"{tag}/{STATEMENT}"
    document = site.version("statements", STATEMENT.split("/")[1], tag)
    return replace(document, **more), Linker(site, site.routes[address], site.languages[tag])  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", ["ar", "ckb", "en"])
def test_each_way_to_share_has_the_title_and_the_address(site: Site, sample: BuildContext, tag: str) -> None:
    """Words from right to left begin with their mark; the address is whole, and in a field that can be selected."""
    page = site.pages[f"{tag}/{STATEMENT}index.html"]
    document, _ = version(sample, tag)
    address = f"{site.address}/{tag}/{STATEMENT}"
    mail, telegram, whatsapp, facebook = map(query, page.values(".share a", "href"))
    assert (telegram["url"], facebook["u"]) == (address, address)
    title = mail["subject"]
    assert title.lstrip(RTL_MARK) == document.title
    assert title.startswith(RTL_MARK) == (tag != "en")
    assert (mail["body"], telegram["text"], whatsapp["text"]) == (f"{title}\r\n\r\n{address}", title, f"{title}\n{address}")
    assert page.values(".share input[readonly]", "value") == [address]
    assert page.values(".share input", "dir") == ["ltr"]


def test_a_hidden_text_is_neither_shared_nor_answered(sample: BuildContext) -> None:
    """Its address is for those who were given it."""
    document, linker = version(sample, "ar", status="hidden")
    assert share_view(document, linker) is None
    assert reply_links(document, linker, sample.messages) == ()


def test_settings_and_texts_say_what_may_be_answered(sample: BuildContext) -> None:
    """A kind that REPLIES leaves out and a text whose replies are closed offer no way to answer; each language has its own."""
    document, linker = version(sample, "ar")
    assert [one.name for one in reply_links(document, linker, sample.messages)] == ["mail", "signal"]
    assert reply_links(replace(document, replies=ReplyRules(open=False)), linker, sample.messages) == ()
    for channels in (
        Channels(replies={"mail": {"ar": "a@example.org"}}, reply_kinds=("news",)),
        Channels(replies={"mail": {"ckb": "a@example.org"}}, reply_kinds=("statements",)),
    ):
        other = Linker(replace(linker.site, channels=channels), linker.route, linker.language)
        assert reply_links(document, other, sample.messages) == ()


@pytest.mark.parametrize("tag", ["ar", "ckb", "en"])
def test_a_reply_names_its_text_and_says_who_sees_it(site: Site, tag: str) -> None:
    """The mail has the id and the language of the text and a form in its language; the page says what is seen by whom."""
    page = site.pages[f"{tag}/{STATEMENT}index.html"]
    mail = page.values(".reply-offer a", "href")[0]
    name = f"[{STATEMENT.rstrip('/')} {tag}]"
    assert mail.startswith("mailto:replies@icssi.example.org?")
    assert query(mail)["subject"].startswith(name)
    lines = query(mail)["body"].split("\r\n")
    assert lines[-1] == name
    assert all(line.startswith(RTL_MARK) == (tag != "en") for line in lines[:-1] if line)
    assert page.one(".reply-offer .soft").text()


@pytest.mark.parametrize("tag", ["ar", "ckb", "en"])
def test_channels_are_in_the_footer_and_on_the_subscribe_page(site: Site, tag: str) -> None:
    """Whoever reads no feeds finds the mailing list and the channels of messengers on every page."""
    wanted = ["https://lists.icssi.example.org/news", "https://t.me/icssi_example"]
    for path in (f"{tag}/subscribe/", f"{tag}/{STATEMENT}"):
        links = site.pages[f"{path}index.html"].values("footer a, main .feeds a", "href")
        assert [one for one in links if one in wanted] == wanted * (2 if "subscribe" in path else 1)


def test_a_text_is_closed_by_its_own_word_before_any_setting(sample: BuildContext) -> None:
    """Days count from the date of a text that says nothing itself; what it says decides, of another kind and of any day."""
    document, linker = version(sample, "ar", date=date(2026, 1, 31))
    channels = Channels(replies={"mail": {"ar": "a@example.org"}}, reply_kinds=("news",), reply_days=90)
    linker = replace(linker, site=replace(linker.site, channels=channels))
    assert reply_links(document, linker, sample.messages) == ()
    opened = replace(document, replies=ReplyRules(open=True))
    assert [one.name for one in reply_links(opened, linker, sample.messages)] == ["mail"]
    stated = replace(document, replies=ReplyRules(until=date(2026, 2, 1)))
    last = [last_day_of_replies(one, channels) for one in (document, opened, stated)]
    assert last == [date(2026, 5, 1), None, date(2026, 2, 1)]
    drafts = {**linker.site.sets_with_drafts, document.key: TranslationSet(*document.key, (document,), "ar")}
    assert end_of_day(date(2026, 5, 1), linker.site.timezone) in expiry_times(replace(linker.site, sets_with_drafts=drafts))
