import dataclasses
import pickle
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
from layerforge.scoring import clip, loading, precision, preprocess, tower  # noqa: E402
from layerforge.scoring.catalogue import PRESETS  # noqa: E402
from layerforge.scoring.checkpoints import WeightsBroken, WeightsMissing  # noqa: E402
from layerforge.scoring.clip import ClipFailed  # noqa: E402
from layerforge.scoring.encoders import locate, locate_published  # noqa: E402
from layerforge.scoring.heads import HeadBroken, HeadMismatch  # noqa: E402
from layerforge.scoring.loading import load_clip_scorer  # noqa: E402
from layerforge.scoring.preprocess import Preprocess  # noqa: E402
from layerforge.scoring.scorer import Scorer  # noqa: E402
from layerforge.scoring.shortage import MemoryShort  # noqa: E402
from layerforge.scoring.tower import (  # noqa: E402
    DeviceUnavailable,
    activation_at_1,
    choose_device,
    load_encoder,
)
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
        encoder=folder, heads=[head], device="cpu", precision="float32", batch_size=4, views=1
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
        encoder=either, heads=[head], device="cpu", precision="float32", batch_size=5
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
    yield "tall", second[:, 100:241]
    yield "very long", first[100:180]
    yield "very tall", first[100:180].transpose(1, 0, 2)
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
            assert steps.mean() < 0.3, (mode, name)
            assert steps.max() < 3, (mode, name)


def test_the_float_path_of_other_devices_resizes_alike(photographs):
    for name, picture in sizes(photographs):
        planes = torch.from_numpy(picture.copy())[None].permute(0, 3, 1, 2)
        whole = Preprocess(SIDE, (0.0,) * 3, (1.0,) * 3, squash=True)
        by_bytes = whole._resized(planes).float()
        by_floats = preprocess.resized_as_bytes(planes.float(), (SIDE, SIDE), mode="bicubic")
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
        assert activation_at_1(load_encoder(locate(folder)).tower) == pytest.approx(at_1, abs=1e-4)


def test_a_published_encoder_with_the_wrong_activation_is_refused(tmp_path, monkeypatch, folder):
    wrong = make_encoder(tmp_path / "wrong", quick_gelu=False)
    loaded = load_encoder(locate(wrong)).tower
    monkeypatch.setattr(tower, "_open_clip_model", lambda _: SimpleNamespace(visual=loaded))
    monkeypatch.setattr(tower, "check_shape", lambda *_, **__: None)
    published = PRESETS["fast"].pairings[0].encoder
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path))
    (tmp_path / published.file).write_bytes((folder / "m.safetensors").read_bytes())
    with pytest.raises(WeightsBroken, match=r"0\.8413"):
        load_encoder(locate_published(published))


def test_a_head_of_another_encoder_is_an_error_not_a_number(folder):
    for head in (
        make_head("ViT-B-32-quickgelu/openai"),
        make_head("local-dir:small", dim=DIM + 1),
    ):
        with pytest.raises(HeadMismatch):
            load_clip_scorer(encoder=folder, heads=[head], device="cpu", precision="float32")


def test_the_environment_names_encoder_and_head(folder, monkeypatch, tmp_path, patches, scorer):
    head = make_head("local-dir:small")
    path = tmp_path / "mine.npz"
    np.savez(path, vector=head.vector, bias=head.bias, encoder=head.encoder)
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(folder))
    monkeypatch.setenv("LAYERFORGE_HEAD", str(path))
    found = load_clip_scorer(device="cpu", precision="float32", batch_size=4, views=1)
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
        return load_clip_scorer(encoder=broken, heads=[head], device="cpu", precision="float32")

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
    with pytest.raises(WeightsBroken, match="as local-dir:small: weights of another"):
        load()
    (broken / "open_clip_config.json").write_text(config.replace('"layers": 2', '"layers": 3', 1))
    with pytest.raises(WeightsBroken, match=r"\(12 names differ, such as visual\.[\w.]+ln_1") as no:
        load()
    assert str(no.value).endswith(")")
    assert "\n" not in str(no.value)


def test_a_checkpoint_with_code_in_it_is_refused(tmp_path, folder, head):
    sprung = tmp_path / "sprung"

    class Trap:
        def __reduce__(self):
            return (type(sprung).touch, (sprung,))

    unsafe = tmp_path / "small"
    unsafe.mkdir()
    (unsafe / "open_clip_config.json").write_text((folder / "open_clip_config.json").read_text())
    torch.save({"visual.proj": Trap()}, unsafe / "model.pth")
    bare = pickle.dumps({"visual.proj": Trap()}, protocol=4)
    for _ in range(2):
        with pytest.raises(WeightsBroken, match="cannot be loaded"):
            load_clip_scorer(encoder=unsafe, heads=[head], device="cpu", precision="float32")
        assert not sprung.exists()
        (unsafe / "model.pth").write_bytes(bare)  # torch warns of its protocol


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
        heads=scorer._heads,
        encoder=scorer._encoder,
        views=scorer.views,
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


