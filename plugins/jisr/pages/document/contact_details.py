"""How an organisation, a workgroup, a person or the network itself is reached, as its page shows it."""

from __future__ import annotations

from jisr.core.i18n.numbers import to_ascii_digits
from jisr.core.model.document import Contact, Document, TranslationSet
from jisr.core.model.entities import has_contact_card
from jisr.core.urls import paths
from jisr.core.urls.contact_addresses import dial_uri, group_fingerprint, signal_url
from jisr.pages.links import Linker
from jisr.pages.views.entity_views import ContactView


def contact_view(document: Document, linker: Linker, card_of: TranslationSet | None = None) -> ContactView | None:
    """Return the means of contact of a text, or None where it states none; ``card_of``: whose card the site may have."""
    contact = document.contact
    has_card = card_of is not None and has_contact_card(card_of)
    if contact == Contact() and not has_card:
        return None
    pgp = paths.bundle_file_path(document.kind, document.id, contact.pgp) if contact.pgp else ""
    place = contact.place
    return ContactView(
        email=contact.email,
        mailing_list=contact.mailing_list,
        phone=to_ascii_digits(contact.phone),
        phone_url=dial_uri(contact.phone),
        signal=_signal_name(contact.signal),
        signal_url=signal_url(contact.signal),
        pgp_url=linker.url(pgp) if pgp else "",
        fingerprint=group_fingerprint(contact.fingerprint),
        place=tuple(one for one in (place.name, place.city, place.country) if one),
        card_url=linker.url(paths.contact_card(*document.key)) if has_card else "",
    )


def _signal_name(account: str) -> str:
    """Return an account as it is shown: of the link of a username, which is long and says nothing, the host alone."""
    return "signal.me" if account.startswith("https:") else account
