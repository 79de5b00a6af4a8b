"""Mails as replies: what is taken of one, what is refused or held, and how a mail becomes a proposal that readers see."""

from __future__ import annotations

import asyncio
import mailbox
import re
import shutil
import smtplib
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisr.build.build import build_site
from jisr.build.options import Options
from jisr.cli.commands import run_with_site
from jisr.content.read.discovery import ReplyFile
from jisr.content.read.reply_parser import parse_replies
from jisr.core.build.build_context import BuildContext
from jisr.editing.receive.form_post import answer_form_post
from jisr.editing.receive.mail_parts import Mail, read_mail
from jisr.editing.receive.mail_server import ListenAddress, listen
from jisr.editing.receive.receive_command import ReceiveOptions, ReplyDesk
from jisr.editing.receive.refusals import HELD, MailRefusedError
from jisr.editing.receive.reply_draft import draft_reply
from jisr.markdown.render import render_body
from jisr.pages.document.reader_links import reply_form, reply_links
from jisr.pages.links import Linker
from jisr.pages.views.entity_views import ReplyFormView
from tests import running
from tests.content.conftest import Outcome

LETTERS = Path(__file__).parent / "cases" / "letters"
MAILS = sorted((LETTERS / "mails").glob("*.eml"))
DECEMBER_2026 = "1796083200"
SENDER = re.compile(r"layla\.karim|@example\.com|Message-ID|\d\d:\d\d:\d\d (?!\+0000)", re.IGNORECASE)
ARABIC = "شكراً لكم على هذا الخبر. نحن في الحي القديم ننتظر أن يعود الماء النظيف إلى بيوتنا قبل الشتاء."


def read(folder: Path) -> BuildContext:
    """Read the site in a folder."""
    kept: list[BuildContext] = []

    def keep(context: BuildContext) -> int:
        kept.append(context)
        return 0

    options = Options(str(folder / "network.py"), str(folder / "content"))
    assert run_with_site(options, keep, drafts=False) == 0
    return kept[0]


