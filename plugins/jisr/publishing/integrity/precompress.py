"""Files beside others that hold the same compressed, for servers that send those as they are.

Each method is the work of a library that brings its own code (brotli, libdeflate, libzstd) and writes no time: the same
versions give the same bytes on every machine, which the zlib of a system does not.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.publishing.checks.output_checks import list_files

Compressor = Callable[[bytes], bytes]
# By the name in Accept-Encoding (https://www.iana.org/assignments/http-parameters/): what a file's name gets, and who makes it.
METHODS = MappingProxyType({"br": (".br", "brotli"), "gzip": (".gz", "deflate"), "zstd": (".zst", "zstandard")})
SUFFIXES = tuple(suffix for suffix, _ in METHODS.values())
_TEXT_SUFFIXES = frozenset(".html .css .svg .js .json .xml .atom .rss .opml .rdf .ics .txt .webmanifest".split())
_MIN_SIZE = 256  # bytes: below, the headers of an answer weigh more


def compress(folder: Path, methods: Iterable[str], place: SourceLocation) -> int:
    """Write the compressed files beside those of a folder, and give how many; one that would save nothing is not written.

    A file of that name that a text brought itself stays. Raises ProblemsError where a library is not installed.
    """
    wanted = {METHODS[one][0]: _load_compressor(one, place) for one in methods}
    files = [one for one in list_files(folder) if one.suffix in _TEXT_SUFFIXES and one.stat().st_size >= _MIN_SIZE]
    jobs = [(one, one.with_name(one.name + suffix), how) for one in files for suffix, how in wanted.items()]
    with ThreadPoolExecutor(os.cpu_count()) as working:  # the libraries let others work meanwhile
        return sum(working.map(lambda job: _write_compressed(*job), jobs))


def is_precompressed(path: str, files: Iterable[str]) -> bool:
    """Whether a file is another one compressed.

    >>> is_precompressed("ckb/index.html.br", {"ckb/index.html"}), is_precompressed("ckb/بیان.gz", {"ckb/index.html"})
    (True, False)
    """
    return path.endswith(SUFFIXES) and path.rpartition(".")[0] in files


def _write_compressed(file: Path, twin: Path, how: Compressor) -> bool:
    data = file.read_bytes()
    small = how(data)
    if len(small) >= len(data) or twin.exists():
        return False
    twin.write_bytes(small)
    return True


def _load_compressor(name: str, place: SourceLocation) -> Compressor:
    """Return what compresses. Raises ProblemsError where its library is not installed."""
    package = METHODS[name][1]
    if importlib.util.find_spec(package) is None:
        text = "PRECOMPRESSED needs {package}, of the extra named publish: pip install -e '.[publish]'"
        raise ProblemsError(Problem.error(place, "setting", text, package=package))
    library = importlib.import_module(package)
    if name == "br":
        return lambda data: bytes(library.compress(data, quality=11))
    if name == "gzip":
        return lambda data: bytes(library.gzip_compress(data, 12))
    # One compressor for each: they may not be shared among threads.
    return lambda data: bytes(library.ZstdCompressor(level=19, write_content_size=True).compress(data))