def test_out_of_memory_with_one_picture_on_the_processor_is_one_line(scorer, patches):
    with pytest.raises(MemoryShort, match="the memory is too small for CLIP local-dir:small") as no:
        crowded(scorer, room=0).judge(patches)
    assert "\n" not in str(no.value)


def test_other_failures_are_raised(scorer, patches):
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


class Moved(torch.nn.Module):
    """A tower that finds no memory at all until it is told to go to the processor."""

    def __init__(self, tower):
        super().__init__()
        self.tower, self.moves = tower, []

    def to(self, **goal):
        self.moves.append(goal)
        return self  # there is no such device here

    def forward(self, inputs):
        if len(self.moves) < 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate much")
        return self.tower(inputs)


def test_where_one_picture_is_too_much_the_processor_takes_over(scorer, patches, monkeypatch):
    told = []
    alone = clip.ClipScorer(
        Moved(scorer._tower),
        preprocess=scorer._preprocess,
        heads=scorer._heads,
        encoder=scorer._encoder,
        device=torch.device("mps"),
        precision="float16",
        batch_size=2,
        on_notice=told.append,
    )
    monkeypatch.setattr(torch.Tensor, "to", lambda self, *_, **__: self)  # no such device here
    values = alone.judge(patches).values
    assert np.abs(values - scorer.judge(patches).values).max() < 1e-4
    assert told == [
        "mps is out of memory: going on with 1 picture at once",
        "mps is out of memory: going on with the processor, in float32",
    ]
    assert alone.device == torch.device("cpu")
    assert alone.precision == "float32"
    goal = {"device": torch.device("cpu"), "dtype": torch.float32}
    assert alone._tower.moves[-1] == goal


@pytest.fixture
def full_device(monkeypatch):
    """A device ``mps`` onto which nothing fits any more; tells how often that was found out."""
    found = []

    def refusing(real):
        def to(self, *args, **options):
            if any(str(one) == "mps" for one in (*args, *options.values())):
                found.append(self)
                raise RuntimeError("MPS backend out of memory (MPS allocated: 9.1 GB)")
            return real(self, *args, **options)

        return to

    monkeypatch.setattr(torch.Tensor, "to", refusing(torch.Tensor.to))
    monkeypatch.setattr(torch.nn.Module, "to", refusing(torch.nn.Module.to))
    monkeypatch.setattr(loading, "choose_device", lambda _: torch.device("mps"))
    return found


