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
from itertools import chain, groupby, repeat

from jisr.core.i18n.folding import fold, strip_prefixes
from jisr.outputs.search.segments import SearchText

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-./;=>?@[]^_{|}"  # of places; no digit, colon or quote
NEXT_SIGNS = "~"  # before a sign: as many places later as there are signs
_SHARED_LIMIT = 35  # letters, a digit of base 36
_TITLE, _NAME, _SUMMARY = 5, 2, 2
_FEW, _OFTEN = 3, 3  # words of a short title; times that a word comes in a body that it counts twice for
_HEAVY, _SHORT_TITLE = 8, 9  # at most, and of a word of a short title: who types it means what is called so
_WORD_CACHE = 100_000  # words as they are written; a language has fewer that come again

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


@lru_cache(_WORD_CACHE)
def index_words(written: str, is_arabic: bool) -> tuple[str, ...]:
    """Return the words under which the index has what stands between two spaces; single letters are in no index.

    >>> index_words("«والكتاب", True), index_words("l’Été", False), index_words("ژیانی", False)
    (('کتاب',), ('ete',), ('ژیانی',))
    """
    words = fold(written).split()
    forms = (form for word in words for form in (strip_prefixes(word) if is_arabic else (word,)))
    return tuple(form for form in forms if len(form) > 1 or form.isdigit())


def weigh_words(text: SearchText, body: str) -> dict[str, int]:
    """Return the words of a text, each with its weight from 1 to 9: a title counts more than a body."""
    document = text.document
    is_arabic = document.language.tag.partition("-")[0] == "ar"
    counts = Counter(chain.from_iterable(map(index_words, body.split(), repeat(is_arabic))))
    weights = {word: 2 if count >= _OFTEN else 1 for word, count in counts.items()}
    summary = document.summary or (document.outline.first_paragraph if text.body is None else "")
    for part, weight, may_be_arabic in ((" ".join(text.names), _NAME, True), (summary, _SUMMARY, is_arabic)):
        for word in _distinct_words(part, may_be_arabic):
            weights[word] = weights.get(word, 0) + weight
    is_short = len(document.title.split()) <= _FEW
    for word in _distinct_words(document.title, is_arabic):
        weights[word] = _SHORT_TITLE if is_short else min(weights.get(word, 0) + _TITLE, _HEAVY)
    return weights


def _distinct_words(text: str, is_arabic: bool) -> set[str]:
    return {word for written in text.split() for word in index_words(written, is_arabic)}


def shard_number(word: str, shards: int) -> int:
    """Return the number of the shard of a word: words that begin with the same three letters are in one, of two in four.

    Some languages begin a tenth of their words with the same two letters.
    """
    first, second, third = [*map(ord, word[:3]), 0, 0][:3]
    return (first * 31 + second + third % 4) & (shards - 1)


def encode_words(weighed: Iterable[Mapping[str, int]], shards: int) -> list[str]:
    """Return the words of the texts of a segment, in the order of these, by shard.

    >>> encode_words([{"کتاب": 1, "کتێب": 6}, {"کتاب": 2}], 1)
    ['0کتاب:AB2 2ێب:A6 ']
    """
    places: defaultdict[str, str] = defaultdict(str)
    for position, weights in enumerate(weighed):
        times, sign = divmod(position, len(SIGNS))
        place = NEXT_SIGNS * times + SIGNS[sign]
        codes = [place if weight == 1 else f"{place}{weight}" for weight in range(_SHORT_TITLE + 1)]
        for word, weight in weights.items():
            places[word] += codes[weight]
    words: list[list[str]] = [[] for _ in range(shards)]
    for start, members in groupby(sorted(places), key=lambda word: word[:3]):
        words[shard_number(start, shards)] += members
    return ["".join(_encode_shard(one, places)) for one in words]


def _encode_shard(words: Sequence[str], places: Mapping[str, str]) -> Iterator[str]:
    before = ""
    for word in words:
        shared = 0
        for letter, other in zip(word[:_SHARED_LIMIT], before, strict=False):
            if letter != other:
                break
            shared += 1
        yield f"{'0123456789abcdefghijklmnopqrstuvwxyz'[shared]}{word[shared:]}:{places[word]} "
        before = word
