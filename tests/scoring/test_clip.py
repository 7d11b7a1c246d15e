import time
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402
from open_clip.transform import PreprocessCfg, image_transform_v2  # noqa: E402
from safetensors.torch import load_file  # noqa: E402
from sklearn.datasets import load_sample_images  # noqa: E402

from layerforge.model.errors import LayerForgeError  # noqa: E402
from layerforge.scoring import clip, tower  # noqa: E402
from layerforge.scoring.clip import ClipFailed, load_clip_scorer  # noqa: E402
from layerforge.scoring.heads import HeadMismatch  # noqa: E402
from layerforge.scoring.scorer import Scorer  # noqa: E402
from layerforge.scoring.tower import (  # noqa: E402
    DeviceUnavailable,
    Preprocess,
    activation_at_1,
    choose_device,
    load_own_tower,
)
from layerforge.scoring.weights import PRESETS, WeightsBroken, WeightsMissing  # noqa: E402
from tests.small_clip import DIM, SIDE, make_encoder, make_head  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Models this small lose more than they gain by threads, above all beside other tests."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_encoder(tmp_path_factory.mktemp("clip") / "small")


@pytest.fixture(scope="module")
def head():
    return make_head("local-dir:small")


@pytest.fixture(scope="module")
def scorer(folder, head):
    return load_clip_scorer(
        encoder=folder, head=head, device="cpu", precision="float32", batch_size=4
    )


@pytest.fixture(scope="module")
def photographs():
    return load_sample_images().images


@pytest.fixture(scope="module")
def patches(photographs):
    """(12, 64, 64, 3): pieces of photographs at the size the model reads."""
    return np.stack(
        [
            image[y : y + SIDE, x : x + SIDE]
            for image in photographs
            for y, x in [(0, 0), (100, 50), (200, 400), (300, 30), (360, 570), (50, 300)]
        ]
    )


def plainly(folder, head, pictures):
    """One picture at a time, through PIL and the whole model: embeddings and scores."""
    model, _, preprocess = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    model.eval()
    rows = []
    for picture in pictures:
        with torch.no_grad():
            row = model.encode_image(preprocess(Image.fromarray(picture))[None])[0]
        rows.append((row / row.norm()).numpy())
    return np.stack(rows), np.stack(rows) @ head.vector + head.bias


@pytest.fixture(scope="module", params=[True, False], ids=["quickgelu", "gelu"])
def either(request, tmp_path_factory):
    return make_encoder(tmp_path_factory.mktemp("either") / "small", quick_gelu=request.param)


def test_it_is_a_scorer(scorer):
    assert isinstance(scorer, Scorer)
    assert scorer.name == "clip"
    assert scorer.batch_size == 4
    for word in ("local-dir:small", "head small", "cpu", "float32"):
        assert word in scorer.description


def test_the_pipeline_equals_the_plain_loop(either, head, patches):
    scorer = load_clip_scorer(
        encoder=either, head=head, device="cpu", precision="float32", batch_size=5
    )
    verdict = scorer.judge(patches)
    rows, scores = plainly(either, head, patches)
    assert np.abs(verdict.values - scores).max() < 1e-4
    assert np.abs(verdict.embeddings - rows).max() < 1e-5
    assert np.ptp(scores) > 0.1


def test_a_verdict_has_the_right_shape_and_repeats(scorer, patches):
    verdict = scorer.judge(patches)
    assert verdict.values.shape == (12,)
    assert verdict.values.dtype == np.float64
    assert verdict.embeddings.shape == (12, DIM)
    assert verdict.embeddings.dtype == np.float32
    assert np.abs(np.linalg.norm(verdict.embeddings, axis=1) - 1).max() < 1e-5
    assert np.array_equal(verdict.parts["aesthetic"], verdict.values)
    again = scorer.judge(patches)
    assert np.array_equal(again.values, verdict.values)
    assert np.array_equal(again.embeddings, verdict.embeddings)