@pytest.mark.parametrize("wanted", ["auto", "float16", "float32"])
def test_a_device_with_no_room_to_load_or_measure_on_gives_way_to_the_processor(
    folder, head, scorer, patches, full_device, monkeypatch, tmp_path, wanted
):
    monkeypatch.setattr(precision, "_chosen", {})
    monkeypatch.setattr(precision, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(precision, "_FASTER", {"cpu": (), "mps": ("float16",)})
    told = []
    found = load_clip_scorer(
        encoder=folder, heads=[head], device="mps", precision=wanted, views=1,
        on_notice=told.append,
    )  # fmt: skip
    assert full_device
    assert (found.device, found.precision) == (torch.device("cpu"), "float32")
    assert any(
        line.startswith("mps is out of memory: going on with the processor") for line in told
    )
    assert np.abs(found.judge(patches).values - scorer.judge(patches).values).max() < 1e-4
    assert "on cpu in float32" in found.description


def test_a_processor_with_no_room_to_load_is_one_line(folder, head, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9")

    for place, name in ((tower, "quickly_built"), (loading, "choose_precision"),
                        (clip, "in_precision")):  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(place, name, fails)
            with pytest.raises(MemoryShort, match="the memory is too small"):
                load_clip_scorer(
                    encoder=folder, heads=[head], device="cpu",
                    precision="auto" if place is loading else "float32",
                )  # fmt: skip


def beauty_at_the_edges(photographs, *, edges):
    """(1, 64, 192, 3): a grey centre between two pieces of photographs, or blank edges."""
    collage = np.full((1, SIDE, 3 * SIDE, 3), 128, np.uint8)
    collage[0, :, SIDE : 2 * SIDE] = np.linspace(100, 150, SIDE, dtype=np.uint8)[None, :, None]
    if edges:
        collage[0, :, :SIDE] = photographs[0][100 : 100 + SIDE, 200 : 200 + SIDE]
        collage[0, :, 2 * SIDE :] = photographs[1][100 : 100 + SIDE, 300 : 300 + SIDE]
    return collage


def test_beauty_at_the_edges_of_a_long_collage_is_seen(folder, head, scorer, photographs):
    rich = beauty_at_the_edges(photographs, edges=True)
    blank = beauty_at_the_edges(photographs, edges=False)
    assert np.array_equal(scorer.judge(rich).values, scorer.judge(blank).values)  # one view
    for views in (2, 3, 4, 5):
        seeing = load_clip_scorer(
            encoder=folder, heads=[head], device="cpu", precision="float32", views=views
        )
        one, other = seeing.judge(rich), seeing.judge(blank)
        assert one.embeddings[0] @ other.embeddings[0] < 0.98, views
        assert abs(one.values[0] - other.values[0]) > 0.05, views


def test_views_are_averaged_as_directions(folder, head, scorer, photographs):
    seeing = load_clip_scorer(
        encoder=folder, heads=[head], device="cpu", precision="float32", views=4, batch_size=2
    )
    collage = beauty_at_the_edges(photographs, edges=True)
    colour = np.rint(collage.mean(axis=(0, 1, 2))).astype(np.uint8)
    whole = np.empty((SIDE, SIDE, 3), np.uint8)
    whole[:] = colour
    third = round(SIDE / 3)
    small = Image.fromarray(collage[0]).resize((SIDE, third), Image.Resampling.BICUBIC)
    whole[(SIDE - third) // 2 :][:third] = small
    squares = [collage[0, :, start : start + SIDE] for start in (0, SIDE, 2 * SIDE)]
    rows = np.stack([scorer.embed(view[None])[0] for view in (whole, *squares)])
    mean = rows.mean(axis=0)
    assert np.allclose(seeing.embed(collage)[0], mean / np.linalg.norm(mean), atol=1e-5)
    square = photographs[0][:200, :200][None]
    assert np.array_equal(seeing.embed(square), scorer.embed(square))
    assert "up to 4 views" in seeing.description
    assert seeing.encoder != scorer.encoder


def test_several_heads_vote_apart_and_votes_follow_from_embeddings(scorer, head, patches):
    other = make_head("local-dir:small")
    several = clip.ClipScorer(
        scorer._tower,
        preprocess=scorer._preprocess,
        heads=[head, type(head)(-other.vector, 1.0, "other", head.encoder, "v2")],
        encoder="local-dir:small",
        device=torch.device("cpu"),
        precision="float32",
        batch_size=4,
    )
    verdict = several.judge(patches)
    assert tuple(verdict.parts) == several.voters == ("aesthetic-small", "aesthetic-v2")
    first, second = verdict.parts.values()
    assert np.allclose(first - 5.0, 1.0 - second)
    again = several.judge_embeddings(verdict.embeddings)
    assert all(np.array_equal(again[name], verdict.parts[name]) for name in again)
    assert several.fingerprint != scorer.fingerprint


def test_settings_out_of_range_are_one_line(folder, head):
    for options, words in (
        ({"views": 0}, "views must be 1 to 5"),
        ({"views": 6}, "views must be 1 to 5"),
        ({"precision": "int4"}, "precision must be"),
    ):
        with pytest.raises(LayerForgeError, match=words):
            load_clip_scorer(encoder=folder, heads=[head], device="cpu", **options)


def test_an_encoder_without_head_or_words_judges_nothing_and_is_not_loaded(folder, monkeypatch):
    monkeypatch.setattr(loading, "load_encoder", None)
    with pytest.raises(HeadBroken, match=r"nothing judges .* --head, .* --more-like"):
        load_clip_scorer(encoder=folder, device="cpu", precision="float32")


def test_loading_is_told(folder, head):
    told = []
    load_clip_scorer(
        encoder=folder, heads=[head], device="cpu", precision="float32", on_notice=told.append
    )
    assert told[0] == "loading CLIP local-dir:small"
    assert told[-1].startswith("CLIP local-dir:small is ready after")


def test_a_batch_is_judged_before_it_is_ready(folder, head, monkeypatch):
    seen = []

    class Counting(Crowded):
        def forward(self, inputs):
            seen.append(len(inputs))
            return self.tower(inputs)

    def counted(*given, **options):
        loaded = load_encoder(*given, **options)
        counting = Counting(loaded.tower, 0)
        counting.output_dim = loaded.tower.output_dim
        return dataclasses.replace(loaded, tower=counting)

    monkeypatch.setattr(loading, "load_encoder", counted)
    load_clip_scorer(
        encoder=folder, heads=[head], device="cpu", precision="float32", batch_size=5,
        on_notice=lambda line: seen.append(line.split()[0]),
    )  # fmt: skip
    assert seen == ["loading", 5, "CLIP"]
