"""Charset detection: the letters decide, labels only advise."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from jisr.core.frozen import dataclass
from jisr.ingest.encoding.mojibake import fix_mojibake, is_mojibake
from jisr.ingest.encoding.plausibility import plausibility

MAX_FEED_BYTES = 5_000_000
"""Bytes of a feed."""

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""^[^<]{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:+-]{1,40})""", re.IGNORECASE)
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,40}")
_MAX_SAMPLE_WORDS = 4000  # of words with bytes beyond ASCII

_COMMON_ENCODINGS = ("cp1256", "cp1252", "iso8859-6", "cp1254", "iso8859-15", "cp720")
_SUPPORTED_ENCODINGS = frozenset(
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp720 cp850 cp864 cp866 iso8859-2 iso8859-3 iso8859-4 "
    "iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman "
    "mac-arabic mac-farsi gb18030 big5 big5hkscs shift_jis cp932 euc_jp euc_kr cp949".split()
)
_DOUBLE_BYTE_ENCODINGS = frozenset("gb18030 big5 big5hkscs shift_jis cp932 euc_jp euc_kr cp949".split())
# Names that browsers read otherwise than Python: https://encoding.spec.whatwg.org/#names-and-labels
_ENCODING_ALIASES = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "x-mac-arabic": "mac-arabic", "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "dos-720": "cp720",
    "asmo-708": "iso8859-6", "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6",
}  # fmt: skip
_CP1252_PUNCTUATION = {0x80: "€", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–", 0x97: "—"} | {
    byte: chr(byte) for byte in (0xA0, 0xAB, 0xBB)
}
_ZERO_BYTE_PATTERNS = {"0001": "utf-32-be", "1000": "utf-32-le", "0101": "utf-16-be", "1010": "utf-16-le"}
_MIN_PLAUSIBILITY = 0.55  # of a text that can be published


class UnreadableFeed(ValueError):  # noqa: N818 - the name that the steps agreed on
    """A body that cannot be read; ``reason`` is for people and has no full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, its encoding and notes on repairs."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> DecodedText:
    """Return the text of a body, without a byte order mark.

    Byte order marks and zero bytes identify UTF-16 and UTF-32; valid UTF-8 is UTF-8 whatever a label says; otherwise the
    encoding with the most plausible words is taken, and a label decides between equals. Raises UnreadableFeed where no
    encoding is plausible, so that no scrambled letters are published.

    >>> decode("كوردستان".encode("windows-1256"), "text/xml; charset=iso-8859-1").text
    'كوردستان'
    """
    if len(body) > MAX_FEED_BYTES:
        raise UnreadableFeed(f"it has more than {MAX_FEED_BYTES // 1_000_000} MB")
    if not body.strip(b" \t\r\n\0"):
        raise UnreadableFeed("it is empty")
    if body.startswith((b"\x1f\x8b", b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise UnreadableFeed("it is no text: a compressed file, a document or a picture")
    decoded = _decode_utf16_or_32(body) or _decode_utf8(body) or _decode_legacy(body, encoding_labels(body, content_type))
    return _repair_mojibake(decoded)


def encoding_labels(body: bytes, content_type: str) -> tuple[str, ...]:
    """Return the labels of a body as names of Python's codecs, without repetition."""
    start = body[:2000]
    header = _HEADER.search(content_type[:500])
    labels = [header[1]] if header else []
    labels += [match[1].decode("ascii", "replace") for pattern in (_XML_DECLARATION, _META) if (match := pattern.search(start))]
    return tuple(dict.fromkeys(name for one in labels if (name := _normalize_label(one))))


def _normalize_label(label: str) -> str:
    """Return Python's name of a supported encoding, or an empty string."""
    name = label.strip().lower()
    name = _ENCODING_ALIASES.get(name, name)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    name = _ENCODING_ALIASES.get(name, name)
    return name if name in _SUPPORTED_ENCODINGS else ""


