"""Every old address of an export is answered by real servers: by the text that stood there, in its language."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from jisr.content.read.redirects import read_redirects
from jisr.publishing.server_config.nginx_caddy import ServerSettings, render_caddy, render_nginx
from jisr.publishing.server_config.redirect_rules import find_redirects, merge_redirects
from tests.conftest import lacking
from tests.importing.conftest import CASES, Moved, move_into
from tests.importing.spip_dumps import write_sqlite
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


@dataclass(frozen=True, slots=True)
class BuiltMove:
    """Three old sites that were moved into one, and its output."""

    moved: Moved
    output: Path
    server: ServerSettings


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltMove:
    """Return a site into which one of WordPress, one of SPIP and one of Pelican were moved."""
    folder = tmp_path_factory.mktemp("moved")
    move_into(folder, "wordpress", EXPORTS / "polylang.xml", media=EXPORTS / "uploads")
    move_into(folder, "spip", write_sqlite(folder / "dump.sqlite"))
    moved = move_into(folder, "pelican", CASES / "pelican")
    output = moved.build()
    stated = [(one.address, one.target) for one in read_redirects(moved.content, "content")[0]]
    found = find_redirects(output, "https://example.org")
    queries = tuple(one for one in stated if "?" in one[0])
    server = ServerSettings(("en", "ar", "ckb", "kmr", "fr"), redirects=merge_redirects(found, stated), queries=queries)
    return BuiltMove(moved, output, server)


def addresses_of_exports() -> dict[str, str]:
    """Return addresses of the old sites, by what their systems say of themselves, and where each must lead."""
    arabic = "/ar/news/2012-deuxieme-rencontre/"
    return {
        "/2012/02/10/bayan/": "/ar/statements/2012-bayan/",
        "/?p=10": "/ar/statements/2012-bayan/",
        "/2012/02/10/old-bayan/": "/ar/statements/2012-bayan/",
        "/en/2012/02/12/statement/": "/en/statements/2012-bayan/",
        "/?p=11": "/en/statements/2012-bayan/",
        "/ku/2012/02/13/bayan/": "/ckb/statements/2012-bayan/",
        "/?p=12": "/ckb/statements/2012-bayan/",
        "/en/about/": "",  # it stands there
        "/?page_id=14": "/en/about/",
        "/2012/02/17/%d9%84%d9%82%d8%a7%d8%a1/": "/fr/news/2012-bonjour/",
        "/2012/02/17/%D9%84%D9%82%D8%A7%D8%A1/": "/fr/news/2012-bonjour/",
        "/2012/02/17/%D9%84%D9%82%D8%A7%D8%A1": "/fr/news/2012-bonjour/",
        "/2012/02/10/bayan/river/": "/statements/2012-bayan/river.jpg",
        "/?attachment_id=20": "/statements/2012-bayan/river.jpg",
        "/?attachment_id=21": "/statements/2012-bayan/report.pdf",
        "/wp-content/uploads/2012/02/river.jpg": "/statements/2012-bayan/river.jpg",
        "/wp-content/uploads/2012/02/report.pdf": "/statements/2012-bayan/report.pdf",
        "/category/statements/": "/en/topics/topic-statements/",
        "/category/statements-ar/": "/ar/topics/topic-statements/",
        "/tag/water/": "/en/topics/water/",
        "/en/tag/water/": "/en/topics/water/",
        "/comments/feed/": "/en/replies/feed.atom",
        "/feed/": "/en/feed.rss",
        "/ar/feed/": "/ar/feed.rss",
        "/ku/feed/": "/ckb/feed.rss",
        "/?feed=rss2": "/en/feed.rss",
        "/spip.php?article12": "/fr/news/2012-deuxieme-rencontre/",
        "/spip.php?article13": arabic,
        "/?article13": arabic,
        "/article13.html": arabic,
        "/spip.php?article14&lang=ar": "/ar/news/2012-article/",
        "/Deuxieme-rencontre,12": "/fr/news/2012-deuxieme-rencontre/",
        "/spip.php?rubrique1": "/fr/topics/topic-1/",
        "/spip.php?page=backend": "/fr/feed.rss",
        "/spip.php?page=backend&lang=ar": "/ar/feed.rss",
        "/2012/water/": "/en/news/2012-water/",
        "/2012/water-ar/": "/ar/news/2012-water/",
    }


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_every_old_address_is_answered(name: str, built: BuiltMove, tmp_path: Path) -> None:
    """Aliases, numbers, former and encoded names, feeds, files and their pages, topics lead to the text in its language."""
    program = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        lacking(name)
    folder, port = tmp_path / "server", free_port()
    folder.mkdir()
    words = {"nginx": nginx, "caddy": caddy}[name](folder, built.output, port, built.server)
    with started(program, words, folder, port):
        stated = {address: "" for address, _ in (*built.server.redirects, *built.server.queries)}
        assert len(stated) > 60
        lost = {}
        for address, goal in (stated | addresses_of_exports()).items():
            target = quote(address, safe="/?=&%")
            for _ in range(3):  # the server may add a slash before
                status, heads, _ = asked(port, target, Accept_Language="ckb")
                if status not in (301, 308):
                    break
                target = heads["Location"].partition("#")[0]
            if status != 200 or goal not in ("", target):
                lost[address] = (status, target, goal)
        assert lost == {}
