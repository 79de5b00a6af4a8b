"""The same corpus as a Hugo site that does the same work: pages, listings, topics, feeds, a sitemap."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from plugins.bench.corpus import LANGUAGES, MEMBERS, TOPICS, Made, texts

_CONFIG = {
    "baseURL": "https://bench.example.org/",
    "title": "Bench",
    "defaultContentLanguage": "en",
    "defaultContentLanguageInSubdir": True,
    "taxonomies": {"topic": "topics", "member": "members"},
    "pagination": {"pagerSize": 50},
    "outputs": {"home": ["html", "rss"], "section": ["html", "rss"], "term": ["html", "rss"], "taxonomy": ["html"]},
    "services": {"rss": {"limit": 20}},
    "markup": {"goldmark": {"extensions": {"footnote": True}}},
    "enableRobotsTXT": True,
}
_LAYOUTS = Path(__file__).parent / "layouts"


def write(count: int, folder: Path, seed: int = 1) -> None:
    """Write a corpus as a Hugo site."""
    named = {
        tag: {
            "languageName": tag,
            "languageDirection": "rtl" if tag in ("ar", "ckb") else "ltr",
            "weight": number,
            "contentDir": f"content/{tag}",
        }
        for number, tag in enumerate(LANGUAGES, 1)
    }
    _put(folder / "hugo.json", json.dumps(_CONFIG | {"languages": named}))
    shutil.copytree(_LAYOUTS, folder / "layouts", dirs_exist_ok=True)
    for tag in LANGUAGES:
        for what, several in (("topic", TOPICS), ("member", MEMBERS)):
            for number in range(several):
                _put(
                    folder / f"content/{tag}/{what}s/{what}-{number:02d}/_index.md",
                    f"---\ntitle: {what} {number}\n---\n{what}.\n",
                )
    for made in texts(count, seed):
        for tag in LANGUAGES:
            _put(folder / f"content/{tag}/{made.kind}/{made.id}.md", _front_matter(made, tag) + made.bodies[tag])


def _front_matter(made: Made, tag: str) -> str:
    members = f"members: [{made.member}]\n" if made.member else ""
    return f"---\ntitle: {made.titles[tag]}\ndate: {made.day}\ntopics: [{', '.join(made.topics)}]\n{members}---\n\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
