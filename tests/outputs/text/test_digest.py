"""The newsletter: what is new in a language, right in its direction in every mail program."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import nh3
import pytest
from bidi import get_display
from selectolax.lexbor import LexborHTMLParser

from jisr.core.build.build_context import BuildContext
from jisr.core.i18n.languages import build_languages
from jisr.core.model.channels import Channels
from jisr.outputs.text.digest import Digest, collect_digest, render_digest_text
from jisr.outputs.text.digest_mail import MOST_BYTES, fit_digest, render_digest_html, render_digest_mail
from tests.build.conftest import Workplace, workplace, workplace_in
from tests.outputs.offline.test_bundles import sample

__all__ = ["sample", "workplace", "workplace_in"]
CASES = Path(__file__).parent / "cases"
FILTERS: Mapping[str, Mapping[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "mail_filters.json").read_text("utf-8")
)
LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
RTL_MARK = "\u200f"


def letter(sample: BuildContext, tag: str) -> Digest:
    """Return the letter of all texts of the sample in a language."""
    return collect_digest(sample.site, sample.messages, sample.site.languages[tag], date(2011, 1, 1))


def rows(html: str) -> list[tuple[str, str, str]]:
    """Return direction, language and words of each cell that has no other in it."""
    cells = [one for one in LexborHTMLParser(html).css("td") if not one.css_first("table")]
    return [(one.attributes.get("dir") or "", one.attributes.get("lang") or "", one.text().strip()) for one in cells]


def test_a_letter_names_what_is_new_in_its_language_and_offers_the_rest(sample: BuildContext) -> None:
    """Texts of the day and later ones stand by kind, those of other languages in the end, earlier ones nowhere."""
    since = date(2018, 8, 11)
    digest = collect_digest(sample.site, sample.messages, sample.site.languages["ar"], since)
    assert digest.documents
    assert all(str(one.date)[:10] >= str(since) for one in digest.documents)
    own = [one.language.tag == "ar" for one in digest.documents]
    assert own == sorted(own, reverse=True)
    assert all(one.listed for one in digest.documents)
    keys = [one.key for one in digest.documents]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("tag", LANGUAGES.tags)
def test_every_cell_states_its_language_and_direction(sample: BuildContext, tag: str) -> None:
    """A foreign text in a letter has the direction of its own language; no picture, style sheet or class is there."""
    html = render_digest_html(letter(sample, tag))
    assert not re.search(r"<(img|style|link|script|iframe)\b|\sclass=|url\(|position:", html)
    cells = rows(html)
    assert {direction for direction, _, _ in cells} == {"ltr", "rtl"}
    assert all(LANGUAGES[language].direction == direction for direction, language, _ in cells)
    assert all(one.attributes.get("dir") and one.attributes.get("lang") for one in LexborHTMLParser(html).css("table, td"))


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("tag", ["ar", "ckb", "kmr"])
def test_a_letter_reads_right_behind_the_filters_of_mail_programs(sample: BuildContext, tag: str, name: str) -> None:
    """Whatever a program takes out, each cell shows its words in the order that they have in its own direction."""
    html, rules = render_digest_html(letter(sample, tag)), FILTERS[name]
    tags, attributes = set(rules["tags"]), {"*": set(rules["attributes"])}
    properties = set(rules["css"]) if "css" in rules else None
    shown = nh3.clean(html, tags=tags, attributes=attributes, filter_style_properties=properties, link_rel=None)
    before, after = rows(html), rows(shown)
    assert [words for _, _, words in after] == [words for _, _, words in before]
    assert shown.count("<a href") == html.count("<a href")
    for (direction, _, words), (kept, _, _) in zip(before, after, strict=True):
        base = "R" if direction == "rtl" else "L"
        if "dir" in rules["attributes"]:
            assert kept == direction
        # Where nothing says the direction, the first strong letter of a cell does.
        assert get_display(words, base_dir=kept[:1].upper() or None) == get_display(words, base_dir=base), words


@pytest.mark.parametrize("tag", ["ar", "ckb"])
def test_the_text_says_its_direction_in_every_line(sample: BuildContext, tag: str) -> None:
    """From right to left each line begins with U+200F and closes its isolates, and addresses are read from the left."""
    address = sample.site.url
    lines = [one for one in render_digest_text(letter(sample, tag)).splitlines() if one]
    assert all(one.startswith(RTL_MARK) and not one.startswith(RTL_MARK * 2) for one in lines)
    assert all(sum(letter in "\u2066\u2067\u2068" for letter in one) == one.count("\u2069") for one in lines)
    addresses = [one for one in lines if address in one]
    assert addresses
    assert all(address in get_display(one, base_dir="R") for one in addresses)


@pytest.mark.parametrize("tag", ["ar", "fr"])
def test_the_mail_is_one_and_the_same_each_time(sample: BuildContext, tag: str) -> None:
    """It has both forms, its headers in ASCII, its day from the clock, the addresses of settings, and the same bytes again."""
    stated = {
        "from": {tag: "news@example.org"},
        "to": {tag: "list@example.org"},
        "unsubscribe": {tag: "https://example.org/leave"},
    }
    digest = letter(sample, tag)
    digest = replace(digest, site=replace(digest.site, channels=Channels(letter=stated)))
    data = render_digest_mail(digest)
    assert data == render_digest_mail(digest)
    assert data.isascii()
    assert b"\r\n" in data
    assert max(map(len, data.split(b"\r\n"))) < 999
    mail = message_from_bytes(data, policy=default)
    assert mail.get_content_type() == "multipart/alternative"
    assert not mail.defects
    assert (mail["Subject"], mail["Content-Language"]) == (digest.title, tag)
    assert mail["From"].addresses[0].addr_spec == "news@example.org"
    assert mail["To"].addresses[0].addr_spec == "list@example.org"
    assert mail["Date"].datetime == digest.site.now
    assert mail["List-Unsubscribe"] == "<https://example.org/leave>"
    text, html = [str(part.get_content()).replace("\r\n", "\n") for part in mail.iter_parts()]
    assert text == render_digest_text(digest)
    assert html == render_digest_html(digest)
    assert "https://example.org/leave" in text
    assert f'{digest.site.url}/{tag}/"' in html


def test_a_letter_that_is_too_long_names_fewer_texts(sample: BuildContext) -> None:
    """Its HTML stays below the limit at which mail programs cut it, keeps the newest texts, and says that there are more."""
    digest = letter(sample, "ckb")
    long = replace(digest, documents=digest.documents * 40)
    fitted = fit_digest(long)
    assert len(render_digest_html(long).encode()) > MOST_BYTES > len(render_digest_html(fitted).encode()) > MOST_BYTES * 0.9
    assert fitted.documents == long.documents[: len(fitted.documents)]
    assert fitted.left_out == len(long.documents) - len(fitted.documents)
    assert len(render_digest_text(fitted).split("==")) == len(render_digest_text(long).split("=="))
    assert fit_digest(digest) is digest


def test_the_command_writes_three_files_or_none(workplace: Workplace, tmp_path: Path) -> None:
    """A language in which nothing is new gets no letter; drafts and hidden texts are in none; what is no day is told."""
    folder = workplace.folder / "content" / "statements"
    for name, field in (("2026-later", "status: draft"), ("2026-hidden", "status: hidden")):
        (folder / name).mkdir(parents=True)
        words = f"---\ntitle: {name}\ndate: 2026-03-01\n{field}\n---\n\nكلمات {name}.\n"
        (folder / name / "index.ar.md").write_text(words, "utf-8")
    target = tmp_path / "letters"
    done = workplace.inv("digest", "--lang", "ar", "--since", "٢٠٢٦-٠١-٠١", "--output", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    assert [Path(one).name for one in done.stdout.split()] == ["digest.ar.html", "digest.ar.txt", "digest.ar.eml"]
    text = (target / "digest.ar.txt").read_text("utf-8")
    assert "2026-water" in text
    assert "2026-later" not in text
    assert "2026-hidden" not in text
    done = workplace.inv("digest", "--since", "2026-12-01", "--output", str(target))
    assert done.returncode == 0
    assert not list(target.iterdir())
    done = workplace.inv("digest", "--lang", "ar", "--since", "soon")
    assert (done.returncode, done.stderr[:28]) == (1, "--since:1:1: error[digest]: ")
    done = workplace.inv("digest", "--lang", "ku", "--since", "2026-01-01")
    assert (done.returncode, done.stderr[:27]) == (1, "--lang:1:1: error[digest]: ")
