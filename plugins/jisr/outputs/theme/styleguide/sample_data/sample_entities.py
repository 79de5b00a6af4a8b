"""Commitments, contacts and roles as components ask for them."""

from __future__ import annotations

from datetime import date

from jisr.outputs.theme.styleguide.examples import Example
from jisr.outputs.theme.styleguide.sample_data.sample_rows import here, resolutions, row
from jisr.outputs.theme.styleguide.views import Part

STATES = ("kept", "open", "overdue")


def commitments(example: Example) -> tuple[Part, ...]:
    """Give a commitment in each state it may have."""
    reply = (Part("ReplyView", {"text": row(example, "conferences"), "kept": True}),)
    resolution = resolutions(example)[0]
    url = here(example.language)
    days = (None, None, date(2012, 12, 31))
    return tuple(
        Part(
            "CommitmentView",
            {
                "resolution": resolution,
                "id": state,
                "url": url,
                "state": state,
                "due": due,
                "replies": reply if state == "kept" else (),
            },
        )
        for state, due in zip(STATES, days, strict=True)
    )


def answers(example: Example) -> tuple[Part, ...]:
    """Give a resolution that a text answers."""
    fields = {"statement": row(example, "statements"), "number": "2.5", "url": here(example.language), "kept": True}
    return (Part("AnswerView", fields),)


def contact(example: Example) -> Part:
    """Give how one is reached, with every line there may be."""
    fields = {
        "email": "post@example.org",
        "mailing_list": "list@lists.example.org",
        "phone": "00 964 770 88 66 150",
        "signal": "insm.01",
        "pgp_url": here(example.language),
    }
    return Part("ContactView", fields)


def roles(example: Example) -> tuple[Part, ...]:
    """Give what an organisation did: it supported a conference and signed a statement."""
    pairs = (("signed", "statements"), ("supported", "conferences"))
    return tuple(Part("RoleView", {"role": role, "rows": (row(example, kind),)}) for role, kind in pairs)