def _decode_utf16_or_32(body: bytes) -> DecodedText | None:
    """Decode UTF-16 and UTF-32, identified by a byte order mark or by zero bytes."""
    marks = {
        codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be", codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
    }  # fmt: skip
    encoding = next((name for mark, name in marks.items() if body.startswith(mark)), "") or _guess_by_zero_bytes(body)
    if not encoding:
        return None
    notes = []
    unit = 4 if "32" in encoding else 2
    if len(body) % unit:
        body = body[: -(len(body) % unit)]
        notes.append("it ends in the middle of a character")
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFeed(f"it begins as {encoding[:6].upper()} and is not") from None
    return DecodedText(text.removeprefix("\ufeff"), encoding[:6], tuple(notes))


def _guess_by_zero_bytes(start: bytes) -> str:
    """Return the wide encoding of a start with zero bytes: the markup of a feed is ASCII, so that every second byte is zero."""
    if b"\0" not in start[:8]:
        return ""
    return _ZERO_BYTE_PATTERNS.get("".join("1" if byte else "0" for byte in start[:4]), "")


def _decode_utf8(body: bytes) -> DecodedText | None:
    """Decode UTF-8, also where a few characters were truncated or are punctuation of windows-1252."""
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return DecodedText(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    pieces, position, errors = [], 0, 0
    while position < len(body):
        try:
            pieces.append(body[position:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            errors += 1
            if errors > 200:  # each one decodes the rest again
                return None
            pieces.append(body[position : position + error.start].decode("utf-8"))
            broken_bytes = body[position + error.start : position + error.end]
            pieces += [_CP1252_PUNCTUATION.get(byte, "") for byte in broken_bytes]
            position += error.end
    text = "".join(pieces)
    if sum(letter > "\x7f" for letter in text) < 10 * errors:
        return None
    return DecodedText(text, "utf-8", (f"{errors} broken characters were left out",))


def _decode_legacy(body: bytes, labels: tuple[str, ...]) -> DecodedText:
    """Decode an encoding of one byte a letter, or of two where a label says so."""
    sample = b" ".join(match[0] for match in islice(_WORDS.finditer(body), _MAX_SAMPLE_WORDS))
    readings = []
    for place, encoding in enumerate(dict.fromkeys((*labels, *_COMMON_ENCODINGS))):
        if encoding not in _DOUBLE_BYTE_ENCODINGS and (text := _try_decode(sample, encoding)) is not None:
            readings.append((round(plausibility(text), 2), -place, encoding))
    best = max(readings, default=(0.0, 0, ""))
    if best[0] < _MIN_PLAUSIBILITY:
        for encoding in labels:
            whole_text = _try_decode(body, encoding) if encoding in _DOUBLE_BYTE_ENCODINGS else None
            if whole_text is not None and plausibility(whole_text[:20_000]) >= _MIN_PLAUSIBILITY:
                return DecodedText(whole_text, encoding)
        raise UnreadableFeed("its letters make no words in any encoding that we know, whatever it says of itself")
    text = _try_decode(body, best[2])
    if text is None:
        text = body.decode(best[2], "ignore")
    notes = () if best[2] in labels[:1] else (f"it is in {best[2].replace('cp125', 'windows-125')}, which it does not say",)
    return DecodedText(text, best[2], notes)


def _try_decode(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _repair_mojibake(decoded: DecodedText) -> DecodedText:
    """Repair mojibake, and reject text whose letters were lost before it was sent."""
    text, notes = decoded.text, list(decoded.notes)
    non_ascii = sum(letter > "\x7f" for letter in text)
    lost = text.count("\ufffd")
    if lost > 2 and lost > 0.05 * non_ascii:
        raise UnreadableFeed("its letters were lost before it was sent: it holds replacement characters in their place")
    if lost:
        text = text.replace("\ufffd", "")
        notes.append(f"{lost} broken characters were left out")
    repaired = fix_mojibake(text)
    if repaired != text:
        notes.append("it was converted to UTF-8 twice")
    if is_mojibake(repaired):
        raise UnreadableFeed("its letters were converted twice and cannot be put right")
    return DecodedText(repaired.replace("\0", ""), decoded.encoding, tuple(notes))
