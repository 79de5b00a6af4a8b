"""Why a mail becomes no reply, and why one waits for a person."""

from __future__ import annotations

from jisr.core.diagnostics.problems import Phrase, phrase

HELD = {
    "links": phrase("it has links"),
    "pictures": phrase("it had pictures, which were left out"),
    "attachments": phrase("files came with it, which were left out"),
    "script": phrase("it had a script, which was left out"),
    "tracker": phrase("it had a picture that reports who opens the mail, which was left out"),
    "contact": phrase("it has an address or a phone number"),
    "name": phrase("its author has the name of somebody on this site"),
    "language": phrase("its language is not sure"),
    "texts": phrase("it names several texts"),
    "letters": phrase("some of its letters were lost"),
}
"""The words of the field ``held`` of a reply -> what they say."""


class MailRefusedError(Exception):
    """A mail that becomes no reply. ``silent``: nobody is told, since a program wrote it, or it was here before."""

    def __init__(self, reason: Phrase, silent: bool = False) -> None:
        super().__init__(str(reason))
        self.reason, self.silent = reason, silent


class MailDeferredError(Exception):
    """A mail that cannot be taken now, and can be later."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(str(reason))
        self.reason = reason
