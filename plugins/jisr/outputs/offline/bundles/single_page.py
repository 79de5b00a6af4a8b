"""A page of the site as one file of HTML, with its styles and pictures in it, for passing on by telephone."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jisr.core.urls.media_types import media_type
from jisr.outputs.offline.bundles.page_links import SiteLink, absolute_link, parse_link, replace_links

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_MEDIA = "video, audio, object, embed, iframe"


def render_single_page(path: str, folder: Path, site_url: str) -> str:
    """Return a built page as one file: its links are whole URLs, and a film or recording is a link.

    Fonts stay out: they would be most of the file, and a telephone has some.
    """
    tree = LexborHTMLParser((folder / path).read_text("utf-8"))
    for node in tree.css(_MEDIA):
        _replace_media(node, path, site_url)
    for node in tree.css("picture"):
        _choose_small_picture(node)
    for node in tree.css("script:not([type='application/ld+json']), link[rel='icon'], link[rel='manifest'], picture > source"):
        node.decompose()
    for node in tree.css('meta[http-equiv="Content-Security-Policy"]'):
        node.attrs["content"] = POLICY
    for node in tree.css("img[src]"):
        _embed_picture(node, path, folder)
    sheets = tree.css('link[rel~="stylesheet"]')
    css = "".join(_read_style(node, path, folder) for node in sheets)
    for node in sheets:
        node.decompose()
    html = f"<!doctype html>\n{tree.html or ''}".replace("<!doctype html>\n<!DOCTYPE html>", "<!doctype html>\n", 1)
    html = html.replace("</head>", f"<style>{css}</style>\n</head>", 1)

    def whole(link: SiteLink) -> str:
        return link.fragment if link.path == path and link.fragment else absolute_link(site_url, link)

    return replace_links(path, html, whole).rstrip() + "\n"


def _replace_media(node: LexborNode, path: str, site_url: str) -> None:
    """Put a link to a film or recording in its place."""
    sources = [node, *node.css("source[src]")]
    value = next((found for one in sources if (found := one.attributes.get("src") or one.attributes.get("data"))), "")
    link = parse_link(path, value)
    address = absolute_link(site_url, link) if link else value
    made = LexborHTMLParser(f'<p><a href="{escape(address)}"><bdi dir="ltr">{escape(address)}</bdi></a></p>').css_first("p")
    if address and made is not None:
        node.replace_with(made)
    else:
        node.decompose()


def _choose_small_picture(node: LexborNode) -> None:
    """Let a picture be the one for readers who save data, where it has such a size."""
    small, image = node.css_first('source[media*="prefers-reduced-data"][srcset]'), node.css_first("img")
    if small is not None and image is not None:
        image.attrs["src"] = (small.attributes.get("srcset") or "").split(" ")[0]


def _embed_picture(node: LexborNode, path: str, folder: Path) -> None:
    """Put the bytes of a picture into its address; one that is not there, or not of this site, is shown by its words."""
    link = parse_link(path, node.attributes.get("src") or "")
    file = folder / link.path if link else None
    if file is None or not file.is_file():
        if not (node.attributes.get("src") or "").startswith("data:"):
            del node.attrs["src"]
        return
    node.attrs["src"] = f"data:{media_type(file.name)};base64,{base64.b64encode(file.read_bytes()).decode()}"
    for name in ("srcset", "sizes", "loading"):
        if name in node.attributes:
            del node.attrs[name]


def _read_style(node: LexborNode, path: str, folder: Path) -> str:
    """Return a stylesheet without fonts and pictures."""
    link = parse_link(path, node.attributes.get("href") or "")
    css = (folder / link.path).read_text("utf-8") if link else ""
    return _STYLE_URL.sub(lambda match: match[0] if match[1].startswith(("data:", "#")) else "none", _FONT_FACE.sub("", css))
