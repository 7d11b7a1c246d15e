import io
import struct
import tracemalloc
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layerforge.files.images import ImageRefused, decode
from layerforge.files.layered import BEFORE_FILTERS, FINAL, Document, Group, Sheet
from layerforge.files.ora import encode_ora
from layerforge.files.ora_reading import BadOra, is_ora, merged_image, ora_recipe
from layerforge.model.layer import BLEND_MODES
from tests.files.grid import OPACITY, grid_document, straight
from tests.files.pictures import png_file


def opened(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive, ElementTree.fromstring(archive.read("stack.xml"))


@pytest.fixture(scope="module")
def document(photographs):
    return grid_document(photographs, background=(1.0, 1.0, 1.0))


def test_the_mimetype_stands_first_and_unpacked(document):
    content = encode_ora(document)
    archive, _ = opened(content)
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.header_offset) == ("mimetype", 0, 0)
    assert archive.read("mimetype") == b"image/openraster"
    assert content[30:54] == b"mimetypeimage/openraster"  # no additional field between


def test_every_layer_is_described_top_first(document):
    archive, image = opened(encode_ora(document))
    assert (image.tag, image.get("w"), image.get("h")) == ("image", "480", "320")
    layers = image.findall("stack/layer")
    assert len(layers) == 1 + 2 * len(BLEND_MODES)
    assert layers[-1].get("name") == "Background"
    for node, layer in zip(reversed(document.nodes), layers, strict=True):
        assert layer.get("name") == node.name
        assert float(layer.get("opacity")) == pytest.approx(node.opacity, abs=1e-6)
        assert layer.get("visibility") == ("visible" if node.visible else "hidden")
        with Image.open(io.BytesIO(archive.read(layer.get("src")))) as picture:
            assert (np.asarray(picture) == node.samples).all()
        x, y = int(layer.get("x")), int(layer.get("y"))
        assert 0 <= x <= 480 - picture.width
        assert 0 <= y <= 320 - picture.height
    names = {layer.get("composite-op") for layer in layers}
    assert names == {"svg:src-over", "krita:exclusion"} | {
        f"svg:{mode}" for mode in BLEND_MODES if mode not in ("normal", "exclusion")
    }
    above = [layer for layer in layers if layer.get("opacity") == f"{OPACITY:g}"]
    assert len(above) == len(BLEND_MODES)


def test_the_merged_image_and_the_thumbnail(document):
    archive, _ = opened(encode_ora(document))
    with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as merged:
        assert np.abs(np.asarray(merged) - straight(document)).max() <= 0.5001
    with Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))) as thumbnail:
        assert thumbnail.format == "PNG"
        assert max(thumbnail.size) == 256


def test_groups_are_isolated():
    samples = np.full((2, 2, 4), 255, np.uint8)
    inner = Sheet(name='in <&" it', samples=samples, blend="multiply")
    group = Group(name="all", children=(inner,), blend="screen", opacity=0.25, visible=False)
    merged = np.ones((4, 4, 4), np.float32)
    _, image = opened(
        encode_ora(Document(width=4, height=4, nodes=(group,), merged=merged, depth=8))
    )
    stack = image.find("stack/stack")
    assert stack.attrib == {
        "isolation": "isolate",
        "name": "all",
        "opacity": "0.25",
        "visibility": "hidden",
        "composite-op": "svg:screen",
    }
    assert stack.find("layer").get("name") == 'in <&" it'
    assert (BEFORE_FILTERS, FINAL) == ("Before the canvas filters", "Canvas filters (rendered)")


def test_an_openraster_file_is_a_source_too(document):
    content = encode_ora(document)
    assert is_ora(content)
    assert np.abs(decode(content, name="x") - straight(document)).max() <= 0.5001


