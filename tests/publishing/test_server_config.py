"""Configuration for servers has its documented effect in the real ones."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
import zstandard

from jisr.core.diagnostics.problems import ProblemsError, SourceLocation
from jisr.publishing.checks import url_ledger
from jisr.publishing.integrity.precompress import METHODS, compress
from jisr.publishing.server_config.accept_language import choose_language, render_language_redirects
from jisr.publishing.server_config.headers import headers_for
from jisr.publishing.server_config.nginx_caddy import ServerSettings, read_server_settings, render_caddy, render_nginx
from jisr.publishing.server_config.redirect_rules import find_redirects, render_redirects_file
from jisr.publishing.targets.rclone import upload_stage
from tests.conftest import lacking
from tests.publishing.conftest import ADDRESS
from tests.publishing.test_rsync import free_port

pytestmark = pytest.mark.process  # nginx and Caddy are programs

TAGS = ("en", "ar", "ckb", "kmr", "fr")
ONION = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaam2dqd.onion"
WAYS = (('/2012/\u0628\u064a\u0627\u0646 "1" {x}/', "/ar/"), ("/old.html", "/ckb/\u06a9/"), ("/s/hqvdpwk/", "/en/"))
QUERIES = (
    ("/?p=12", "/ar/"),
    ("/?p=13&lang=en", "/en/#main"),
    ("/spip.php?article12", "/ckb/\u06a9/"),
    ("/index.php?a=%D8%A8", "/en/"),
    ("/ar/?p=7", "/fr/"),
    ("/x?cost=$1", "/fr/"),
    ("/old.html?lang=ar", "/ar/"),  # without a query it leads elsewhere
    ("/2012/%D8%A8%D9%8A%D8%A7%D9%86/?lang=ar", "/ar/"),
)
FRONT = ServerSettings(TAGS, precompressed=tuple(METHODS), onion=ONION, redirects=WAYS, queries=QUERIES)
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HERE = SourceLocation("publishconf.py", 3)
# What browsers send, and where it leads: "" is the page that shows all languages.
ASKED = {
    "ar": "ar",
    "ar-IQ,ar;q=0.9,en-US;q=0.8,en;q=0.7": "ar",
    "ckb-IQ,ckb;q=0.9,ar;q=0.8": "ckb",
    "ku": "kmr",
    "ku-TR,ku;q=0.9,tr;q=0.8": "kmr",
    "ku-Latn": "kmr",
    "ku-Arab": "ckb",
    "ku-Arab-IQ,ku;q=0.9": "ckb",
    "KU-iq, en": "ckb",
    "kmr-Latn-TR": "kmr",
    "de-DE,de;q=0.9,fr;q=0.5,en;q=0.4": "fr",
    "tr, en-GB;q=0.3": "en",
    "ckb;q=0, ar": "ar",
    "en;q=0.0,fr;q=0.001": "fr",
    "de,tr;q=0.9": "",
    "arc": "",
    "english": "",
    "*": "",
    "": "",
    ",,,;q=,": "",
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_reader_is_led_to_the_first_language_there_is(asked: str) -> None:
    """The first range that the site can answer decides; Kurdish without a script is Kurmanji, in Arabic letters Sorani."""
    assert choose_language(asked, TAGS) == ASKED[asked]


def test_a_long_header_takes_no_longer_than_it_is() -> None:
    """Whatever a stranger sends, the expression reads it in a time that grows with its length."""
    started = time.perf_counter()
    assert choose_language("x-" * 4000 + "," * 4000 + "ar;q=" + "0" * 4000, TAGS) == ""
    assert time.perf_counter() - started < 2


def test_a_static_host_is_told_of_languages() -> None:
    """Each language has a line with its ranges; the line for the page of all languages is first."""
    lines = render_language_redirects(TAGS).splitlines()
    assert lines[0] == "/ choose=:one /index.html 200!"
    assert "/ /ckb/ 302! Language=ckb,ku-arab,ku-iq,ku-ir" in lines
    assert len(lines) == 1 + len(TAGS)


def test_a_static_host_is_told_where_pages_lead(published: Path) -> None:
    """Each page that only leads on has its two lines, old addresses before short ones, and nothing else has any."""
    lines = (published / "_redirects").read_text("utf-8").splitlines()
    found = find_redirects(published, ADDRESS)
    led = [f"{quote(here)} {quote(there)} {code}" for here, there in found for code in ("301!", "301")]

    assert lines[-len(led) :] == led
    assert all(line.startswith("/ ") for line in lines[: -len(led)])
    assert {here for here, _ in found} == {
        f"/{page.parent.relative_to(published).as_posix()}/"
        for page in published.rglob("index.html")
        if b'http-equiv="refresh"' in page.read_bytes()
    }
    assert [here.startswith("/s/") for here, _ in found] == sorted(here.startswith("/s/") for here, _ in found)
    assert any(here.startswith("/s/") for here, _ in found)


def test_a_host_is_told_no_more_than_it_reads() -> None:
    """Of 10,000 pages that lead on the first are listed whole, and all stay pages."""
    many = [(f"/s/{number:07}/", f"/ckb/news/2026-{number:07}/") for number in range(10_000)]
    text = render_redirects_file(many)

    assert 80_000 < len(text.encode()) < 95_000
    assert text.splitlines()[-2:] == [f"{' '.join(many[text.count('!') - 1])} {code}" for code in ("301!", "301")]


def of_nginx(folder: Path, output: Path, port: int) -> list[str]:
    """Return the command that runs nginx on a folder."""
    (folder / "jisr.conf").write_text(render_nginx(FRONT), "utf-8")
    if not BROTLI.exists():
        lacking("nginx's module for brotli (Debian: libnginx-mod-http-brotli-static)")
    user = "user root;" if os.geteuid() == 0 else ""
    text = f"""load_module {BROTLI}; {user} daemon off; pid {folder}/pid; error_log stderr; events {{}}
