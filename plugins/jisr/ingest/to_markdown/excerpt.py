"""Excerpts of posts: whole sentences of the beginning, about sixty words, in valid Markdown."""

from __future__ import annotations

import re

from jisr.ingest.language.sentences import text_boundaries
from jisr.markdown.blocks.block_starts import FENCE, match_marker

EXCERPT_WORDS = 60
"""The approximate number of words of an excerpt."""

_MAX_UNCUT_WORDS = 80  # a text up to this length is its own excerpt: "read on" would lead to one line more
_MIN_BLOCK_WORDS = 15  # with fewer words left no block is truncated
_PICTURES = re.compile(
    r"(?:\s*\\?!?\[[^\[\]]*\]\([^()\s]*\.(?:jpe?g|png|gif|webp|avif|svg)(?:\?[^()\s]*)?\)\\?)+\s*", re.IGNORECASE
)
_SKIPPED_BLOCKS = ("#", "|", "---", "```", "[youtube.com](")
ATTRIBUTES = re.compile(r"\n?\{: [^{}\n]*\}")
_MAX_CHARACTERS = 3000  # of a paragraph; real paragraphs are shorter
_TARGET = re.compile(r"\]\((?:[^()\s\\]|\\.)*\)")
_LINK = re.compile(r"(?<!\\)!?\[")
_EMPHASIS = re.compile(r"(?<!\\)\*+|(?<![\\\w])_+|(?<!\\)_+(?!\w)")
_INLINE_TOKEN = re.compile(r"\\.|`+|\*+|_+|!?\[|\]\((?:[^()\s\\]|\\.)*\)|[ \n]|\\\n", re.DOTALL)
_EMPHASIZED = re.compile(r"(\*\*|\*|_)(?=\S)(.*\S)\1", re.DOTALL)
_PAUSES = " ؛;،,:\\\n"


def make_excerpt(markdown: str, language: str) -> str:
    """Return the excerpt of a text from ``html_to_markdown``: whole sentences, about sixty words.

    A short text is its own excerpt. Headings, tables, code and pictures alone are skipped; lists and quotes are included as
    far as they fit. Nothing ends within a word, a link or emphasis; a truncated sentence ends with "…".

    >>> make_excerpt("بيان " * 40 + "أول. " + "ثان " * 15 + "آخر؟ " + "ثالث " * 40, "ar").split()[-2:]
    ['ثان', 'آخر؟']
    """
    if count_words(markdown) <= _MAX_UNCUT_WORDS:
        return markdown
    blocks: list[str] = []
    words_left = EXCERPT_WORDS
    for block in split_blocks(markdown):
        if block.startswith(_SKIPPED_BLOCKS) or _PICTURES.fullmatch(block):
            continue
        size = count_words(block)
        if size > words_left:
            blocks += _truncate_block(block, words_left, language) if words_left >= _MIN_BLOCK_WORDS or not blocks else []
            if blocks:
                break
            continue
        blocks.append(block)
        words_left -= size
    return "\n\n".join(blocks) + "\n" if blocks else ""


def split_blocks(markdown: str) -> list[str]:
    """Return the blocks of a text; an item of a list with blank lines is one block.

    >>> split_blocks("بيان\\n\\n- أول\\n\\n  ثان\\n\\n- x\\n")
    ['بيان', '- أول\\n\\n  ثان', '- x']
    """
    blocks: list[str] = []
    fence, is_block_start = "", True
    for line in markdown.rstrip("\n").split("\n"):
        if not line and not fence:
            is_block_start = True
        elif is_block_start and not line.startswith(" "):
            blocks.append(line)
        else:
            blocks[-1:] = ["".join(blocks[-1:]) + ("\n\n" if is_block_start else "\n") + line]
        if fence:
            fence = "" if line == fence else fence
        elif is_block_start and (opening := FENCE.match(line)):
            fence = opening[1] or opening[3]
        is_block_start = is_block_start and not line
    return blocks


