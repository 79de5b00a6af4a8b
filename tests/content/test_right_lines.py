"""What a message says to write is right: each line and each value that it shows is read without a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jisr.content.read.discovery import discover
from jisr.content.read.front_matter import parse_front_matter
from jisr.core.diagnostics.problems import Problem, ProblemsError
from jisr.core.i18n.languages import build_languages
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.validation import validate
from jisr.core.schema.validation_context import FrontMatterValidation
from jisr.core.urls.old_addresses import address_fault
from jisr.core.urls.paths import is_generated_or_below, legacy_address

LANGUAGES = build_languages(["en", "ar", "ckb", "kmr", "fr"])
WRONG_LINES = [
    "title: “Rivers: ours”",
    "title: ‘Çem: yê me’",
    "title: «النهر: لنا»",
    "title: „Fleuve : à nous“",
    "title:ڕووبار",
    "title：النهر",
    "title = Çem",
    "title: [Draft] Rivers",
    "title: 'It's ours'",
    'title: "Ours" they say',
    'title: "She said "no": twice"',
    'title: "النهر',
    "title: @dana: yes",
    "title: %50 of water",
    "title: - one",
    "authors: [Dana #2, Azad]",
    "authors: [Dana, Azad",
    "cover: {file: a.png, alt: Rivers: ours}",
    "translation: {of: ar, by: [Dana]",
]
SHORT_FORMS = [
    ("statements", "cover: a.png"),
    ("statements", "cover: [a.png]"),
    ("news", "photos: a.png"),
    ("news", "photos: [a.png, b.png]"),
    ("news", "photos: {file: a.png, alt: نهر}"),
    ("news", "attachments: [a.pdf]"),
    ("news", "attachments: {file: a.pdf}"),
    ("news", "topics: rivers، law"),
    ("news", "topics: rivers law"),
    ("news", "topics: {rivers: law}"),
    ("statements", "authors: سارة، علي"),
    ("statements", "authors: [سارة و علي، محمد]"),
    ("statements", "signatories: [دانا، ئازاد]"),
    ("statements", "translation: ar"),
    ("statements", "translation: Dana Azad"),
    ("statements", "aliases: /old/ /older/"),
    ("statements", "summary: [one, two]"),
    ("statements", "title: {a: b}"),
    ("statements", "promises: 2"),
    ("conferences", "event: 2012-02-09"),
    ("conferences", "event: {start: 2012-02-09, registration: dana@example.org}"),
    ("conferences", "event: {start: 2012-02-09, place: Erbil}"),
    ("conferences", "event: {start: 2012-02-09, supporters: UNESCO، UNDP}"),
    ("conferences", "event: {start: 2012-02-09, supporters: [UNESCO، UNDP]}"),
    ("members", "languages: ar، ckb"),
    ("pages", "contact: dana@example.org"),
]


def told(front_matter: str, kind: str = "statements") -> list[Problem]:
    """Return what is said of a front matter."""
    try:
        fields = parse_front_matter(front_matter, "index.en.md")
    except ProblemsError as error:
        return list(error.problems)
    form = FrontMatterValidation(LANGUAGES["en"], LANGUAGES)
    declared = Kinds().get(kind)
    assert declared is not None
    validate(declared, fields, form)
    return form.problems


@pytest.mark.parametrize("line", WRONG_LINES)
def test_a_shown_line_is_read(line: str) -> None:
    """A line that is no YAML is shown as it is right, between other lines: written so, nothing is said of it."""
    (problem,) = told(f"{line}\ndate: 2012-02-09")
    right = re.search(r"Write (.+)\.$", problem.message)

    assert right is not None
    assert told(f"{right[1]}\ndate: 2012-02-09") == []


@pytest.mark.parametrize(("kind", "line"), SHORT_FORMS)
def test_a_shown_form_is_accepted(kind: str, line: str) -> None:
    """A value in another form than its field's is shown in that form, and the next check accepts it: no circle."""
    message = told(line, kind)[0].message
    right = re.search(r"Write (\w+): (.+?)\.(?:$| If it)", message)

    assert right is not None
    name, value = right.groups()
    written = f"{name}: {value}" if line.startswith(f"{name}: ") else re.sub(rf"\b{name}: [^}}]+", f"{name}: {value}", line)
    assert [one for one in told(written, kind) if one.code in ("type", "comma", "yaml")] == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("title: بيان # 5", "comment"),
        ("title: حملة #دجلة", "comment"),
        ("place: Bexda #2", "comment"),
        ("title: #دجلة", "empty"),
        ("title: بيان  # a note", ""),
        ("date: 2012-02-09 # a note", ""),
        ('title: "بيان # 5"', ""),
        ("title: C#", ""),
    ],
)
def test_what_a_hash_cuts_off_is_told(line: str, code: str) -> None:
    """Words behind a ``#`` are told; a note that two spaces set apart, one behind a date, and a ``#`` in quotes are meant."""
    assert [one.code for one in told(line)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("[Sara and Ali]", 1),
        ("[Dana û Azad]", 1),
        ("[Women and Peace Network]", 0),
        ('["Sara and Ali"]', 0),
        ("[Sara, Ali]", 0),
    ],
)
def test_two_names_in_one_are_asked_about(items: str, count: int) -> None:
    """Names that a word for "and" joins are a warning, those of organisations and those in quotes are not."""
    assert len(told(f"authors: {items}")) == count


