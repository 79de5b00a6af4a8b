"""Every old address of an export is answered by real servers: by the text that stood there, in its language."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from jisr.content.read.redirects import read_redirects
from jisr.publishing.server_config.nginx_caddy import ServerSettings, render_caddy, render_nginx
from jisr.publishing.server_config.redirect_rules import find_redirects, merge_redirects
from tests.conftest import lacking
from tests.importing.conftest import CASES, Mover
from tests.publishing.test_rsync import free_port
from tests.publishing.test_server_config import asked, started

pytestmark = [pytest.mark.process, pytest.mark.thorough]  # nginx and Caddy are programs
EXPORTS = CASES / "wordpress"


def nginx(folder: Path, output: Path, port: int, server: ServerSettings) -> list[str]:
    """Return the words that run nginx on a folder."""
    (folder / "jisr.conf").write_text(render_nginx(server), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log stderr; events {{}} "
        f"http {{ include /etc/nginx/mime.types; access_log off; "
        f"{temporary} server {{ listen 127.0.0.1:{port}; root {output}; include {folder}/jisr.conf; }} }}",
        "utf-8",
    )
    return ["-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, output: Path, port: int, server: ServerSettings) -> list[str]:
    """Return the words that run Caddy on a folder."""
    text = f"{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n root * {output}\n{render_caddy(server)}}}\n"
    (folder / "Caddyfile").write_text(text, "utf-8")
    return ["run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_every_old_address_is_answered(name: str, move: Mover, tmp_path: Path) -> None:
    """Aliases, numbers, feeds, files and their pages lead to a page or file that is there."""
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        lacking(name)
    moved = move("wordpress", EXPORTS / "polylang.xml", media=EXPORTS / "uploads")
    output = moved.build()
    stated = [(one.address, one.target) for one in read_redirects(moved.content, "content")[0]]
    found = find_redirects(output, "https://example.org")
    queries = tuple(one for one in stated if "?" in one[0])
    server = ServerSettings(("en", "ar", "ckb", "kmr", "fr"), redirects=merge_redirects(found, stated), queries=queries)
    folder, port = tmp_path / "server", free_port()
    folder.mkdir()
    words = {"nginx": nginx, "caddy": caddy}[name](folder, output, port, server)
    with started(program, words, folder, port):
        old = [*(address for address, _ in stated), *(address for address, _ in found)]
        assert len(old) > 25
        lost = {}
        for address in old:
            status, heads, _ = asked(port, quote(address, safe="/?=&%"), Accept_Language="ckb")
            target = heads.get("Location", "").partition("#")[0]
            if status != 301 or asked(port, target)[0] != 200:
                lost[address] = (status, target)
        assert lost == {}
