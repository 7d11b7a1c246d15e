"""Canvas to pixels: the same with and without the cache, and only as much work as is new."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from msgspec.structs import replace

from layerforge.model.canvas import Canvas
from layerforge.model.errors import InvalidValue, SourceMissing, UnknownOperation
from layerforge.model.layer import Fill, Layer, Nested, Picture, Placement
from layerforge.model.step import Call
from layerforge.operations.blur import GaussianBlur
from layerforge.operations.masking import ShapeMask
from layerforge.operations.operation import RenderContext
from layerforge.operations.pixels import Pixels
from layerforge.operations.stylize import Pixelate
from layerforge.operations.symmetry import Droste
from layerforge.operations.tone import Contrast, Gamma, Invert
from layerforge.rendering.cache import RenderCache
from layerforge.rendering.limits import needed_bytes
from layerforge.rendering.renderer import Renderer, size_for
from tests.operations.pictures import photo

PHOTO = "a" * 64


class Photo:
    """A provider of one photograph."""

    def size(self, source_id: str) -> tuple[int, int]:
        if source_id != PHOTO:
            raise SourceMissing(source_id)
        return (300, 200)

    def pixels(self, source_id: str, long_edge: int) -> Pixels:
        return photo(300, 200) if long_edge > 150 else photo(150, 100)


def shape(**changes: object) -> Call:
    values: dict[str, object] = {
        "shape": "circle",
        "size": 0.6,
        "aspect": 1.0,
        "x": 0.0,
        "y": 0.0,
        "angle": 0.0,
        "points": 5,
        "softness": 0.01,
        "hole": False,
    }
    return ShapeMask(**{**values, **changes}).call()


def canvas() -> Canvas:
    bottom = Layer(id="photo", name="Photo", content=Picture(source=PHOTO))
    top = Layer(
        id="piece",
        name="Piece",
        content=Picture(source=PHOTO),
        placement=Placement(scale=0.5, angle_deg=20.0, x=0.1),
        filters=(Gamma(gamma=1.5).call(), GaussianBlur(radius=0.01).call()),
        mask=(shape(),),
        blend="multiply",
        opacity=0.8,
    )
    return Canvas(width=96, height=64, layers=(bottom, top), filters=(Contrast(factor=1.2).call(),))


def rendered(what: Canvas, renderer: Renderer | None = None) -> Pixels:
    return (renderer or Renderer(Photo())).render(what, width=96, height=64)


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the filters that rendered, in order."""
    names: list[str] = []
    for kind in (Gamma, GaussianBlur, Contrast, Invert):
        original = kind.render

        def counted(
            self: Gamma, pixels: Pixels, at: RenderContext, original: object = original
        ) -> Pixels:
            names.append(self.tag())
            return original(self, pixels, at)  # type: ignore[operator]

        monkeypatch.setattr(kind, "render", counted)
    return names


def test_the_cache_never_changes_what_comes_out() -> None:
    cold = rendered(canvas(), Renderer(Photo(), cache=RenderCache(max_bytes=0)))
    warm = Renderer(Photo())
    for _ in range(2):
        assert rendered(canvas(), warm).tobytes() == cold.tobytes()
    assert warm.cache.hits > 0
    tight = Renderer(Photo(), cache=RenderCache(max_bytes=3 * cold.nbytes))
    for _ in range(2):
        assert rendered(canvas(), tight).tobytes() == cold.tobytes()
        assert tight.cache.held_bytes <= 3 * cold.nbytes


def test_a_second_rendering_is_one_look_up(worked: list[str]) -> None:
    renderer = Renderer(Photo())
    first = rendered(canvas(), renderer)
    assert worked == ["tone.gamma", "blur.gaussian", "tone.contrast"]
    misses = renderer.cache.misses
    assert np.array_equal(rendered(canvas(), renderer), first)
    assert len(worked) == 3
    assert renderer.cache.misses <= misses + 1


def test_a_child_renders_only_its_new_steps(worked: list[str]) -> None:
    renderer = Renderer(Photo())
    parent = canvas()
    rendered(parent, renderer)
    worked.clear()
    child = replace(parent, filters=(*parent.filters, Invert(keep_hue=False).call()))
    rendered(child, renderer)
    assert worked == ["tone.invert"]
    worked.clear()
    piece = parent.layer("piece")
    deeper = replace(piece, filters=(*piece.filters, Invert(keep_hue=True).call()))
    rendered(parent.with_layer(deeper), renderer)
    assert worked == ["tone.invert", "tone.contrast"]


