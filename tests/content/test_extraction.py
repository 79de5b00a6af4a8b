"""The catalogues hold the words of the interface as they are today, with plural forms that every tool reads alike."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.support import NullTranslations

from jisr.content.catalogs.catalog_loader import CatalogFolder, load_messages
from jisr.content.catalogs.extraction import PLURALS, extract_ui_strings, update_catalogs
from jisr.content.settings.settings import read_languages
from jisr.core.diagnostics.problems import Problems, ProblemsError
from jisr.core.i18n.languages import build_languages
from pelicanconf import LANGUAGES
from tests.conftest import daily

ROOT = Path(__file__).resolve().parents[2]
NEW = {
    "de": "nplurals=2; plural=(n != 1);",
    "ar-EG": PLURALS["ar"],
    "kmr-Arab": PLURALS["kmr"],
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
TRANSLATIONS = ROOT / "translations"
COUNTED = ("%(count)s member.", "%(count)s members.")


def catalogue(path: Path) -> Catalog:
    """Read a catalogue."""
    return read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)


def words(one: Catalog) -> dict[tuple[object, object], tuple[tuple[str, ...], list[str]]]:
    """Return the messages of a catalogue: what each says to translators, and in which files it stands."""
    kept = (message for message in one if message.id)
    return {
        (message.id, message.context): (tuple(message.auto_comments), sorted({file for file, _ in message.locations}))
        for message in kept
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of what messages are extracted from, with the catalogues."""
    for folder in ("themes/jisr/templates", "plugins", "translations"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_template_of_all_messages_is_up_to_date() -> None:
    """messages.pot holds what templates and code say, no more and no less."""
    extracted, kept = words(extract_ui_strings(ROOT)), words(catalogue(TRANSLATIONS / "messages.pot"))
    assert sorted(map(str, extracted)) == sorted(map(str, kept))
    assert {message: files for message, (_, files) in extracted.items()} == {
        message: files for message, (_, files) in kept.items()
    }


def test_catalogues_that_are_up_to_date_stay_as_they_are(copy: Path) -> None:
    """``inv messages`` changes no byte where no message has changed."""
    assert update_catalogs(copy, LANGUAGES) == []


def test_every_message_is_explained_to_translators() -> None:
    """Above each message stands what a translator has to know."""
    assert [message for message, (comments, _) in words(extract_ui_strings(ROOT)).items() if not comments] == []


@pytest.mark.parametrize("tag", daily({**PLURALS, **NEW}, "kmr-Arab"))
def test_a_new_language_gets_the_plurals_of_its_grammar(copy: Path, tag: str) -> None:
    """A new catalogue states the number and the order of its plural forms as GNU gettext does."""
    header = {**PLURALS, **NEW}[tag]
    shutil.rmtree(copy / "translations")

    update_catalogs(copy, [tag])

    made = catalogue(copy / "translations" / tag / "LC_MESSAGES" / "messages.po")
    assert dict(made.mime_headers)["Plural-Forms"].replace(" ", "") == header.replace(" ", "")
    message = made.get(COUNTED)
    assert message and isinstance(message.string, tuple)
    assert len(message.string) == int(header.removeprefix("nplurals=")[0])
    assert str(dict(made.mime_headers)["Language"]).replace("_", "-") == tag


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_catalogue_keeps_the_plurals_of_its_grammar(tag: str) -> None:
    """The catalogues that are shipped state their plural forms in the order of GNU gettext."""
    shipped = catalogue(TRANSLATIONS / tag / "LC_MESSAGES" / "messages.po")
    assert dict(shipped.mime_headers)["Plural-Forms"].replace(" ", "") == PLURALS[tag].replace(" ", "")


def counted(tag: str, header: str, forms: int, folder: Path) -> NullTranslations:
    """Return the messages of a language whose catalogue has a header and one message, in numbered forms."""
    strings = "".join(f'msgstr[{number}] "شكل {number}"\n' for number in range(forms))
    start = f'msgid ""\nmsgstr ""\n{header}"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS[tag]}\\n"\n'
    file = folder / tag / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(f'{start}\nmsgid "{COUNTED[0]}"\nmsgid_plural "{COUNTED[1]}"\n{strings}', "utf-8")
    tongues = build_languages((tag,))
    return load_messages(CatalogFolder(folder, "translations"), tongues, Problems(), strict=False).for_language(tongues[tag])


@pytest.mark.parametrize(
    ("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (103, 3), (111, 4)]
)
def test_arabic_counts_in_six_forms(tmp_path: Path, count: int, form: int) -> None:
    """Zero, one, two, few, many and other stand in this order, as in every gettext tool."""
    assert counted("ar", '"Language: ar\\n"\n', 6, tmp_path).ngettext(*COUNTED, count) == f"شكل {form}"


def test_a_catalogue_counts_by_its_header_whatever_else_is_there(tmp_path: Path) -> None:
    """Plural forms are read from their own line: a catalogue needs no line that names its language."""
    messages = counted("ar", "", 6, tmp_path)
    assert [messages.ngettext(*COUNTED, count) for count in (0, 2, 11, 100)] == ["شكل 0", "شكل 2", "شكل 4", "شكل 5"]


def test_shipped_arabic_counts_members_in_words() -> None:
    """What a reader sees for 2, 3, 11 and 100 members are four forms of the word."""
    tongues = build_languages(("ar",))
    messages = load_messages(CatalogFolder(TRANSLATIONS, "translations"), tongues, Problems(), strict=True).for_language(
        tongues["ar"]
    )
    said = [messages.ngettext(*COUNTED, count) % {"count": count} for count in (2, 3, 11, 100)]
    assert said == ["عضوان.", "3 أعضاء.", "11 عضواً.", "100 عضو."]


def test_a_new_message_comes_without_a_translation_and_an_old_one_goes(copy: Path) -> None:
    """What is new stands in each catalogue to be translated; what no page says any more is taken out; the rest stays."""
    template = copy / "themes/jisr/templates/404.html"
    text = template.read_text("utf-8")
    old = "Nothing stands at this address. The text may have moved, or the address may be incomplete."
    assert old in text
    template.write_text(text.replace(old, "Something new."), "utf-8")
    before = catalogue(copy / "translations/ar/LC_MESSAGES/messages.po")

    changed = update_catalogs(copy, ["ar"])

    assert [path.name for path in changed] == ["messages.pot", "messages.po"]
    after = catalogue(copy / "translations/ar/LC_MESSAGES/messages.po")
    new = after.get("Something new.")
    assert new is not None
    assert not new.string
    assert after.get(old) is None
    kept = {message.id: message.string for message in before if message.id not in ("", old)}
    assert {message.id: message.string for message in after if message.id not in ("", "Something new.")} == kept


def test_a_language_that_is_none_is_told(tmp_path: Path) -> None:
    """``inv messages`` asks for the catalogues of LANGUAGES: a tag that is none is an error of the settings, no traceback."""
    settings = tmp_path / "network.py"
    settings.write_text('LANGUAGES = ("ar", "xx1")\n', "utf-8")

    with pytest.raises(ProblemsError, match=r'network\.py:1:13: error\[setting\]: "xx1" is not the tag of a language\.'):
        read_languages({"LANGUAGES": ("ar", "xx1")}, str(settings))


def test_french_catalogue_of_pages_breaks_no_line_before_its_punctuation() -> None:
    """Before ; : ! ? and » and after « stands a no-break space in each French message of pages."""
    with (ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = [one for one in read_po(file) if one.id]
    strings = [text for one in messages for text in ([one.string] if isinstance(one.string, str) else one.string or ())]

    assert [text for text in strings if re.search(r" [;:!?»]|« ", text)] == []


def test_what_a_catalogue_lacks_is_one_warning(tmp_path: Path) -> None:
    """A language that the package does not ship has one line for all its messages: an own mistake would drown in more."""
    languages, problems = build_languages(["en", "tr"]), Problems()
    for file in ("messages.pot", "tr/LC_MESSAGES/messages.po"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(
            "".join(f'msgid "{word}"\nmsgstr ""\n\n' for word in ("", "News", "Pages", "Home")), "utf-8"
        )

    load_messages(CatalogFolder(tmp_path, "translations"), languages, problems, strict=True)

    told = [one for one in problems if "translations/tr/" in one.place.path]
    assert [(one.severity, dict(one.values)["number"]) for one in told] == [("warning", "2")]
