"""Design tokens, parsed from the stylesheet of the theme, and the contrast of its colours."""

from __future__ import annotations

import re

from jisr.content.settings.colors import BACKGROUNDS, Tokens, contrast_ratio, read_scheme
from jisr.core.frozen import dataclass

_FONT_SIZE = re.compile(r"--(?!gutter)([\w-]+): clamp\(")  # the gutter is responsive, too, but no font size
_SPACE = re.compile(r"\.space-(\w+)\b")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour token: its value in the light and the dark scheme, and its contrast on each background in both."""

    name: str
    light: str
    dark: str
    on_light: tuple[tuple[str, str], ...] = ()
    on_dark: tuple[tuple[str, str], ...] = ()


def parse_colours(css: str) -> tuple[Colour, ...]:
    """Return the colours of a stylesheet in source order.

    >>> sheet = ":root { --paper: #ffffff; --ink: #000000; }"
    >>> [(one.name, one.on_light) for one in parse_colours(sheet)]
    [('paper', ()), ('ink', (('paper', '21.0'),))]
    """
    scheme = read_scheme(css)
    light, dark = scheme.light, scheme.dark
    return tuple(
        Colour(name, light[name], dark[name], _contrast_ratios(name, light), _contrast_ratios(name, dark)) for name in light
    )


def _contrast_ratios(name: str, scheme: Tokens) -> tuple[tuple[str, str], ...]:
    if name in BACKGROUNDS:
        return ()
    return tuple((ground, f"{contrast_ratio(scheme[name], scheme[ground]):.1f}") for ground in BACKGROUNDS if ground in scheme)


def parse_font_sizes(css: str) -> tuple[str, ...]:
    """Return the names of the font sizes of a stylesheet in source order.

    >>> parse_font_sizes("--small: clamp(1rem, 2vw, 2rem);")
    ('small',)
    """
    return tuple(_FONT_SIZE.findall(css))


def parse_spaces(css: str) -> tuple[str, ...]:
    """Return the names of the spaces in the stylesheet of the style guide, which are their sizes in pixels.

    >>> parse_spaces(".space-4 { inline-size: 0.25rem }")
    ('4',)
    """
    return tuple(dict.fromkeys(_SPACE.findall(css)))
