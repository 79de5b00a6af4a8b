"""Phone numbers as people write them: their spans in a text, and the number to dial."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from jisr.core.frozen import dataclass
from jisr.core.i18n.numbers import to_ascii_digits

_GROUP = re.compile(r"(?P<open>\()?(?P<plus>\+[ \u00a0]?)?(?P<digits>[0-9]+)(?P<close>\))?")
_GAP = re.compile(r"[ \u00a0\u202f]|[ \u00a0\u202f]?[-\u2010\u2011\u2013.][ \u00a0\u202f]?")
_SPACE = " \u00a0\u202f"
_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{4}(?!\d)")
# A plus or zero after one of these continues a number, a word or an address.
_CONTINUATION = re.compile(r"[A-Za-z0-9_+@#=&%/]|(?<=[0-9])[-\u2010-\u2015.,:]")
_IRAQI_NUMBER = re.compile(r"1\d{7}|[2-6]\d{7,8}|7[3-9]\d{8}")
_FOREIGN_NUMBER = re.compile(r"\d{8,11}")
_MAX_DIGITS = 18  # fifteen, a leading 00, and a trunk prefix 0
_CACHE_SIZE = 32  # texts: each is looked at several times in a row, for its runs and for its links
_MAX_GROUPS = 8  # as in 00 33 (0)1 23 45 67 89


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number in a text: its span, and the number to dial in E.164."""

    start: int
    end: int
    uri: str


@dataclass(frozen=True, slots=True)
class _DigitGroup:
    start: int
    end: int
    digits: str
    plus: bool
    in_parentheses: bool


_FEW_DIGITS = re.compile(r"\D*+(?:\d\D*+){0,7}")  # as most texts have: half the cost of a search
_ENOUGH_DIGITS = re.compile(r"\d(?:\D{0,6}\d){7}")  # a number has at least eight digits near each other


def phone_uri(text: str, country: str = "964") -> str | None:
    """Return the number to dial for a phone number as typed, for ``tel:``, or None where the text is none.

    A number begins with ``+``, with 00, or with the trunk prefix 0 of ``country``. At most fifteen digits follow the plus
    (https://www.itu.int/rec/T-REC-E.164); for Iraqi numbers the lengths and first digits are checked, too.

    >>> phone_uri("00 964 770 88 66 150"), phone_uri("0770-886-6150"), phone_uri("+964 (0)770 886 6150")
    ('+9647708866150', '+9647708866150', '+9647708866150')
    >>> phone_uri("٠٧٧٠ ٨٨٦ ٦١٥٠"), phone_uri("01 23 45 67 89", "33")
    ('+9647708866150', '+33123456789')
    >>> phone_uri("٢٠١٢ ٢٠١٣ ٢٠١٤"), phone_uri("ساڵی 2012"), phone_uri("09-02-2012")
    (None, None, None)
    """
    numbers = find_phone_numbers(text, country)
    bare = text.strip()
    return numbers[0].uri if numbers and text[numbers[0].start : numbers[0].end] == bare else None


def find_phone_numbers(text: str, country: str = "964") -> list[PhoneNumber]:
    """Return the phone numbers of a text in order, whatever digits and spaces they are written with.

    >>> find_phone_numbers("هاتف: 00 964 770 88 66 150.")
    [PhoneNumber(start=6, end=26, uri='+9647708866150')]
    >>> [phone.uri for phone in find_phone_numbers("پەیوەندی: ٠٧٧٠٨٨٦٦١٥٠ / ٠٧٨٠ ١٢٣ ٤٥٦٧")]
    ['+9647708866150', '+9647801234567']
    """
    return list(_find_numbers(text, country)) if may_contain_phone(text) else []


