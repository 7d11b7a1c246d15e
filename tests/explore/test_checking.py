"""What is found of an encoder that lies in the hub's cache, whose files bear their hash."""

import huggingface_hub.constants
import pytest

from layerforge.explore import checking
from layerforge.explore.checking import check_weights, listed
from layerforge.scoring.catalogue import ENCODERS
from layerforge.scoring.verified import sha256_of
from tests.weight_files import write_encoder

SMALL = ENCODERS[0]
COMMIT = "a" * 40


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty models folder and an empty cache of the hub."""
    monkeypatch.setenv("LAYERFORGE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "models"


@pytest.fixture
def cached(folder, tmp_path, monkeypatch):
    """An encoder's file in the hub's cache.  Without torch, only its bytes are looked at."""
    monkeypatch.setattr(checking, "missing_libraries", lambda: "torch")
    home = tmp_path / "hub" / f"models--{SMALL.repository.replace('/', '--')}"
    link = home / "snapshots" / COMMIT / SMALL.hub_file
    made = write_encoder(link, SMALL)
    blob = home / "blobs" / sha256_of(made)
    blob.parent.mkdir()
    made.rename(blob)
    link.symlink_to(blob)
    (home / "refs").mkdir()
    (home / "refs" / "main").write_text(COMMIT)
    return blob


def state():
    return next(one.state for one in listed() if one.name == SMALL.name)


def test_its_hash_is_compared_once_and_remembered(cached):
    assert state() == "not verified"
    (report,) = check_weights(lambda _: None)
    assert (report.problem, report.doubt) == (None, None)
    assert report.facts["hash stated by"] == "the hub"
    assert state() == "verified"


def test_another_content_than_its_name_says_is_a_problem(cached):
    cached.write_bytes(cached.read_bytes()[:-1] + b"x")
    (report,) = check_weights(lambda _: None)
    assert report.problem == "its SHA-256 is not the one it came with"
    assert state() == "not verified"


def test_a_folder_that_cannot_be_written_is_no_fault_of_the_weights(cached, folder):
    folder.write_text("a file")
    told = []
    (report,) = check_weights(told.append)
    assert report.problem is None
    assert "cannot write to" in told[-1]


def test_in_our_folder_nobody_states_it(folder, monkeypatch):
    monkeypatch.setattr(checking, "missing_libraries", lambda: "torch")
    write_encoder(folder / SMALL.file, SMALL)
    (report,) = check_weights(lambda _: None)
    assert report.doubt == "not verified: no hash of it is known here, only its shape"
    write_encoder(folder / SMALL.file, SMALL, cut=1)
    (report,) = check_weights(lambda _: None)
    assert "is damaged" in report.problem