def test_what_joins_differently_is_not_filtered_again(worked: list[str]) -> None:
    renderer = Renderer(Photo())
    parent = canvas()
    rendered(parent, renderer)
    worked.clear()
    rendered(parent.with_layer(replace(parent.layer("piece"), opacity=0.3)), renderer)
    assert worked == ["tone.contrast"]


def test_invisible_layers_are_as_good_as_gone() -> None:
    whole = canvas()
    without = whole.with_layers(whole.layers[:1])
    for change in ({"visible": False}, {"opacity": 0.0}):
        hidden = whole.with_layer(replace(whole.layer("piece"), **change))
        assert np.array_equal(rendered(hidden), rendered(without))
    assert not np.array_equal(rendered(whole), rendered(without))


def test_masks_cut_after_filters_and_keep_the_rest() -> None:
    plain = Layer(id="photo", name="Photo", content=Picture(source=PHOTO))
    ground = Canvas(width=96, height=64, background=None)
    full = rendered(ground.with_layers((plain,)))
    cut = rendered(ground.with_layers((replace(plain, mask=(shape(),)),)))
    hole = rendered(ground.with_layers((replace(plain, mask=(shape(hole=True),)),)))
    assert cut[0, 0, 3] == 0.0
    assert np.array_equal(cut[30:34, 46:50], full[30:34, 46:50])
    assert np.abs(cut + hole - full).max() <= 1e-6
    twice = rendered(ground.with_layers((replace(plain, mask=(shape(), shape(hole=True))),)))
    assert twice[32, 48, 3] == 0.0


def test_a_nested_canvas_shows_what_it_would_alone() -> None:
    inner = canvas()
    around = Canvas(
        width=96,
        height=64,
        background=None,
        layers=(Layer(id="stamp", name="Stamp", content=Nested(canvas=inner)),),
    )
    assert np.array_equal(rendered(around), rendered(inner))
    shrunk = around.with_layer(replace(around.layers[0], placement=Placement(scale=0.5)))
    small = rendered(shrunk)
    assert (
        np.abs(small[16:48, 24:72] - rendered(inner).reshape(32, 2, 48, 2, 4).mean((1, 3))).max()
        < 1e-5
    )
    assert not small[:16].any()


def test_the_background_shows_where_nothing_lies() -> None:
    empty = Canvas(width=96, height=64, background=(0.2, 0.4, 0.6))
    assert np.allclose(rendered(empty), [0.2, 0.4, 0.6, 1.0])
    assert not rendered(replace(empty, background=None)).any()


def test_four_threads_render_the_same() -> None:
    renderer = Renderer(Photo(), cache=RenderCache(max_bytes=10 * 96 * 64 * 16))
    variants = [
        canvas().with_layer(replace(canvas().layer("piece"), opacity=0.1 * place))
        for place in range(1, 9)
    ]
    want = [rendered(one, Renderer(Photo())).tobytes() for one in variants]
    got: dict[tuple[int, int], bytes] = {}

    def work(own: int) -> None:
        for turn in range(8):
            place = (turn + 2 * own) % 8
            got[own, place] = rendered(variants[place], renderer).tobytes()

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 32
    assert all(pixels == want[place] for (_, place), pixels in got.items())


def test_sizes_do_not_mix_in_one_cache() -> None:
    renderer = Renderer(Photo())
    rendered(canvas(), renderer)
    large = renderer.render(canvas(), width=192, height=128)
    assert large.shape == (128, 192, 4)
    assert np.array_equal(large, Renderer(Photo()).render(canvas(), width=192, height=128))


def test_a_small_rendering_is_a_finer_one_averaged_and_a_draft_is_not() -> None:
    renderer = Renderer(Photo())
    finer = renderer.render(canvas(), width=192, height=128, draft=True)
    averaged = finer.reshape(64, 2, 96, 2, 4).mean(axis=(1, 3))
    small = rendered(canvas(), renderer)
    assert small == pytest.approx(averaged, abs=1e-5)
    draft = renderer.render(canvas(), width=96, height=64, draft=True)
    assert draft.shape == small.shape
    assert np.abs(draft - small).max() > 1 / 255