def put(file: Path, text: str = "x") -> None:
    """Write a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def test_what_systems_leave_behind_is_no_content(tmp_path: Path) -> None:
    """Files of Windows, macOS and Office are passed over at any depth, in any letter case."""
    put(tmp_path / "news/a/index.en.md", "---\ntitle: A\n---\n")
    for folder in ("", "news", "news/a"):
        for name in ("Thumbs.db", "desktop.ini", "Desktop.ini", "~$report.docx", "__MACOSX/._x", "Icon\r", ".DS_Store"):
            put(tmp_path / folder / name)
    bundles, problems = discover(tmp_path, "content", LANGUAGES, Kinds())

    assert problems == []
    assert [bundle.files for bundle in bundles] == [{}]


@pytest.mark.parametrize("name", ["nul.pdf", "COM1", "a:b.pdf", "what?.pdf", "a|b.pdf", "end.", "end ", "aux.tar.gz", "x*.pdf"])
def test_names_that_windows_cannot_hold_are_errors(tmp_path: Path, name: str) -> None:
    """Who cannot check a repository out on Windows cannot write for it."""
    put(tmp_path / "news/a/index.en.md", "---\ntitle: A\n---\n")
    put(tmp_path / "news/a" / name)
    _, problems = discover(tmp_path, "content", LANGUAGES, Kinds())

    assert [(one.place.path, one.code) for one in problems] == [(f"content/news/a/{name}", "name")]


@pytest.mark.parametrize("name", ["index.ar.md.txt", "index.ar.markdown", "index_ar.md", "index.ar (1).md", "index.AR.md.txt"])
def test_a_text_under_nearly_its_name_is_named(tmp_path: Path, name: str) -> None:
    """A version that nobody would see is an error at its file, with its right name."""
    put(tmp_path / "news/a" / name)
    _, problems = discover(tmp_path, "content", LANGUAGES, Kinds())

    assert [(one.place.path, one.code) for one in problems] == [(f"content/news/a/{name}", "name")]
    assert "index.ar.md." in problems[0].message


REFUSED = """
/_headers /_redirects /SHA256SUMS /cname /web.config /x.php /x.PHP/ /sw.js /con /nul.html /a:b /a%3Ab/ /x. /x%20/ /a|b
/a*b /.git/x /.well-known/security.txt /x.asp /x.cgi /x.shtml /bundles/en.zip /en/feed.atom/x /robots.txt/x /sitemap.xml/
/theme/x /data/en.json /admin/ /status /en/404.html /EN/FEED.ATOM /humans.txt /minisign.pub /x.exe /x.js /wp-login.php
/feed.rss/ /x.html/y /x.html/ /x.php5~ /x.php.html /x.php/y /search/x/ /a/x.phps /x.html.en /x.var/ /cgi-bin/x
/a/cgi-bin/x /functions/x /api/x /x.webmanifest /google123.html /yandex_0a1.html /ads.txt /sub/CNAME
/sub/_headers /a/sw.js /-rf /a/-x/ /$1 /{path} /a^b
/a;b /a`b /a%7Cb /x.water /favicon.ico /a~/ /a[1] /%24x
""".split()
ANSWERED = """
/2012/02/x/ /old.html /old.HTM /node/12 /2012/v1.0 /index.php/2012/x/ /~sara/ /2012/%D8%A8%D9%8A%D8%A7%D9%86 /a+b/ /Old/
/2012/x.y.html /s.o.s/ /2012/Name_(x),_y /c++/ /2012/St.Pierre.html /2012/مؤتمَر.html /index.php/x /wiki/_x/ /2012/api/ /a%20b/
/report.ar.v1.2.pdf /2012/report.txt /google.html /report.pdf /photo.JPEG
""".split()


@pytest.mark.parametrize("alias", [*REFUSED, f"/{'a' * 301}", f"/{'ب' * 150}/", "/d" * 2000])
def test_old_addresses_that_cannot_be_are_errors(alias: str) -> None:
    """What would break a build, be another file of the site, or mean something to a server, is told at its line."""
    (problem,) = told(f'aliases: ["{alias}"]')

    assert (problem.code, problem.severity) == ("alias", "error")


@pytest.mark.parametrize("alias", ANSWERED)
def test_old_addresses_of_other_programs_are_answered(alias: str) -> None:
    """Addresses that old sites had are no fault."""
    address = legacy_address(alias)

    assert told(f'aliases: ["{alias}"]') == []
    assert address_fault(address) is None
    assert not is_generated_or_below(address)
