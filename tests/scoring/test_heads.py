import json
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch

from layerforge.scoring.heads import HEADS, Head, HeadBroken, HeadMismatch, fold, load_head

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
    with pytest.raises(HeadBroken, match="SHA-256"):
        load_head(changed)


def test_a_head_refuses_other_encoders_even_of_the_same_length():
    head = Head(np.ones(512), 0.0, "mine", B32)
    head.demand(encoder=B32, dim=512)
    with pytest.raises(HeadMismatch, match="not for ViT-B-16"):
        head.demand(encoder="ViT-B-16-quickgelu/openai", dim=512)
    with pytest.raises(HeadMismatch, match="length 512"):
        head.demand(encoder=B32, dim=768)
    with pytest.raises(HeadMismatch, match="shape"):
        head.score(np.ones((2, 768)) / np.sqrt(768))


def test_embeddings_must_have_unit_length():
    head = Head(np.ones(4), 0.0, "mine", "x/y")
    assert head.score(np.eye(4)) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="length 10"):
        head.score(np.eye(4) * [1, 1, 10, 1])
    with pytest.raises(ValueError, match="unit length"):
        head.score(np.full((1, 4), np.nan))


def test_a_score_does_not_depend_on_its_neighbours():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(33, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    head = Head(rng.normal(size=512), 3.0, "mine", "x/y")
    alone = [head.score(row[None])[0] for row in rows]
    assert np.array_equal(head.score(rows), alone)


def test_a_head_cannot_be_changed():
    source = np.ones(3)
    head = Head(source, 0.0, "mine", "x/y")
    source[0] = 9
    assert head.vector[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        head.vector[0] = 2


@pytest.mark.parametrize("vector", [np.ones((2, 2)), np.ones(0), np.array([1.0, np.inf])])
def test_a_head_is_one_finite_vector(vector):
    with pytest.raises(HeadBroken):
        Head(vector, 0.0, "mine", "x/y")


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
