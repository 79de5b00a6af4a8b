"""Runs: the spans of a paragraph in the other direction, which must be isolated to be displayed in their order.

Browsers order a line by https://www.unicode.org/reports/tr9/, whose rules are about letters and digits, not about phone
numbers, names or addresses. An isolate marks the beginning and end of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup, escape

from jisr.core.bidi.base_direction import first_strong_direction, title_direction
from jisr.core.bidi.brackets import BRACKET, match_brackets
from jisr.core.bidi.ltr_tokens import (
    ADDRESS_KINDS,
    CONTROLS,
    LTR_LETTER,
    MASK,
    RTL_CHARACTERS,
    WORD_KINDS,
    BidiToken,
    has_arabic_digits,
    tokenize,
)
from jisr.core.bidi.phone_numbers import may_contain_phone
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Direction
from jisr.core.i18n.script_detection import detect_language

BidiRunKind = Literal["phone", "number", "url", "email", "handle", "hashtag", "acronym", "name", "words"]

# The end of a phrase: the paragraph's own letters and punctuation, an address, an empty line, a control by the author.
_PHRASE_BREAK = {
    "rtl": re.compile(rf"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc<>{CONTROLS}{MASK}]|\n\s*\n"),
    "ltr": re.compile(rf"{LTR_LETTER}|[,;<>{CONTROLS}{MASK}]|\n[ \t]*\n"),
}
# Without one of these there is nothing to isolate: the fast path for texts of one script, which most are.
_NEEDS_ISOLATION = {
    "rtl": re.compile(rf"[0-9\u0660-\u0669\u06f0-\u06f9@#/+$]|{LTR_LETTER}"),
    "ltr": re.compile(rf"[{RTL_CHARACTERS}\u0660-\u0669\u06dd\u0600-\u0605]"),
}
# Only letters of one direction and neutral characters: the fast path for most paragraphs. Not all such letters are listed.
_NEUTRAL = "\t\n !\"%&'()*,\\-.:;<=>?\\[\\\\\\]^_`{|}~\u00a0\u00ab\u00bb\u2010-\u2014\u2018-\u201e\u2022\u2026\u202f"
_SINGLE_DIRECTION = {
    "rtl": re.compile(f"[{_NEUTRAL}\u060c\u061b\u061f\u0620-\u0658\u066e-\u06d5\u200c]*+"),
    "ltr": re.compile(f"[{_NEUTRAL}#$+/0-9@A-Za-z\u00c0-\u024f\u1e00-\u1eff]*+"),
}
_SENTENCE_END = re.compile(r"[.!?\u2026]['\u2019)\]}»]*\s")
_ABBREVIATION = re.compile(r"(?<!\w)(?:\w|Dr|Mr|Mrs|Ms|St|Prof|Gen|Col|Lt|No|Nr|vs|Jr|Sr|Mt|Mme|[^\W\d_A-Za-z]{2})\Z")
_LATIN = re.compile(LTR_LETTER)
_PUNCTUATED_BRACKET = re.compile(r"[.,;:!?\u2026 \u00a0]+[)\]}»›”\"]")
_SPACES = (" ", "\u00a0")
_RANGE_SIGN = re.compile(r"[%٪\-\u2010-\u2015/:]")
_FINAL_PUNCTUATION = re.compile(r"[.!?\u2026]+(?=[)\]}»›”\"])")


@dataclass(frozen=True, slots=True)
class BidiRun:
    """A span to isolate and its direction; ``override`` where the order of its characters must be overridden, too (``bdo``)."""

    start: int
    end: int
    direction: Direction
    kind: BidiRunKind
    override: bool = False


def find_bidi_runs(text: str, direction: Direction) -> list[BidiRun]:
    """Return the spans that must be isolated in a paragraph of a direction, in order and without overlap.

    Text that the Unicode algorithm orders correctly has no run: single numbers, percentages, and ranges, which Arabic reads
    from the right. Punctuation that ends the sentence around a phrase is not part of it. The time is linear in the text.

    >>> text = "الهاتف: 00 964 770 88 66 150، بدعم من International Media Support (IMS)."
    >>> [(run.kind, text[run.start:run.end]) for run in find_bidi_runs(text, "rtl")]
    [('phone', '00 964 770 88 66 150'), ('name', 'International Media Support (IMS)')]
    >>> find_bidi_runs("ساڵی 2012 لە 10–11 شوبات", "rtl")
    []
    >>> text = "The network (الشبكة العراقية 2012 (أنسم)) called"
    >>> [text[run.start:run.end] for run in find_bidi_runs(text, "ltr")]
    ['الشبكة العراقية 2012 (أنسم)']
    """
    if _SINGLE_DIRECTION[direction].fullmatch(text) or not _NEEDS_ISOLATION[direction].search(text):
        return []
    runs: list[BidiRun] = []
    phrase: list[BidiToken] = []
    for token in tokenize(text, direction):
        if phrase and not _continues_phrase(text, phrase[-1], token, direction):
            runs += _phrase_runs(text, phrase, direction)
            phrase = []
        if token.kind in ADDRESS_KINDS or (token.kind == "fixed" and direction == "ltr"):
            runs += _phrase_runs(text, phrase, direction) + _token_runs(text, token, direction)
            phrase = []
        else:
            phrase.append(token)
    runs += _phrase_runs(text, phrase, direction)
    return runs


def is_single_direction(text: str, direction: Direction) -> bool:
    """Whether a text has no letter of the other direction, nor anything else that ``find_bidi_runs`` could return.

    A quick test without false positives: a text for which it is False may have no runs either. Numbers are allowed up to the
    length of the shortest phone number.

    >>> is_single_direction("بيان أربيل الأول، للشبكة.", "rtl"), is_single_direction("بيان INSM", "rtl")
    (True, False)
    >>> is_single_direction("Daxuyanî, 2012", "ltr")
    True
    """
    return _SINGLE_DIRECTION[direction].fullmatch(text) is not None and (direction == "rtl" or not may_contain_phone(text))


def isolate_as_html(text: str, direction: Direction) -> Markup:
    """Return a plain text as HTML, each run in its own element; a text in the other script alone is one run.

    >>> isolate_as_html("بدعم من IMS & الشبكة", "rtl")
    Markup('بدعم من <bdi dir="ltr">IMS</bdi> &amp; الشبكة')
    >>> isolate_as_html("The word گوڵ", "ltr")
    Markup('The word <bdi dir="rtl" lang="ckb">گوڵ</bdi>')
    >>> isolate_as_html("تەلەفۆن ٠٧٧٠ ٨٨٦ ٦١٥٠", "rtl")
    Markup('تەلەفۆن <bdo dir="ltr">٠٧٧٠ ٨٨٦ ٦١٥٠</bdo>')
    """
    if is_single_direction(text, direction):
        return escape(text)
    own = title_direction(text, direction)
    if own != direction:
        tag = detect_language(text)
        opening_tag = f'<bdi dir="{own}" lang="{tag}">' if tag else f'<bdi dir="{own}">'
        return Markup(f"{opening_tag}{isolate_as_html(text, own)}</bdi>")  # noqa: S704  # the inner text is escaped
    parts: list[str] = []
    at = 0
    for run in find_bidi_runs(text, direction):
        name, words = "bdo" if run.override else "bdi", text[run.start : run.end]
        tag = detect_language(words) if run.direction == "rtl" else ""
        opening_tag = f'<{name} dir="{run.direction}" lang="{tag}">' if tag else f'<{name} dir="{run.direction}">'
        parts += escape(text[at : run.start]), opening_tag, escape(words), f"</{name}>"
        at = run.end
    return Markup("".join([*parts, escape(text[at:])]))  # noqa: S704  # every part of the text is escaped above


def _continues_phrase(text: str, before: BidiToken, token: BidiToken, direction: Direction) -> bool:
    """Whether two tokens are in one phrase: no text of the paragraph's direction and no end of a sentence is between them."""
    if _PHRASE_BREAK[direction].search(text, before.end, token.start):
        return False
    if not _SENTENCE_END.search(text, before.end, token.start) or text[token.start].islower():
        return True
    return text[before.end] == "." and bool(_ABBREVIATION.search(text[max(before.start, before.end - 6) : before.end]))


