import subprocess
import sys

import huggingface_hub.constants
import numpy as np
import pytest

from layerforge.explore import checking
from layerforge.scoring import catalogue, fetching, weights
from layerforge.scoring.catalogue import ENCODERS, PRESETS, PublishedHead
from layerforge.scoring.verified import remember, sha256_of
from tests.weight_files import write_encoder

SMALL = ENCODERS[0]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "models"


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A made-up head that the catalogue knows, and its file."""
    torch = pytest.importorskip("torch")
    path = tmp_path / "made up.bin"
    torch.save(torch.nn.Linear(4, 1).state_dict(), path)
    head = PublishedHead(
        file="made_up.pth",
        sha256=sha256_of(path),
        size_bytes=path.stat().st_size,
        encoder="x/y",
        dim=4,
        licence="MIT",
        url="http://127.0.0.1:9/made_up.pth",
    )
    monkeypatch.setattr(catalogue, "HEADS", (*catalogue.HEADS, head))
    return path


@pytest.fixture
def own(tmp_path):
    """The file of a head of the user's own."""
    path = tmp_path / "mine.npz"
    np.savez(path, vector=np.ones(512), encoder=SMALL.name)
    return path


def states(command):
    return {one["name"]: one["state"] for one in command("models", "list", "--json").json["models"]}


