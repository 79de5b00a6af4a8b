"""``inv messages``: extracts the strings of the interface and the messages of the tools into templates and catalogues."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from jisr.content.catalogs.source_messages import add_messages
from jisr.core.build.resources import TRANSLATIONS
from jisr.core.i18n.catalogs import SOURCE_LANGUAGE

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "gettext_in": (2,), "N_": None}
METHODS = [("**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"**.html": {"trimmed": "true", "extensions": "jinja2.ext.do", "silent": "false"}}
COMMENT_TAG = "Translators:"
# Lines of a header that change with the tool or hold its placeholders: the same messages give the same bytes.
_VOLATILE_HEADERS = re.compile(
    rb'"(?:Project-Id-Version|Generated-By|Report-Msgid-Bugs-To|PO-Revision-Date|POT-Creation-Date|Last-Translator'
    rb"|Language-Team): [^\n]*\n"
)
FOLDERS = ("themes/jisr/templates", "plugins/jisr/core")

# The plural rules of GNU gettext (https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html). Babel writes the
# forms of Arabic in another order, which other tools would fill in wrongly.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);",
    "ckb": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "kmr": "nplurals=2; plural=(n != 1);",
}
# No catalogue states when it was extracted: the same messages give the same bytes.
CREATION_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extract_ui_strings(root: Path, folders: Sequence[str] = FOLDERS) -> Catalog:
    """Return all messages of the templates and the code below ``root``, with their comments for translators."""
    catalogue = _new_catalog("# The words of the interface. Made by: inv messages")
    for folder in folders:
        messages = extract_from_dir(root / folder, METHODS, OPTIONS, KEYWORDS, (COMMENT_TAG,), strip_comment_tags=True)
        for file, line, message, comments, context in messages:
            place = (f"{folder}/{Path(file).as_posix()}", line)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def extract_problems(root: Path) -> Catalog:
    """Return all messages of the tools."""
    header = "# What the tools tell those who write. Code stands between ` and `. Made by: inv messages"
    return add_messages(root, _new_catalog(header))


def _new_catalog(header: str) -> Catalog:
    return Catalog(project="Jisr", charset="utf-8", creation_date=CREATION_DATE, fuzzy=False, header_comment=header)


def update_catalogs(root: Path, tags: Sequence[str]) -> list[Path]:
    """Write both templates, bring each language's catalogues up to date, and return the files that changed.

    A new message is added without a translation; one that nothing uses any more is taken out.
    """
    folder = root / "translations"
    paths = []
    for name, template in (("messages", extract_ui_strings(root)), ("problems", extract_problems(root))):
        paths.append(_write_catalog(folder / f"{name}.pot", template))
        for tag in tags:
            path = folder / tag / "LC_MESSAGES" / f"{name}.po"
            # The messages in the code are English: the catalogue of English has the plural forms of those that count alone.
            messages = plural_messages(template) if (name, tag) == ("problems", SOURCE_LANGUAGE) else template
            paths.append(_write_catalog(path, _update_catalog(path, tag, messages)))
    return [path for path in paths if path is not None]


def plural_messages(template: Catalog) -> Catalog:
    """Return the messages that have plural forms."""
    plurals = _new_catalog(template.header_comment)
    for message in template:
        if message.pluralizable:
            plurals.add(message.id, None, message.locations)
    return plurals


def update_site_catalog(folder: Path, tag: str) -> Path | None:
    """Bring the catalogue of a language in the folder of a site up to date with the words of the package.

    Returns the file, or None where it was so already.
    """
    with (TRANSLATIONS / "messages.pot").open("rb") as file:
        template = read_po(file)
    path = folder / tag / "LC_MESSAGES" / "messages.po"
    return _write_catalog(path, _update_catalog(path, tag, template))


def _update_catalog(path: Path, tag: str, template: Catalog) -> Catalog:
    old = _load_catalog(path, tag)
    old.update(template, no_fuzzy_matching=True)
    old.obsolete.clear()
    old.creation_date = CREATION_DATE
    return old


def _load_catalog(path: Path, tag: str) -> Catalog:
    if path.is_file():
        with path.open("rb") as file:
            return read_po(file, charset="utf-8")
    return empty_catalog(tag)


def empty_catalog(tag: str) -> Catalog:
    """Return a catalogue of a language, with its rule of plurals and no message."""
    header = f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return read_po(io.BytesIO(f'{header}"Plural-Forms: {_plural_forms(tag)}\\n"\n'.encode()))


def _plural_forms(tag: str) -> str:
    """Return the plural rule of a language: ours, else CLDR's, else that of English."""
    if own := PLURALS.get(tag.split("-", maxsplit=1)[0]):
        return own
    try:
        count, rule = get_plural(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return PLURALS["en"]
    return f"nplurals={count}; plural={rule};"


def format_catalog(catalogue: Catalog) -> bytes:
    """Return the file of a catalogue: the same messages give the same bytes."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    return _VOLATILE_HEADERS.sub(b"", buffer.getvalue())


def _write_catalog(path: Path, catalogue: Catalog) -> Path | None:
    data = format_catalog(catalogue)
    if path.is_file() and path.read_bytes() == data:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
