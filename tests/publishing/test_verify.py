"""Whoever has the texts can prove of a copy, wherever it is, that it is what they make."""

from __future__ import annotations

import base64
import hashlib
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import Problem, ProblemsError, sort_problems
from jisr.core.model.mirrors import fingerprint
from jisr.core.urls.paths import short_paths
from jisr.publishing.integrity import checksums, copies, minisign
from jisr.publishing.integrity.verify import verify
from tests.conftest import lacking
from tests.publishing.conftest import PUBLIC, Office

LIST = "0a  ckb/بڕیار.pdf\n0b  index.html\n".encode()
COMMENT = "SHA256SUMS of https://network.example"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server's answers, without a word on the screen; what a host keeps to itself is not there."""

    def do_GET(self) -> None:
        """Answer with a file."""
        if self.path == "/_headers":
            self.send_error(404)
        elif self.path == "/moved/index.html":
            self.send_response(302)
            self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()
        elif self.path == "/busy":
            self.send_error(503)
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """Return a copy of a published site."""
    return shutil.copytree(published, tmp_path / "copy")


@pytest.fixture
def address(copy: Path) -> Iterator[str]:
    """Return the address at which the copy is served."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(copy))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(timeout=30)


def told(
    where: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], **settings: str
) -> tuple[int, list[str], str]:
    """Compare a copy with the build, which is the published site; return the exit code and the messages."""

    def build(folder: str | None) -> int:
        shutil.copytree(published, folder or "")
        return 0

    (tmp_path / "network.py").touch()
    code = 0
    problems: tuple[Problem, ...] = ()
    try:
        code = verify(CommandContext({"SETTINGS_SHOWN": str(tmp_path / "network.py"), **settings}, ENGLISH, build), where)
    except ProblemsError as error:
        if any(one.code == "verify" for one in error.problems):
            raise
        code, problems = 1, error.problems
    return code, [str(one).removeprefix(where) for one in sort_problems(problems)], capsys.readouterr().out


@pytest.fixture(params=["folder", "address"])
def where(request: pytest.FixtureRequest, copy: Path, address: str) -> str:
    """Return the copy by its folder, then by its address."""
    return str(copy) if request.param == "folder" else address


def test_a_true_copy_is_told(where: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An equal copy gives 0."""
    code, lines, out = told(where, published, tmp_path, capsys)
    assert (code, lines) == (0, [])
    assert "all are alike" in out