def test_importing_loads_neither_torch_nor_qt():
    code = (
        "import sys, layerforge.cli.models;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'open_clip', 'PySide6')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_listing_tells_licence_presets_and_place(command, published, folder):
    assert str(folder / "made_up.pth") in command("models", "import", published).out
    told = command("models", "list", "--json").json
    assert told["folder"] == str(folder)
    rows = {row["name"]: row for row in told["models"]}
    assert rows["made_up"]["path"] == str(folder / "made_up.pth")
    assert rows["made_up"]["present"]
    assert rows["ViT-B-32-quickgelu/openai"]["present"] is False
    assert rows["ViT-B-32-quickgelu/openai"]["presets"] == ["fast", "best"]
    assert all(row["licence"] for row in rows.values())
    lines = command("models").out.splitlines()
    assert len(lines) == len(rows) + 1
    assert all(len(line) <= 80 for line in lines[:-1])
    (line,) = [line for line in lines if "sa_0_4_vit_b_32_linear" in line]
    assert line.split() == [
        "head",
        "sa_0_4_vit_b_32_linear",
        "3",
        "kB",
        "fast,",
        "best",
        "MIT",
        "not",
        "here",
    ]
    assert rows["made_up"]["size_bytes"] == (folder / "made_up.pth").stat().st_size
    (line,) = [line for line in lines if "ViT-L-14-quickgelu/openai" in line]
    assert "1.7 GB" in line


def test_listing_tells_what_is_verified(command, published, folder):
    write_encoder(folder / SMALL.file, SMALL)
    other = write_encoder(folder / "ViT-B-32--laion2b_s34b_b79k.safetensors", SMALL)
    command("models", "import", published)
    assert states(command) == {
        **dict.fromkeys((one.name for one in (*ENCODERS, *catalogue.HEADS)), "not here"),
        SMALL.name: "not verified",
        "ViT-B-32/laion2b_s34b_b79k": "not verified",
        "made_up": "verified",
    }
    lines = command("models").out.splitlines()
    assert all(len(line) <= 80 for line in lines[:-1])
    assert "may be any weights of that shape" in lines[-3]
    remember(other, sha256_of(other), by="the hub")
    (folder / "made_up.pth").write_bytes(b"damaged")
    assert states(command)["ViT-B-32/laion2b_s34b_b79k"] == "verified"
    assert states(command)["made_up"] == "damaged"


def test_importing_says_what_came_in(command, own, tmp_path):
    told = command("models", "import", own)
    assert (told.code, told.out.split(":")[0]) == (0, "own head mine")
    assert "--head mine" in told.err
    assert states(command)["mine"] == "own"
    assert f" for {SMALL.name}" in command("models").out
    path = write_encoder(tmp_path / "model.safetensors", SMALL)
    told = command("models", "import", path)
    assert (told.code, told.out.split(":")[0]) == (0, f"encoder {SMALL.name}")
    assert "may be any weights of that shape" in told.err
    told = command("models", "import", path, "--sha256", sha256_of(path))
    assert (told.code, told.err) == (0, "")
    assert states(command)[SMALL.name] == "verified"


def test_importing_something_else_is_an_error(command, tmp_path):
    (tmp_path / "notes.txt").write_text("notes")
    told = command("models", "import", tmp_path / "notes.txt")
    assert told.code == 1
    assert "notes.txt is no weights file: heads come as" in told.error
    told = command("models", "import", tmp_path / "notes.txt", "--sha256", "abc")
    assert told.code == 2
    assert "64 hexadecimal digits" in told.error


def test_checking_tells_what_is_broken(command, published, own, folder):
    told = command("models", "check")
    assert told.code == 0
    assert told.out.startswith("nothing to check")
    assert "layerforge models fetch" in told.out
    command("models", "import", published)
    command("models", "import", own)
    told = command("models", "check", "--json")
    assert told.code == 0
    reports = {one["name"]: one for one in told.json}
    assert all(one["problem"] is None for one in reports.values())
    assert reports["made_up"]["facts"]["dim"] == 4
    assert reports["mine"]["facts"] == {"own": True, "encoder": SMALL.name, "dim": 512}
    (folder / "made_up.pth").write_bytes(b"damaged")
    np.savez(folder / "heads" / "mine.npz", vector=np.ones(4), encoder=SMALL.name)
    told = command("models", "check", "--json")
    assert told.code == 1
    assert told.error == "layerforge: error: broken weights: made_up, mine"
    reports = {one["name"]: one for one in told.json}
    assert "it has 7 bytes" in reports["made_up"]["problem"]
    assert "reads embeddings of length 4" in reports["mine"]["problem"]


def test_fetching_says_what_is_there_and_what_cannot_be_had(command, monkeypatch):
    fetched = []

    def fetch(item, *, progress):
        progress(1, 2)
        fetched.append(item)
        return item.file

    monkeypatch.setattr(fetching, "fetch", fetch)
    told = command("models", "fetch")
    assert tuple(fetched) == PRESETS["fast"].items
    assert "sa_0_4_vit_b_32_linear.pth" in told.out
    told = command("models", "fetch", "sa_0_4_vit_b_16_linear")
    assert fetched[-1].name == "sa_0_4_vit_b_16_linear"
    monkeypatch.setattr(weights, "find", lambda item: item.file)
    assert command("models", "fetch", "fast").out.count("already here") == 2
    told = command("models", "fetch", "slow")
    assert told.code == 1
    assert "unknown preset" in told.error


@pytest.mark.parametrize(
    ("panel", "alone", "said"),
    [
        (
            {"noise": 1, "flat": 0},
            {"noise": 3, "flat": 0},
            "doubtful: it likes spoiled pictures as well (noise liked 1/7, flat liked 0/7, liked "
            "by CLIP alone noise 3/7)",
        ),
        (
            {"noise": 0, "flat": 0},
            {"noise": 4, "flat": 1},
            "doubtful: CLIP alone likes most spoiled pictures as well, the measures prevent it "
            "(noise liked 0/7, flat liked 0/7, liked by CLIP alone noise 4/7, flat 1/7)",
        ),
        (
            {"noise": 0, "flat": 0},
            {"noise": 3, "flat": 0},
            "ok (noise liked 0/7, flat liked 0/7, liked by CLIP alone noise 3/7)",
        ),
    ],
)
def test_checking_tells_what_fools_a_preset(command, monkeypatch, panel, alone, said):
    monkeypatch.setattr(checking, "missing", lambda preset: () if preset.name == "fast" else (1,))
    monkeypatch.setattr(checking, "fooled_on_samples", lambda preset, tell: (7, panel, alone))
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    told = command("models", "check")
    assert told.code == 0
    assert told.out == f"preset  fast: {said}\n"


def test_fetching_an_encoder_by_open_clips_name(command, monkeypatch):
    asked = []

    def fetch_other(name, *, progress):
        progress(1, 2)
        asked.append(name)
        return "there"

    monkeypatch.setattr(fetching, "fetch_other", fetch_other)
    monkeypatch.setattr(fetching, "fetch", lambda item, *, progress: item.file)
    told = command("models", "fetch", "ViT-B-32/laion2b_s34b_b79k")
    assert asked == ["ViT-B-32/laion2b_s34b_b79k"]
    assert told.out == "ViT-B-32/laion2b_s34b_b79k: there\n"
    told = command("models", "fetch", "ViT-B-16-quickgelu/openai")  # of the catalogue
    assert "ViT-B-16-quickgelu--openai.safetensors" in told.out
    assert len(asked) == 1


def test_a_head_of_ones_own_judges_by_its_name(command, photo_folder, tmp_path):
    from tests.small_clip import DIM, make_encoder

    encoder = make_encoder(tmp_path / "small")
    for name, bias in (("mine", 3.0), ("yours", 7.0)):
        path = tmp_path / f"{name}.npz"
        np.savez(path, vector=np.zeros(DIM), bias=bias, encoder="local-dir:small")
        command("models", "import", path)
        path.unlink()
    np.savez(tmp_path / "other.npz", vector=np.zeros(DIM), encoder="local-dir:other")
    options = ("--clip-model", encoder, "--device", "cpu", "--precision", "float32")

    def score(*heads):
        return command("score", photo_folder / "china.jpg", *options, *heads, "--json")

    assert score("--head", "mine").json[0]["scores"] == {"aesthetic": 3.0}
    both = {"aesthetic-mine": 3.0, "aesthetic-yours": 7.0}
    assert score("--head", "mine", "--head", "yours").json[0]["scores"] == both
    told = score("--head", tmp_path / "other.npz")
    assert told.code == 1
    assert "the head other was made for local-dir:other, not for local-dir:small" in told.error
    assert "no head and no file is called 'his'" in score("--head", "his").error
    project = tmp_path / "p.layerforge"
    told = command(
        "explore", photo_folder, "--project", project, "--budget", 8, "--size", "96x96",
        "--seed", 1, "--scorer", "clip", *options, "--head", "yours",
    )  # fmt: skip
    assert told.code == 0, told.err
    (run,) = command("show", project, "--json").json["runs"]
    assert run["settings"]["heads"] == ["yours"]
    assert "head yours" in run["scorer_description"]
