import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layerforge.files.png_chunks import SIGNATURE, BadPng, chunk_bytes, chunks, inflated
from tests.files.pictures import png_chunk


@given(st.lists(st.tuples(st.sampled_from([b"IDAT", b"tEXt", b"fcTL"]), st.binary(max_size=50))))
def test_chunks_are_read_as_they_are_written(parts):
    content = SIGNATURE + b"".join(png_chunk(kind, data) for kind, data in parts)
    read = [(one.kind, content[one.start : one.start + one.length]) for one in chunks(content)]
    assert read == parts
    assert all(one.intact for one in chunks(content))
    assert b"".join(chunk_bytes(kind, data) for kind, data in parts) == content[8:]


def test_what_follows_the_end_is_not_read():
    content = SIGNATURE + png_chunk(b"IEND", b"") + b"anything"
    assert [one.kind for one in chunks(content)] == [b"IEND"]


@pytest.mark.parametrize("rest", [b"\0", b"\0\0\0\5IDAT123", b"\xff\xff\xff\xffIDAT" + bytes(50)])
def test_a_cut_off_chunk_is_named(rest):
    with pytest.raises(BadPng, match="ends inside"):
        list(chunks(SIGNATURE + rest))


def test_many_chunks_are_refused(monkeypatch):
    monkeypatch.setattr("layerforge.files.png_chunks.MAX_CHUNKS", 10)
    with pytest.raises(BadPng, match="more than 10 chunks"):
        list(chunks(SIGNATURE + png_chunk(b"tEXt", b"") * 11))


def test_unpacking_is_bounded():
    packed = zlib.compress(bytes(5_000_000))
    assert inflated(packed, limit=5_000_000) == bytes(5_000_000)
    with pytest.raises(BadPng, match="larger than 3 MiB"):
        inflated(packed, limit=3 << 20)
    with pytest.raises(BadPng, match="cut off"):
        inflated(packed[:-9], limit=5_000_000)
    with pytest.raises(BadPng, match="damaged"):
        inflated(b"no zlib", limit=100)
