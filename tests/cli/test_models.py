import argparse
import json
import subprocess
import sys

import huggingface_hub.constants
import pytest

from layerforge.cli import models
from layerforge.model.errors import LayerForgeError
from layerforge.scoring import heads, weights
from layerforge.scoring.heads import HEADS, PublishedHead


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "models"


@pytest.fixture
def own_head(tmp_path, monkeypatch):
    """A made-up head that the catalogue knows, and its file."""
    torch = pytest.importorskip("torch")
    path = tmp_path / "made up.bin"
    torch.save(torch.nn.Linear(4, 1).state_dict(), path)
    head = PublishedHead(
        file="made_up.pth",
        sha256=heads.sha256_of(path),
        size_bytes=path.stat().st_size,
        encoder="x/y",
        dim=4,
        licence="MIT",
        url="http://127.0.0.1:9/made_up.pth",
    )
    for module in (heads, weights):
        monkeypatch.setattr(module, "HEADS", (*HEADS, head))
    return path


def run(*words):
    parser = argparse.ArgumentParser()
    models.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["models", *words])
    return args.run(args)


def test_importing_loads_neither_torch_nor_qt():
    code = (
        "import sys, layerforge.cli.models;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'open_clip', 'PySide6')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_listing_tells_licence_and_place(capsys, own_head, folder):
    assert run("import", str(own_head)) == 0
    assert str(folder / "made_up.pth") in capsys.readouterr().out
    assert run("list", "--json") == 0
    listing = json.loads(capsys.readouterr().out)
    rows = {row["name"]: row for row in listing["models"]}
    assert rows["made_up"]["path"] == str(folder / "made_up.pth")
    assert rows["made_up"]["present"]
    assert rows["ViT-B-32-quickgelu/openai"]["present"] is False
    assert rows["ViT-B-32-quickgelu/openai"]["presets"] == ["fast", "best"]
    assert all(row["licence"] for row in rows.values())
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rows) + 1
    assert any(
        "sa_0_4_vit_b_32_linear [fast, best]" in line and "not here" in line for line in lines
    )


def test_checking_tells_what_is_broken(capsys, own_head, folder):
    assert run("check") == 0
    assert "layerforge models fetch" in capsys.readouterr().out
    run("import", str(own_head))
    capsys.readouterr()
    assert run("check", "--json") == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["problem"] is None
    assert report["facts"]["dim"] == 4
    (folder / "made_up.pth").write_bytes(b"damaged")
    with pytest.raises(LayerForgeError, match="broken weights: made_up"):
        run("check", "--json")
    (report,) = json.loads(capsys.readouterr().out)
    assert "SHA-256" in report["problem"]


def test_fetching_says_what_is_there_and_what_cannot_be_had(capsys, monkeypatch):
    fetched = []

    def fetch(item, *, progress):
        progress(1, 2)
        fetched.append(item)
        return item.file

    monkeypatch.setattr(weights, "fetch", fetch)
    assert run("fetch") == 0
    assert tuple(fetched) == weights.PRESETS["fast"].items
    assert "sa_0_4_vit_b_32_linear.pth" in capsys.readouterr().out
    monkeypatch.setattr(weights, "find", lambda item: item.file)
    assert run("fetch", "fast") == 0
    assert capsys.readouterr().out.count("already here") == 2
    with pytest.raises(LayerForgeError, match="unknown preset"):
        run("fetch", "slow")


def test_importing_something_else_is_an_error(tmp_path):
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(LayerForgeError, match=r"notes\.txt is no published head"):
        run("import", str(tmp_path / "notes.txt"))


def test_checking_tells_what_fools_a_preset(capsys, monkeypatch):
    from layerforge.explore import checking

    monkeypatch.setattr(weights, "missing", lambda preset: () if preset.name == "fast" else (1,))
    monkeypatch.setattr(
        checking,
        "fooled_on_samples",
        lambda preset: (7, {"noise": 1, "flat": 0}) if preset == "fast" else None,
    )
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    assert run("check") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "preset   fast" in line
    assert "doubtful: it likes spoiled pictures as well (noise liked 1/7, flat liked 0/7)" in line


def test_fetching_an_encoder_by_open_clips_name(capsys, monkeypatch):
    asked = []

    def fetch_other(name, *, progress):
        progress(1, 2)
        asked.append(name)
        return "there"

    monkeypatch.setattr(weights, "fetch_other", fetch_other)
    monkeypatch.setattr(weights, "fetch", lambda item, *, progress: item.file)
    assert run("fetch", "ViT-B-32/laion2b_s34b_b79k") == 0
    assert asked == ["ViT-B-32/laion2b_s34b_b79k"]
    assert capsys.readouterr().out == "ViT-B-32/laion2b_s34b_b79k: there\n"
    assert run("fetch", "ViT-B-16-quickgelu/openai") == 0  # of the catalogue
    assert "ViT-B-16-quickgelu--openai.safetensors" in capsys.readouterr().out
    assert len(asked) == 1