def sizes(photographs):
    first, second = photographs
    yield "as it is", first
    yield "odd sides", second[3:330, 5:422]
    yield "upright", first[:, 100:301]
    yield "enlarged", second[200:241, 300:351]
    yield "one side fits", first[:64, :201]
    yield "long", first[200:260, :200]
    yield "mirrored", first[::-1, ::-2]
    yield "channels swapped", second[..., ::-1]
    yield "turned", first.transpose(1, 0, 2)


def test_resizing_is_as_pil_does_it(folder, head, scorer, photographs):
    for name, picture in sizes(photographs):
        ours = scorer.judge(picture[None]).embeddings[0]
        theirs = plainly(folder, head, [np.ascontiguousarray(picture)])[0][0]
        assert ours @ theirs > 0.999, name


def test_preprocessing_differs_by_a_fraction_of_a_step_of_brightness(photographs):
    for mode in ("shortest", "squash"):
        config = PreprocessCfg(size=SIDE, resize_mode=mode)
        theirs = image_transform_v2(config, is_train=False)
        ours = Preprocess(SIDE, config.mean, config.std, squash=mode == "squash")
        for name, picture in sizes(photographs):
            plain = picture.copy()
            difference = ours(torch.from_numpy(plain)[None])[0] - theirs(Image.fromarray(plain))
            steps = difference.abs() * torch.tensor(config.std).view(3, 1, 1) * 255
            # Pillow's versions differ in whether they resize across or down first
            assert steps.mean() < 0.3, (mode, name)
            assert steps.max() < 8, (mode, name)


def test_the_float_path_of_other_devices_resizes_alike(photographs):
    for name, picture in sizes(photographs):
        planes = torch.from_numpy(picture.copy())[None].permute(0, 3, 1, 2)
        whole = Preprocess(SIDE, (0.0,) * 3, (1.0,) * 3, squash=True)
        by_bytes = whole._resized(planes).float()
        by_floats = tower._resized_as_floats(planes, (SIDE, SIDE), mode="bicubic")
        difference = (by_bytes - by_floats).abs()
        assert difference.max() <= 1, name
        assert difference.mean() < 0.02, name


def test_very_long_pictures_cost_no_more_memory_than_their_middle(scorer):
    strip = np.zeros((1, 3, 60_000, 3), np.uint8)
    strip[:, :, 29_000:31_000] = 200
    middle = scorer.judge(strip).embeddings[0]
    assert middle @ scorer.judge(strip[:, :, 29_900:30_100]).embeddings[0] > 0.999


def test_any_memory_layout_will_do(scorer, patches):
    wanted = scorer.judge(np.ascontiguousarray(patches[::-1, ::-1])).values
    assert np.array_equal(scorer.judge(patches[::-1, ::-1]).values, wanted)
    locked = patches.copy()
    locked.setflags(write=False)
    assert np.array_equal(scorer.judge(locked).values, scorer.judge(patches).values)
    fortran = np.asfortranarray(patches)
    assert np.array_equal(scorer.judge(fortran).values, scorer.judge(patches).values)


@pytest.mark.parametrize(
    "pictures",
    [
        np.zeros((2, 8, 8, 4), np.uint8),
        np.zeros((8, 8, 3), np.uint8),
        np.zeros((2, 8, 8, 3), np.float32),
        np.zeros((0, 8, 8, 3), np.uint8),
        np.zeros((2, 0, 8, 3), np.uint8),
    ],
)
def test_other_arrays_are_refused(scorer, pictures):
    with pytest.raises(ValueError, match="pictures must"):
        scorer.judge(pictures)


def test_the_activation_is_the_one_the_weights_were_trained_with(tmp_path):
    for quick_gelu, at_1 in [(True, 0.8458), (False, 0.8413)]:
        folder = make_encoder(tmp_path / str(quick_gelu), quick_gelu=quick_gelu)
        assert activation_at_1(load_own_tower(folder)[0]) == pytest.approx(at_1, abs=1e-4)


