"""Precompressed copies of text files, for servers that send these without compressing.

Each method uses a library with its own code (brotli, libdeflate, libzstd), which writes no time: the same versions give the
same bytes on every machine, which the zlib of a system does not.
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
# By the name in Accept-Encoding (https://www.iana.org/assignments/http-parameters/): file suffix and library.
METHODS = MappingProxyType({"br": (".br", "brotli"), "gzip": (".gz", "deflate"), "zstd": (".zst", "zstandard")})
SUFFIXES = tuple(suffix for suffix, _ in METHODS.values())
_TEXT_SUFFIXES = frozenset(".html .css .svg .js .json .xml .atom .rss .opml .rdf .ics .vcf .txt .webmanifest".split())
_MIN_SIZE = 256  # bytes; below that, the headers of a response are larger


def compress(folder: Path, methods: Iterable[str], place: SourceLocation) -> int:
    """Write the compressed copies of the files of a folder, and return their number; one that is not smaller is not written.

    An existing file of that name, from the bundle of a text, is kept. Raises ProblemsError where a library is not installed.
    """
    compressors = {METHODS[one][0]: _load_compressor(one, place) for one in methods}
    files = [one for one in list_files(folder) if one.suffix in _TEXT_SUFFIXES and one.stat().st_size >= _MIN_SIZE]
    jobs = [(one, one.with_name(one.name + suffix), method) for one in files for suffix, method in compressors.items()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the libraries release the GIL
        return sum(pool.map(lambda job: _write_compressed(*job), jobs))


def is_precompressed(path: str, files: Iterable[str]) -> bool:
    """Whether a file is the compressed copy of another.

    >>> is_precompressed("ckb/index.html.br", {"ckb/index.html"}), is_precompressed("ckb/بیان.gz", {"ckb/index.html"})
    (True, False)
    """
    return path.endswith(SUFFIXES) and path.rpartition(".")[0] in files


def _write_compressed(file: Path, target: Path, compress_bytes: Compressor) -> bool:
    data = file.read_bytes()
    compressed = compress_bytes(data)
    if len(compressed) >= len(data) or target.exists():
        return False
    target.write_bytes(compressed)
    return True


def _load_compressor(name: str, place: SourceLocation) -> Compressor:
    """Return the function of a method. Raises ProblemsError where its library is not installed."""
    package = METHODS[name][1]
    if importlib.util.find_spec(package) is None:
        text = "PRECOMPRESSED needs {package}, of the extra named publish: pip install -e '.[publish]'"
        raise ProblemsError(Problem.error(place, "setting", text, package=package))
    library = importlib.import_module(package)
    if name == "br":
        return lambda data: bytes(library.compress(data, quality=11))
    if name == "gzip":
        return lambda data: bytes(library.gzip_compress(data, 12))
    # A compressor for each call, since they are not thread-safe.
    return lambda data: bytes(library.ZstdCompressor(level=19, write_content_size=True).compress(data))
