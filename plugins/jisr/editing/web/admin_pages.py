"""The pages of the web editor: a choice of language, and a page for each language that loads the program."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from jisr.core.build.build_context import ThemeAssets
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.urls import paths
from jisr.core.urls.content_policies import EDITOR_PAGE
from jisr.editing.model.vocabulary import load_vocabulary
from jisr.pages.layout import logo_view
from jisr.pages.views.component_views import LogoView

PROGRAM = f"{paths.ADMIN}program/"
_PROGRAM_PAGE = Markup(
    """<!doctype html>
<html lang="{tag}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="icon" href="{icon}">
<script type="module" src="../program/editor.js"></script>
</head>
<body>
<noscript>{script}</noscript>
</body>
</html>
"""
)


@dataclass(frozen=True, slots=True)
class EditorLink:
    """The link to the editor in a language."""

    language: Language
    url: str
    heading: str


@dataclass(frozen=True, slots=True)
class AdminView:
    """The page ``/admin/``: ``admin.html``."""

    language: Language
    title: str
    stylesheet: str
    icon: str
    logo: LogoView | None
    entrances: tuple[EditorLink, ...]


def admin_view(site: Site, assets: ThemeAssets) -> AdminView:
    """Return the page with the choice of language; it is in the first language of the site."""
    link = partial(paths.relative_url, paths.ADMIN)
    first = next(iter(site.languages))
    links = tuple(EditorLink(one, f"{one.tag}/", load_vocabulary(one).editor["heading"]) for one in site.languages)
    logo = logo_view(assets.logo, link)
    return AdminView(first, _page_title(site, first), link(assets.stylesheet), link(assets.icon), logo, links)


def program_page(site: Site, language: Language, icon: str) -> bytes:
    """Return the page that loads the program with the configuration of a language."""
    here = f"{paths.ADMIN}{language.tag}/"
    return _PROGRAM_PAGE.format(
        tag=language.tag,
        direction=language.direction,
        title=_page_title(site, language),
        icon=paths.relative_url(here, icon),
        policy=Markup(EDITOR_PAGE),  # noqa: S704 (a constant)
        script=load_vocabulary(language).editor["script"],
    ).encode()


def _page_title(site: Site, language: Language) -> str:
    network = site.network.text_in(site.network.names, language, site.languages).text
    return f"{load_vocabulary(language).editor['heading']} – {network}"
