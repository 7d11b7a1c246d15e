"""Exploring a project on is judged as it was judged before, unless told otherwise."""

import shutil

import numpy as np
import pytest

from tests.small_clip import make_encoder, make_head


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    folder = make_encoder(tmp_path_factory.mktemp("clip") / "small", reads=True)
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return folder


@pytest.fixture
def explore(command, photo_folder, tmp_path):
    """Explores one project a little; tells what was told, and what the run was recorded with."""
    project = tmp_path / "p.layerforge"

    def explore(*options, code=0):
        told = command(
            "explore", photo_folder, "--project", project, "--budget", 2, "--seed", 1,
            "--size", "96x96", "--no-fragility", *options,
        )  # fmt: skip
        assert told.code == code, told.err
        return told.err, command("show", project, "--json").json["runs"][-1]

    return explore


def test_without_options_the_scorer_its_encoder_and_words_stay(explore, encoder):
    _, first = explore(
        "--clip-model", encoder, "--more-like", "moss", "--kappa", 0, "--weight", "order=2",
        "--precision", "float32", "--views", 2,
    )  # fmt: skip
    told, second = explore()
    assert "judging as in the last run: clip" in told
    assert 'more like ["moss"]' in told
    assert second["scorer_description"] == first["scorer_description"]
    for name in ("clip_model", "more_like", "views", "kappa", "weights"):
        assert second["settings"][name] == first["settings"][name], name
    told, third = explore("--more-like", "fog", "--kappa", 1)
    assert third["settings"]["more_like"] == ["fog"]
    assert third["settings"]["kappa"] == 1.0
    assert third["settings"]["clip_model"] == str(encoder)
    told, fourth = explore("--scorer", "measures", "--kappa", 0)
    assert "last run" not in told
    assert fourth["scorer"] == "measures"
    assert fourth["settings"]["clip_model"] is None
    told, fifth = explore()
    assert "judging as in the last run: measures" in told
    assert (fifth["scorer"], fifth["settings"]["kappa"]) == ("measures", 0.0)


def test_a_model_that_is_gone_is_told_and_measures_judge_where_nobody_asked_for_clip(
    explore, encoder, tmp_path
):
    gone = shutil.copytree(encoder, tmp_path / "small")
    explore("--clip-model", gone)
    shutil.rmtree(gone)
    told, run = explore()
    assert run["scorer"] == "measures"
    assert "all values change: CLIP judged until now" in told
    assert str(gone) in told


def test_where_clip_was_asked_for_it_is_an_error(explore, encoder, tmp_path):
    gone = shutil.copytree(encoder, tmp_path / "small")
    explore("--scorer", "clip", "--clip-model", gone)
    shutil.rmtree(gone)
    told, _ = explore(code=1)
    (line,) = [line for line in told.splitlines() if "error" in line]
    assert str(gone) in line
