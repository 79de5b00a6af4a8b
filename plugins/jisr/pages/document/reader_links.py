"""How a reader passes a text on or answers it: addresses that ask nobody anything before they are followed."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from markupsafe import Markup

from jisr.core.bidi.marks import add_direction_marks
from jisr.core.i18n.catalogs import Catalogs
from jisr.core.i18n.languages import Language
from jisr.core.i18n.ui_strings import SENTENCES
from jisr.core.model.channels import addresses_for, to_url
from jisr.core.model.document import Document
from jisr.core.model.replies import takes_replies
from jisr.pages.document.qr_code import code_address
from jisr.pages.links import Linker
from jisr.pages.views.component_views import ChannelLink, ShareView
from jisr.pages.views.entity_views import ReplyFormView

_LINE_END = "\r\n"  # in a mail (RFC 6068, 5)
_SHARE: dict[str, Callable[[str, str], str]] = {  # of a title and an address, both encoded
    "mail": lambda title, url: f"mailto:?subject={title}&body={title}%0D%0A%0D%0A{url}",
    "telegram": lambda title, url: f"https://t.me/share/url?url={url}&text={title}",
    "whatsapp": lambda title, url: f"https://wa.me/?text={title}%0A{url}",
    "facebook": lambda _title, url: f"https://www.facebook.com/sharer/sharer.php?u={url}",
}


def _encode(words: str) -> str:
    return quote(words, safe="")


def share_view(document: Document, linker: Linker) -> ShareView | None:
    """Return the ways to pass a version on; None for a hidden one, whose address is for those who were given it."""
    wanted = linker.site.channels.share
    if not wanted or document.status != "published":
        return None
    url = linker.site.text_url(document)
    encoded = _encode(add_direction_marks(document.title, document.language)), _encode(url)
    links = tuple(ChannelLink(name, _SHARE[name](*encoded)) for name in wanted if name in _SHARE)
    code = code_address(document, linker.site)
    return ShareView(links, url if "copy" in wanted else "", linker.url(code) if code else "")


def reply_links(document: Document, linker: Linker, messages: Catalogs) -> tuple[ChannelLink, ...]:
    """Return the ways to answer a version: a mail with a short form that names it, and the messengers of the network."""
    channels = linker.site.channels
    if not takes_replies(document, channels, linker.site.replies.get(document.key, ())):
        return ()
    addresses = addresses_for(channels.replies, linker.language)
    return tuple(
        ChannelLink(name, f"mailto:{address}?{_reply_form(document, messages)}" if name == "mail" else to_url(address))
        for name, address in addresses.items()
    )


def reply_form(document: Document, linker: Linker) -> ReplyFormView | None:
    """Return the form to answer a version on its page; None where there is none, and in copies that open from a disk."""
    site = linker.site
    if not site.channels.reply_form or site.policy.from_disk:
        return None
    if not takes_replies(document, site.channels, site.replies.get(document.key, ())):
        return None
    return ReplyFormView(site.channels.reply_form, f"{document.kind}/{document.id} {document.language.tag}")


def _reply_form(document: Document, messages: Catalogs) -> str:
    """Return subject and body of a mail about a version; what names it is in ASCII, so that programs can read it."""
    language = document.language
    name = f"[{document.kind}/{document.id} {language.tag}]"
    form = [_line(SENTENCES[one], messages, language) for one in ("reply name", "reply words")]
    subject = f"{name} {add_direction_marks(document.title, language)}"
    return f"subject={_encode(subject)}&body={_encode(_LINE_END.join([form[0], '', form[1], '', '', name]))}"


def _line(message: str, messages: Catalogs, language: Language) -> str:
    text = messages.for_language(language).gettext(message)
    words = message if isinstance(text, Markup) else text
    return f"{add_direction_marks(words, language)}:"
