"""What the link under a text writes into a mail: the text that it is about, a place for a name, and one for the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jisr.core.frozen import dataclass
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Languages
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.ingest.sanitize.tokenizer import strip_invisible

_NAME_OF_TEXT = re.compile(
    r"\\?\[\s*(?P<kind>[a-z0-9-]{1,40})/(?P<id>[a-z0-9/_-]{1,200})\s+(?P<tag>[A-Za-z0-9-]{2,35})\s*\\?\]"
)
_LABEL_END = re.compile(r"\s*\\?[:：]\s*")
_MARKUP = "*_ \t\\"


@dataclass(frozen=True, slots=True, order=True)
class TextName:
    """The text that a mail is about, and the language of the version at which the reader was."""

    kind: str
    id: str
    tag: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a reader wrote: a name, or none, and words."""

    name: str
    words: str


def find_names(*texts: str) -> tuple[TextName, ...]:
    r"""Return the texts that some words name, each once, in their order.

    >>> find_names("رد: [news/flood ar] الفيضان", r"\[news/flood ar\]")
    (TextName(kind='news', id='flood', tag='ar'),)
    """
    found = (TextName(match["kind"], match["id"], match["tag"]) for text in texts for match in _NAME_OF_TEXT.finditer(text))
    return tuple(dict.fromkeys(found))


def form_labels(messages: Catalogs, languages: Languages) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return how the form calls the name and the words, in each language of the site and in English."""
    labels = []
    for sentence in ("reply name", "reply words"):
        message = SENTENCES[sentence]
        words = [str(messages.for_language(language).gettext(message)) for language in languages]
        labels.append(tuple(dict.fromkeys(_fold(re.sub(r"<[^>]*>", "", one)) for one in (*words, message))))
    return labels[0], labels[1]


def read_form(text: str, labels: tuple[Sequence[str], Sequence[str]]) -> FilledForm:
    r"""Return the name and the words of a form; without its labels all is words.

    >>> labels = (("your name",), ("your reply",))
    >>> read_form("Your name: Sara\n\nYour reply:\nGood.\n\n\n[news/flood en]", labels)
    FilledForm(name='Sara', words='Good.')
    >>> read_form("Good.\nYour name:\n\nYour reply:\n\n[news/flood en]", labels)
    FilledForm(name='', words='Good.')
    """
    lines = [_NAME_OF_TEXT.sub("", line) if _NAME_OF_TEXT.search(line) else line for line in text.split("\n")]
    name, words = "", []
    place = "words"
    for line in lines:
        if (rest := _after_label(line, labels[0])) is not None and place == "words" and not name:
            name, place = rest, "name"
        elif (rest := _after_label(line, labels[1])) is not None:
            place = "words"
            words.append(rest)
        elif place == "name" and line.strip(_MARKUP):
            if name:
                words.append(line)
                place = "words"
            else:
                name = line
        else:
            words.append(line)
    return FilledForm(" ".join(name.strip(_MARKUP).split()), "\n".join(words).strip("\n"))


def _after_label(line: str, labels: Iterable[str]) -> str | None:
    """Return what follows a label in a line; None where it begins with none."""
    plain = strip_invisible(line).strip(_MARKUP)
    head = _LABEL_END.search(plain)
    if head and _fold(plain[: head.start()]) in labels:
        return plain[head.end() :].strip(_MARKUP)
    return None


def _fold(label: str) -> str:
    return " ".join(strip_invisible(label).strip(_MARKUP + ":：").casefold().split())
