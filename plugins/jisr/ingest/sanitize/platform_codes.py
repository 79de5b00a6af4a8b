"""Codes of plugins that a platform did not replace: a film or an address in one becomes a link, the others go.

So does an address that stands alone in a text, since platforms show what it leads to.
"""

from __future__ import annotations

import re

from jisr.ingest.sanitize.media import media_caption
from jisr.ingest.sanitize.node_tree import HtmlNode

_FILMS = {
    "youtube": "https://www.youtube.com/watch?v={}", "youtu": "https://www.youtube.com/watch?v={}", "yt": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}", "dailymotion": "https://www.dailymotion.com/video/{}", "soundcloud": "https://soundcloud.com/{}",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]{}|]+")
_NAMES = (
    r"load(?:position|module|moduleid|modules)|module(?:pos|id)?|youtube(?:popup)?|youtu|yt|vimeo|dailymotion"
    r"|soundcloud|mp3|mp4|avi|flv|audio|video|playlist"
    r"|gallery|phocagallery|phocadownload|edocs|rsform|rsfirewall|chronoforms\d?|jcomments|jumi|source|emailcloak"
    r"|snippet|mosimage|mospagebreak"
    r"|slider|sliders|slide|tabs?|accordions?|modal|tooltip|tip|widgetkit|articles?anywhere|simplepopup|social|facebook"
    r"|fblike|tweet|plusone|pgslideshow"
    r"|caption|embed|wp_caption|contact-form(?:-7)?|wpforms|ninja_forms?|gravityforms?|mc4wp_form|newsletter\w*"
    r"|mailpoet\w*|table|tablepress|ngg\w*|nggallery"
    r"|slideshow|rev_slider|layerslider|smartslider\d?|googlemap|wpgmza|toggle|spacer|divider|separator|dropcap"
    r"|pullquote|sociallocker|adsense|the_ad\w*"
    r"|elementor-template|do_widget|column\w*|one_half\w*|one_third\w*|two_third\w*|row|section|button|icon|highlight"
    r"|(?:vc|et_pb|fusion|su|sc|av|tie|wpdm)_\w+"
)
_CODE = re.compile(
    rf"[{{\[](?P<paired>{_NAMES})\b(?P<options>(?:[\s=:][^\[\]{{}}]*)?)[}}\]](?P<inner>[^\[\]{{}}]{{0,500}}?)[{{\[]/(?P=paired)[}}\]]"
    rf"|[{{\[](?P<end>/?)(?P<single>{_NAMES})\b(?P<stated>(?:[\s=:/][^\[\]{{}}]*)?)[}}\]]"
    r"|\[/?[a-z][\w-]*(?P<attributes>(?:\s+[a-z][\w-]*=(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|”[^”\[\]]*”|″[^″\[\]]*″))+)\s*/?\]",
    re.IGNORECASE,
)
_CERTAIN_NAMES = re.compile(
    r"load\w+|phoca\w+|edocs|rsform|rsfirewall|chronoforms\d?|jcomments|jumi|emailcloak|mos\w+|widgetkit"
    r"|(?:wp_)?caption|gallery|contact-form\S*"
    r"|wpforms|ninja_forms?|gravityforms?|mc4wp_form|mailpoet\w*|tablepress|ngg\w*|rev_slider|layerslider|smartslider\d?|wpgmza"
    r"|the_ad\w*|elementor-template|do_widget|sociallocker|(?:vc|et_pb|fusion|su|sc|av|tie|wpdm)_\w+",
    re.IGNORECASE,
)
_TEXT_NAMES = re.compile(
    r"caption|wp_caption|highlight|dropcap|pullquote|toggle|column\w*|one_\w+|two_\w+|row|section|(?:vc|et_pb|fusion|su"
    r"|sc|av|tie)_\w+|tabs?|accordions?|sliders?"
)


def replace_codes(node: HtmlNode) -> int:
    """Replace the codes in the text of an element, but for code. Returns how many were replaced."""
    count = 0
    children: list[HtmlNode | str] = []
    for child in node.children:
        if isinstance(child, HtmlNode):
            count += replace_codes(child) if child.name not in ("code", "pre", "kbd", "samp", "script", "style") else 0
            children.append(child)
        elif "{" in child or "[" in child or "://" in child:
            parts, found = _split_codes(child)
            children += [
                part
                for text in parts
                for part in (_link_addresses(text) if isinstance(text, str) and node.name != "a" else [text])
            ]
            count += found
        else:
            children.append(child)
    node.children = children
    return count


def _split_codes(text: str) -> tuple[list[HtmlNode | str], int]:
    """Return a text with links in place of codes, and the number of codes."""
    parts: list[HtmlNode | str] = []
    count, position = 0, 0
    for match in _CODE.finditer(text):
        if _is_code(match):
            parts += [text[position : match.start()], *_replacement(match)]
            position, count = match.end(), count + 1
    return [part for part in [*parts, text[position:]] if part], count


def _is_code(match: re.Match[str]) -> bool:
    """Whether words in brackets are a code: some names are always, others with an end, an option or an address."""
    name, stated = match["single"], match["stated"] or ""
    is_film = name and name.lower() in _FILMS and re.fullmatch(r"[\s=:]*(?=\S*\d)[\w-]{2,40}\s*", stated)
    return not name or bool(match["end"] or "=" in stated or "://" in stated or is_film or _CERTAIN_NAMES.fullmatch(name))


def _replacement(match: re.Match[str]) -> list[HtmlNode | str]:
    name = (match["paired"] or match["single"] or "").lower()
    inner = (match["inner"] or "").strip()
    stated = f"{match['options'] or match['stated'] or match['attributes'] or ''} {inner}"
    film = re.fullmatch(r"[\w-]{2,40}", inner or stated.strip(" =:|"))
    if name in _FILMS and film and not match["end"]:
        return [HtmlNode("a", {"href": _FILMS[name].format(film[0])}, ["YouTube" if name == "yt" else name.capitalize()])]
    return [f" {inner} "] if inner and _TEXT_NAMES.fullmatch(name) else _link(stated)


def _link(text: str) -> list[HtmlNode | str]:
    match = _ADDRESS.search(text)
    return [HtmlNode("a", {"href": match[0]}, [media_caption({}, match[0])])] if match else []


def _link_addresses(text: str) -> list[HtmlNode | str]:
    """Return a text with its bare addresses as links."""
    parts: list[HtmlNode | str] = []
    position = 0
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(".,;:!?…)»”’'\"،؛؟")
        parts += [text[position : match.start()], HtmlNode("a", {"href": url}, [url])]
        position = match.start() + len(url)
    return [part for part in [*parts, text[position:]] if part]
