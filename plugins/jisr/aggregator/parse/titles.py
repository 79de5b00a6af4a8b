"""Titles of posts and subtitles: one that is a whole message is cut, one without words is none, one that repeats is none."""

from __future__ import annotations

import unicodedata

from jisr.ingest.language.identification import prose_words
from jisr.ingest.language.sentences import text_boundaries

_LONGEST_TITLE = 120  # characters of a title that may be the message itself
_LONGEST_REPEATED = 60  # of one that the text repeats to its end
_CUT_AT = 100
_LEAST_SENTENCE = 15
_COMPARED_WORDS = 12
_LONGEST_SUBTITLE = 60  # words
_COMPARED_RUN = 3
_MOST_REPEATED = 0.5  # of a subtitle in the text or the title


def tidy_title(title: str, body: str) -> str:
    """Return the title of a post: cut at a sentence where it is the message itself, "" where the text alone has words.

    >>> text = "Em çûn. " + "Paşê em vegeriyan malê. " * 9
    >>> tidy_title("🔴🔴", text), tidy_title(f"🖼 {text}", text)
    ('', 'Em çûn. Paşê em vegeriyan malê. Paşê em vegeriyan malê. Paşê em vegeriyan malê. Paşê em vegeriyan malê')
    """
    body_words = prose_words(body)
    if not any(unicodedata.category(character)[0] in "LN" for character in title):
        return "" if body_words else title
    words = prose_words(title)
    is_beginning = f" {' '.join(words[:_COMPARED_WORDS])} " in f" {' '.join(body_words)} "
    is_repeated = (len(title) > _LONGEST_TITLE and is_beginning) or (len(title) > _LONGEST_REPEATED and words == body_words)
    return cut_title(title) if is_repeated or is_message(title, body) else title


def is_message(title: str, body: str) -> bool:
    """Whether a title is the message itself, too long for a title and without a text."""
    return len(title) > _LONGEST_TITLE and not prose_words(body)


def cut_title(title: str) -> str:
    """Return the first sentences of a title, or its first words where these are too long."""
    start = next((index for index, character in enumerate(title) if unicodedata.category(character)[0] in "LNP"), 0)
    text = title[start:]
    if len(text) <= _LONGEST_REPEATED:
        return text
    ends = [(end.weight, end.at) for end in text_boundaries(text, "") if _LEAST_SENTENCE <= end.at <= _LONGEST_TITLE]
    sentence = max((at for weight, at in ends if weight == 3), default=0)
    if sentence:
        return text[:sentence].removesuffix("…").removesuffix(".").rstrip()
    pause = max((at for _, at in ends if _CUT_AT / 2 <= at <= _CUT_AT), default=0) or text[:_CUT_AT].rfind(" ")
    return text[: pause if pause > 0 else _CUT_AT].rstrip(" ،,;؛:") + "…"


def add_subtitle(body: str, summary: str, title: str) -> str:
    """Return a text with the words of its description before it, where these stand nowhere else: the author's subtitle.

    A description that is the beginning of the text, the title, or longer than a subtitle, is none.

    >>> add_subtitle("Av ji gund çû.", "Çîroka zivistanê", "Av"), add_subtitle("Av ji gund çû.", "Av ji gund…", "Av")
    ('Çîroka zivistanê\\n\\nAv ji gund çû.', 'Av ji gund çû.')
    """
    words, body_words = prose_words(summary), prose_words(body)
    if not 1 < len(words) <= _LONGEST_SUBTITLE or summary.rstrip().endswith(("…", "...")) or not body_words:
        return body
    size = min(_COMPARED_RUN, len(words))
    said = {tuple(text[at : at + size]) for text in (body_words, prose_words(title)) for at in range(len(text) - size + 1)}
    runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    known = sum(run in said for run in runs) / len(runs)
    return body if known >= _MOST_REPEATED else f"{summary.rstrip()}\n\n{body}"
