import json
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from layerforge.scoring.catalogue import HEADS
from layerforge.scoring.head_files import fold, load_head
from layerforge.scoring.heads import HeadBroken, HeadMismatch

# the published files are not part of the source: these tests run where someone has put them
FILES = Path(os.environ.get("LAYERFORGE_HEADS", Path(__file__).parents[3] / "shared" / "heads"))
B32, L14 = "ViT-B-32-quickgelu/openai", "ViT-L-14-quickgelu/openai"


def published(name: str) -> Path:
    path = FILES / name
    if not path.is_file():
        pytest.skip(f"the published file {name} is not here (LAYERFORGE_HEADS names its folder)")
    return path


def ratings(encoder: str) -> np.ndarray:
    short = {B32: "b_32", L14: "l_14"}[encoder]
    rows = [np.load(published(f"{short}_rating{rating}.npy")) for rating in range(10)]
    return np.concatenate(rows)


@pytest.mark.parametrize("known", HEADS, ids=lambda known: known.name)
def test_published_heads_give_their_known_answers(known):
    answers = json.loads(published("known_answers.json").read_text())[known.file]
    head = load_head(published(known.file))
    assert answers["sha256"] == known.sha256
    assert answers["bytes"] == known.size_bytes
    assert (head.encoder, head.dim) == (known.encoder, known.dim)
    assert np.linalg.norm(head.vector) == pytest.approx(answers["weight_norm"], abs=1e-3)
    assert head.bias == pytest.approx(answers["bias"], abs=1e-3)
    if "scores_of_rating_0_to_9" in answers:
        scores = head.score(ratings(known.encoder))
        assert np.abs(scores - answers["scores_of_rating_0_to_9"]).max() < 1e-3


def test_a_published_head_is_known_by_its_bytes_not_its_name(tmp_path):
    copy = tmp_path / "some.bin"
    copy.write_bytes(published(HEADS[0].file).read_bytes())
    assert load_head(copy).encoder == B32


def test_a_changed_published_head_is_refused(tmp_path):
    changed = tmp_path / HEADS[0].file
    torch.save({"weight": torch.zeros(1, 512), "bias": torch.zeros(1)}, changed)
    with pytest.raises(HeadBroken, match="the published one"):
        load_head(changed)


def test_folding_equals_running_the_layers():
    torch.manual_seed(0)
    layers = torch.nn.Sequential(
        *(torch.nn.Linear(a, b) for a, b in [(8, 12), (12, 5), (5, 3)]),
        *(torch.nn.Identity() for _ in range(7)),
        torch.nn.Linear(3, 1),  # layer 10: the order is of numbers, not of letters
    ).double()
    state = {f"layers.{key}": value.numpy() for key, value in layers.state_dict().items()}
    vector, bias = fold(state, name="net")
    inputs = torch.randn(6, 8, dtype=torch.float64)
    assert np.allclose(inputs.numpy() @ vector + bias, layers(inputs).detach().numpy()[:, 0])


@pytest.mark.parametrize(
    "shapes",
    [
        {},
        {"weight": (1, 4)},
        {"weight": (2, 4), "bias": (2,)},
        {"weight": (1, 4), "bias": (3,)},
        {"weight": (4,), "bias": (4,)},
        {"weight": (1, 4), "bias": (1,), "scale": (1,)},
        {"0.weight": (3, 4), "0.bias": (3,), "1.weight": (1, 2), "1.bias": (1,)},
    ],
)
def test_what_is_no_chain_of_layers_is_refused(shapes):
    with pytest.raises(HeadBroken):
        fold({name: np.zeros(shape) for name, shape in shapes.items()}, name="net")


def test_own_heads_name_their_encoder(tmp_path):
    path = tmp_path / "mine.npz"
    np.savez(path, vector=np.arange(4.0), bias=0.5, encoder="x/y")
    head = load_head(path)
    assert (head.encoder, head.bias, head.name) == ("x/y", 0.5, "mine")
    with pytest.raises(HeadMismatch):
        load_head(path, encoder="x/z")
    np.savez(path, vector=np.arange(4.0), bias=0.5)
    with pytest.raises(HeadBroken, match="encoder"):
        load_head(path)


