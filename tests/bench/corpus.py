"""A site of any size, the same for the same seed: texts in four languages, with topics, members, links and phone numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from jisr.core.frozen import dataclass

LANGUAGES = ("en", "ar", "ckb", "fr")
WORDS_PER_TEXT = 480
_VOCABULARY = {
    "en": (
        "network society conference statement members resolution peace rights city youth women press law freedom report meeting"
        " people river bridge voice work people language school open local public message together project year session"
    ),
    "ar": (
        "شبكة مجتمع مؤتمر بيان أعضاء قرار سلام حقوق مدينة شباب نساء صحافة قانون حرية تقرير لقاء ناس نهر جسر صوت عمل لغة مدرسة"
        " مفتوح محلي عام رسالة معاً مشروع سنة جلسة في من على إلى عن مع هذا التي"
    ),
    "ckb": (
        "تۆڕ کۆمەڵگە کۆنفرانس بەیاننامە ئەندام بڕیار ئاشتی ماف شار گەنج ژن ڕۆژنامە یاسا ئازادی ڕاپۆرت کۆبوونەوە خەڵک ڕووبار پرد"
        " کار زمان قوتابخانە کراوە ناوخۆیی گشتی نامە پێکەوە پڕۆژە ساڵ دانیشتن لە بۆ بە و کە ئەم"
    ),
    "fr": (
        "réseau société conférence déclaration membres résolution paix droits ville jeunesse femmes presse loi liberté rapport"
        " rencontre gens fleuve pont voix travail langue école ouvert local public message ensemble projet année séance de la"
    ),
}
_PUNCTUATION = {"en": (",", "."), "fr": (",", "."), "ar": ("،", "."), "ckb": ("،", ".")}
_KINDS = ("statements", "news", "posts")
MEMBERS, TOPICS = 20, 20


@dataclass(frozen=True, slots=True)
class CorpusText:
    """A text of the corpus before it is written: its kind, id, fields and body by language."""

    kind: str
    id: str
    day: date
    topics: tuple[str, ...]
    member: str
    titles: dict[str, str]
    bodies: dict[str, str]


def generate_texts(count: int, seed: int = 1) -> Iterator[CorpusText]:
    """Return ``count`` texts, each in all of ``LANGUAGES``, so that a site of them has four times as many pages of texts."""
    chance = random.Random(seed)
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        yield CorpusText(
            kind=kind,
            id=f"text-{number:06d}",
            day=date(2008, 1, 1) + timedelta(days=chance.randrange(6000)),
            topics=tuple(f"topic-{one:02d}" for one in sorted(chance.sample(range(TOPICS), 2))),
            member=f"member-{number % MEMBERS:02d}" if kind == "posts" else "",
            titles={tag: f"{_generate_sentence(chance, tag, 6)[:-1]} {number}" for tag in LANGUAGES},
            bodies={tag: _generate_body(chance, tag, number) for tag in LANGUAGES},
        )


def write(count: int, folder: Path, seed: int = 1) -> None:
    """Write a corpus as content of Jisr."""
    for number in range(TOPICS):
        _write_small(folder / "topics" / f"topic-{number:02d}", number, "topic")
    for number in range(MEMBERS):
        _write_small(folder / "members" / f"member-{number:02d}", number, "member")
    for made in generate_texts(count, seed):
        place = folder / made.kind / made.member / made.id
        place.mkdir(parents=True, exist_ok=True)
        for tag in LANGUAGES:
            (place / f"index.{tag}.md").write_text(_format_front_matter(made, tag) + made.bodies[tag], "utf-8")


def _write_small(place: Path, number: int, what: str) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for tag in LANGUAGES:
        translation = "" if tag == "en" else "translation: {of: en}\n"
        name = entity_name(tag, number)
        (place / f"index.{tag}.md").write_text(f"---\ntitle: {name} {number}\n{translation}---\n\n{name} {what}.\n", "utf-8")


def entity_name(tag: str, number: int) -> str:
    """Return the name of a topic or member in a language, without its number."""
    return _VOCABULARY[tag].split()[number]


def _format_front_matter(made: CorpusText, tag: str) -> str:
    own = f"date: {made.day}\ntopics: [{', '.join(made.topics)}]\n" if tag == "en" else "translation: {of: en}\n"
    return f"---\ntitle: {made.titles[tag]}\n{own}---\n\n"


def _generate_body(chance: random.Random, tag: str, number: int) -> str:
    """Give 480 words as paragraphs, a heading, a list, a quotation, a link to another text, a name and a phone number."""
    blocks: list[str] = []
    said = 0
    while said < WORDS_PER_TEXT:
        length = chance.randrange(40, 80)
        blocks.append(_generate_paragraph(chance, tag, length))
        said += length
    blocks.insert(2, "## " + _generate_sentence(chance, tag, 4)[:-1])
    blocks.insert(4, "\n".join(f"{item}. {_generate_sentence(chance, tag, 8)}" for item in range(1, 5)))
    blocks.insert(6, "> " + _generate_sentence(chance, tag, 12))
    if number:
        other = chance.randrange(number)
        kind = _KINDS[other % len(_KINDS)]
        owner = f"member-{other % MEMBERS:02d}/" if kind == "posts" else ""
        up = "../../../" if number % len(_KINDS) == _KINDS.index("posts") else "../../"
        blocks.append(
            f"[{_generate_sentence(chance, tag, 3)[:-1]}]({up}{kind}/{owner}text-{other:06d}/)"
            " Code for Iraq (CfI), 00 964 770 88 66 150"
        )
    return "\n\n".join(blocks) + "\n"


def _generate_paragraph(chance: random.Random, tag: str, length: int) -> str:
    words = chance.choices(_VOCABULARY[tag].split(), k=length)
    for at in range(8, length, 9):
        words[at] += _PUNCTUATION[tag][at % 2]
    words[3] = f"**{words[3]}**"
    words[5] = f"*{words[5]}*"
    return " ".join(words).rstrip(",،.") + "."


def _generate_sentence(chance: random.Random, tag: str, length: int) -> str:
    return " ".join(chance.choices(_VOCABULARY[tag].split(), k=length)) + "."