@pytest.mark.parametrize("side", [384, 2048])
def test_what_is_counted_follows_the_canvas_and_not_the_rounding_of_a_rendering(side: int) -> None:
    ramp = Layer(id="a", name="A", content=Fill(color=(0.0, 0.0, 0.0), end=(1.0, 1.0, 1.0)))
    # 25.502 of its own short sides wide; rounded to 512 by 384 it would be 25.499
    columns = Pixelate(size=0.0522906, strength=1.0).call()
    what = Canvas(width=2731, height=2048, layers=(ramp,), filters=(columns,))
    width = round(2731 / 2048 * side)
    pixels = Renderer(Photo()).render(what, width=width, height=side, draft=True)
    assert len(np.unique(pixels[0, :, 0])) == 26


@pytest.mark.parametrize("nested", [False, True])
def test_what_enlarges_is_worked_finer_still(nested: bool) -> None:
    droste = Droste(ratio=3.0, arms=1, turn=20.0, x=0.0, y=0.0).call()
    what = replace(canvas(), filters=(droste,))
    if nested:
        inner = Layer(id="inner", name="Inner", content=Nested(canvas=what))
        what = Canvas(width=96, height=64, layers=(inner,))
    renderer = Renderer(Photo())
    finer = renderer.render(what, width=384, height=256, draft=True)
    averaged = finer.reshape(64, 4, 96, 4, 4).mean(axis=(1, 3))
    assert rendered(what, renderer) == pytest.approx(averaged, abs=1e-5)


@pytest.mark.parametrize("size", [(900, 600), (2100, 8)])
def test_a_large_rendering_is_worked_at_its_own_size(size: tuple[int, int]) -> None:
    renderer = Renderer(Photo())
    width, height = size
    draft = renderer.render(canvas(), width=width, height=height, draft=True)
    assert np.array_equal(renderer.render(canvas(), width=width, height=height), draft)


def test_a_small_rendering_keeps_to_the_memory() -> None:
    needed = needed_bytes(canvas(), width=96, height=64)
    tight = Renderer(Photo(), max_bytes=2 * needed)
    draft = tight.render(canvas(), width=96, height=64, draft=True)
    assert np.array_equal(rendered(canvas(), tight), draft)


def test_sizes_keep_the_shape_of_the_canvas() -> None:
    wide = Canvas(width=3000, height=2000)
    assert size_for(wide, long_edge=300) == (300, 200)
    assert size_for(Canvas(width=1, height=5000), long_edge=384) == (1, 384)


def test_what_cannot_be_rendered_is_named() -> None:
    ground = Canvas(width=96, height=64)
    missing = Layer(id="x", name="x", content=Picture(source="b" * 64))
    with pytest.raises(SourceMissing, match="bbbbbbbbbbbb"):
        rendered(ground.with_layers((missing,)))
    with pytest.raises(UnknownOperation, match=r"magic\.wand"):
        rendered(replace(ground, filters=(Call(name="magic.wand"),)))
    with pytest.raises(InvalidValue, match=r"masking\.shape is not a filter"):
        rendered(replace(ground, filters=(shape(),)))
    sheet = Layer(id="x", name="x", content=Fill(color=(0.1, 0.1, 0.1)))
    wrong = replace(sheet, mask=(Gamma(gamma=1.2).call(),))
    with pytest.raises(InvalidValue, match=r"tone\.gamma is not a mask"):
        rendered(ground.with_layers((wrong,)))


@pytest.mark.parametrize("nested", [False, True])
def test_a_rendering_ends_between_two_operations(worked: list[str], nested: bool) -> None:
    class Enough(Exception):
        pass

    def check() -> None:
        if len(worked) == 2:
            raise Enough

    filters = tuple(Gamma(gamma=0.5 + 0.1 * number).call() for number in range(6))
    layer = Layer(id="a", name="a", content=Picture(source=PHOTO), filters=filters)
    canvas = Canvas(width=300, height=200, layers=(layer,))
    if nested:
        around = Layer(id="b", name="b", content=Nested(canvas=canvas))
        canvas = Canvas(width=300, height=200, layers=(around,))
    renderer = Renderer(Photo(), check=check)
    with pytest.raises(Enough):
        renderer.render(canvas, width=300, height=200, draft=True)
    assert len(worked) == 2