http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
server {{ listen 127.0.0.1:{port}; root {output}; include {folder}/jisr.conf; }} }}"""
    (folder / "nginx.conf").write_text(text, "utf-8")
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def of_caddy(folder: Path, output: Path, port: int) -> list[str]:
    """Return the command that runs Caddy on a folder."""
    inside = "\n".join(f"    {line}" for line in render_caddy(FRONT).splitlines())
    site = f"http://127.0.0.1:{port} {{\n    root * {output}\n{inside}\n}}\n"
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n    auto_https off\n}}\n{site}", "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS: dict[str, Callable[[Path, Path, int], list[str]]] = {"nginx": of_nginx, "caddy": of_caddy}


@pytest.fixture(scope="module")
def packed(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the published site with all its compressed files."""
    folder = shutil.copytree(published, tmp_path_factory.mktemp("packed") / "output")
    assert compress(folder, METHODS, HERE)
    return folder


@pytest.fixture(scope="module", params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, packed: Path) -> Iterator[int]:
    """Return the port of a real server that serves the published site with our lines in its settings."""
    name, folder = str(request.param), tmp_path_factory.mktemp("server")
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        lacking(name)
    port = free_port()
    _, *words = SERVERS[name](folder, packed, port)
    with started(program, words, folder, port):
        yield port