def test_a_published_encoder_with_the_wrong_activation_is_refused(tmp_path, monkeypatch, folder):
    wrong = make_encoder(tmp_path / "wrong", quick_gelu=False)
    loaded, _ = load_own_tower(wrong)
    monkeypatch.setattr(tower, "_open_clip_tower", lambda *_, **__: loaded)
    with pytest.raises(WeightsBroken, match=r"0\.8413"):
        tower.load_tower(PRESETS["fast"].encoder, folder / "m.safetensors")


def test_a_head_of_another_encoder_is_an_error_not_a_number(folder):
    for head in (
        make_head("ViT-B-32-quickgelu/openai"),
        make_head("local-dir:small", dim=DIM + 1),
    ):
        with pytest.raises(HeadMismatch):
            load_clip_scorer(encoder=folder, head=head, device="cpu", precision="float32")


def test_the_environment_names_encoder_and_head(folder, monkeypatch, tmp_path, patches, scorer):
    head = make_head("local-dir:small")
    path = tmp_path / "mine.npz"
    np.savez(path, vector=head.vector, bias=head.bias, encoder=head.encoder)
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(folder))
    monkeypatch.setenv("LAYERFORGE_HEAD", str(path))
    found = load_clip_scorer(device="cpu", precision="float32", batch_size=4)
    assert np.array_equal(found.judge(patches).values, scorer.judge(patches).values)


def test_missing_weights_fail_at_once_and_never_ask_the_network(tmp_path, monkeypatch):
    import socket

    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    monkeypatch.setattr(socket, "socket", None)
    start = time.monotonic()
    with pytest.raises(WeightsMissing, match="layerforge models fetch") as caught:
        load_clip_scorer(models_dir=tmp_path)
    assert time.monotonic() - start < 5
    assert "\n" not in str(caught.value)


def test_folders_without_a_whole_model_are_refused(tmp_path, head, folder):
    def load():
        return load_clip_scorer(encoder=broken, head=head, device="cpu", precision="float32")

    broken = tmp_path / "small"
    broken.mkdir()
    with pytest.raises(WeightsMissing, match="open_clip_config"):
        load()
    config = (folder / "open_clip_config.json").read_text()
    (broken / "open_clip_config.json").write_text("{}")
    with pytest.raises(WeightsBroken, match="no open_clip config"):
        load()
    (broken / "open_clip_config.json").write_text(
        config.replace('"width": 32', '"hf_model_name": "x"')
    )
    with pytest.raises(WeightsBroken, match="network"):
        load()
    (broken / "open_clip_config.json").write_text(config)
    with pytest.raises(WeightsMissing, match="no weights"):
        load()
    whole = (folder / "m.safetensors").read_bytes()
    (broken / "m.safetensors").write_bytes(whole[:-1])
    with pytest.raises(WeightsBroken, match="damaged"):
        load()
    (broken / "m.safetensors").write_bytes(whole)
    (broken / "open_clip_config.json").write_text(
        config.replace('"embed_dim": 48', '"embed_dim": 47')
    )
    with pytest.raises(WeightsBroken, match="cannot be loaded") as caught:
        load()
    assert "\n" not in str(caught.value)


def test_a_checkpoint_with_code_in_it_is_refused(tmp_path, folder, head):
    sprung = tmp_path / "sprung"

    class Trap:
        def __reduce__(self):
            return (type(sprung).touch, (sprung,))

    unsafe = tmp_path / "small"
    unsafe.mkdir()
    (unsafe / "open_clip_config.json").write_text((folder / "open_clip_config.json").read_text())
    torch.save({"visual.proj": Trap()}, unsafe / "model.pth")
    with pytest.raises(WeightsBroken, match="cannot be loaded"):
        load_clip_scorer(encoder=unsafe, head=head, device="cpu", precision="float32")
    assert not sprung.exists()


def test_the_text_tower_is_let_go(scorer, folder):
    kept = sum(value.numel() for value in scorer._tower.parameters())
    image = sum(
        value.numel()
        for key, value in load_file(folder / "m.safetensors").items()
        if key.startswith("visual.")
    )
    assert kept == image


