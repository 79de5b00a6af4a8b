"""The looks of a site that its settings state: colours, logo, fonts, and what its languages ask of the theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jisr.content.settings.colors import ColorScheme, choose_colors, read_scheme, write_rules
from jisr.content.settings.look.logo import Logo, LogoFile, read_logo
from jisr.content.settings.settings import read_languages, setting_place
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import Problem, ProblemsError
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.outputs.theme.assets.bundle import hashed_address

_LANGUAGES_SHEET = "languages.css"
_LOGO_RULES = (
    ".mark:is(img){{inline-size:auto;block-size:{height}px;max-inline-size:100%;object-fit:contain}}"
    "@media (max-width:47.99rem){{.at-home .masthead-name{{display:block}}}}"
)
# Not a source of the picture: what readers take away has one size of each picture, and the files that styles name.
_DARK_LOGO_RULES = "@media (prefers-color-scheme:dark){{.mark:is(img){{content:url({name})}}}}"


@dataclass(frozen=True, slots=True)
class OwnLook:
    """What a site adds to the theme: rules of CSS, a further stylesheet of the theme or none, files by their addresses."""

    rules: str
    sheet: str
    files: dict[str, bytes]
    logo: Logo | None
    colors: ColorScheme  # all of them, those of the theme among them


def read_own_look(context: BuildContext, theme: Path) -> OwnLook:
    """Return the looks of a site; what is wrong with its settings goes to the problems."""
    files: dict[str, bytes] = {}
    tokens = theme / "static" / "css" / "tokens.css"
    scheme = read_scheme(tokens.read_text("utf-8") if tokens.is_file() else "")
    chosen, logo, languages = _read_colors(context, scheme), _read_logo(context), _read_languages(context)
    own = frozenset(file.stem for file in (theme / "examples").glob("*.md"))  # the languages that the theme was made in
    is_foreign = languages is not None and any(one.tag not in own for one in languages)
    rules = []
    if languages is not None and (is_foreign or context.settings.get("FONTS") is not None):
        from jisr.content.settings.look.font_rules import write_language_rules

        rules = [write_language_rules(languages, own), *_write_fonts(context, theme, languages, files)]
    if logo is not None:
        files |= {logo_address(file): file.data for file in (logo.file, logo.icon, logo.dark) if file is not None}
        rules.append(_LOGO_RULES.format(height=logo.height))
        if logo.dark is not None:
            rules.append(_DARK_LOGO_RULES.format(name=logo_address(logo.dark).removeprefix("theme/")))
    has_sheet = is_foreign and (theme / "static" / "css" / _LANGUAGES_SHEET).is_file()
    colors = ColorScheme({**scheme.light, **chosen.light}, {**scheme.dark, **chosen.dark})
    return OwnLook("".join([*rules, write_rules(chosen)]), _LANGUAGES_SHEET if has_sheet else "", files, logo, colors)


def logo_address(file: LogoFile) -> str:
    """Return the address of a file of the logo."""
    return hashed_address(file.name, file.data)


def _read_colors(context: BuildContext, scheme: ColorScheme) -> ColorScheme:
    """Return the colours that the site states; those that cannot be read are errors."""
    setting = context.settings.get("COLORS")
    if setting is None:
        return ColorScheme({}, {})
    chosen, faults = choose_colors(setting, scheme)
    place = setting_place("COLORS", context.run.settings_path)
    context.problems.add(*(Problem.error(place, "setting", "{reason}", reason=one) for one in faults))
    return chosen


def _read_logo(context: BuildContext) -> Logo | None:
    """Return the logo of the site; what is wrong with it is an error."""
    setting, path = context.settings.get("LOGO"), context.run.settings_path
    if setting is None:
        return None
    logo, problems = read_logo(setting, Path(path).resolve().parent, setting_place("LOGO", path))
    context.problems.add(*problems)
    return logo


def _read_languages(context: BuildContext) -> Languages | None:
    """Return the languages of the site, which is not read yet; None where they are wrong, which is reported then."""
    try:
        return read_languages(context.settings, context.run.settings_path)
    except ProblemsError:
        return None


def _write_fonts(context: BuildContext, theme: Path, languages: Languages, files: dict[str, bytes]) -> Iterator[str]:
    """Return the rules of the fonts of the site, and add these to ``files``; those that cannot be used are errors."""
    setting, run = context.settings.get("FONTS"), context.run
    if setting is None:
        return
    from jisr.content.settings.look.font_rules import write_font_rules
    from jisr.content.settings.look.typefaces import MOST_BYTES, TypefaceMaker, read_typefaces

    folder, place = Path(run.settings_path).resolve().parent, setting_place("FONTS", run.settings_path)
    typefaces, faults = read_typefaces(setting, languages, folder)
    context.problems.add(*(Problem.error(place, "setting", "{reason}", reason=one) for one in faults))
    for typeface in typefaces:
        fonts = tuple(TypefaceMaker(folder / ".cache" / "fonts", run.clock or run.now).web_fonts(typeface))
        if heavy := [one for one in fonts if len(one.data) > MOST_BYTES]:
            text = (
                '"{value}" is too large for pages: its letters of {key} have {size} bytes, {most} are allowed. Name one with '
                "fewer letters, or leave it out: readers then see a font of their device."
            )
            values = {"value": typeface.files[0].name, "key": typeface.key, "size": len(heavy[0].data), "most": MOST_BYTES}
            context.problems.add(Problem.error(place, "setting", text, **values))
            continue
        addresses = {one.name: hashed_address(one.name, one.data) for one in fonts}
        files |= {addresses[one.name]: one.data for one in fonts}
        named = {name: address.removeprefix("theme/") for name, address in addresses.items()}
        yield write_font_rules(typeface, fonts, named, languages, theme)
