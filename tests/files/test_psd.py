import io

import numpy as np
import pytest
from PIL import Image

from layerforge.files.layered import Document, Group, Sheet
from layerforge.files.psd import BLEND_KEYS, encode_psd
from layerforge.files.psd_reading import BadPsd, xmp_in_psd
from layerforge.model.errors import InvalidValue
from layerforge.model.layer import BLEND_MODES
from tests.files.grid import cell_errors, grid_document, straight

psd_tools = pytest.importorskip("psd_tools", reason="psd-tools is not installed")


def opened(content):
    return psd_tools.PSDImage.open(io.BytesIO(content))


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("background", [(1.0, 1.0, 1.0), None])
def test_psd_tools_reads_every_layer(photographs, background, depth):
    document = grid_document(photographs, background=background, depth=depth)
    read = opened(encode_psd(document))
    assert (read.width, read.height, read.depth, read.version) == (480, 320, depth, 1)
    layers = list(read)
    assert len(layers) == len(document.nodes) == 2 * len(BLEND_MODES) + (background is not None)
    for layer, node in zip(layers, document.nodes, strict=True):
        assert layer.name == node.name
        assert abs(layer.opacity - 255 * node.opacity) <= 0.5
        assert layer.visible == node.visible
        assert layer.blend_mode.value == BLEND_KEYS[node.blend]
        assert (layer.left, layer.top) == (node.x, node.y)
        pixels = np.asarray(layer.topil().convert("RGBA")).astype(int)
        scale = 1 if depth == 8 else 257
        assert np.abs(pixels - node.samples / scale).max() <= 1
    merged = np.asarray(read.topil().convert("RGBA"))
    assert max(cell_errors(merged, document).values()) < 0.5
    clear = document.merged[..., 3] == 0
    assert (merged[..., 3][clear] == 0).all()
    assert clear.any() == (background is None)


def test_groups():
    samples = np.full((2, 3, 4), 200, np.uint8)
    inner = Sheet(name="inner", samples=samples, x=1, y=2, blend="multiply")
    deeper = Group(name="deeper", children=(inner,))
    group = Group(name="Gruppe é🦊", children=(deeper, inner), blend="screen", visible=False)
    merged = np.ones((8, 9, 4), np.float32)
    nodes = (Sheet(name="ground", samples=samples), group)
    read = opened(encode_psd(Document(width=9, height=8, nodes=nodes, merged=merged, depth=8)))
    ground, found = list(read)
    assert ground.name == "ground"
    assert (found.name, found.kind, found.visible) == ("Gruppe é🦊", "group", False)
    assert found.blend_mode.value == b"scrn"
    below, above = list(found)
    assert [one.name for one in below] == ["inner"]
    assert (above.name, above.bbox) == ("inner", (1, 2, 4, 4))
    assert above.blend_mode.value == b"mul "


def test_a_long_side_gives_psb():
    sheet = Sheet(name="dot", samples=np.full((1, 2, 4), 255, np.uint8), x=30_000)
    merged = np.ones((1, 30_002, 4), np.float32)
    content = encode_psd(Document(width=30_002, height=1, nodes=(sheet,), merged=merged, depth=8))
    read = opened(content)
    assert (read.version, read.width) == (2, 30_002)
    (layer,) = read
    assert layer.bbox == (30_000, 0, 30_002, 1)
    assert np.asarray(layer.topil()).min() == 255


def test_what_not_even_psb_holds_is_refused():
    merged = np.ones((1, 1, 4), np.float32)
    with pytest.raises(InvalidValue, match="at most 300000 pixels a side, got 300001"):
        encode_psd(Document(width=300_001, height=1, nodes=(), merged=merged, depth=8))


def test_pillow_reads_the_merged_image(photographs):
    document = grid_document(photographs, background=(1.0, 1.0, 1.0))
    with Image.open(io.BytesIO(encode_psd(document))) as image:
        assert np.abs(np.asarray(image) - straight(document)[..., :3]).max() <= 0.5001
        assert image.n_frames == len(document.nodes)


@pytest.mark.parametrize(
    "content",
    [b"8BPS", b"8BPS" + bytes(40), b"8BPS" + bytes(22) + b"\0\0\0\0\0\0\1\0" + bytes(300)],
)
def test_damaged_resources_are_named(content):
    if content == b"8BPS" + bytes(40):
        assert xmp_in_psd(content) is None  # no resources at all
    else:
        with pytest.raises(BadPsd):
            xmp_in_psd(content)