@lru_cache(_CACHE_SIZE)
def _find_numbers(text: str, country: str) -> tuple[PhoneNumber, ...]:
    plain = to_ascii_digits(text)
    groups = [_build_group(match) for match in _GROUP.finditer(plain)]
    adjacent = [bool(_GAP.fullmatch(plain, one.end, two.start)) or _groups_touch(one, two) for one, two in pairwise(groups)]
    numbers: list[PhoneNumber] = []
    at = 0
    while at < len(groups):
        after = numbers[-1].end if numbers else -1
        best = _longest_number(plain, groups, adjacent, at, country) if _can_start(plain, groups[at], after) else None
        if best:
            numbers.append(best[0])
        at = best[1] if best else at + 1
    return tuple(numbers)


def may_contain_phone(text: str) -> bool:
    """Whether a text has as many digits near each other as the shortest phone number."""
    return not _FEW_DIGITS.fullmatch(text) and _ENOUGH_DIGITS.search(text) is not None


def _build_group(match: re.Match[str]) -> _DigitGroup:
    in_parentheses = bool(match["open"] and match["close"])
    start = match.start() if in_parentheses or not match["open"] else match.start() + 1
    end = match.end() if in_parentheses else match.end("digits")
    return _DigitGroup(start, end, match["digits"], bool(match["plus"]), in_parentheses)


def _groups_touch(one: _DigitGroup, two: _DigitGroup) -> bool:
    return one.end == two.start and (one.in_parentheses or two.in_parentheses)


def _can_start(plain: str, group: _DigitGroup, after: int) -> bool:
    if not (group.plus or group.digits[0] == "0"):
        return False
    return after == group.start - 1 or not (group.start and _CONTINUATION.match(plain, group.start - 1))


def _longest_number(
    plain: str, groups: list[_DigitGroup], adjacent: list[bool], at: int, country: str
) -> tuple[PhoneNumber, int] | None:
    """Return the longest phone number that begins at a group, and the index of the group after it."""
    first_digits = groups[at].digits + groups[min(at + 1, len(groups) - 1)].digits
    if _DATE.match(plain, groups[at].start) or first_digits.startswith("000"):
        return None
    best: tuple[PhoneNumber, int] | None = None
    digit_count = single_count = 0
    for number in range(at, min(at + _MAX_GROUPS, len(groups))):
        group = groups[number]
        if number > at and (group.plus or not adjacent[number - 1]):
            break
        digit_count += len(group.digits)
        single_count += len(group.digits) == 1 and not group.in_parentheses
        if digit_count > _MAX_DIGITS or single_count > 2:
            break
        if digit_count > 8 and _can_end(plain, groups, adjacent, number):
            uri = _to_e164(groups[at : number + 1], country)
            best = (PhoneNumber(groups[at].start, group.end, uri), number + 1) if uri else best
    return best


def _can_end(plain: str, groups: list[_DigitGroup], adjacent: list[bool], number: int) -> bool:
    """Whether a number can end at a group: no letter and no group joined by a hyphen or point follows."""
    end = groups[number].end
    following = plain[end : end + 1]
    if following and (following in "_%@" or (following.isascii() and following.isalnum())):
        return False
    if following in (":", ",") and plain[end + 1 : end + 2].isdigit():
        return False
    continues = number + 1 < len(groups) and adjacent[number] and not groups[number + 1].plus
    return not continues or following in _SPACE


def _to_e164(groups: list[_DigitGroup], country: str) -> str | None:
    """Return the number in E.164, without the trunk prefix, or None where it is invalid."""
    digits = "".join(one.digits for one in groups if not (one.in_parentheses and one.digits == "0"))
    if groups[0].plus or digits.startswith("00"):
        number = digits if groups[0].plus else digits[2:]
        national = number.removeprefix(country).removeprefix("0") if number.startswith(country) else None
        number = number if national is None else country + national
        is_valid = _is_valid_national(national, country) if national is not None else 8 <= len(number) <= 15
    else:
        number = country + digits[1:]
        is_valid = digits.startswith("0") and _is_valid_national(digits[1:], country)
    return f"+{number}" if is_valid and number[0] != "0" else None


def _is_valid_national(number: str, country: str) -> bool:
    plan = _IRAQI_NUMBER if country == "964" else _FOREIGN_NUMBER
    return bool(plan.fullmatch(number)) and number[0] != "0"
