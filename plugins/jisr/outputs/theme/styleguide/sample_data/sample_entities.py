"""Sample commitments, contacts and roles."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from jisr.core.model.document import LocalizedText
from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import language_anchor, make_words, sample_resolutions, sample_row
from jisr.outputs.theme.styleguide.views import SampleView

STATES = ("kept", "open", "overdue")


def sample_commitments(example: Example) -> tuple[SampleView, ...]:
    """Return a commitment in each state."""
    reply = (SampleView("ReplyView", text=sample_row(example, "conferences"), kept=True),)
    resolution = sample_resolutions(example)[0]
    url = language_anchor(example.language)
    days = (None, None, date(2012, 12, 31))
    return tuple(
        SampleView(
            "CommitmentView",
            resolution=resolution,
            id=state,
            url=url,
            state=state,
            due=due,
            replies=reply if state == "kept" else (),
        )
        for state, due in zip(STATES, days, strict=True)
    )


def sample_answers(example: Example) -> tuple[SampleView, ...]:
    """Return a resolution that a text answers."""
    statement, url = sample_row(example, "statements"), language_anchor(example.language)
    heading = make_words(example["statement"]["topic"], example.language)
    return (SampleView("AnswerView", statement=statement, number="5", heading=heading, name=None, url=url, kept=True),)


def sample_channels(example: Example, *names: str) -> tuple[SampleView, ...]:
    """Return links to channels."""
    return tuple(SampleView("ChannelLink", name=name, url=language_anchor(example.language)) for name in names)


def sample_share(example: Example) -> SampleView:
    """Return the ways to pass a text on."""
    links = sample_channels(example, "mail", "telegram", "whatsapp", "facebook")
    return SampleView("ShareView", links=links, copied="https://example.org/", code="")


def sample_thread(example: Example, others: tuple[Example, ...]) -> SampleView:
    """Return the replies to a text in the languages of all examples, each below the one before it."""
    written = (example, *others)
    entries: list[SampleView] = []
    for number, one in enumerate(written):
        name, body = one["member"]["own"], Markup("<p>{}</p>").format(one["post"]["title"])
        words = LocalizedText(name, one.language)
        before = entries[-1] if entries else None
        entries.append(
            SampleView(
                "ThreadEntry",
                anchor=f"reply-{number}",
                author=words,
                day=date(2012, 12, 20 + number),
                language=one.language,
                body=body,
                site="" if number else language_anchor(one.language),
                depth=min(number, 3),
                answered=before.author if before else None,
                answered_url=f"#{before.anchor}" if before else "",
            )
        )
    url = language_anchor(example.language)
    return SampleView(
        "ThreadView",
        entries=tuple(entries),
        closed=False,
        imported=True,
        feed_url=url,
        offers=sample_channels(example, "mail", "signal"),
        form=SampleView("ReplyFormView", action="#", text="news/flood ar"),
    )


def sample_contact(example: Example) -> SampleView:
    """Return a contact with every field."""
    return SampleView(
        "ContactView",
        email="post@example.org",
        mailing_list="list@lists.example.org",
        phone="+44 7700 900123",
        phone_url="tel:+447700900123",
        signal="insm.01",
        signal_url="",
        pgp_url=language_anchor(example.language),
        fingerprint="0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567",
        place=(make_words(example["conference"]["city"], example.language),),
        card_url=language_anchor(example.language),
    )


def sample_roles(example: Example) -> tuple[SampleView, ...]:
    """Return the roles of an organisation that signed a statement and supported a conference."""
    pairs = (("signed", "statements"), ("supported", "conferences"))
    return tuple(SampleView("RoleView", role=role, rows=(sample_row(example, kind),)) for role, kind in pairs)