def test_devices(monkeypatch):
    assert choose_device("cpu") == torch.device("cpu")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert choose_device("auto") == torch.device("cpu")
    for absent in ("cuda", "cuda:1", "mps", "cpu:1"):
        with pytest.raises(DeviceUnavailable, match=f"{absent} is not on this machine"):
            choose_device(absent)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert choose_device("auto") == torch.device("mps")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert choose_device("auto") == torch.device("cuda")
    assert choose_device("cuda:1") == torch.device("cuda:1")
    for nonsense in ("tpu", "cuda:", "cuda:x", ""):
        with pytest.raises(LayerForgeError, match="device must be"):
            choose_device(nonsense)


def test_precision_is_measured_once_and_must_agree(folder, head, patches, scorer, monkeypatch):
    monkeypatch.setattr(tower, "_chosen", {})
    clock = iter([0.0, 4.0, 4.0, 8.0, 8.0, 9.0, 9.0, 10.0])  # float32 takes 4 s, bfloat16 1 s
    monkeypatch.setattr(tower, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    quick = load_clip_scorer(encoder=folder, head=head, device="cpu")
    assert quick.precision == "bfloat16"
    again = load_clip_scorer(encoder=folder, head=head, device="cpu")  # no more time on the clock
    assert again.precision == "bfloat16"
    cosines = (quick.judge(patches).embeddings * scorer.judge(patches).embeddings).sum(axis=1)
    assert cosines.min() > 0.999
    monkeypatch.setattr(tower, "_chosen", {})
    monkeypatch.setattr(tower, "_AGREES", 1.1)
    clock = iter([0.0, 4.0, 4.0, 8.0, 8.0, 9.0, 9.0, 10.0])
    assert load_clip_scorer(encoder=folder, head=head, device="cpu").precision == "float32"
    monkeypatch.setattr(tower, "_chosen", {})
    monkeypatch.setattr(tower, "_AGREES", 0.999)
    clock = iter([0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0])  # no faster
    assert load_clip_scorer(encoder=folder, head=head, device="cpu").precision == "float32"
    with pytest.raises(LayerForgeError, match="precision must be"):
        load_clip_scorer(encoder=folder, head=head, precision="int4")


class Crowded(torch.nn.Module):
    """A tower that runs out of memory above some number of pictures."""

    def __init__(self, tower, room):
        super().__init__()
        self.tower, self.room, self.seen = tower, room, []

    def forward(self, inputs):
        self.seen.append(len(inputs))
        if len(inputs) > self.room:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate much")
        return self.tower(inputs)


def crowded(scorer, room, **options):
    return clip.ClipScorer(
        Crowded(scorer._tower, room),
        preprocess=scorer._preprocess,
        head=scorer._head,
        encoder=scorer.encoder,
        device=torch.device("cpu"),
        precision="float32",
        batch_size=8,
        **options,
    )


def test_out_of_memory_halves_the_batch_says_so_and_goes_on(scorer, patches):
    told = []
    small = crowded(scorer, room=3, on_notice=told.append)
    verdict = small.judge(patches)
    assert np.abs(verdict.values - scorer.judge(patches).values).max() < 1e-4
    assert small._tower.seen == [8, 4, 2, 2, 2, 2, 2, 2]
    assert small.notices == told
    assert told[-1] == "cpu is out of memory: going on with 2 pictures at once"
    small.judge(patches[:2])
    assert len(told) == 2


def test_out_of_memory_with_one_picture_and_other_failures_are_raised(scorer, patches):
    with pytest.raises(torch.OutOfMemoryError):
        crowded(scorer, room=0).judge(patches)
    broken = crowded(scorer, room=9)
    broken._tower.tower = torch.nn.Linear(2, 2)
    with pytest.raises(RuntimeError, match="shape"):
        broken.judge(patches)


def test_values_that_are_not_numbers_are_an_error(scorer, patches, monkeypatch):
    sick = crowded(scorer, room=9)
    monkeypatch.setattr(
        Crowded, "forward", lambda _, inputs: torch.full((len(inputs), DIM), torch.nan)
    )
    with pytest.raises(ClipFailed, match="not numbers"):
        sick.judge(patches)