def _token_runs(text: str, token: BidiToken, direction: Direction) -> list[BidiRun]:
    """Return the run of an address or number; none where the direction of the paragraph displays it correctly."""
    words = text[token.start : token.end]
    arabic_digits = has_arabic_digits(words)
    if token.kind in ("phone", "fixed", "figure"):
        override = arabic_digits and not words.isdecimal()
        kind: BidiRunKind = "phone" if token.kind == "phone" else "number"
        return [BidiRun(token.start, token.end, "ltr", kind, override)] if override or direction == "rtl" else []
    if token.kind in ("url", "email"):
        needed = direction == "rtl" or _has_rtl(words)
        return [BidiRun(token.start, token.end, "ltr", token.kind)] if needed else []
    if token.kind in ("handle", "hashtag"):
        own = first_strong_direction(words)
        mixed = _has_rtl(words) if direction == "ltr" else bool(_LATIN.search(words))
        return [BidiRun(token.start, token.end, own, token.kind)] if own != direction or mixed else []
    return []


def _has_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text)


def _phrase_runs(text: str, phrase: Sequence[BidiToken], direction: Direction) -> list[BidiRun]:
    """Return the runs of adjacent tokens: one, apart from numbers at its edges, and cut at unmatched brackets."""
    if all(token.kind == "plain" for token in phrase):
        return []
    first = next((at for at, token in enumerate(phrase) if _starts_phrase(text, phrase, at, direction)), len(phrase))
    last = first
    for at in range(first, len(phrase)):
        if phrase[at].kind in WORD_KINDS or (at == last and _extends_phrase(text, phrase, at, direction)):
            last = at + 1
    before = [run for token in phrase[:first] for run in _token_runs(text, token, direction)]
    after = [run for token in phrase[last:] for run in _token_runs(text, token, direction)]
    return before + _split_at_brackets(text, phrase[first:last], direction) + after


