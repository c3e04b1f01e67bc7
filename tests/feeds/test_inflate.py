import gzip
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.inflate import BadEncoding, TooLarge, inflater

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


CODERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("", bytes),
    ("identity", bytes),
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("gzip", lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:])),
    ("gzip", lambda data: gzip.compress(data) + b"\0\0padding"),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
    ("zstd", lambda data: zstd.compress(data[:5]) + zstd.compress(data[5:])),
    ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
]


def read(encoding: str, data: bytes, *, piece: int = 7, room: int = 10**6) -> bytes:
    decoder = inflater(encoding)
    made = b""
    for start in range(0, len(data), piece):
        made += decoder.feed(data[start : start + piece], room - len(made))
    decoder.finish()
    return made


@pytest.mark.parametrize(("encoding", "coder"), CODERS)
@given(data=st.binary(min_size=1, max_size=300), piece=st.integers(1, 400))
def test_every_coding_is_undone_in_pieces_of_any_size(
    encoding: str, coder: Callable[[bytes], bytes], data: bytes, piece: int
) -> None:
    assert read(encoding, coder(data), piece=piece) == data


@pytest.mark.parametrize(("encoding", "coder"), CODERS)
def test_no_coding_makes_more_than_there_is_room_for(encoding: str, coder: Callable[[bytes], bytes]) -> None:
    data = coder(b"\0" * 100_000)
    assert len(read(encoding, data, piece=10**6, room=100_000)) == 100_000
    for piece in (50, 10**6):
        with pytest.raises(TooLarge):
            read(encoding, data, piece=piece, room=99_999)


PLAIN_CODERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
]


@pytest.mark.parametrize(("encoding", "coder"), PLAIN_CODERS)
def test_a_stream_that_breaks_off_or_is_damaged_is_said_to_be(encoding: str, coder: Callable[[bytes], bytes]) -> None:
    whole = coder(bytes(range(256)) * 10)
    with pytest.raises(BadEncoding):
        read(encoding, whole[: len(whole) // 2])
    with pytest.raises(BadEncoding):
        read(encoding, b"\xff\xfe\xfd\xfc" * 20)


@pytest.mark.parametrize("encoding", ["compress", "gzip, gzip, gzip, gzip", "x"])
def test_unknown_codings_are_named(encoding: str) -> None:
    with pytest.raises(BadEncoding, match="unknown encoding"):
        inflater(encoding)
