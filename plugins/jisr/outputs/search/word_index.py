"""The words of a segment of texts, and how the files of the index write them.

A shard holds the words whose first letters have its number. Its words come in order, each as the number of letters that
it shares with the one before, the rest of its letters, a colon, and the texts that have it: a sign for the place in the
segment, then how much the word weighs there, unless that is 1.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from jisr.core.bidi.phone_numbers import find_phone_numbers
from jisr.core.i18n.folding import fold, strip_prefixes
from jisr.outputs.search.segments import SearchText

SIGNS = "".join(map(chr, range(64, 126)))  # of places, from @ to }: no digit, colon or quote
NEXT_SIGNS = "~"  # before a sign: as many places later as there are signs
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"  # of numbers of letters
_SHARED_LIMIT = len(_DIGITS) - 1
_TITLE, _NAME, _SUMMARY = 5, 2, 2
_FEW, _OFTEN = 3, 3  # words of a short title; times that a word comes in a body that it counts twice for
_HEAVY, _SHORT_TITLE = 8, 9  # at most, and of a word of a short title: who types it means what is called so

_WITHIN = re.compile(r"[-\u2010\u2011'’](?<=\w.)(?=\w)")
_ELISION = re.compile(r"\W*(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’]", re.IGNORECASE)  # of French
_LONGEST_JOINED = 40
_CACHE_SIZE = 50_000  # beginnings of words, and names of topics and authors, which come again
_DIALLED = re.compile(r"[+(0٠۰][\d\s()./+-]{7,40}\d")  # where a phone number may be
_SERVANT = re.compile(r"عبد(?<!\S...) ?(ال\S\S+)")  # of names that are written as one word or as two
_INLINE = "a abbr b bdi bdo cite code del em i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
_ATTRIBUTES = r"[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*"
_ISOLATED = re.compile(rf"<bdi\b{_ATTRIBUTES}>")
_OVERRIDE = re.compile(rf"<bdo\b{_ATTRIBUTES}>")
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE)})\b{_ATTRIBUTES}>")
_TAG = re.compile(rf"<{_ATTRIBUTES}>")


def plain_text(markup: str) -> str:
    r"""Return the words of a rendered body, those of two blocks with a space between; what is isolated stays so.

    >>> ascii(plain_text('<p title="a > b">شبكة</p>\n<ul><li><bdi dir="ltr">C++</bdi> &amp; <em>x</em>y</li></ul>'))
    "'\\u0634\\u0628\\u0643\\u0629 \\u2066C++\\u2069 & xy'"
    """
    markup = _ISOLATED.sub("\u2066", markup).replace("</bdi>", "\u2069") if "<bdi" in markup else markup
    markup = _OVERRIDE.sub("\u202d", markup).replace("</bdo>", "\u202c") if "<bdo" in markup else markup
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", markup))).split())


def index_words(text: str, is_arabic: bool) -> dict[str, int]:
    """Return the words under which the index has a text, and how often; single letters are in no index.

    >>> index_words("«والكتاب", True), dict(index_words("l’Été, l’été", False))
    ({'کتاب': 1}, {'ete': 2})
    """
    folded = fold(text)
    counts: dict[str, int] = Counter(folded.split())
    for word in (*_join_words(text), *(word for name in _SERVANT.findall(folded) for word in ("عبد", name, f"عبد{name}"))):
        counts.setdefault(word, 1)
    if is_arabic:
        forms: dict[str, int] = {}
        for word, count in counts.items():
            for form in strip_prefixes(word):
                forms[form] = forms.get(form, 0) + count
        counts = forms
    for word in [word for word in counts if len(word) == 1 and not word.isdigit()]:
        del counts[word]
    return counts


@lru_cache(_CACHE_SIZE)
def _distinct_words(text: str, is_arabic: bool) -> tuple[str, ...]:
    return tuple(index_words(text, is_arabic)) if text else ()


def _join_words(text: str) -> Iterator[str]:
    """Return words with hyphens and apostrophes as one, as many write them, and phone numbers as they are dialled.

    >>> list(_join_words("d’un Al-Anbar O’Neill: 0770 886 6150"))
    ['alanbar', 'oneill', '07708866150', '9647708866150']
    """
    end = 0
    for sign in _WITHIN.finditer(text):
        if sign.start() < end:
            continue
        start = text.rfind(" ", 0, sign.start()) + 1
        end = text.find(" ", sign.end()) % (len(text) + 1)
        if end - start <= _LONGEST_JOINED and not _ELISION.match(text, start):
            yield from fold(_WITHIN.sub("", text[start:end])).split()
    for digits in _DIALLED.findall(text):
        for number in find_phone_numbers(digits):
            yield "".join(filter(str.isdigit, fold(digits[number.start : number.end])))
            yield number.uri.removeprefix("+")


def weigh_words(text: SearchText, body: str) -> dict[str, int]:
    """Return the words of a text, each with its weight from 1 to 9: a title counts more than a body."""
    document = text.document
    is_arabic = document.language.tag.partition("-")[0] == "ar"
    weights = {word: 2 if count >= _OFTEN else 1 for word, count in index_words(body, is_arabic).items()}
    summary = document.summary or (document.outline.first_paragraph if text.body is None else "")
    for part, weight, may_be_arabic in ((" ".join(text.names), _NAME, True), (summary, _SUMMARY, is_arabic)):
        for word in _distinct_words(part, may_be_arabic):
            weights[word] = weights.get(word, 0) + weight
    is_short = len(document.title.split()) <= _FEW
    for word in _distinct_words(document.title, is_arabic):
        weights[word] = _SHORT_TITLE if is_short else min(weights.get(word, 0) + _TITLE, _HEAVY)
    return weights


@lru_cache(_CACHE_SIZE)
def shard_number(start: str, shards: int) -> int:
    """Return the number of the shard of words by their first three letters: those of the same two are in up to four.

    Some languages begin a tenth of their words with the same two letters.
    """
    first, second, third = [*map(ord, start), 0, 0][:3]
    return (first * 31 + second + third % 4) & (shards - 1)


def encode_words(weighed: Iterable[Mapping[str, int]], shards: int) -> list[str]:
    """Return the words of the texts of a segment, in the order of these, by shard.

    >>> encode_words([{"کتاب": 1, "کتێب": 6}, {"کتاب": 2}], 1)
    ['0کتاب:@A2 2ێب:@6 ']
    """
    places: defaultdict[str, str] = defaultdict(str)
    for position, weights in enumerate(weighed):
        times, sign = divmod(position, len(SIGNS))
        place = NEXT_SIGNS * times + SIGNS[sign]
        codes = [place if weight == 1 else f"{place}{weight}" for weight in range(_SHORT_TITLE + 1)]
        for word, weight in weights.items():
            places[word] += codes[weight]
    words: list[list[str]] = [[] for _ in range(shards)]
    for word in places:
        words[shard_number(word[:3], shards)].append(word)
    return [_encode_shard(sorted(one), places) for one in words]


def _encode_shard(words: Sequence[str], places: Mapping[str, str]) -> str:
    before, lines = "", []
    for word in words:
        shared = 0
        for letter, other in zip(word, before, strict=False):
            if letter != other:
                break
            shared += 1
        shared = min(shared, _SHARED_LIMIT)
        lines.append(f"{_DIGITS[shared]}{word[shared:]}:{places[word]} ")
        before = word
    return "".join(lines)
