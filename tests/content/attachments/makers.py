"""Files with facts about people in every place that their formats have: each holds SECRET, which nobody may find later."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"Rojda-4417"
WIDE = SECRET.decode().encode("utf-16-le")
_TEXT = SECRET.decode()
PLACE = {1: "N", 2: (33.0, 18.0, 0.0), 3: "E", 4: (44.0, 24.0, 0.0), 29: _TEXT}
XMP = (
    b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>" + SECRET
    + b"</dc:creator><exif:GPSLatitude>33,18N</exif:GPSLatitude></x:xmpmeta><?xpacket end='w'?>"
)  # fmt: skip


def facts(orientation: int = 1) -> Image.Exif:
    """Return EXIF with camera, owner, number, note and place."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = exif[0x0110] = exif[0x013B] = _TEXT
    exif[0x8769] = {0xA431: _TEXT, 0xA430: _TEXT, 0x9286: b"ASCII\0\0\0" + SECRET, 0x927C: SECRET}
    exif[0x8825] = dict(PLACE)
    return exif


def image(mode: str = "RGB") -> Image.Image:
    """Return a small picture whose corners differ."""
    made = Image.new(mode, (40, 24), 200 if mode in ("L", "P") else (200, 120, 40, 128)[: len(mode)])
    made.paste(Image.new(mode, (9, 7)), (3, 2))
    return made


def written(form: str, made: Image.Image | None = None, **options: Any) -> bytes:
    """Return a picture as Pillow writes it."""
    stream = io.BytesIO()
    (made or image()).save(stream, form, **options)
    return stream.getvalue()


def profile() -> bytes:
    """Return a profile of colours that names its owner, in a tag, in a number of its head and in one that nobody knows."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for at in range(132, 132 + 12 * int.from_bytes(made[128:132]), 12):
        if (name := bytes(made[at : at + 4])) in (b"desc", b"cprt"):
            start = int.from_bytes(made[at + 4 : at + 8])
            made[start + 12 : start + 12 + len(SECRET)] = SECRET
            made[at : at + 4] = b"mmod" if name == b"cprt" else b"desc"
    made[48:52] = made[84:88] = SECRET[:4]
    return bytes(made)


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment of JPEG."""
    return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2) + data


def jpeg(orientation: int = 1, **options: Any) -> bytes:
    """Return a JPEG with facts in every segment that can hold them, and a second picture behind its end."""
    plain = written("JPEG", exif=facts(orientation), icc_profile=profile(), dpi=(72, 72), **options)
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\2\1" + SECRET[:6]
    extra = (
        segment(0xE0, thumbnail)
        + segment(0xE0, b"JFXX\0\x10" + SECRET)
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
        + segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET)
        + segment(0xE2, b"MPF\0" + SECRET)
        + segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a" + SECRET)
        + b"".join(segment(marker, SECRET) for marker in (0xE3, 0xE4, 0xE5, 0xE9, 0xEB, 0xEC, 0xEF, 0xFE))
    )
    return plain[:2] + extra + plain[2:] + written("JPEG", exif=facts()) + SECRET


def png(orientation: int = 1, mode: str = "RGB") -> bytes:
    """Return a PNG with texts, a time, facts and an unknown chunk, before and behind its pixels."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", _TEXT)
    info.add_text("Comment", _TEXT, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode(), "", "")
    info.add(b"tIME", struct.pack(">HBBBBB", 2012, 2, 9, 1, 2, 3))
    info.add(b"prVt", SECRET, after_idat=True)
    return (
        written("PNG", image(mode), pnginfo=info, exif=facts(orientation), icc_profile=b"" if mode in "LP" else profile())
        + SECRET
    )


def gif() -> bytes:
    """Return a moving GIF with a comment and XMP."""
    frames = [image("P"), image("P").transpose(Image.Transpose.ROTATE_180)]
    plain = written("GIF", frames[0], save_all=True, append_images=frames[1:], loop=0, comment=SECRET)
    at = 13 + (3 << ((plain[10] & 7) + 1))
    plain = plain.replace(b"NETSCAPE2.0\3\1\0\0", b"NETSCAPE2.0\3\1\0\0\x0a" + SECRET)
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    return plain[:at] + xmp + plain[at:-1] + b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0;" + SECRET


def webp(orientation: int = 1, lossless: bool = True, frames: int = 1) -> bytes:
    """Return a WebP with facts and XMP, and an unknown chunk."""
    more = [image().transpose(Image.Transpose.ROTATE_180)] * (frames - 1)
    told: dict[str, Any] = {"exif": facts(orientation), "xmp": XMP, "icc_profile": profile()}
    plain = written("WEBP", **told, lossless=lossless, save_all=frames > 1, append_images=more)
    body = plain[8:] + b"PrIv" + len(SECRET).to_bytes(4, "little") + SECRET
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def avif() -> bytes:
    """Return an AVIF with facts and XMP."""
    return written("AVIF", exif=facts(), xmp=XMP, icc_profile=profile()) + box(b"free", SECRET) + box(b"uuid", SECRET)


def svg() -> bytes:
    """Return a drawing as a program writes it, with its own notes, a comment, a title of a file, and a photo inside."""
    photo = base64.b64encode(jpeg()).decode()
    return f"""<?xml version="1.0"?><!-- {_TEXT} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://inkscape.org/x"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" viewBox="0 0 9 9" inkscape:export-filename="/home/{_TEXT}/a.png">
