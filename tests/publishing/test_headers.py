"""What servers say beside each file keeps readers safe and breaks no page."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.publishing.headers import EDITOR, HEADERS, caddy, headers_for, nginx, static_host
from tests.conftest import lacking
from tests.publishing.test_remote import free_port
from tests.site.pages import Site
from tests.site.visits import Visit, above, samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

INLINE = '<p style="color:red" onclick="alert(1)">x</p><script>document.title = "run"</script>'


class GuardedVisit(Visit):
    """A tab on the built site, which is served with our headers."""

    def answer(self, route: Route) -> None:
        """Answer a request from the folder with the headers for its path, or refuse it."""
        path = self.site.target(route.request.url)
        file = self.site.folder / (path or "-")
        if path is None or not file.is_file():
            super().answer(route)
        else:
            kinds = {".html": "text/html", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
            said = {**headers_for(f"/{path}"), "Content-Type": kinds.get(file.suffix, "application/octet-stream")}
            route.fulfill(body=file.read_bytes(), headers=said)


@pytest.fixture(scope="module")
def guarded(browser: Browser, site: Site) -> Iterator[GuardedVisit]:
    """Give a tab on the sample site with our headers."""
    context = browser.new_context()
    yield GuardedVisit(context.new_page(), site)
    context.close()


def test_no_page_breaks_the_policy(guarded: GuardedVisit) -> None:
    """Under the policy Chromium has nothing to complain of, on no kind of page, and the styles are there."""
    for page in [*samples(guarded.site, "ar"), *above(guarded.site)]:
        tab = guarded.to(page)
        assert guarded.faults == [], page.path
        assert tab.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")


def test_the_policy_forbids_what_is_inline(guarded: GuardedVisit, tmp_path: Path) -> None:
    """A style or script that somehow came into a page is refused: the policy is really in force here."""
    spoilt = tmp_path / "output"
    shutil.copytree(guarded.site.folder, spoilt)
    page = guarded.site.pages["ckb/index.html"]
    file = spoilt / page.path
    file.write_text(file.read_text("utf-8").replace("</main>", f"{INLINE}</main>"), "utf-8")
    visit = GuardedVisit(guarded.tab.context.new_page(), Site(spoilt, guarded.site.address, guarded.site.pages))
    tab = visit.to(page)
    assert tab.title() != "run"
    assert sum("Content Security Policy" in fault for fault in visit.faults) >= 2
    tab.close()


def test_the_policy_has_no_exception() -> None:
    """Nothing inline, evaluated, of another host or of a whole scheme is allowed."""
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert not [word for word in ("unsafe", "*", "http", "data:", "blob:", "nonce", "sha256") if word in policy]


def test_the_editor_runs_no_script_but_the_sites_own() -> None:
    """What the web editor may do besides are styles, pictures and questions to its host: no page of readers may."""
    said = dict(part.partition(" ")[::2] for part in EDITOR["Content-Security-Policy"].split("; "))
    assert said["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert [name for name, allowed in said.items() if "unsafe-inline" in allowed] == ["style-src"]
    assert headers_for("/admin/ar/") != headers_for("/ar/admin/") == headers_for("/administration/") == headers_for("/")
    assert headers_for("/admin/program/editor.js")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("editor", [False, True])
def test_a_static_host_states_each_header_once(editor: bool) -> None:
    """In ``_headers`` no header stands in two blocks that hold for one path, but where the second takes the first away."""
    lines = static_host(editor).splitlines()
    taken = [line.split("!")[1].strip() for line in lines if line.startswith("  !")]
    names = [line.split(":")[0].strip() for line in lines if line.startswith("  ") and "!" not in line]
    for name in taken:
        names.remove(name)
    assert len(names) == len(set(names))
    assert set(names) == {*HEADERS, "Cache-Control", *(EDITOR if editor else ())}


def of_nginx(folder: Path, output: Path, port: int) -> list[str]:
    """Give the command that runs nginx on a folder."""
    (folder / "jisr.conf").write_text(nginx(), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    text = f"""{user} daemon off; pid {folder}/pid; error_log stderr; events {{}}
http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
server {{ listen 127.0.0.1:{port}; root {output}; include {folder}/jisr.conf; }} }}"""
    (folder / "nginx.conf").write_text(text, "utf-8")
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def of_caddy(folder: Path, output: Path, port: int) -> list[str]:
    """Give the command that runs Caddy on a folder."""
    inside = "\n".join(f"    {line}" for line in caddy().splitlines())
    site = f"http://127.0.0.1:{port} {{\n    root * {output}\n{inside}\n    file_server\n}}\n"
    (folder / "Caddyfile").write_text(f"{{\n    admin off\n    auto_https off\n}}\n{site}", "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS: dict[str, Callable[[Path, Path, int], list[str]]] = {"nginx": of_nginx, "caddy": of_caddy}


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path: Path, published: Path) -> Iterator[int]:
    """Give the port of a real server that serves the published site with our snippet."""
    name = str(request.param)
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        lacking(name)
    port = free_port()
    _, *words = SERVERS[name](tmp_path, published, port)
    quiet = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([program, *words], stderr=log, stdout=log, env=quiet)
    try:
        for _ in range(200):
            try:
                asked(port, "/")
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail(f"{name} does not start:\n{(tmp_path / 'log').read_text('utf-8')}")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def asked(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """Ask a server of this machine for a path."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        heads = answer.getheaders()
        assert len(heads) == len({name.lower() for name, _ in heads}), heads
        return answer.status, dict(heads), answer.read()
    finally:
        line.close()


def test_a_real_server_says_what_we_declare(server: int, published: Path) -> None:
    """Pages, feeds, the theme's files and 404 pages come with exactly the headers that are declared, each once."""
    theme = next(published.glob("theme/style.*.css")).relative_to(published).as_posix()
    for path in ("/", "/ckb/", "/ar/feed.atom", f"/{theme}"):
        status, heads, _ = asked(server, path)
        assert status == 200
        assert headers_for(path).items() <= heads.items(), path
    status, heads, body = asked(server, "/ckb/none/")
    assert status == 404
    assert headers_for("/ckb/none/").items() <= heads.items()
    assert body == (published / "404.html").read_bytes()


def test_a_real_server_says_something_else_of_the_editor_alone(server: int, published: Path) -> None:
    """A file below /admin/ comes with the editor's policy and none of the site's; other pages never do."""
    file = published / "admin" / "of-this-test.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("x", "utf-8")
    try:
        status, heads, _ = asked(server, "/admin/of-this-test.txt")
    finally:
        file.unlink()
    assert status == 200
    assert headers_for("/admin/").items() <= heads.items()
    assert headers_for("/ckb/").items() <= asked(server, "/ckb/")[1].items()
