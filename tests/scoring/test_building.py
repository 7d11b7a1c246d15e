import pytest

torch = pytest.importorskip("torch")
import open_clip  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402

from layerforge.scoring import tower  # noqa: E402
from layerforge.scoring.building import quickly_built  # noqa: E402
from layerforge.scoring.encoders import locate  # noqa: E402
from layerforge.scoring.tower import load_encoder  # noqa: E402
from tests.small_clip import make_encoder  # noqa: E402


@pytest.fixture(params=[True, False], ids=["quickgelu", "gelu"])
def folder(request, tmp_path):
    return make_encoder(
        tmp_path / "small", reads=True, quick_gelu=request.param, resize_mode="squash"
    )


def test_it_is_the_model_that_open_clip_builds(folder):
    ours = quickly_built(locate(folder)).eval()
    theirs = open_clip.create_model(f"local-dir:{folder}").eval()
    state, wanted = ours.state_dict(), theirs.state_dict()
    assert all(torch.equal(state[key], wanted[key]) for key in wanted)
    pictures = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    words = open_clip.tokenize(["a red barn", "fog"])
    with torch.no_grad():
        assert torch.equal(ours.encode_image(pictures), theirs.encode_image(pictures))
        assert torch.equal(ours.encode_text(words), theirs.encode_text(words))


def test_preprocessing_is_the_same_either_way(folder, monkeypatch):
    quick = load_encoder(locate(folder)).preprocess
    monkeypatch.setattr(tower, "quickly_built", lambda _: None)
    assert load_encoder(locate(folder)).preprocess == quick
    assert quick.squash


def test_half_precision_files_become_single_precision(folder):
    file = folder / "m.safetensors"
    save_file({key: value.half() for key, value in load_file(file).items()}, file)
    kept = load_encoder(locate(folder)).tower
    assert {value.dtype for value in kept.parameters()} == {torch.float32}


def test_the_image_tower_does_not_hang_on_the_file(folder):
    kept = load_encoder(locate(folder)).tower
    before = [value.clone() for value in kept.parameters()]
    with (folder / "m.safetensors").open("r+b") as file:
        file.seek(20_000)
        file.write(bytes(500_000))
    assert all(torch.equal(a, b) for a, b in zip(before, kept.parameters(), strict=True))


def test_what_is_not_plain_takes_the_long_way(folder, tmp_path):
    torch.save(load_file(folder / "m.safetensors"), folder / "m.pth")
    (folder / "m.safetensors").unlink()
    assert quickly_built(locate(folder)) is None
    assert load_encoder(locate(folder)).tower is not None
