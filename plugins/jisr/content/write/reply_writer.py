"""The file of a reply, of an old site or of a mail: nothing in it tells more of its author than the name that they gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from jisr.core.frozen import dataclass
from jisr.core.schema.yaml_text import quote_scalar
from jisr.ingest.language.identification import identify
from jisr.ingest.sanitize.node_tree import HEADINGS, HtmlNode, descendant_elements

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
HIDDEN = "…"
_LONGEST_NAME = 480
_MOST_LETTERS = 4000  # of words that are looked at for their language
_RIGHT_TO_LEFT = ("ar", "ckb", "fa", "ur", "he", "ps", "sd", "ug", "yi", "arc", "azb", "syr")


@dataclass(frozen=True, slots=True)
class ReplyFields:
    """What the front matter of a reply states, in this order; ``held`` is why a person must look at it first."""

    author: str
    date: date | datetime
    answers: str = ""
    site: str = ""
    imported: bool = False
    status: str = ""
    held: tuple[str, ...] = ()


def render_reply(fields: ReplyFields, words: str) -> bytes:
    """Return the file of a reply.

    >>> render_reply(ReplyFields("Sara", date(2026, 3, 1), held=("links",)), "Good.").decode().splitlines()
    ['---', 'author: "Sara"', 'date: 2026-03-01', 'held: [links]', '---', '', 'Good.']
    """
    stated = {
        "author": quote_scalar(shorten_line(fields.author)),
        "date": format_day(fields.date),
        "answers": quote_scalar(fields.answers) if fields.answers else "",
        "site": quote_scalar(fields.site) if fields.site.startswith(("http://", "https://")) and "@" not in fields.site else "",
        "imported": "true" if fields.imported else "",
        "status": fields.status,
        "held": f"[{', '.join(fields.held)}]" if fields.held else "",
    }
    return render_file([f"{name}: {value}" for name, value in stated.items() if value], words)


def render_file(lines: Sequence[str], body: str) -> bytes:
    """Return front matter and Markdown as a file."""
    words = ["", body.strip("\n"), ""] if body.strip() else [""]
    return "\n".join(["---", *lines, "---", *words]).encode("utf-8", "replace")


def shorten_line(text: str) -> str:
    """Return a text as one line that is not too long for a field."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME].rpartition(' ')[0]} …"


def format_day(moment: date | datetime) -> str:
    """Return a moment as front matter has it: a day alone where it has no time.

    >>> format_day(datetime(2012, 2, 9)), format_day(datetime(2012, 2, 9, 12, 30)), format_day(date(2012, 2, 9))
    ('2012-02-09', '2012-02-09T12:30:00', '2012-02-09')
    """
    if not isinstance(moment, datetime):
        return moment.isoformat()
    plain = moment.replace(microsecond=0)
    return plain.date().isoformat() if moment.tzinfo is None and plain.time() == datetime.min.time() else plain.isoformat()


def without_headings(root: HtmlNode) -> None:
    """Make headings paragraphs: a reply has none."""
    for node in list(descendant_elements(root)):
        if node.name in HEADINGS:
            node.name, node.children = "p", [HtmlNode("strong", {}, node.children)]


def hide_emails(markdown: str) -> str:
    """Return words without e-mail addresses: nobody's is published.

    >>> hide_emails("write to sara@example.org, please")
    'write to …, please'
    """
    return EMAIL.sub(HIDDEN, markdown)


def reply_language(words: str, tags: Sequence[str], hint: str) -> tuple[str, bool]:
    """Return the language of a reply, one of the site's, and whether that is sure; ``hint`` is that of the text it answers.

    >>> reply_language("شكرا", ("en", "ar", "ckb"), "ckb"), reply_language("👍", ("en", "ar"), "ar")
    (('ckb', False), ('ar', False))
    """
    found = identify(words[:_MOST_LETTERS], hint, tags)
    if found.tag in tags and not found.doubt:
        return found.tag, True
    return _language_by_letters(words, tags, hint), False


def _language_by_letters(words: str, tags: Sequence[str], hint: str) -> str:
    """Return a language of the script of a few words: that of the text, where it has this script."""
    letters = [letter for letter in words if letter.isalpha()]
    is_arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters) * 2 > len(letters)
    fitting = [tag for tag in tags if _reads_right_to_left(tag) == is_arabic]
    return hint if hint in fitting or not fitting or not letters else fitting[0]


def _reads_right_to_left(tag: str) -> bool:
    language, _, rest = tag.partition("-")
    return language in _RIGHT_TO_LEFT or rest.startswith("Arab")
