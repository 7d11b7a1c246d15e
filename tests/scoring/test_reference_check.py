"""The whole pipeline against the plainest loop: one picture at a time, PIL, the whole model."""

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402

from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from tests.small_clip import make_encoder, make_head  # noqa: E402

HALF = 2e-2
"""Of the scores' spread, which random weights keep small."""

SIZES = {"small": 64, "quickgelu": 209, "large": 384}  # the first needs no resizing
MODELS = {
    "small": {"side": 64, "dim": 48, "width": 64, "layers": 2, "quick_gelu": False},
    "quickgelu": {"side": 96, "dim": 64, "width": 96, "layers": 3, "quick_gelu": True},
    "large": {"side": 112, "dim": 96, "width": 128, "layers": 4, "quick_gelu": False},
}


@pytest.fixture(scope="module", params=MODELS)
def case(request, tmp_path_factory, photographs):
    """A folder, a head, 32 pictures, and what the plain loop says of them."""
    options = MODELS[request.param]
    folder = make_encoder(tmp_path_factory.mktemp("clip") / request.param, **options)
    head = make_head(f"local-dir:{request.param}", dim=options["dim"])
    rng = np.random.default_rng(5)
    side = SIZES[request.param]
    pictures = np.stack(
        [
            photograph[y : y + side, x : x + side]
            for photograph in photographs.values()
            for y, x in rng.integers(0, 427 - side, size=(16, 2))
        ]
    )
    return folder, head, pictures, plain_loop(folder, head, pictures)


def plain_loop(folder, head, pictures):
    """(N,): scores by PIL, float32, batch 1, normalise, head."""
    model, _, preprocess = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    model.eval()
    scores = []
    for picture in pictures:
        with torch.no_grad():
            row = model.encode_image(preprocess(Image.fromarray(picture))[None])[0]
        scores.append((row / row.norm()).double().numpy() @ head.vector + head.bias)
    return np.array(scores)


def pipeline(case, *, precision, batch_size):
    folder, head, pictures, _ = case
    scorer = load_clip_scorer(
        encoder=folder, heads=[head], device="cpu", precision=precision, batch_size=batch_size
    )
    assert scorer.precision == precision
    return np.concatenate(
        [
            scorer.judge(pictures[start : start + batch_size]).parts["aesthetic"]
            for start in range(0, len(pictures), batch_size)
        ]
    )


@pytest.mark.parametrize("batch_size", [1, 7, 32])
def test_it_equals_the_plain_loop_in_single_precision(case, batch_size):
    scores = pipeline(case, precision="float32", batch_size=batch_size)
    assert np.ptp(case[3]) > 0.1
    assert np.abs(scores - case[3]).max() < 1e-4


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
@pytest.mark.parametrize("batch_size", [1, 7, 32])
def test_it_nearly_equals_it_in_half_precision(case, precision, batch_size):
    scores = pipeline(case, precision=precision, batch_size=batch_size)
    assert np.abs(scores - case[3]).max() < HALF * np.ptp(case[3])


SHAPES = {
    "lying": (200, 640),
    "upright": (427, 176),
    "tall": (427, 141),
    "very tall": (427, 100),
    "a column": (427, 30),
    "very long": (141, 640),
    "a strip": (40, 640),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_so_it_does_with_pictures_of_any_shape(case, photographs, shape):
    folder, head, _, _ = case
    pictures = np.stack([one[: shape[0], : shape[1]] for one in photographs.values()])
    scorer = load_clip_scorer(
        encoder=folder, heads=[head], device="cpu", precision="float32", views=1
    )
    scores = scorer.judge(pictures).parts["aesthetic"]
    assert np.abs(scores - plain_loop(folder, head, pictures)).max() < 1e-4


def test_two_scorers_on_one_machine_give_identical_scores(case):
    first = pipeline(case, precision="bfloat16", batch_size=7)
    assert np.array_equal(first, pipeline(case, precision="bfloat16", batch_size=7))
