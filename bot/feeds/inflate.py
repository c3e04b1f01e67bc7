"""Streaming decompression that never makes more bytes than the caller has room for.

aiohttp can decompress by itself, but only into memory without a limit: 10 KB of brotli can stand for
gigabytes. Every decoder here takes a chunk and a number of bytes, and stops there.
"""

import sys
import zlib
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
"""The Accept-Encoding header."""

_ZSTD_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MB, the most that HTTP allows a zstd frame to demand of its reader (RFC 9659)."""
_MOST_CODINGS = 3


class TooLarge(Exception):
    """The decompressed body is larger than the cap."""


class BadEncoding(Exception):
    """The body is not what its Content-Encoding says, or the encoding is unknown."""


class Inflater(Protocol):
    """One content coding, undone piece by piece."""

    def feed(self, chunk: bytes, room: int) -> bytes:
        """Return what the chunk stands for; raise TooLarge beyond `room` bytes, BadEncoding for nonsense."""

    def finish(self) -> None:
        """Raise BadEncoding where the stream has not come to its end."""


def inflater(content_encoding: str) -> Inflater:
    """Return the decoder for a Content-Encoding header, which may name several codings in turn."""
    names = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
    if len(names) > _MOST_CODINGS or any(name not in _DECODERS for name in names):
        raise BadEncoding(f"The answer has the unknown encoding {content_encoding[:40]!r}.")
    return _Chain(tuple(_DECODERS[name]() for name in reversed(names)))


class _Chain:
    """Codings in the order in which they are undone; none at all passes the bytes on."""

    def __init__(self, steps: tuple[Inflater, ...]) -> None:
        self._steps = steps

    def feed(self, chunk: bytes, room: int) -> bytes:
        for step in self._steps:
            chunk = step.feed(chunk, room)
        if len(chunk) > room:
            raise TooLarge
        return chunk

    def finish(self) -> None:
        for step in self._steps:
            step.finish()


class _Zlib:
    """gzip, with any number of members, or deflate: with zlib's header, as the standard says, or bare."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._decoder = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzip else None
        self._begun = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        if not chunk:
            return b""
        self._begun = True
        if self._decoder is None:
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS if chunk[0] & 15 == 8 else -zlib.MAX_WBITS)
        made: list[bytes] = []
        while chunk:
            if self._decoder.eof:
                if not self._gzip or not chunk.startswith(b"\x1f"):
                    break  # padding after the end
                self._decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                made.append(self._decoder.decompress(chunk, room + 1))
            except zlib.error as error:
                raise BadEncoding("The compressed answer is damaged.") from error
            room -= len(made[-1])
            if room < 0 or self._decoder.unconsumed_tail:
                raise TooLarge
            chunk = self._decoder.unused_data
        return b"".join(made)

    def finish(self) -> None:
        if self._begun and self._decoder is not None and not self._decoder.eof:
            raise BadEncoding("The compressed answer breaks off.")


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._begun = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        self._begun = self._begun or bool(chunk)
        if not chunk or self._decoder.is_finished():
            return b""
        try:
            made = self._decoder.process(chunk, output_buffer_limit=room + 1)
            while len(made) <= room and not self._decoder.can_accept_more_data():
                more = self._decoder.process(b"", output_buffer_limit=room + 1 - len(made))
                made += more
                if not more:
                    break
        except brotli.error as error:
            raise BadEncoding("The compressed answer is damaged.") from error
        if len(made) > room:
            raise TooLarge
        return bytes(made)

    def finish(self) -> None:
        if self._begun and not self._decoder.is_finished():
            raise BadEncoding("The compressed answer breaks off.")


class _Zstd:
    def __init__(self) -> None:
        self._decoder = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
        self._begun = False

    def feed(self, chunk: bytes, room: int) -> bytes:
        made: list[bytes] = []
        while chunk:
            self._begun = True
            if self._decoder.eof:
                self._decoder = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
            try:
                made.append(self._decoder.decompress(chunk, room + 1))
            except zstd.ZstdError as error:
                raise BadEncoding("The compressed answer is damaged.") from error
            room -= len(made[-1])
            if room < 0:
                raise TooLarge
            chunk = self._decoder.unused_data if self._decoder.eof else b""
        return b"".join(made)

    def finish(self) -> None:
        if self._begun and not self._decoder.eof:
            raise BadEncoding("The compressed answer breaks off.")


def _gzip() -> Inflater:
    return _Zlib(gzip=True)


def _deflate() -> Inflater:
    return _Zlib(gzip=False)


_DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _Brotli, "zstd": _Zstd}