def _starts_phrase(text: str, phrase: Sequence[BidiToken], at: int, direction: Direction) -> bool:
    """Whether a phrase begins at a token: a word, or in a left-to-right text the Arabic-Indic number before one."""
    token = phrase[at]
    if token.kind in WORD_KINDS:
        return True
    is_number = direction == "ltr" and token.kind == "plain" and at + 1 < len(phrase) and phrase[at + 1].kind in WORD_KINDS
    joins = is_number and text[token.end : phrase[at + 1].start] in _SPACES
    return joins and has_arabic_digits(text[token.start : token.end])


def _extends_phrase(text: str, phrase: Sequence[BidiToken], at: int, direction: Direction) -> bool:
    """Whether a number belongs to the name before it (Article 19, Python 3.11.7); a range or a percentage does not."""
    token, words = phrase[at], text[phrase[at].start : phrase[at].end]
    if at == 0 or token.kind not in ("plain", "fixed") or text[phrase[at - 1].end : token.start] not in _SPACES:
        return False
    if direction == "ltr":
        return token.kind == "plain" and has_arabic_digits(words)
    is_range = _RANGE_SIGN.match(text, token.end)
    return not is_range and not has_arabic_digits(words) and (token.kind == "plain" or words.replace(".", "").isalnum())


def _split_at_brackets(text: str, phrase: Sequence[BidiToken], direction: Direction) -> list[BidiRun]:
    """Return the runs of a phrase: one, but cut at brackets whose counterparts are outside."""
    if not phrase:
        return []
    start, end = phrase[0].start, phrase[-1].end
    if not BRACKET.search(text, max(start - 2, 0), end + 1) and not _PUNCTUATED_BRACKET.match(text, end):
        return [_build_run(text, phrase, (start, end), direction)]
    runs: list[BidiRun] = []
    pairs, unmatched = match_brackets(text, phrase)
    cuts = [at for at in unmatched if start < at < end]
    if not cuts:
        return [_build_run(text, phrase, _include_brackets(text, phrase, pairs), direction)]
    for part in _split_phrase(phrase, cuts):
        words = [at for at, token in enumerate(part) if token.kind in WORD_KINDS]
        core = part[words[0] : words[-1] + 1] if words else part
        if words:
            runs.append(_build_run(text, core, _include_brackets(text, core, match_brackets(text, core)[0]), direction))
        for token in part:
            runs += _token_runs(text, token, direction) if not words or not core[0].start <= token.start < core[-1].end else []
    return sorted(runs, key=lambda run: run.start)


def _split_phrase(phrase: Sequence[BidiToken], cuts: Sequence[int]) -> list[list[BidiToken]]:
    parts: list[list[BidiToken]] = [[]]
    at = 0
    for token in phrase:
        before = at
        while at < len(cuts) and cuts[at] < token.start:
            at += 1
        if at > before:
            parts.append([])
        parts[-1].append(token)
    return parts


def _include_brackets(text: str, part: Sequence[BidiToken], pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the span of tokens, extended by adjacent brackets whose counterparts are inside it.

    Brackets around the whole phrase belong to the sentence, and the final punctuation inside them to the phrase.
    """
    start, end = part[0].start, part[-1].end
    if not pairs:
        return start, end
    begin = min([opener for opener, closer in pairs if opener < start and closer < end], default=start)
    finish = max([closer + 1 for opener, closer in pairs if opener >= start and closer >= end], default=end)
    encloses = any(opener < start and closer >= end for opener, closer in pairs)
    points = _FINAL_PUNCTUATION.match(text, end) if encloses and finish == end else None
    if points and any(character.isspace() for character in text[start:end]):
        finish = points.end()
    return begin, finish


def _build_run(text: str, part: Sequence[BidiToken], span: tuple[int, int], direction: Direction) -> BidiRun:
    kind = _classify_run(text[slice(*span)], part, direction)
    return BidiRun(*span, "ltr" if direction == "rtl" else "rtl", kind)


def _classify_run(words: str, part: Sequence[BidiToken], direction: Direction) -> BidiRunKind:
    if direction == "ltr" or (len(part) == 1 and part[0].kind == "quotation"):
        return "words"
    if len(part) == 1 and part[0].kind == "acronym":
        return "acronym"
    return "name" if words != words.lower() else "words"
