"""The same corpus as a Hugo site: its content and words, with layouts that do the same work, or less of it."""

from __future__ import annotations

import json
import re
import runpy
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from jisr.core.i18n.language_names import in_language_phrase, language_name
from jisr.core.i18n.languages import Language, build_languages
from jisr.core.i18n.lists import format_list
from jisr.core.model.index_pages import index_letter, letter_number
from jisr.core.urls.paging import count_archives
from tests.bench.corpus import LANGUAGES, MEMBERS, TOPICS, CorpusText, entity_name, generate_texts

LAYOUTS = Path(__file__).parent / "layouts"
_ROOT = Path(__file__).resolve().parents[2]
_PAGE_SIZE = 50  # as that of Jisr
_CONFIG: dict[str, Any] = {
    "baseURL": "http://localhost:8000/",
    "timeZone": "Asia/Baghdad",
    "defaultContentLanguage": "en",
    "defaultContentLanguageInSubdir": True,
    "taxonomies": {"topic": "topics", "member": "members"},
    "pagination": {"pagerSize": _PAGE_SIZE, "disableAliases": True},
    "services": {"rss": {"limit": 20}},
    "markup": {"goldmark": {"extensions": {"footnote": True}}},
    "enableRobotsTXT": True,
}
_DATE_FORMATS = {"ckb": ("2\u06cc January\u06cc 2006", "2\u06cc January")}
_LIST_TITLES = {"statements": "Statements", "news": "News", "posts": "Posts", "members": "Members", "topics": "Topics"}
_PAGE_TITLES = {
    "subscribe": "Subscribe",
    "resolutions": "Resolutions",
    "timeline": "Timeline",
    "search": "Search",
    "offline": "Read offline",
    "translate": "Translate",
    "verify": "Is this copy genuine?",
}
_PLURAL_FORMS = {"ar": ("zero", "one", "two", "few", "many", "other")}
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def write(count: int, folder: Path, layouts: str = "same", seed: int = 1) -> None:
    """Write a corpus as a Hugo site with the layouts of a folder beside this file."""
    own = json.loads((LAYOUTS / layouts / "hugo.json").read_text("utf-8"))
    facts = runpy.run_path(str(_ROOT / "pelicanconf.py"))
    spoken = build_languages(LANGUAGES)
    named_so = {one.tag: _language_config(one, number, facts, spoken["en"]) for number, one in enumerate(spoken, 1)}
    _write_file(folder / "hugo.json", json.dumps(_CONFIG | own | {"languages": named_so}))
    shutil.copytree(LAYOUTS / layouts, folder / "layouts", ignore=shutil.ignore_patterns("hugo.json"), dirs_exist_ok=True)
    theme = _ROOT / "themes" / "jisr"
    for part in ("static/css", "fonts"):
        shutil.copytree(theme / part, folder / "assets" / part, dirs_exist_ok=True)
    shutil.copy(theme / "static" / "icon.svg", folder / "assets" / "icon.svg")
    used = "".join(path.read_text("utf-8") for path in (LAYOUTS / layouts).rglob("*.*"))
    for tag in LANGUAGES:
        catalogue = _read_catalog(tag)
        _write_file(folder / f"i18n/{tag}.json", json.dumps(dict(_convert_messages(catalogue, tag, used)), ensure_ascii=False))
        _write_lists(folder / "content", catalogue, tag)
    rows: list[tuple[str, int, dict[str, str]]] = []
    years: dict[str, list[int]] = {}
    for made in generate_texts(count, seed):
        for topic in made.topics:
            years.setdefault(topic, []).append(made.day.year)
        rows.append((made.kind, made.day.year, made.titles))
        for tag in LANGUAGES:
            place = folder / "content" / made.kind / made.member / made.id
            _write_file(place / f"index.{tag}.md", _format_front_matter(made, tag) + made.bodies[tag])
    if (LAYOUTS / layouts / "search.html").is_file():
        for tag in LANGUAGES:
            own_rows = [(kind, year, titles[tag]) for kind, year, titles in rows]
            _write_parts(folder / "content", own_rows, _read_catalog(tag), tag)
            _write_topic_parts(folder / "content", years, tag)