def test_one_altered_byte_is_told(
    where: str, copy: Path, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One altered byte, one missing and one extra file: each is reported, and the exit code is 1, even with a forged list."""
    page = copy / "ckb/statements/2026-water/index.html"
    data = page.read_bytes()
    page.write_bytes(data[:-10] + bytes([data[-10] ^ 1]) + data[-9:])
    (copy / "ar/feed.atom").unlink()
    (copy / "ar/forged.html").write_text("بيان", "utf-8")
    (copy / checksums.SUMS_NAME).write_text(checksums.format_checksums(checksums.compute_checksums(copy)), "utf-8")
    code, lines, out = told(where, published, tmp_path, capsys)
    assert code == 1
    assert [line.split(" Find")[0].split(" Publish")[0] for line in lines] == [
        '/SHA256SUMS:1:1: error[verify-altered]: "SHA256SUMS" is missing, or lists other files than the texts make.',
        '/ar/feed.atom:1:1: error[verify-missing]: "ar/feed.atom" is missing in this copy.',
        '/ar/forged.html:1:1: error[verify-extra]: "ar/forged.html" is in this copy, and the texts do not make it.',
        '/ckb/statements/2026-water/index.html:1:1: error[verify-altered]: "ckb/statements/2026-water/index.html" is not what '
        "the texts make.",
    ]
    assert "they differ" in out


def test_a_signature_is_asked_for(
    where: str, copy: Path, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the settings state a key, a copy without its signature, or with that of another key, is reported."""
    key, other = minisign.generate_key(), minisign.generate_key()
    for signed_by, expected in ((None, "is missing"), (other, "is no signature"), (key, "")):
        if signed_by:
            for signature, name in checksums.SIGNATURES.items():
                text = minisign.sign((copy / name).read_bytes(), signed_by, COMMENT)
                (copy / signature).write_text(text, "utf-8")
        code, lines, _ = told(where, published, tmp_path, capsys, SIGNED_BY=key.public)
        assert code == bool(expected)
        assert [line.split(":")[0] for line in lines] == [f"/{one}" for one in sorted(checksums.SIGNATURES) if expected]
        assert all("error[verify-signature]" in line and expected in line for line in lines)


def test_a_list_of_mirrors_is_proved_by_itself(
    where: str, copy: Path, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An altered list of mirrors is reported, though the signature of the checksums is valid."""
    key = minisign.generate_key()
    for signature, name in checksums.SIGNATURES.items():
        (copy / signature).write_text(minisign.sign((copy / name).read_bytes(), key, COMMENT), "utf-8")
    (copy / checksums.MIRRORS_PATH).write_text('{"mirrors": ["https://elsewhere.example/"]}', "utf-8")
    _, lines, _ = told(where, published, tmp_path, capsys, SIGNED_BY=key.public)
    assert [line.split(":")[0] for line in lines] == [f"/{checksums.MIRRORS_PATH}", f"/{checksums.MIRRORS_PATH}.minisig"]


def test_no_copy_is_told(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that is neither a folder nor a URL, or a URL that does not answer, is reported in one line."""
    for where, reason in ((str(tmp_path / "none"), "is neither a folder nor an address"), ("http://127.0.0.1:1", "refused")):
        with pytest.raises(ProblemsError, match=reason):
            told(where, published, tmp_path, capsys)


def test_a_server_has_limits(address: str, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is busy, sends in circles or sends too much is an error; one that sends to another host has nothing."""
    served = copies.ServedCopy(address)
    assert served.read_file("moved/index.html") is None
    for path in ("busy", "round"):
        with pytest.raises(OSError, match=path):
            served.read_file(path)
    monkeypatch.setattr(copies, "MAX_BYTES", 100)
    with pytest.raises(OSError, match="more than 100 bytes"):
        served.read_file("index.html")
    with pytest.raises(OSError, match="refused"):
        copies.ServedCopy("http://127.0.0.1:1").read_file("index.html")


@pytest.mark.process  # minisign is a program
def test_a_key_signs_what_minisign_reads(tmp_path: Path) -> None:
    """A signature is deterministic, differs for another file, comment or key, and is valid for minisign."""
    key = minisign.parse_secret_key(minisign.generate_key().secret)
    signature = minisign.sign(LIST, key, COMMENT)
    assert signature == minisign.sign(LIST, key, COMMENT)
    assert minisign.verify_signature(LIST, signature, key.public)
    assert not minisign.verify_signature(LIST + b" ", signature, key.public)
    assert not minisign.verify_signature(LIST, signature, minisign.generate_key().public)
    assert not minisign.verify_signature(LIST, signature.replace("trusted comment: SHA", "trusted comment: sha"), key.public)
    assert not minisign.verify_signature(LIST, "", key.public)

    if shutil.which("minisign") is None:
        lacking("minisign")
    (tmp_path / checksums.SUMS_NAME).write_bytes(LIST)
    (tmp_path / checksums.SIGNATURE_NAME).write_text(signature, "utf-8")
    (tmp_path / "minisign.pub").write_text(minisign.format_public_key(key.public), "utf-8")
    for data, code in ((LIST, 0), (LIST + b" ", 1)):
        (tmp_path / checksums.SUMS_NAME).write_bytes(data)
        done = subprocess.run(
            ["minisign", "-Vm", checksums.SUMS_NAME, "-p", "minisign.pub"],
            cwd=tmp_path,
            capture_output=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == code, done.stderr


@pytest.mark.parametrize("line", ["", "jisr-secret-", "jisr-secret-####", f"jisr-secret-{base64.b64encode(b'short').decode()}"])
def test_what_is_no_key_is_told_without_it(line: str) -> None:
    """A line that is no secret key raises an error that does not hold it."""
    with pytest.raises(ValueError, match=r"^$"):
        minisign.parse_secret_key(line)


def test_signed_publishing(office: Office) -> None:
    """``inv sign-key`` makes a key once; with its public half in the settings only who has the secret half can publish."""
    made = office.inv("sign-key")
    assert made.returncode == 0
    secret = office.place.folder / "sign.key"
    assert secret.stat().st_mode & 0o777 == 0o600
    office.place.state(made.stdout.splitlines()[0])
    assert "JISR_SIGN_KEY holds no key" in office.refused("publish")
    assert "error[sign]: SIGNED_BY is " in office.refused("publish", JISR_SIGN_KEY=minisign.generate_key().secret)
    office.done("publish", JISR_SIGN_KEY=secret.read_text("utf-8"))
    assert "all are alike" in office.done("verify", str(office.served))
    again = office.inv("sign-key")
    assert again.returncode == 1
    assert "is never written over" in again.stderr


@pytest.mark.process  # the commands are typed in a shell
def test_readers_can_do_what_the_page_says(office: Office) -> None:
    """The commands that a page shows, typed in a copy, find it true; one altered byte, or another key, and they fail."""
    if shutil.which("minisign") is None or shutil.which("sha256sum") is None:
        lacking("minisign or sha256sum")
    key = minisign.generate_key()
    office.place.state(f'SIGNED_BY = "{key.public}"\nMIRRORS = ("https://mirror.example.net",)\nPRECOMPRESSED = ("br", "gzip")')
    office.done("publish", JISR_SIGN_KEY=key.secret)
    html = LexborHTMLParser((office.served / "ckb/verify/index.html").read_text("utf-8"))
    typed = [node.text() for node in html.css("pre.command code")]
    in_a_folder, mirrors = typed[:2], f"minisign -Vm {checksums.MIRRORS_PATH} -P {key.public}"
    assert in_a_folder == [f"minisign -Vm SHA256SUMS -P {key.public}", "sha256sum -c --quiet SHA256SUMS"]
    shown = "".join(node.text() for node in html.css(".groups span"))
    assert shown == "".join(fingerprint(key.public)) == hashlib.sha256(base64.b64decode(key.public)).hexdigest()

    copy = shutil.copytree(office.served, office.place.folder / "stick")

    def codes() -> list[int]:
        done = [
            subprocess.run(one, shell=True, cwd=copy, capture_output=True, timeout=60, check=False)
            for one in (*in_a_folder, mirrors)
        ]
        return [one.returncode for one in done]

    assert codes() == [0, 0, 0]
    line = next(one for one in typed if one.startswith("grep"))
    found = subprocess.run(line, shell=True, cwd=copy, capture_output=True, text=True, timeout=60, check=True).stdout
    assert found.split() == [hashlib.sha256((copy / "ckb/index.html").read_bytes()).hexdigest(), "ckb/index.html"]
    assert "all are alike" in office.done("verify", str(copy))

    page = copy / "ckb/index.html"
    page.write_bytes(page.read_bytes().replace(b"<title>", b"<title >", 1))
    assert codes()[1] != 0
    (copy / checksums.SUMS_NAME).write_text(checksums.format_checksums(checksums.compute_checksums(copy)), "utf-8")
    (copy / checksums.SIGNATURE_NAME).write_text(
        minisign.sign((copy / checksums.SUMS_NAME).read_bytes(), minisign.generate_key(), COMMENT), "utf-8"
    )
    assert [bool(code) for code in codes()] == [True, False, False]


def test_public_lists_name_no_hidden_text(office: Office) -> None:
    """A hidden text is served at its addresses, old and short ones too; checksums and redirects do not name it."""
    office.place.state(f'{PUBLIC}\nPRECOMPRESSED = ("gzip",)')
    folder = office.place.folder / "content/statements/2026-secret"
    folder.mkdir()
    fields = "title: سرّ\ndate: 2026-11-02\nstatus: hidden\naliases: [/2026/secret/, /secret.html]"
    fields += "\nattachments: [{file: plan.txt, title: خطّة}]"
    (folder / "index.ar.md").write_text(f"---\n{fields}\n---\n\nنصّ لمن يعرف عنوانه.\n", "utf-8")
    (folder / "plan.txt").write_text("خطّة\n", "utf-8")
    office.done("publish")
    served = office.place.files(office.served)
    hidden = {path for path in served if "secret" in path}
    assert {"ar/statements/2026-secret/index.html.gz", "secret.html", "statements/2026-secret/plan.txt"} <= hidden
    short = short_paths("ar", "statements", "2026-secret", ["/2026/secret/"])
    hidden |= {f"{one}index.html{suffix}" for one in short for suffix in ("", ".gz")}
    listed = checksums.parse_checksums(served[checksums.SUMS_NAME].decode())
    assert set(served) - set(listed) == {*hidden, checksums.SUMS_NAME}
    assert [one for one in ("secret", *short) if one in served["_redirects"].decode()] == []
    assert b"/s/" in served["_redirects"]
    (office.served / "secret.html").write_text("forged", "utf-8")
    (line,) = office.refused("verify", str(office.served)).splitlines()
    assert "secret.html:1:1: error[verify-altered]" in line