<metadata><rdf:RDF><rdf:li>{_TEXT}</rdf:li></rdf:RDF></metadata><inkscape:view name="{_TEXT}"/>
<linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient>
<rect data-owner="{_TEXT}" width="9" height="9" fill="url(#g)" style="opacity:.5;mask:url(data:image/jpeg;base64,{photo})"/>
<style>/*<!-- -->*/rect{{cursor:url('data:image/jpeg;base64,{photo}')}}</style><?app {_TEXT}?>
<image xlink:href="data:image/jpeg;base64,{photo}" width="4" height="4"/></svg>""".encode()


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box of MP4."""
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4) + kind + body


def _track(handler: bytes, offset: int, sizes: tuple[int, ...], entry: bytes) -> bytes:
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), (1).to_bytes(4), entry),
        box(b"priv", SECRET),
        box(b"stsz", bytes(8), len(sizes).to_bytes(4), *(one.to_bytes(4) for one in sizes)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, len(sizes), 1)),
        box(b"stco", bytes(4), struct.pack(">II", 1, offset)),
    )
    files = box(b"dinf", box(b"dref", bytes(4), (1).to_bytes(4), box(b"alis", b"\0\0\0\1", SECRET)))
    head = box(b"hdlr", bytes(8), handler, bytes(12), SECRET + b"\0")
    return box(
        b"trak",
        box(b"tkhd", bytes(4), SECRET[:8], bytes(72)),
        box(b"mdia", head, box(b"minf", files, table)),
        box(b"udta", box(b"name", SECRET)),
    )


def film(brand: bytes = b"isom", fragmented: bool = False) -> bytes:
    """Return a film with a place, a device, an owner, and a track of places beside that of pictures."""
    start = box(b"ftyp", brand, bytes(4), brand)
    free = box(b"free", SECRET)
    shown, told = b"pixels-pixels", SECRET + SECRET
    media = box(b"mdat", shown, told, SECRET)
    offset = len(start) + len(free) + 8
    described = box(
        b"avc1",
        bytes(12),
        SECRET[:4],
        bytes(26),
        SECRET.ljust(32, b"\0"),
        bytes(4),
        box(b"avcC", b"config"),
        box(b"uuid", SECRET),
    )
    moov = box(
        b"moov",
        box(b"mvhd", bytes(100)),
        _track(b"vide", offset, (len(shown),), described),
        _track(b"sbtl", offset + len(shown) + len(SECRET), (len(SECRET),), box(b"tx3g", bytes(8), SECRET)),
        _track(b"meta", offset + len(shown), (len(SECRET), len(SECRET)), box(b"mebx", bytes(8), SECRET)),
        box(b"udta", box(b"\xa9xyz", b"+33.3+044.4/" + SECRET), box(b"meta", bytes(4), box(b"ilst", SECRET))),
        box(b"meta", box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", SECRET)),
        box(b"mvex") if fragmented else b"",
    )
    more = box(b"moof", box(b"traf")) if fragmented else b""
    return start + free + media + moov + box(b"uuid", bytes(16), SECRET) + box(b"gps ", SECRET) + more


def _seven(size: int) -> bytes:
    return bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])


def mp3() -> bytes:
    """Return sound with tags before and behind it."""
    frame = b"TPE1" + (len(SECRET) + 1).to_bytes(4) + b"\0\0\0" + SECRET
    items = len(SECRET).to_bytes(4, "little") + bytes(4) + b"Artist\0" + SECRET
    ape = struct.pack("<8sIIII8x", b"APETAGEX", 2000, len(items) + 32, 1, 0xA0000000)
    foot = struct.pack("<8sIIII8x", b"APETAGEX", 2000, len(items) + 32, 1, 0x80000000)
    lyrics = b"LYRICSBEGIN" + SECRET
    last = b"TAG" + SECRET.ljust(125, b"\0")
    sound = (b"\xff\xfb\x90\x64" + bytes(413)) * 2 + SECRET + (b"\xff\xfb\x90\x64" + bytes(413)) * 2
    behind = ape + items + foot + lyrics + b"%06d" % len(lyrics) + b"LYRICS200" + last
    return b"ID3\4\0\0" + _seven(len(frame)) + frame + sound + behind


def flac() -> bytes:
    """Return FLAC with a comment, a picture and free space."""
    blocks = [(0, bytes(34)), (4, SECRET), (6, SECRET), (2, SECRET), (1, SECRET)]
    heads = (bytes([kind | (128 if kind == 1 else 0)]) + len(data).to_bytes(3) + data for kind, data in blocks)
    return b"fLaC" + b"".join(heads) + b"\xff\xf8sound" + b"TAG" + SECRET.ljust(125, b"\0")