def _truncate_block(block: str, max_words: int, language: str) -> list[str]:
    """Return the beginning of a block that is too long: sentences of a paragraph or quote, items of a list."""
    if match_marker(block, 0):
        return _truncate_list(block, max_words, language)
    if block.startswith(">"):
        content = "\n".join(line[2:] for line in block.split("\n"))
        quote = _truncate_quote(content, max_words, language)
        return ["\n".join(f"> {line}" if line else ">" for line in quote.split("\n"))] if quote else []
    if re.search(r"^: ", block, re.MULTILINE):
        return []
    text = truncate_paragraph(block, max_words, language)
    return [text] if text else []


def _truncate_quote(content: str, words_left: int, language: str) -> str:
    blocks: list[str] = []
    for block in split_blocks(content):
        size = count_words(block)
        if size > words_left:
            if not block.startswith((">", *_SKIPPED_BLOCKS)) and not match_marker(block, 0):
                blocks.append(truncate_paragraph(block, words_left, language))
            break
        blocks.append(block)
        words_left -= size
    return "\n\n".join(filter(None, blocks))


def _truncate_list(block: str, max_words: int, language: str) -> list[str]:
    """Return the first items of a list that fit; where none does, the first sentences of the first item."""
    items = re.split(r"\n(?! |\n|\Z)", block)
    fitting: list[str] = []
    while items and count_words("\n".join([*fitting, items[0]])) <= max_words:
        fitting.append(items.pop(0))
    if fitting:
        return ["\n".join(fitting)]
    marker = match_marker(items[0], 0)
    width = marker.width if marker else 0
    item_lines = items[0][width:].split("\n")
    lines = [line.strip() for line in item_lines]
    line_count = next((index for index, line in enumerate(lines) if not line.endswith("\\")), 0) + 1
    paragraph = "\n".join(lines[:line_count])
    if paragraph.startswith((">", *_SKIPPED_BLOCKS)) or match_marker(paragraph, 0):
        return []
    if count_words(paragraph) > max_words:
        paragraph = truncate_paragraph(paragraph, max_words, language)
    return [items[0][:width] + paragraph.replace("\n", f"\n{' ' * width}")] if paragraph else []


def count_words(text: str) -> int:
    """Return the number of words of a Markdown text; a joiner does not split a word, and the target of a link is none.

    >>> count_words("می\u200cخواهم [بيان أول](https://example.org/) –")
    3
    """
    return sum(any(map(str.isalnum, word)) for word in _TARGET.sub(" ", ATTRIBUTES.sub("", text)).split())


def truncate_paragraph(paragraph: str, max_words: int, language: str) -> str:
    """Return the first sentences of a paragraph, about ``max_words`` words, or "" where it cannot be truncated.

    >>> truncate_paragraph("**نطالب** بالحرية. " + "ثم " * 20, 4, "ar"), truncate_paragraph("أول ثان، ثالث رابع خامس", 4, "ar")
    ('**نطالب** بالحرية.', 'أول ثان…')
    """
    attributes = ATTRIBUTES.search(paragraph, max(0, paragraph.rfind("\n")))
    attribute_list = attributes[0] if attributes else ""
    text = paragraph.removesuffix(attribute_list)[:_MAX_CHARACTERS] if attribute_list else paragraph[:_MAX_CHARACTERS]
    if emphasis := _EMPHASIZED.fullmatch(text):
        delimiter, content = emphasis.groups()
        if delimiter not in content:
            shorter = truncate_paragraph(content, max_words, language)
            return f"{delimiter}{shorter}{delimiter}{attribute_list}" if shorter else ""
    shorter = _truncate_text(text, max_words, language)
    plain = _strip_markup(text)
    if count_words(shorter) < max_words / 3 and plain != text:
        longer = _truncate_text(plain, max_words, language)  # one long link or emphasis, in which a text cannot end
        shorter = longer if count_words(longer) > max_words / 2 else shorter
    return shorter + attribute_list if shorter else ""


