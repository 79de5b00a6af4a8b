"""``jisr receive``: mails become proposals, each a branch with one reply; nothing is published, and nobody is written to."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jisr.core.build.build_context import BuildContext
from jisr.core.build.run_context import build_time
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.editing.editing_context import create_context
from jisr.editing.receive.form_post import answer_form_post, is_form_post
from jisr.editing.receive.handled_mails import HandledMails
from jisr.editing.receive.mail_files import STANDARD_INPUT, FoundMail, find_mails, holds_many
from jisr.editing.receive.mail_parts import Mail, read_mail
from jisr.editing.receive.mail_server import listen, parse_listen_address
from jisr.editing.receive.proposal import BASE, Proposal, ProposalWriter, open_repository, proposal_message
from jisr.editing.receive.refusals import HELD, MailDeferredError, MailRefusedError

if TYPE_CHECKING:
    from jisr.editing.receive.reply_draft import ReplyDraft

_REPEATED = phrase("These words are there already. Nothing is to be done.")
LATER = 75  # the exit code by which a mail server keeps a mail and tries again (sysexits.h)


@dataclass(frozen=True, slots=True)
class ReceiveOptions:
    """Where the mails are, and what becomes of their proposals.

    ``listen``: a port of this machine, where mails come. ``pipe``: a mail server hands a mail over, and must not send it back.
    ``push``: the remote that gets the branches. ``most``: proposals a day. ``waits``: each reply is a draft, which is shown
    when somebody takes that line out.
    """

    path: str = STANDARD_INPUT
    listen: str = ""
    pipe: bool = False
    push: str = ""
    most: str = "50"
    waits: bool = False


SiteReader = Callable[[Callable[[BuildContext], int]], int]
"""Reads the site anew and hands it on; returns an exit code."""


Reporter = Callable[[Iterable[Problem], MessageFormatter], None]


def receive(context: BuildContext, options: ReceiveOptions, read_again: SiteReader, report: Reporter) -> int:
    """Make proposals of mails, print their branches, and return the exit code; of several mails a refused one is a warning."""
    _check_packages("nh3", *(["aiosmtpd"] if options.listen else []))
    desk = ReplyDesk(context, options)
    if is_form_post(os.environ) and options.path == STANDARD_INPUT:
        return _answer_browser(desk)
    if options.listen:
        return _listen(desk, options, read_again)
    if options.pipe:
        return _take_from_server(desk, options.path)
    problems: list[Problem] = []
    is_many = holds_many(options.path)
    for mail in find_mails(options.path):
        try:
            desk.take(mail.data, is_many)
        except MailRefusedError as error:
            problems += _refusal(mail, error, is_many)
        except MailDeferredError as error:
            problems.append(Problem.error(mail.place, "receive", error.reason.text, **dict(error.reason.values)))
    report(problems, context.formatter)
    return 1 if any(one.severity == "error" for one in problems) else 0


def _refusal(mail: FoundMail, error: MailRefusedError, is_many: bool) -> list[Problem]:
    """Return what is told of a refused mail: among others a warning, or nothing of what programs wrote."""
    if is_many and error.silent:
        return []
    make = Problem.warning if is_many else Problem.error
    return [make(mail.place, "receive", error.reason.text, **dict(error.reason.values))]


def _take_from_server(desk: ReplyDesk, path: str) -> int:
    """Take a mail from a mail server, which answers its sender where the exit code says so: never with a refusal."""
    for mail in find_mails(path):
        try:
            desk.take(mail.data)
        except MailRefusedError as error:
            desk.tell(error.reason)
        except MailDeferredError as error:
            desk.tell(error.reason)
            return LATER
    return 0


def _answer_browser(desk: ReplyDesk) -> int:
    """Take what a form says from the standard input, and answer a browser on the standard output."""
    with redirect_stdout(sys.stderr):
        answer = answer_form_post(os.environ, sys.stdin.buffer, desk.take_mail, desk.context.site, desk.context.formatter)
    sys.stdout.write(answer)
    return 0


def _listen(desk: ReplyDesk, options: ReceiveOptions, read_again: SiteReader) -> int:
    address = parse_listen_address(options.listen)

    def take(data: bytes) -> None:
        desk.refresh(read_again)
        desk.take(data)

    def started(host: str, port: int) -> None:
        text = "Taking mails at {host}:{port}. Ctrl+C ends it."
        print(desk.context.formatter.format(phrase(text, host=host, port=port)), flush=True)

    with suppress(KeyboardInterrupt):
        asyncio.run(listen(address, take, desk.tell, started))
    return 0


def _parse_most(value: str) -> int:
    if not value.isdecimal() or not int(value):
        text = '"{value}" is no number of replies. Write one above 0, as --most 50.'
        raise ProblemsError(Problem.error(SourceLocation("--most"), "receive", text, value=value))
    return int(value)


def _check_packages(*names: str) -> None:
    for name in (one for one in names if importlib.util.find_spec(one) is None):
        text = '"{package}" is not installed. Install the extra: pip install "jisr[receive]"'
        raise ProblemsError(Problem.error(SourceLocation("jisr receive"), "receive", text, package=name))


class ReplyDesk:
    """Makes proposals of mails, with the site as it was read last."""

    def __init__(self, context: BuildContext, options: ReceiveOptions) -> None:
        """Open the repository of the content folder. Raises ProblemsError where there is none, or no site."""
        self.context, self.options = context, options
        create_context(context)
        host = urlsplit(context.site.url).hostname or "localhost"
        root, shown = Path(context.settings["PATH"]), context.run.content_path
        self.writer: ProposalWriter = open_repository(root, shown, host, options.push)
        folder = Path(context.settings["SETTINGS_SHOWN"]).absolute().parent / ".cache" / "receive"
        self.handled = HandledMails(folder / "handled.txt")
        self._most = _parse_most(options.most)
        self._read_at = self._state()

    def take(self, data: bytes, remembers_refused: bool = False) -> None:
        """Make a proposal of a mail.

        Raises MailRefusedError where it is no reply, MailDeferredError where it can be one later.
        """
        self.take_mail(read_mail(data, self.context.site.timezone), remembers_refused)

    def take_mail(self, mail: Mail, remembers_refused: bool = False) -> None:
        """Make a proposal of what was read of a mail, as ``take`` does."""
        from jisr.editing.receive.reply_draft import draft_reply  # needs nh3

        site = self.context.site
        if self.handled.has(mail.digest):
            raise MailRefusedError(phrase("The mail was here before. Nothing is to be done."), silent=True)
        try:
            draft = draft_reply(mail, site, self.context.messages, self.options.waits)
            self._propose(mail, draft)
        except MailRefusedError:
            if remembers_refused:
                self.handled.add(mail.digest, site.today, is_taken=False)
            raise

    def _propose(self, mail: Mail, draft: ReplyDraft) -> None:
        """Make a proposal of a reply. Raises MailRefusedError where its words are there already."""
        today, name = self.context.site.today, f"{'held-' if draft.held else ''}{draft.day}-{draft.digest}"
        if self.writer.is_known(draft.path.rpartition("/")[0], draft.digest, name):
            raise MailRefusedError(_REPEATED, silent=True)
        if self.handled.count_taken(today) >= self._most:
            text = '"{most}" replies were taken today, more wait until tomorrow. Name another number with --most.'
            raise MailDeferredError(phrase(text, most=self._most))
        proposal = self.writer.propose(draft.path, draft.content, draft.day, self._message(draft), name)
        if not proposal.is_new and not self.writer.remote:
            raise MailRefusedError(_REPEATED, silent=True)
        self.handled.add(mail.digest, today, is_taken=True)
        self._print(proposal, draft)

    def refresh(self, read_again: SiteReader) -> None:
        """Read the site again where another commit is checked out, or another day has come; where that fails, keep it."""
        state = self._state()
        if state != self._read_at:

            def keep(context: BuildContext) -> int:
                if context.has_site:
                    self.context, self._read_at = context, state
                return 0

            read_again(keep)

    def tell(self, reason: Phrase) -> None:
        """Write why a mail was not taken to the log; it names no sender."""
        print(self.context.formatter.format(reason), file=sys.stderr, flush=True)

    def _state(self) -> object:
        today = build_time(os.environ, datetime.now(UTC)).astimezone(self.context.site.timezone).date()
        return today, self.writer.ask("rev-parse", BASE)

    def _message(self, draft: ReplyDraft) -> str:
        values = {"kind": draft.text.kind, "id": draft.text.id, "tag": draft.tag}
        said = self.context.formatter.format
        lines = [said(phrase("A reply to {kind}/{id} in {tag}", **values)) if not draft.held else ""]
        if draft.held:
            lines = [said(phrase("A reply to {kind}/{id} in {tag}, held", **values))]
            lines += [f"- {said(HELD[one])}" for one in draft.held]
            lines.append("")
            lines.append(said(phrase("It is shown when somebody takes the line held out of its file.")))
        return proposal_message(lines)

    def _print(self, proposal: Proposal, draft: ReplyDraft) -> None:
        text = "{branch}: a reply to {kind}/{id}"
        line = phrase(text, branch=proposal.branch, kind=draft.text.kind, id=draft.text.id)
        print(self.context.formatter.format(line), flush=True)