def _language_config(language: Language, weight: int, facts: dict[str, Any], original: Language) -> dict[str, Any]:
    comma, last = re.findall(r"1(.*)2(.*)3", format_list("123", language))[0]
    day, day_month = _DATE_FORMATS.get(language.tag, ("2 January 2006", "2 January"))
    return {
        "label": language.short_name,
        "direction": language.direction,
        "locale": language.locale.replace("_", "-"),
        "weight": weight,
        "title": facts["NETWORK_NAMES"][language.tag],
        "params": {
            "own_name": language.own_name,
            "short_name": facts["SITENAME"],
            "og_locale": language.og_locale,
            "purpose": facts["NETWORK_PURPOSES"][language.tag],
            "note": facts["NETWORK_NOTES"][language.tag],
            "authority": facts["TAG_AUTHORITY"],
            "comma": comma,
            "and": last,
            "day": day,
            "day_month": day_month,
            "original": original.tag,
            "original_name": language_name(original, language),
            "original_in": in_language_phrase(original, language),
        },
    }


def _read_catalog(tag: str) -> Catalog:
    with (_ROOT / "translations" / tag / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, tag)


def _convert_messages(catalogue: Catalog, tag: str, used: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Return the messages that the layouts use, as Hugo reads them: by the forms of CLDR, with Go's places for values."""
    forms = _PLURAL_FORMS.get(tag, ("one", "other"))
    for message in catalogue:
        ids = message.id if isinstance(message.id, list | tuple) else [message.id]
        said = message.string if isinstance(message.string, list | tuple) else [message.string]
        if ids[0] and ids[0] in used:
            names = forms if len(ids) > 1 else ("other",)
            told = [str(one) for one in (said if all(said) else ids)]
            yield ids[0], {name: _PLACEHOLDER.sub(r"{{ .\1 }}", one) for name, one in zip(names, told, strict=True)}


def _write_lists(content: Path, catalogue: Catalog, tag: str) -> None:
    for name, words in _LIST_TITLES.items():
        _write_file(content / name / f"_index.{tag}.md", f"---\ntitle: {_translate(words, catalogue)}\n---\n")
    for name, words in _PAGE_TITLES.items():
        _write_file(content / f"{name}.{tag}.md", f"---\ntitle: {_translate(words, catalogue)}\nlayout: {name}\n---\n")
    for what, several in (("topic", TOPICS), ("member", MEMBERS)):
        for number in range(several):
            one = f"{what}-{number:02d}"
            moved = f"aliases: [/posts/{one}/]\n" if what == "member" else ""
            name = entity_name(tag, number)
            fields = f"title: {name} {number}\nletter: {index_letter(name)}\n{moved}"
            _write_file(content / f"{what}s" / one / f"_index.{tag}.md", f"---\n{fields}---\n\n{name} {what}.\n")


def _write_parts(content: Path, rows: Sequence[tuple[str, int, str]], catalogue: Catalog, tag: str) -> None:
    """Write the pages of lists that are long: one a year of the timeline and of the resolutions, one a letter of all texts."""
    names = [entity_name(tag, number) for number in (*range(TOPICS), *range(MEMBERS))]
    letters = [index_letter(title) for title in (*names, *(title for _, _, title in rows))]
    parts = {
        "timeline": [(-year, year, str(year)) for _, year, _ in rows],
        "resolutions": [(-year, year, str(year)) for kind, year, _ in rows if kind == "statements"],
        "search": [(letter_number(one), letter_number(one), one) for one in letters],
    }
    for name, found in parts.items():
        title = _translate(_PAGE_TITLES[name], catalogue)
        for weight, number, label in sorted(set(found)) if count_archives(len(found), _PAGE_SIZE) else ():
            fields = {"title": title, "layout": name, "url": f"{name}/page/{number}/", "part": label, "weight": weight}
            _write_file(content / f"{name}-{number}.{tag}.md", json.dumps(fields, ensure_ascii=False) + "\n")


def _write_topic_parts(content: Path, years: dict[str, list[int]], tag: str) -> None:
    """Write a page a year of each topic that has many texts."""
    for topic, found in years.items():
        number = int(topic.removeprefix("topic-"))
        title = f"{entity_name(tag, number)} {number}"
        for year in set(found) if count_archives(len(found), _PAGE_SIZE) else ():
            own = {"url": f"topics/{topic}/page/{year}/", "part": str(year), "of": f"/topics/{topic}", "weight": -year}
            fields = {"title": title, "layout": "profile", **own}
            _write_file(content / f"{topic}-{year}.{tag}.md", json.dumps(fields, ensure_ascii=False) + "\n")


def _translate(words: str, catalogue: Catalog) -> str:
    message = catalogue.get(words)
    return str(message.string if message and message.string else words)


def _format_front_matter(made: CorpusText, tag: str) -> str:
    members = f"members: [{made.member}]\n" if made.member else ""
    title = f"title: {made.titles[tag]}\nletter: {index_letter(made.titles[tag])}\n"
    return f"---\n{title}date: {made.day}\ntopics: [{', '.join(made.topics)}]\n{members}---\n\n"


def _write_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
