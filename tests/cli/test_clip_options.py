"""The options of the CLIP scorer, on a small model with random weights."""

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.small_clip import make_encoder, make_head


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    folder = make_encoder(tmp_path_factory.mktemp("clip") / "small", reads=True)
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return folder


def test_scoring_with_words_of_ones_own(command, encoder, photo_folder):
    told = command(
        "score", photo_folder, "--device", "cpu", "--clip-model", encoder, "--precision", "float32",
        "--prompt", "a temple", "--more-like", "moss", "--less-like", "fog", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    wanted = {"aesthetic", "more like: a temple", "more like: moss", "less like: fog"}
    assert all(set(one["scores"]) == wanted for one in told.json)
    assert "loading CLIP local-dir:small" in told.err
    assert "in float32" in told.err


def test_views_change_what_is_seen(command, encoder, photo_folder):
    def aesthetics(*options):
        told = command(
            "score", photo_folder, "--device", "cpu", "--clip-model", encoder,
            "--precision", "float32", "--json", *options,
        )  # fmt: skip
        return [one["scores"]["aesthetic"] for one in told.json]

    assert aesthetics() == aesthetics("--views", 4)
    assert aesthetics("--views", 1) != aesthetics()


def test_opposite_words_vote_where_asked(command, encoder, photo_folder):
    def voters(*options):
        told = command(
            "score", photo_folder, "--device", "cpu", "--clip-model", encoder,
            "--precision", "float32", "--json", *options,
        )  # fmt: skip
        assert told.code == 0, told.err
        return set(told.json[0]["scores"])

    assert voters("--antonyms") - voters() == {"prompts"}
    assert voters("--no-antonyms") == voters()


def test_exploring_with_words_records_them(command, encoder, photo_folder, tmp_path):
    project = tmp_path / "p.layerforge"
    told = command(
        "explore", photo_folder, "--project", project, "--budget", 16, "--seed", 1,
        "--size", "96x96", "--device", "cpu", "--scorer", "clip", "--clip-model", encoder,
        "--more-like", "moss", "--precision", "bfloat16", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert told.json["scorer"] == "clip"
    (run,) = command("show", project, "--json").json["runs"]
    assert run["settings"]["more_like"] == ["moss"]
    assert "bfloat16" in run["scorer_description"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--scorer", "clip", "--preset", "best"), "layerforge models fetch best"),
        (("--clip-model", "ViT-B-32/openai"), "use ViT-B-32-quickgelu/openai"),
        (("--clip-model", "/no/such/place"), "there is no encoder folder /no/such/place"),
        (("--more-like", ""), "not on this machine"),
    ],
)
def test_what_cannot_be_done_is_one_line(command, photo_folder, tmp_path, options, words):
    project = tmp_path / "p.layerforge"
    for start in (("score", photo_folder), ("explore", photo_folder, "--project", project)):
        told = command(*start, *options)
        assert told.code == 1
        assert words in told.error
    assert not project.exists()


@pytest.mark.parametrize("options", [("--views", 0), ("--views", 6), ("--preset", "slow")])
def test_what_is_out_of_range_is_wrong_usage(command, photo_folder, options):
    assert command("score", photo_folder, *options).code == 2


class _Code:
    """What a hostile checkpoint holds: a call that runs when it is unpickled carelessly."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_checkpoint_with_code_in_it_is_refused_without_advice_to_run_it(
    command, photo_folder, tmp_path
):
    torch.save({"state_dict": _Code(tmp_path / "ran")}, tmp_path / "evil.pth")
    (tmp_path / "letter.pth").write_text("hello")
    for name in ("evil.pth", "letter.pth"):
        model = f"ViT-B-32-quickgelu@{tmp_path / name}"
        told = command(
            "score", photo_folder / "china.jpg", "--clip-model", model, "--more-like", "moss"
        )
        assert told.code == 1
        assert f"{name} cannot be loaded: it holds something other than weights" in told.error
        assert "weights_only" not in told.err
    assert not (tmp_path / "ran").exists()
