"""What a fork changed of the theme and the words: templates that take the place of the program's, catalogues, colours."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from jisr.content.catalogs.extraction import empty_catalog, format_catalog
from jisr.content.settings.colors import read_scheme
from jisr.content.settings.defaults import OWN_TEMPLATES
from jisr.core.build.resources import THEME, TRANSLATIONS
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.editing.sites.file_changes import merge_versions

TEMPLATES = "themes/jisr/templates/"
TOKENS = "themes/jisr/static/css/tokens.css"


@dataclass(frozen=True, slots=True)
class ForkedFile:
    """A file as a fork has it and as the program had it where the fork began; one of None was not there."""

    path: str
    present: bytes | None
    base: bytes | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """The files that come of a forked one, the templates they override, and what somebody should look at."""

    files: Mapping[str, bytes]
    problems: Sequence[Problem] = ()
    overridden: str = ""


def convert_template(file: ForkedFile) -> Conversion:
    """Return a changed or own template as one of a site: its changes on the program's template of today."""
    name, place = file.path.removeprefix(TEMPLATES), SourceLocation(file.path)
    target, today = f"{OWN_TEMPLATES}/{name}", THEME / "templates" / name
    if file.present is None:
        text = '"{path}" was taken out here, and the program has it: it is shown again. Empty it by {target} if it must not be.'
        return Conversion({}, [Problem.warning(place, "fork", text, path=name, target=target)])
    if not today.is_file():
        text = '"{path}" takes the place of no template of the program any more. It is in {target}: use it there, or delete it.'
        return Conversion(
            {target: file.present},
            [] if file.base is None else [Problem.warning(place, "fork", text, path=name, target=target)],
        )
    original = today.read_bytes()
    merged = merge_versions(file.present, file.base or b"", original) if file.base is not None else None
    if merged is None:
        text = (
            '"{path}" was changed here where the program has changed it, too. Yours is in {target}: run '
            '"jisr override {name}", take over what you want, and delete it.'
        )
        return Conversion(
            {f"{target}.old": file.present},
            [Problem.warning(place, "fork", text, path=name, target=f"{target}.old", name=name)],
        )
    return Conversion({} if merged == original else {target: merged}, overridden="" if merged == original else name)


def convert_colors(file: ForkedFile) -> tuple[dict[str, tuple[str, str]], bool]:
    """Return the colours that a fork chose, light and dark, by their roles, and whether it changed more of the file."""
    today, own, base = (
        read_scheme(css)
        for css in ((THEME / "static/css/tokens.css").read_text("utf-8"), _text(file.present), _text(file.base))
    )
    chosen = {
        role: (own.light[role], own.dark[role])
        for role in today.light
        if role in own.light and (own.light[role], own.dark[role]) != (base.light.get(role), base.dark.get(role))
    }
    rest = _text(file.base)
    for role, (light, dark) in chosen.items():
        for old, new in ((base.light.get(role), light), (base.dark.get(role), dark)):
            rest = rest.replace(f"--{role}: {old};", f"--{role}: {new};")
    return chosen, rest != _text(file.present)


def convert_catalog(file: ForkedFile, tag: str) -> Conversion:
    """Return the words that a fork has otherwise than the program, as a catalogue of a site."""
    place = SourceLocation(file.path)
    try:
        own, base, packaged = (_read(data) for data in (file.present, file.base, _packaged(tag)))
        known = _read((TRANSLATIONS / "messages.pot").read_bytes())
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        text = '"{path}" cannot be read: {reason}. Its words are in the history of git.'
        return Conversion({}, [Problem.warning(place, "fork", text, path=file.path, reason=str(error))])
    changed = [one for one in own if one.id and any(_strings(one)) and _strings(one) != _strings(_find(base, one))]
    kept = [one for one in changed if _find(known, one) and _strings(one) != _strings(_find(packaged, one))]
    lost = [str(_key(one)) for one in changed if not _find(known, one)]
    problems = []
    if lost:
        text = "Translations left out, since the program does not show these words any more: {number}, as {words}."
        shown = ", ".join(f"“{word}”" for word in lost[:3])
        problems.append(Problem.warning(place, "fork", text, number=len(lost), words=shown))
    target = f"translations/{tag}/LC_MESSAGES/messages.po"
    return Conversion({target: _write(kept, tag)} if kept else {}, problems)


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")


def _packaged(tag: str) -> bytes | None:
    file = TRANSLATIONS / tag / "LC_MESSAGES" / "messages.po"
    return file.read_bytes() if file.is_file() else None


def _read(data: bytes | None) -> Catalog:
    return read_po(io.BytesIO(data or b""), charset="utf-8", abort_invalid=True)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _find(catalog: Catalog, message: Message) -> Message | None:
    return catalog.get(_key(message), message.context)


def _strings(message: Message | None) -> tuple[str, ...]:
    if message is None:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _write(messages: Sequence[Message], tag: str) -> bytes:
    catalog = empty_catalog(tag)
    for message in messages:
        catalog.add(message.id, message.string, context=message.context)
    return format_catalog(catalog)