@pytest.fixture(scope="module")
def letters() -> BuildContext:
    """Return the site that the mails are about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DECEMBER_2026)
        return read(LETTERS)


def outcome(data: bytes, site: BuildContext) -> str:
    """Return the file that a mail becomes, below its path, or why it becomes none."""
    try:
        draft = draft_reply(read_mail(data, site.site.timezone), site.site, site.messages)
    except MailRefusedError as error:
        return f"{'silently refused' if error.silent else 'refused'}: {error.reason}\n"
    return f"{draft.path}\n{draft.content.decode()}"


@pytest.mark.parametrize("mail", MAILS, ids=lambda one: one.stem)
def test_a_mail_is_a_reply_or_is_refused_with_a_reason(letters: BuildContext, mail: Path) -> None:
    """Of each mail its own words become Markdown in its language, with the name that the form gives, and nothing else of it."""
    found = outcome(mail.read_bytes(), letters)
    assert found == mail.with_suffix(".txt").read_text("utf-8")
    assert not SENDER.search(found)


def test_every_reason_to_hold_a_reply_occurs(letters: BuildContext) -> None:
    """What holds a reply is a word that the command explains, and a mail shows each."""
    texts = [one.with_suffix(".txt").read_text("utf-8") for one in MAILS]
    held = {
        word for text in texts if (match := re.search(r"^held: \[(.*)\]$", text, re.MULTILINE)) for word in match[1].split(", ")
    }
    assert held == set(HELD)


def test_a_mail_that_is_too_large_is_refused(letters: BuildContext) -> None:
    """A file of 30 MB is refused before it is looked into."""
    head = b"Subject: [news/flood en] x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nWords.\n--x\n\n"
    assert outcome(head + b"x" * 30_000_000, letters).startswith('refused: "30 MB" is too large')


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_link_under_a_text_is_understood(letters: BuildContext, tag: str) -> None:
    """A mail that the link begins, filled in, is a reply to that text, with that name and those words alone."""
    site = letters.site
    document, language = site.version("news", "flood", tag), site.languages[tag]
    linker = Linker(site, site.routes[f"{tag}/news/flood/"], language)
    (way,) = reply_links(document, linker, letters.messages)
    query = parse_qs(urlsplit(way.url).query)
    first, _, rest = query["body"][0].partition("\r\n")
    body = f"{first} ليلى\r\n{rest}".replace("\r\n\r\n\r\n", f"\r\n{ARABIC}\r\n\r\n\r\n", 1)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Somebody Else <x@example.com>", query["subject"][0]
    mail.set_content(body)
    draft = draft_reply(read_mail(mail.as_bytes(), site.timezone), site, letters.messages)
    assert draft.tag == "ar"
    assert draft.content.decode() == f'---\nauthor: "ليلى"\ndate: 2026-12-01\n---\n\n{ARABIC}\n'


def test_whatever_is_written_is_words(letters: BuildContext, tmp_path: Path) -> None:
    """No words of a mail are markup that a reply may not have: each proposal passes the check of replies."""
    site = letters.site
    signs = "ab .:-_*#>[](){}!|`~<&;\\/'\"=+1\n\tم\u200f\u202e@"

    @settings(max_examples=30, deadline=None, database=None)
    @given(st.text(alphabet=signs, max_size=120))
    def check(words: str) -> None:
        mail = Mail("[news/flood en]", f"Begin {words}", "", date(2026, 11, 30), "", "0" * 24, False, 0)
        try:
            draft = draft_reply(mail, site, letters.messages)
        except MailRefusedError:
            return
        file = tmp_path / "reply.md"
        file.write_bytes(draft.content)
        reply = ReplyFile("x", site.languages[draft.tag], file, file.name)
        problems = parse_replies([reply], site.languages, render_body, site.timezone).problems
        assert [one for one in problems if one.severity == "error"] == []

    check()


def wire(name: str) -> bytes:
    """Return a mail as it goes over a connection."""
    return (LETTERS / "mails" / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")


@contextmanager
def serving(desk: ReplyDesk, is_lmtp: bool = False) -> Iterator[int]:
    """Take mails at a port of this machine, in a thread."""
    ports: list[int] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()

    def started(_host: str, port: int) -> None:
        ports.append(port)
        ready.set()

    task = loop.create_task(listen(ListenAddress("127.0.0.1", 0, is_lmtp), desk.take, desk.tell, started))

    def run() -> None:
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert ready.wait(10)
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


class Checkout:
    """A clone of the repository of a site, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(LETTERS / "content", folder / "content")
        shutil.copyfile(LETTERS / "network.py", folder / "network.py")
        (folder / ".gitignore").write_text(".cache/\n__pycache__/\noutput/\n", "utf-8")
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-qm", "A site")

    def git(self, *words: str) -> str:
        """Run git, and return what it says."""
        identity = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
        done = subprocess.run(["git", "-C", str(self.folder), *identity, *words], capture_output=True, check=True)
        return done.stdout.decode()

    def branches(self) -> list[str]:
        """Return the proposals, in the order of their names."""
        return self.git("for-each-ref", "--format=%(refname:short)", "refs/heads/replies").split()

    def receive(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        environment = running.clean_environment(SOURCE_DATE_EPOCH=DECEMBER_2026)
        root = str(Path(__file__).resolve().parents[2])
        command = ("--search-root", root, "receive", *words, "--settings", "network.py")
        return running.inv(*command, folder=self.folder, environment=environment)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Return a clone to which mails come."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DECEMBER_2026)
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "site").mkdir()
    return Checkout(tmp_path / "site")