def test_own_linear_layers_need_an_encoder_and_deeper_nets_are_refused(tmp_path):
    path = tmp_path / "linear.pth"
    torch.save(torch.nn.Linear(4, 1).state_dict(), path)
    assert load_head(path, encoder="x/y").encoder == "x/y"
    with pytest.raises(HeadBroken, match="encoder"):
        load_head(path)
    net = torch.nn.Sequential(torch.nn.Linear(4, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    torch.save(net.state_dict(), path)
    with pytest.raises(HeadBroken, match="no linear head"):
        load_head(path, encoder="x/y")


class Trap:
    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return (Path.touch, (self.target,))


@pytest.mark.parametrize("how", ["pickle", "torch", "npz"])
def test_no_head_file_can_run_code(tmp_path, how):
    sprung = tmp_path / "sprung"
    path = tmp_path / ("head.npz" if how == "npz" else "head.pth")
    if how == "pickle":
        path.write_bytes(pickle.dumps({"weight": Trap(sprung)}))
    elif how == "torch":
        torch.save({"weight": Trap(sprung)}, path)
    else:
        np.savez(path, vector=np.array([Trap(sprung)], dtype=object), bias=0.0, encoder="x/y")
    with pytest.raises(HeadBroken) as caught:
        load_head(path, encoder="x/y")
    assert not sprung.exists()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kept", [0, 1, 100, 0.5, 0.99])
@pytest.mark.parametrize("ending", [".pth", ".npz"])
def test_truncated_heads_are_refused(tmp_path, kept, ending):
    path = tmp_path / f"head{ending}"
    if ending == ".pth":
        torch.save(torch.nn.Linear(512, 1).state_dict(), path)
    else:
        np.savez(path, vector=np.ones(512), bias=0.0, encoder="x/y")
    whole = path.read_bytes()
    path.write_bytes(whole[: kept if kept in (0, 1, 100) else int(len(whole) * kept)])
    with pytest.raises(HeadBroken):
        load_head(path, encoder="x/y")


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(HeadBroken, match="no head file"):
        load_head(tmp_path / "none.pth")


class TestHeadsAsSafetensors:
    @pytest.fixture
    def write(self, tmp_path):
        numpy_files = pytest.importorskip("safetensors.numpy")

        def write(metadata, **tensors):
            path = tmp_path / "mine.safetensors"
            numpy_files.save_file(tensors, path, metadata=metadata)
            return path

        return write

    def test_one_is_read(self, write):
        vector = np.array([0.5, -1.0, 2.0], np.float32)
        head = load_head(write({"encoder": "x/y"}, vector=vector, bias=np.array([0.25])))
        assert np.array_equal(head.vector, [0.5, -1.0, 2.0])
        assert (head.bias, head.encoder, head.name) == (0.25, "x/y", "mine")
        assert head.score(np.eye(3)) == pytest.approx([0.75, -0.75, 2.25])

    def test_its_encoder_must_be_declared(self, write):
        path = write(None, vector=np.ones(3), bias=np.zeros(1))
        with pytest.raises(HeadBroken, match="encoder") as caught:
            load_head(path)
        assert "\n" not in str(caught.value)

    def test_another_encoder_is_refused(self, write):
        path = write({"encoder": "x/y"}, vector=np.ones(3), bias=np.zeros(1))
        with pytest.raises(HeadMismatch, match="x/y"):
            load_head(path, encoder="x/z")

    @pytest.mark.parametrize(
        "tensors",
        [
            {"vector": np.ones((3, 2)), "bias": np.zeros(1)},
            {"vector": np.ones(3), "bias": np.zeros(2)},
            {"vector": np.array([1.0, np.nan]), "bias": np.zeros(1)},
        ],
    )
    def test_what_is_no_head_is_refused(self, write, tensors):
        with pytest.raises(HeadBroken) as caught:
            load_head(write({"encoder": "x/y"}, **tensors))
        assert "\n" not in str(caught.value)

    def test_a_truncated_one_is_refused(self, write):
        path = write({"encoder": "x/y"}, vector=np.ones(3), bias=np.zeros(1))
        path.write_bytes(path.read_bytes()[:-3])
        with pytest.raises(HeadBroken) as caught:
            load_head(path)
        assert "\n" not in str(caught.value)
