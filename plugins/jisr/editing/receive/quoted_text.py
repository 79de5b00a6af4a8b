"""What stands in a mail beside its own words: what it quotes, its signature, what a program adds.

In our five languages, and in those of mail programs that our readers use: German, Spanish, Turkish, Persian and others.
"""

from __future__ import annotations

import re

from jisr.ingest.sanitize.node_tree import HtmlNode, descendant_elements

_DATE = r"[^\n]{0,200}?"
_WROTE = re.compile(
    rf"(?:On\b{_DATE}\bwrote|Le\b{_DATE}\ba écrit|El\b{_DATE}\bescribió|Am\b{_DATE}\bschrieb{_DATE}|Op\b{_DATE}\bschreef{_DATE}"
    rf"|Den\b{_DATE}\bskrev{_DATE}|Il\b{_DATE}\bha scritto"
    rf"|(?:(?:في|بتاريخ|يوم|بتأريخ)\s{_DATE}(?:كتبت?|كَتَب)\b{_DATE}|كتبت?\s{_DATE}(?:في|بتاريخ)\s{_DATE})"
    rf"|(?:لە|له|ڕۆژی|رۆژی|در|در تاریخ)\s{_DATE}(?:نووسی(?:ویەتی|ی|وە)?|نوسی|نوشت|نوشته است)\b{_DATE}"
    rf"|(?:Di\b|Roja\b|Li\b|Tarîxa\b){_DATE}\b(?:nivîsî|nivîsand|nivîsandiye|nivîsiye){_DATE}"
    rf"|{_DATE}\b(?:tarihinde|şunu yazdı|yazdı){_DATE})\s*[:：]",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[-_*\s]{2,}(?:Original Message|Forwarded message|Message d'origine|Message d’origine|Message original|Message transféré"
    r"|الرسالة الأصلية|رسالة أصلية|الرسالة المحولة|رسالة معاد توجيهها|پەیامی سەرەکی|نامەی سەرەکی|نامەی بنەڕەتی|پەیامی ڕەسەن"
    r"|Peyama (?:resen|orîjînal)|Orijinal (?:Mesaj|İleti)|پیام اصلی|Ursprüngliche Nachricht)[-_*\s]{2,}|_{20,}",
    re.IGNORECASE,
)
_SENDER_LINE = re.compile(r"\**(?:From|De|من|لە|له|Ji|Kimden|Von|از)\s*[:：]\**\s*\S", re.IGNORECASE)
_OTHER_LINE = re.compile(
    r"\**(?:Sent|Date|To|Subject|Cc|Envoyé|À|Objet|تم الإرسال|أُرسلت|التاريخ|إلى|الموضوع|تاريخ الإرسال|نێردرا|بەروار|بۆ|بابەت"
    r"|Hate şandin|Dîrok|Tarîx|Ji bo|Mijar|Gönderildi|Kime|Konu|Gesendet|An|Betreff|ارسال|به|موضوع)\s*[:：]\**",
    re.IGNORECASE,
)
_PROGRAM_LINE = re.compile(
    r"(?:Sent from (?:my|Mail|Outlook|Yahoo|Proton)|Get Outlook for|Envoyé (?:de|depuis) |Télécharger Outlook|Obtenez Outlook"
    r"|(?:تم الإرسال|أُرسلت?|أرسلت?|أُرسِلت|مرسلة?) من |احصل على Outlook|الحصول على Outlook"
    r"|لە (?:ئایفۆن|مۆبایل|تەلەفۆن)[^\n]* نێردرا|نێردراوە لە "
    r"|(?:Ji|Bi) [^\n]*(?:min )?(?:hat|hatiye) şandin|iPhone'umdan|Von meinem |ارسال شده از )[^\n]{0,80}",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:--|—|––)\s?")
_QUOTE = re.compile(r"\s{0,3}(?:>|&gt;|\\>)")
_DIGIT = re.compile(r"\d")
_QUOTING_CLASSES = (
    "gmail_quote", "gmail_signature", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "moz-signature", "protonmail_quote",
    "protonmail_signature_block", "tutanota_quote", "zmail_extra", "quoted-text", "OutlookMessageHeader",
)  # fmt: skip
_REST_IDS = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container", "oriMsgHtmlSeperator", "reply-intro")


def remove_quoted_elements(root: HtmlNode) -> None:
    """Take out the elements in which mail programs put what is quoted and a signature, by their names."""
    for node in [root, *descendant_elements(root)]:
        for number, child in enumerate(node.children):
            if isinstance(child, HtmlNode) and _begins_rest(child):
                node.children = node.children[:number]
                break
        node.children = [child for child in node.children if isinstance(child, str) or not _is_quoted(child)]


def _begins_rest(node: HtmlNode) -> bool:
    return node.attributes.get("id", "").removeprefix("x_").lower() in _REST_IDS


def _is_quoted(node: HtmlNode) -> bool:
    names = node.attributes.get("class", "").split()
    return (node.name == "blockquote" and node.attributes.get("type") == "cite") or any(
        one in names for one in _QUOTING_CLASSES
    )


def own_words(text: str) -> str:
    r"""Return the words of a mail without what it quotes, its signature and the line of its program.

    >>> own_words("Good.\n\nOn Mon, 2 March 2026 at 10:00, Sara\nwrote:\n> Water is a right.\n")
    'Good.'
    >>> own_words("> Water is a right.\n\nIt is.\n-- \nSara\n+964 770")
    'It is.'
    """
    lines = text.split("\n")
    lines = lines[: _find_end(lines)]
    kept = [line for number, line in enumerate(lines) if not _is_beside(lines, number)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _plain(line: str) -> str:
    return line.strip().rstrip("\\").strip("*_ ").replace("\\", "")


def _find_end(lines: list[str]) -> int:
    """Return the number of the line at which what is not of this mail begins: a signature, or another mail below it."""
    for number, line in enumerate(lines):
        plain = _plain(line)
        two = f"{plain} {_plain(lines[number + 1])}" if number + 1 < len(lines) else plain
        if _SIGNATURE.fullmatch(line.rstrip("\\").strip("\t\r")) or _ORIGINAL.fullmatch(plain):
            return number
        if _is_header_block(lines, number):
            return number
        wrote = _WROTE.fullmatch(plain) or _WROTE.fullmatch(two)
        if wrote and _DIGIT.search(two) and not _answers_below(lines, number):
            return number
    return len(lines)


def _is_header_block(lines: list[str], number: int) -> bool:
    """Whether the headers of another mail begin at a line, as programs put them above what they quote."""
    if not _SENDER_LINE.match(_plain(lines[number])):
        return False
    following = [_plain(line) for line in lines[number + 1 : number + 7]]
    return sum(_OTHER_LINE.match(line) is not None for line in following) >= 2


def _answers_below(lines: list[str], number: int) -> bool:
    """Whether quoted lines follow, and more words of this mail among and below them than above."""
    rest = lines[number + 1 :]
    if not any(_QUOTE.match(line) for line in rest[:4]):
        return False
    first = next(place for place, line in enumerate(rest) if _QUOTE.match(line))
    end = next((place for place, line in enumerate(rest) if _SIGNATURE.fullmatch(line.strip("\t\r"))), len(rest))
    below = [line for line in rest[first:end] if not _QUOTE.match(line)]
    return len("".join(below).strip()) > len("".join(lines[:number]).strip())


def _is_beside(lines: list[str], number: int) -> bool:
    """Whether a line is quoted, says who wrote what is quoted, or comes from the program."""
    line = lines[number]
    if _QUOTE.match(line):
        return True
    plain = _plain(line)
    if _PROGRAM_LINE.fullmatch(plain):
        return True
    following = [one for one in lines[number + 1 : number + 4] if one.strip()]
    if _WROTE.fullmatch(plain) and following and _QUOTE.match(following[0]):
        return True
    two = f"{plain} {_plain(following[0])}" if following else ""
    before = f"{_plain(lines[number - 1])} {plain}" if number else ""
    is_split = bool(_WROTE.fullmatch(two)) and len(following) > 1 and _QUOTE.match(following[1]) is not None
    ends = bool(_WROTE.fullmatch(before)) and bool(following) and _QUOTE.match(following[0]) is not None
    return is_split or ends