@pytest.mark.process  # git keeps the proposals
def test_a_mail_becomes_a_reply_that_readers_see_in_a_day(checkout: Checkout, tmp_path: Path) -> None:
    """A mail in Arabic about an English text comes over SMTP, is proposed, merged, built, and read under both versions.

    Nothing in the repository tells who sent it. Hostile mails are refused with a reason in the same conversation, or held.
    """
    desk = ReplyDesk(read(checkout.folder), ReceiveOptions())
    mail = EmailMessage()
    mail["From"], mail["To"] = "Layla Karim <layla.karim@example.com>", "replies@example.org"
    mail["Subject"], mail["Message-ID"] = "[news/flood en] The flood", "<secret-4711@example.com>"
    mail["Date"] = "Sun, 29 Nov 2026 23:10:11 +0000"
    mail.set_content(f"Your name as it may be shown: ليلى\n\nYour reply:\n{ARABIC}\n\n[news/flood en]\n", cte="base64")
    with serving(desk) as port, smtplib.SMTP("127.0.0.1", port) as server:
        assert server.send_message(mail) == {}
        assert server.send_message(mail) == {}  # again: taken, and nothing comes of it
        with pytest.raises(smtplib.SMTPDataError, match="500") as refused:
            server.sendmail("x@example.com", "replies@example.org", wire("many-links"))
        assert refused.value.smtp_code == 550
        with pytest.raises(smtplib.SMTPResponseException) as too_large:
            server.sendmail("x@example.com", "replies@example.org", b"Subject: x\r\n\r\n" + (b"x" * 70 + b"\r\n") * 420_000)
        assert too_large.value.smtp_code == 552
        server.sendmail("x@example.com", "replies@example.org", wire("html-hostile"))
    branch, held = sorted(checkout.branches(), key=lambda name: "held" in name)
    assert checkout.git("status", "--porcelain") == ""
    for name in (branch, held):
        checkout.git("merge", "-q", "--no-edit", name)
    everything = checkout.git("log", "--all", "--format=%an %ae %cn %ce %B", "-p")
    assert not re.search(r"layla|karim|secret-4711|23:10|x@example|steal|alert|track\.example", everything, re.IGNORECASE)
    moments = [checkout.git("log", "-1", "--format=%aI %cI", name).split() for name in (branch, held)]
    assert {one[:19] for pair in moments for one in pair} == {"2026-11-30T00:00:00"}
    built = build_site(Options(str(checkout.folder / "network.py"), str(checkout.folder / "content"), str(tmp_path / "output")))
    assert built is not None
    for tag in ("en", "ar"):
        page = Outcome(0, [], tmp_path / "output").page(f"{tag}/news/flood/")
        (thread,) = page.find_class("replies")
        (one,) = thread.find_class("reply")
        (prose,) = one.find_class("prose")
        assert prose.text_content().strip() == ARABIC
        assert (prose.get("lang", page.get("lang")), prose.get("dir", page.get("dir"))) == ("ar", "rtl")


@pytest.mark.process  # git keeps the proposals
def test_a_mailbox_is_read_again_and_again(checkout: Checkout, tmp_path: Path) -> None:
    """Each mail of a mailbox is taken once, also where somebody has removed its branch; what programs wrote is not told."""
    box = mailbox.mbox(tmp_path / "box")
    for name in ("base64-utf-8", "quoted-windows-1256", "few-links", "closed", "auto-reply"):
        box.add((LETTERS / "mails" / f"{name}.eml").read_bytes())
    box.close()
    done = checkout.receive(str(tmp_path / "box"))
    assert done.returncode == 0
    assert [line.partition(":")[0].rpartition("-")[0] for line in done.stdout.splitlines()] == [
        "replies/2026-11-30",
        "replies/held-2026-11-30",
    ]  # two mails have the same words
    (warning,) = done.stderr.splitlines()
    assert warning.startswith(f'{tmp_path}/box:4:1: warning[receive]: "news/closed" takes no replies')
    for branch in checkout.branches():
        checkout.git("branch", "-D", branch)
    again = checkout.receive(str(tmp_path / "box"))
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert checkout.branches() == []


@pytest.mark.process  # git keeps the proposals
def test_a_mail_server_is_never_told_to_send_a_mail_back(checkout: Checkout) -> None:
    """Of a mail that a server hands over a refusal ends with 0, what can be taken later with 75; else it is an error."""
    mail = LETTERS / "mails" / "closed.eml"
    refused = checkout.receive(str(mail))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f'{mail}:1:1: error[receive]: "news/closed" takes no replies')
    piped = checkout.receive(str(mail), "--pipe")
    assert (piped.returncode, piped.stdout) == (0, "")
    good = str(LETTERS / "mails" / "kurmanji-quoted.eml")
    unreachable = checkout.receive(good, "--pipe", "--push", str(checkout.folder / "nowhere"))
    assert unreachable.returncode == 75
    remote = checkout.folder.parent / "remote.git"
    checkout.git("init", "-q", "--bare", str(remote))
    later = checkout.receive(good, "--pipe", "--push", str(remote))
    assert later.returncode == 0
    pushed = checkout.git("-C", str(remote), "for-each-ref", "--format=%(refname:short)").split()
    assert pushed == checkout.branches() != []
    full = checkout.receive(str(LETTERS / "mails" / "outlook.eml"), "--pipe", "--most", "1")
    assert full.returncode == 75
    assert checkout.branches() == pushed