@contextmanager
def started(program: str, words: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server that keeps what it writes in a folder, from when it answers."""
    quiet = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, *words], stderr=log, stdout=log, env=quiet)
    try:
        for _ in range(200):
            try:
                asked(port, "/")
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail(f"{program} does not start:\n{(folder / 'log').read_text('utf-8')}")
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask a server of this machine for a path; a header that comes in several lines is joined (RFC 9110, 5.3)."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        heads: dict[str, str] = {}
        for name, value in answer.getheaders():
            assert name not in heads or name == "Vary", name
            heads[name] = f"{heads[name]}, {value}" if name in heads else value
        return answer.status, heads, answer.read()
    finally:
        line.close()


def test_a_real_server_says_what_we_declare(server: int, packed: Path) -> None:
    """Pages, feeds, the theme's files and 404 pages come with exactly the headers that are declared, each once."""
    theme = next(packed.glob("theme/style.*.css")).relative_to(packed).as_posix()
    for path in ("/", "/ckb/", "/ar/feed.atom", f"/{theme}", "/ckb/manifest.webmanifest", "/humans.txt"):
        status, heads, _ = asked(server, path)
        assert status == 200
        assert headers_for(path).items() <= heads.items(), path
        assert heads["Onion-Location"] == ONION + path


def test_a_real_server_says_something_else_of_the_editor_alone(server: int, packed: Path) -> None:
    """A file below /admin/ comes with the editor's policy and none of the site's; other pages never do."""
    file = packed / "admin" / "of-this-test.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("x", "utf-8")
    try:
        status, heads, _ = asked(server, "/admin/of-this-test.txt")
    finally:
        file.unlink()
    assert status == 200
    assert headers_for("/admin/").items() <= heads.items()
    assert headers_for("/ckb/").items() <= asked(server, "/ckb/")[1].items()


def test_a_real_server_says_something_else_of_files_beside_texts(server: int, packed: Path) -> None:
    """A file that lies beside a text comes with the policy of files, a film with its own, once each."""
    folder = packed / "news" / "of-this-test"
    folder.mkdir(parents=True)
    try:
        for name in ("a.pdf", "a.svg", "a.ics", "a.zip", "a.mp4", "a.MP3", "a.jpg", "\u0628.txt"):
            (folder / name).write_bytes(b"x")
            path = f"/news/of-this-test/{quote(name)}"
            status, heads, _ = asked(server, path)
            assert status == 200
            assert headers_for(path).items() <= heads.items(), path
            assert heads["Onion-Location"] == ONION + path
            assert heads["Content-Security-Policy"].startswith("sandbox") and "," not in heads["Content-Security-Policy"]
        assert asked(server, "/news/of-this-test/a.ics")[1]["Content-Type"].startswith("text/calendar")
        assert "sandbox" not in asked(server, "/en/news/")[1]["Content-Security-Policy"]
    finally:
        shutil.rmtree(packed / "news" / "of-this-test")


def test_what_is_missing_is_told_in_the_language_that_was_asked_for(server: int, packed: Path) -> None:
    """Below a language a missing page gives its 404 page, elsewhere that of all languages, with the status 404."""
    for path, page in {"/ckb/none/": "ckb/404.html", "/none": "404.html", "/ar/x.opml": "404.html"}.items():
        status, heads, body = asked(server, path)
        assert status == 404
        assert headers_for(path).items() <= heads.items()
        assert body in ((packed / page).read_bytes(), (packed / "ar/404.html").read_bytes())
    assert asked(server, "/ckb/none/")[2] == (packed / "ckb/404.html").read_bytes()


@pytest.mark.parametrize("header", ASKED)
def test_the_front_door_leads_to_the_language_of_a_reader(server: int, packed: Path, header: str) -> None:
    """A real server redirects as the rule does, and shows all languages where no language matches."""
    status, heads, body = asked(server, "/", Accept_Language=header)
    assert "Accept-Language" in heads["Vary"]
    assert headers_for("/").items() <= heads.items()
    if wanted := ASKED[header]:
        assert (status, heads["Location"]) == (302, f"/{wanted}/")
    else:
        assert (status, body) == (200, (packed / "index.html").read_bytes())


@pytest.mark.parametrize(("here", "there"), WAYS)
def test_a_real_server_leads_on_at_once(server: int, here: str, there: str) -> None:
    """Who asks for an old or short address is answered with the one of today, whatever letters it has."""
    status, heads, _ = asked(server, quote(here))
    assert (status, heads["Location"]) == (301, quote(there))
    assert headers_for(here).items() <= heads.items()
    assert asked(server, quote(here).rstrip("/") + "x")[0] == 404


@pytest.mark.parametrize(("here", "there"), QUERIES)
def test_a_real_server_leads_on_by_a_query(server: int, here: str, there: str) -> None:
    """Who asks for an old address with its query is led to the text; another query there is none of it."""
    status, heads, _ = asked(server, here, Accept_Language="ckb")
    assert (status, heads["Location"]) == (301, quote(there, safe="/#"))
    other, heads, _ = asked(server, f"{here}0")
    assert other in (200, 404) or (here.partition("?")[0] in dict(WAYS) and heads["Location"] != quote(there, safe="/#"))


def test_all_languages_can_be_seen_again(server: int, packed: Path) -> None:
    """With a question mark the front door shows all languages to everybody; no other page asks for a language."""
    for path in ("/?choose=x", "/index.html"):
        status, _, body = asked(server, path, Accept_Language="ar")
        assert (status, body) == (200, (packed / "index.html").read_bytes())
    assert asked(server, "/en/", Accept_Language="ar")[0] == 200


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_real_server_sends_what_was_compressed(
    server: int, packed: Path, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    """A client that accepts a method gets the compressed file, with all headers; others get the page itself."""
    for path, name in {"/ckb/": "ckb/index.html", "/en/feed.atom": "en/feed.atom", "/": "index.html"}.items():
        _, heads, body = asked(server, path, Accept_Encoding=encoding)
        assert heads["Content-Encoding"] == encoding
        assert "Accept-Encoding" in heads["Vary"]
        assert headers_for(path).items() <= heads.items()
        assert body == (packed / f"{name}{METHODS[encoding][0]}").read_bytes()
        assert unpack(body) == (packed / name).read_bytes() == asked(server, path)[2]


def test_types_are_named(server: int) -> None:
    """Files that browsers handle by media type have it, and texts are declared as UTF-8."""
    wanted = {
        "/ckb/manifest.webmanifest": "application/manifest+json",
        "/ar/feed.rss": "application/rss+xml",
        "/humans.txt": "text/plain; charset=utf-8",
        "/ckb/": "text/html; charset=utf-8",
    }
    found = {path: asked(server, path)[1]["Content-Type"].lower() for path in wanted}
    assert {
        path: kind if path in ("/humans.txt", "/ckb/") else kind.partition(";")[0] for path, kind in found.items()
    } == wanted


def test_compressed_files_have_the_same_bytes_again(packed: Path, published: Path, tmp_path: Path) -> None:
    """Compressed again, at any time, each file is the same; decompressed, it equals the original."""
    again = shutil.copytree(published, tmp_path / "output")
    compress(again, METHODS, HERE)
    unpack = {".br": brotli.decompress, ".gz": gzip.decompress, ".zst": zstandard.decompress}
    twins = [one for one in sorted(packed.rglob("*")) if one.suffix in unpack]
    assert {one.suffix for one in twins} == set(unpack)
    for twin in twins:
        data = twin.read_bytes()
        assert data == (again / twin.relative_to(packed)).read_bytes()
        whole = twin.with_suffix("").read_bytes()
        assert unpack[twin.suffix](data) == whole
        assert len(data) < len(whole)


def test_a_compressed_file_is_no_address(packed: Path) -> None:
    """The ledger knows pages, not how they are sent; a storage gets both at once; a file of a text's own stays as it is."""
    assert url_ledger.lasting_addresses(["ckb/index.html", "ckb/index.html.br", "x/data.csv.gz"]) == ["/ckb/", "/x/data.csv.gz"]
    assert upload_stage("ckb/index.html.br") == upload_stage("ckb/index.html")
    own = packed / "own.txt"
    own.write_text("a" * 1000, "utf-8")
    (packed / "own.txt.gz").write_bytes(b"mine")
    compress(packed, ["gzip"], HERE)
    assert (packed / "own.txt.gz").read_bytes() == b"mine"


def test_a_wrong_method_is_told() -> None:
    """An unknown method is reported, with the valid ones."""
    with pytest.raises(ProblemsError, match='"deflate" is no way to compress files'):
        read_server_settings({"LANGUAGES": TAGS, "PRECOMPRESSED": ("br", "deflate")}, HERE)