def _truncate_text(text: str, max_words: int, language: str) -> str:
    positions = balanced_positions(text)
    shorter = _cut_at_sentence(text, max_words, language, positions)
    if count_words(shorter) < max_words / 3:  # a greeting before a very long sentence
        longer = _cut_within_sentence(text, max_words, language, positions)
        shorter = longer if not shorter or count_words(longer) > max_words / 2 else shorter
    return shorter


def _strip_markup(text: str) -> str:
    """Return a paragraph without links and emphasis; unchanged where it has code or escaped backslashes."""
    if "`" in text or "\\\\" in text:
        return text
    return _EMPHASIS.sub("", _LINK.sub("", _TARGET.sub("", text)))


def balanced_positions(text: str) -> list[int]:
    r"""Return the positions between words at which no link, emphasis or code is open.

    >>> balanced_positions("a **b c** [d e](https://example.org/) f\\* g")
    [1, 9, 37, 41]
    """
    positions: list[int] = []
    bracket_depth, open_stars, open_underscores, code_end = 0, 0, 0, 0
    for token in _INLINE_TOKEN.finditer(text):
        sign, position = token[0], token.start()
        if position < code_end:
            continue
        before, after = text[position - 1 : position], text[token.end() : token.end() + 1]
        if sign in (" ", "\n", "\\\n"):
            is_open = bracket_depth or open_stars or open_underscores
            if not is_open and (not positions or text[positions[-1] : position].strip()):
                positions.append(position)
        elif sign[0] == "`":
            closing = re.compile(rf"(?<!`)`{{{len(sign)}}}(?!`)").search(text, token.end())
            code_end = closing.end() if closing else 0
        elif sign[-1] == "[":
            bracket_depth += 1
        elif sign[0] == "]":
            bracket_depth = max(0, bracket_depth - 1)
        elif sign[0] == "*":
            open_stars = _toggle_emphasis(open_stars, len(sign), before, after)
        elif sign[0] == "_" and not (before.isalnum() and after.isalnum()):
            open_underscores = _toggle_emphasis(open_underscores, len(sign), before, after)
    return positions


def _toggle_emphasis(open_count: int, length: int, before: str, after: str) -> int:
    """Return the number of open delimiters after a run of them."""
    is_closing = open_count and before and not before.isspace() and (not after or after.isspace() or open_count >= length)
    return max(0, open_count - length) if is_closing else open_count + length


def _cut_at_sentence(text: str, max_words: int, language: str, positions: list[int]) -> str:
    """Return the first sentences that fit, or one more where these are few and it is short."""
    balanced = {*positions, len(text)}
    ends = [end.at for end in text_boundaries(text, language) if end.weight == 3 and end.at in balanced]
    ends += [position for position in positions if text[position : position + 2] == "\\\n"]
    sizes = {position: count_words(text[:position]) for position in sorted(ends)}
    last_fitting = max((position for position, size in sizes.items() if size <= max_words), default=0)
    first_beyond = min((position for position, size in sizes.items() if max_words < size <= max_words * 1.5), default=0)
    if last_fitting and (sizes[last_fitting] >= max_words / 2 or not first_beyond):
        return text[:last_fitting].rstrip(" \n")
    return text[:first_beyond].rstrip(" \n")


def _cut_within_sentence(text: str, max_words: int, language: str, positions: list[int]) -> str:
    """Return the beginning of a long sentence, up to a pause where one is near, otherwise up to a word."""
    fitting = [position for position in positions if position and count_words(text[:position]) <= max_words]
    if not fitting:
        return ""
    pauses = {end.at: end.weight for end in text_boundaries(text, language)}
    end = fitting[-1]
    for weight in (1, 2):
        last = max((position for position in fitting if pauses.get(position) == weight), default=0)
        end = last if last and count_words(text[:last]) >= max_words / 2 else end
    return text[:end].rstrip(_PAUSES) + "…"