@pytest.mark.process  # git keeps the proposals
def test_what_a_mail_server_hands_over_by_lmtp_is_never_sent_back(checkout: Checkout) -> None:
    """By LMTP a refused mail is taken and goes no further; so is one without a sender, and what a program wrote, by SMTP."""
    desk = ReplyDesk(read(checkout.folder), ReceiveOptions(waits=True))
    with serving(desk, is_lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as server:
        assert server.sendmail("x@example.com", "replies@example.org", wire("closed")) == {}
        assert server.sendmail("x@example.com", "replies@example.org", wire("french-quoted")) == {}
    with serving(desk) as port, smtplib.SMTP("127.0.0.1", port) as server:
        assert server.sendmail("", "replies@example.org", wire("closed")) == {}
        assert server.sendmail("x@example.com", "replies@example.org", wire("auto-reply")) == {}
    (branch,) = checkout.branches()
    assert "\nstatus: draft\n" in checkout.git("show", f"{branch}:content/news/flood/replies/{branch[8:]}.fr.md")


@pytest.mark.process  # git keeps the proposals
def test_a_port_of_the_world_is_refused(checkout: Checkout) -> None:
    """The command listens on this machine alone, and outside a repository it says where to run."""
    done = checkout.receive("--listen", "0.0.0.0:25")
    assert (done.returncode, done.stderr[:40]) == (1, '--listen:1:1: error[receive]: "0.0.0.0:25"'[:40])
    shutil.rmtree(checkout.folder / ".git")
    done = checkout.receive(str(MAILS[0]))
    assert (done.returncode, done.stderr[:46]) == (1, 'content:1:1: error[receive]: "content" lies in no git'[:46])


@pytest.mark.process  # git keeps the proposals
def test_a_form_is_a_reply_too(checkout: Checkout) -> None:
    """What the form under a text sends becomes a proposal, and the browser comes back to the text; else it is told why not."""
    site = read(checkout.folder)
    desk = ReplyDesk(site, ReceiveOptions())

    def send(text: str, words: str, **more: str) -> str:
        body = urlencode({"text": text, "name": "ليلى", "words": words}).encode()
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        request = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), **more}
        return answer_form_post(request, BytesIO(body), desk.take_mail, site.site, site.formatter)

    answer = send("news/flood en", f"{ARABIC}\r\n\r\nثانياً.")
    assert answer == "Status: 303 See Other\r\nLocation: https://example.org/en/news/flood/#reply-sent\r\n\r\n"
    (branch,) = checkout.branches()
    written = checkout.git("show", f"{branch}:content/news/flood/replies/{branch[8:]}.ar.md")
    assert written == f'---\nauthor: "ليلى"\ndate: 2026-12-01\n---\n\n{ARABIC}\n\nثانياً.\n'
    assert send("news/closed en", ARABIC).startswith("Status: 422")
    assert send("news/flood en\r\nSet-Cookie: x", "Words of another reply.").startswith("Status: 422")
    assert send("news/flood en", ARABIC, REQUEST_METHOD="GET").startswith("Status: 422")
    assert send("news/flood en", ARABIC, CONTENT_LENGTH="9999999").startswith("Status: 422")
    assert len(checkout.branches()) == 1


def test_the_form_under_a_text_sends_to_the_host_of_the_site(letters: BuildContext) -> None:
    """It names the text and its language; a copy that opens from a disk has none, nor has a text that takes no replies."""
    site = letters.site
    channels = replace(site.channels, reply_form="/write")
    for tag, name, from_disk in (("ar", "flood", False), ("ar", "flood", True), ("en", "closed", False)):
        own = replace(site, channels=channels, policy=replace(site.policy, from_disk=from_disk))
        linker = Linker(own, own.routes[f"{tag}/news/{name}/"], own.languages[tag])
        form = reply_form(own.version("news", name, tag), linker)
        assert form == (ReplyFormView("/write", "news/flood ar") if (name, from_disk) == ("flood", False) else None)
