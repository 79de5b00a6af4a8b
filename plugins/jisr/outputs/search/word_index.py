"""The words of a segment of texts, and how the files of the index write them.

A shard holds the words whose first letters have its number. Its words come in order, each with a colon and the texts that
have it: a sign for the place in the segment, then how much the word weighs there, unless that is 1.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from jisr.core.bidi.phone_numbers import find_phone_numbers
from jisr.core.i18n.folding import fold, strip_prefixes
from jisr.outputs.search.segments import SearchText

SIGNS = "".join(map(chr, range(64, 126)))  # of places, from @ to }: no digit, colon or quote
NEXT_SIGNS = "~"  # before a sign: as many places later as there are signs
_TITLE, _NAME, _SUMMARY = 5, 2, 2
_FEW, _OFTEN = 3, 3  # words of a short title; times that a word comes in a body that it counts twice for
_HEAVY, _SHORT_TITLE = 8, 9  # at most, and of a word of a short title: who types it means what is called so

_WITHIN = re.compile(r"[-\u2010\u2011'’](?<=\w.)(?=\w)")
_ELISION = re.compile(r"\W*(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’]", re.IGNORECASE)  # of French
_LONGEST_JOINED = 40
_CACHE_SIZE = 100_000  # words of a language, with the signs beside them
_DIGITS = re.compile(r"[+(0-9٠۰][\d\s()./,+-]{4,}")  # where a number may be that is looked for below
_DIALLED = re.compile(r"[+(0٠۰][\d\s()./+-]{7,40}\d")  # where a phone number may be
_GROUPED = re.compile(r"[1-9](?<![\d.,].)(?<![\d.,] .)\d{0,2}(?: \d{3})+(?! ?\d|[.,]\d)")  # as French writes numbers
# Of names that are written as two words or as one: عبد الله, أبو غريب, ذي قار, صلاح الدين.
_NAME_PARTS = frozenset(("عبد", "ابو", "ابی", "ذی", "دین", "الدین"))
_NAME_START = re.compile(r"[بذ](?:(?<=(?<!\w)عب)د(?= ال)|(?<=(?<!\w)[اأ]ب)[ويی]|(?<=(?<!\w)ذ)[يی]) (?=\S\S\S)")
_NAME_END = re.compile(r" الد[يی]ن(?!\w)")
_FIRST_VOWEL = re.compile("(?<!\\w)ئ(?:[ەه]\u200c?(?=\\w{4})|(?=[ێۆیو]))")  # of a Kurdish word, which others write with ا
_VOWEL_WITHIN = re.compile(r"(?<=\w)ئ(?=[اەێۆیوه])")
_INLINE = "a abbr b bdi bdo cite code del em i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
_ATTRIBUTES = r"[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*"
_ISOLATED = re.compile(rf"<bdi\b{_ATTRIBUTES}>")
_OVERRIDE = re.compile(rf"<bdo\b{_ATTRIBUTES}>")
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE)})\b{_ATTRIBUTES}>")
_TAG = re.compile(rf"<{_ATTRIBUTES}>")


def list_words(markup: str) -> list[str]:
    r"""Return the words of a rendered body, those of two blocks apart; what is isolated stays so.

    >>> ascii(" ".join(list_words('<p title="a > b">شبكة</p>\n<ul><li><bdi dir="ltr">C++</bdi> &amp; <em>x</em>y</li></ul>')))
    "'\\u0634\\u0628\\u0643\\u0629 \\u2066C++\\u2069 & xy'"
    """
    markup = _ISOLATED.sub("\u2066", markup).replace("</bdi>", "\u2069") if "<bdi" in markup else markup
    markup = _OVERRIDE.sub("\u202d", markup).replace("</bdo>", "\u202c") if "<bdo" in markup else markup
    return html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", markup))).split()


def index_words(words: Sequence[str], is_arabic: bool) -> Counter[str]:
    """Return the words under which the index has a text, and how often; single letters are in no index.

    >>> index_words(["«والكتاب»,", "Al-Anbar"], True), index_words(["l’Été,", "l’été"], False)
    (Counter({'کتاب': 1, 'al': 1, 'anbar': 1, 'alanbar': 1}), Counter({'ete': 2}))
    """
    find_forms = _find_arabic_forms if is_arabic else _find_forms
    counts = Counter(chain.from_iterable(map(find_forms, words)))
    text = " ".join(words)
    for place in _DIGITS.finditer(text):
        for digits in _DIALLED.findall(text, *place.span()):
            for number in find_phone_numbers(digits):
                counts["".join(filter(str.isdigit, fold(digits[number.start : number.end])))] = 1
                counts[number.uri.removeprefix("+")] = 1
        for number in _GROUPED.findall(text, *place.span()):
            counts[fold(number.replace(" ", ""))] = 1
    if not counts.keys().isdisjoint(_NAME_PARTS):
        for name in chain(_NAME_START.finditer(text), _NAME_END.finditer(text)):
            start, end = text.rfind(" ", 0, name.start()) + 1, text.find(" ", name.end()) % (len(text) + 1)
            counts.update(dict.fromkeys(fold(text[start:end].replace(" ", "")).split(), 1))
    return counts


@lru_cache(_CACHE_SIZE)
def _find_forms(word: str) -> tuple[str, ...]:
    """Return what the index has for a word between two spaces: its parts, and with hyphens and apostrophes as one.

    Of a Kurdish word also as Arabic and Persian keyboards begin it, and a compound without the carrier of its second vowel.

    >>> _find_forms("(O’Neill’s)"), _find_forms("d’un"), _find_forms("Al-Anbar")
    (('neills', 'oneills'), ('un',), ('al', 'anbar', 'alanbar'))
    >>> _find_forms("ئێران"), _find_forms("ڕۆژئاوا"), _find_forms("ئەو")
    (('یران', 'ایران'), ('روژیاوا', 'روژاوا'), ('هو',))
    """
    forms = _list_forms(word)
    if "ئ" in word:
        forms += fold(_FIRST_VOWEL.sub("ا", word)).split() if _FIRST_VOWEL.search(word) else ()
        forms += fold(_VOWEL_WITHIN.sub("", word)).split() if _VOWEL_WITHIN.search(word) else ()
    return _drop_short(forms)


@lru_cache(_CACHE_SIZE)
def _find_arabic_forms(word: str) -> tuple[str, ...]:
    return _drop_short([form for one in _list_forms(word) for form in strip_prefixes(one)])


def _list_forms(word: str) -> list[str]:
    forms = fold(word).split()
    if not word.isalpha() and len(word) <= _LONGEST_JOINED and _WITHIN.search(word) and not _ELISION.match(word):
        forms += fold(_WITHIN.sub("", word)).split()
    return forms


def _drop_short(forms: Sequence[str]) -> tuple[str, ...]:
    if len(forms) == 1 and len(forms[0]) > 1:
        return (forms[0],)
    return tuple([one for one in dict.fromkeys(forms) if len(one) > 1 or one.isdigit()])


def weigh_words(text: SearchText, body: Sequence[str]) -> dict[str, int]:
    """Return the words of a text, each with its weight from 1 to 9: a title counts more than a body."""
    document = text.document
    is_arabic = document.language.tag.partition("-")[0] == "ar"
    counts = index_words(body, is_arabic)
    weights = dict.fromkeys(counts, 1)
    for word, count in counts.items():
        if count >= _OFTEN:
            weights[word] = 2
    summary = document.summary or ("" if text.is_own else document.outline.first_paragraph)
    for part, weight, may_be_arabic in ((" ".join(text.names), _NAME, True), (summary, _SUMMARY, is_arabic)):
        for word in index_words(part.split(), may_be_arabic):
            weights[word] = weights.get(word, 0) + weight
    title = document.title.split()
    for word in index_words(title, is_arabic):
        weights[word] = _SHORT_TITLE if len(title) <= _FEW else min(weights.get(word, 0) + _TITLE, _HEAVY)
    return weights


@lru_cache(_CACHE_SIZE)
def shard_number(start: str, shards: int) -> int:
    """Return the number of the shard of words by their first three letters: those of the same two are in up to four.

    Some languages begin a tenth of their words with the same two letters.
    """
    first, second, third = [*map(ord, start.partition(":")[0]), 0, 0][:3]
    return (first * 31 + second + third % 4) & (shards - 1)


def encode_words(weighed: Iterable[Mapping[str, int]], shards: int) -> list[str]:
    """Return the words of the texts of a segment, in the order of these, by shard.

    >>> encode_words([{"کتاب": 1, "کتێب": 6}, {"کتاب": 2}], 1)
    ['کتاب:@A2 کتێب:@6']
    """
    places: defaultdict[str, str] = defaultdict(str)
    for position, weights in enumerate(weighed):
        times, sign = divmod(position, len(SIGNS))
        place = NEXT_SIGNS * times + SIGNS[sign]
        codes = [place if weight == 1 else f"{place}{weight}" for weight in range(_SHORT_TITLE + 1)]
        for word, weight in weights.items():
            places[word] += codes[weight]
    lines: list[list[str]] = [[] for _ in range(shards)]
    for line in map(":".join, places.items()):
        lines[shard_number(line[:3], shards)].append(line)
    return [" ".join(sorted(one)) for one in lines]