def zipped(members, *, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        for name, content in members:
            archive.writestr(name, content, method)
    return out.getvalue()


def test_a_member_that_unpacks_to_much_is_refused():
    bomb = zipped([("layerforge/recipe.json", bytes(30_000_000))])
    assert len(bomb) < 100_000
    with pytest.raises(BadOra, match="larger than 16 MiB"):
        ora_recipe(bomb, limit=16 << 20)


def any_size(width, height):
    pass


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_size_is_checked_before_the_picture_is_unpacked(method):
    bomb = png_file(width=60_000, height=60_000, bits=8, color_type=2, rows=bytes(40_000_000))
    content = zipped([("mergedimage.png", bomb + bytes(60_000_000))], method=method)
    tracemalloc.start()
    with pytest.raises(ImageRefused, match="60000x60000 is more than 256 megapixels"):
        decode(content, name="x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_small_picture_that_unpacks_to_much_is_refused():
    small = png_file(width=2, height=1, bits=8, color_type=0, rows=bytes(3))
    content = zipped([("mergedimage.png", small + bytes(100_000_000))])
    tracemalloc.start()
    with pytest.raises(ImageRefused, match=r"mergedimage\.png is larger than 32 MiB"):
        decode(content, name="x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_a_picture_in_it_that_is_no_png_is_refused():
    with pytest.raises(ImageRefused, match=r"its mergedimage\.png is no PNG"):
        decode(zipped([("mergedimage.png", b"<html>" + bytes(99))]), name="x")


def test_many_members_are_refused():
    with pytest.raises(BadOra, match="more than 10000 files"):
        ora_recipe(zipped([(f"{number}", b"") for number in range(10_001)]), limit=100)


def test_paths_in_the_archive_are_never_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = zipped([("../evil", b"x"), ("/evil", b"x"), ("layerforge/recipe.json", b"{}")])
    assert ora_recipe(content, limit=100) == b"{}"
    with pytest.raises(ImageRefused, match=r"holds no mergedimage\.png"):
        decode(content, name="x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_ways_of_packing_are_refused(method):
    with pytest.raises(BadOra, match="unknown way"):
        ora_recipe(zipped([("layerforge/recipe.json", b"{}")], method=method), limit=100)


def test_the_stack_is_never_parsed():
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><image>&b;</image>'
    png = io.BytesIO()
    Image.new("RGB", (3, 2), (1, 2, 3)).save(png, "PNG")
    content = zipped([("stack.xml", entities), ("mergedimage.png", png.getvalue())])
    assert decode(content, name="x")[0, 0].tolist() == [1, 2, 3, 255]


def test_a_wrong_checksum_is_refused():
    content = bytearray(zipped([("layerforge/recipe.json", b"{}")], method=zipfile.ZIP_STORED))
    content[content.index(b"{}")] ^= 1
    with pytest.raises(BadOra, match="checksum"):
        ora_recipe(bytes(content), limit=100)


@given(st.data())
def test_damaged_archives_give_clear_errors_only(data):
    content = bytearray(zipped([("layerforge/recipe.json", b"{}"), ("mergedimage.png", b"x" * 99)]))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(content[: data.draw(st.integers(0, len(content)))])
    told = []
    for read in (
        lambda: ora_recipe(content, limit=1000),
        lambda: merged_image(content, check=any_size),
    ):
        try:
            read()
        except BadOra as error:
            told.append(str(error))
    assert all(told)


def test_a_table_of_contents_that_lies():
    content = zipped([("layerforge/recipe.json", b"{}")])
    end = content.rindex(b"PK\5\6")
    for field, value in ((8, 500), (10, 500), (16, 2**32 - 1)):
        letter = "<H" if field < 12 else "<I"
        size = struct.calcsize(letter)
        lying = content[: end + field] + struct.pack(letter, value) + content[end + field + size :]
        if field == 8:  # entries on this disk: nobody needs it
            assert ora_recipe(lying, limit=100) == b"{}"
        elif field == 16:
            with pytest.raises(BadOra, match="damaged"):
                ora_recipe(lying, limit=100)
        else:
            assert ora_recipe(lying, limit=100) == b"{}"  # found before the table ends
            with pytest.raises(BadOra, match="damaged"):
                merged_image(lying, check=any_size)