def wav() -> bytes:
    """Return WAV with what a recorder says of itself."""
    chunks = [
        (b"fmt ", bytes(16)),
        (b"LIST", b"INFOIART" + SECRET),
        (b"bext", SECRET),
        (b"iXML", SECRET),
        (b"data", b"\1\2\3\4"),
    ]
    body = b"WAVE" + b"".join(name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _page(packets: list[bytes], number: int, flags: int, serial: int = 1) -> bytes:
    table = b"".join(b"\xff" * (len(one) // 255) + bytes([len(one) % 255]) for one in packets)
    head = b"OggS\0" + bytes([flags]) + bytes(8) + serial.to_bytes(4, "little") + number.to_bytes(4, "little") + bytes(4)
    return head + bytes([len(table)]) + table + b"".join(packets)


def comments(long: bool = False) -> bytes:
    """Return comments as Vorbis writes them."""
    values = [b"ARTIST=" + SECRET, b"LOCATION=" + SECRET * (60 if long else 1)]
    return (
        len(SECRET).to_bytes(4, "little")
        + SECRET
        + len(values).to_bytes(4, "little")
        + b"".join(len(one).to_bytes(4, "little") + one for one in values)
    )


def ogg(codec: str = "vorbis") -> bytes:
    """Return Ogg with comments."""
    if codec == "opus":
        head, told = b"OpusHead" + bytes(11), b"OpusTags" + comments(long=True) + b"\1" + SECRET
    elif codec == "theora":
        head, told = b"\x80theora" + bytes(35), b"\x81theora" + comments()
    elif codec == "flac":
        data = comments()
        head, told = b"\x7fFLAC\1\0\0\1fLaC" + bytes(38), b"\x84" + len(data).to_bytes(3) + data
    else:
        head, told = b"\x01vorbis" + bytes(23), b"\x03vorbis" + comments(long=True) + b"\1"
    names = b"fisbone\0" + bytes(44) + b"Name: " + SECRET
    skeleton = _page([b"fishead\0" + bytes(56)], 0, 2, serial=2), _page([names], 1, 0, serial=2)
    return skeleton[0] + _page([head], 0, 2) + skeleton[1] + _page([told], 1, 0) + _page([b"\xff\xf8sound"], 2, 4)


def element(name: int, *parts: bytes, size: int | None = None) -> bytes:
    """Return an element of WebM; a size of 0 is an unknown one."""
    body = b"".join(parts)
    length = b"\x01\xff\xff\xff\xff\xff\xff\xff" if size == 0 else b"\x08" + len(body).to_bytes(4)
    return name.to_bytes((name.bit_length() + 7) // 8) + length + body


def webm(live: bool = False, is_late: bool = False) -> bytes:
    """Return WebM with a title, names, tags and an attachment.

    ``live``: of unknown size, as a browser records it; ``is_late``: the tracks stand behind what belongs to them.
    """
    unknown = 0 if live else None
    info = element(
        0x1549A966, element(0x7BA9, SECRET), element(0x4D80, SECRET), element(0x5741, SECRET), element(0x7384, SECRET)
    )
    heads = [b"\1vorbis" + bytes(23), b"\3vorbis" + comments() + b"\1"]
    private = b"\2" + b"".join(bytes([len(one)]) for one in heads) + b"".join(heads) + b"\5vorbis"
    shown = element(0xAE, element(0xD7, b"\1"), element(0x83, b"\2"), element(0x536E, SECRET), element(0x63A2, private))
    words = element(0xAE, element(0xD7, b"\2"), element(0x83, b"\x11"), element(0x86, SECRET))
    blocks = element(0xA3, b"\x81\0\0\0pixels"), element(0xA3, b"\x82\0\0\0" + SECRET)
    group = element(0xA0, element(0xA1, b"\x82\0\0\0" + SECRET), element(0x9B, b"\1"))
    tracks = element(0x1654AE6B, shown, words, element(0xEC, SECRET))
    cluster = element(0x1F43B675, element(0xE7, b"\0"), *blocks, group, element(0xEC, SECRET), size=unknown)
    tags = element(0x4DFF, SECRET) + element(0x1254C367, element(0x7373, SECRET))
    files = element(0x1941A469, element(0x61A7, SECRET))
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    parts = (cluster, tracks) if is_late else (tracks, cluster)
    return head + element(0x18538067, element(0xEC, SECRET), info, *parts, cluster, tags, files, size=unknown)


PICTURES: dict[str, Callable[[], bytes]] = {"jpg": jpeg, "png": png, "gif": gif, "webp": webp, "avif": avif, "svg": svg}
FILMS: dict[str, Callable[[], bytes]] = {
    "mp4": film,
    "mov": lambda: film(b"qt  "),
    "m4a": lambda: film(b"M4A "),
    "mp3": mp3,
    "flac": flac,
    "wav": wav,
    "ogg": ogg,
    "opus": lambda: ogg("opus"),
    "ogv": lambda: ogg("theora"),
    "oga": lambda: ogg("flac"),
    "webm": webm,
}
