"""Options without effect: none is accepted in silence."""

import argparse

import numpy as np
import pytest

from layerforge.cli import explore, score
from layerforge.cli.arguments import clip_settings
from layerforge.cli.effects import _CLIP, tell_without_effect_on
from layerforge.cli.panel_options import panel_settings
from layerforge.explore.scorers import Choice
from layerforge.explore.settings import ExploreSettings
from layerforge.model.canvas import Canvas
from layerforge.scoring.loading import load_clip_scorer
from layerforge.scoring.voters import MeasuresScorer
from tests.small_clip import make_encoder, make_head

FOR_CLIP = {
    "--preset": "best",
    "--precision": "float32",
    "--views": "4",
    "--clip-model": "ViT-B-32-quickgelu/openai",
    "--head": "mine",
    "--more-like": "sea",
    "--less-like": "sea",
    "--prompt": "sea",
}
SOFT = ("--preset", "--precision", "--views")
"""What says how CLIP judges, but not that it should."""


@pytest.fixture(params=["score", "explore"])
def start(request, photo_folder, tmp_path):
    """The beginning of a command that judges."""
    if request.param == "score":
        return ("score", photo_folder / "china.jpg")
    project = tmp_path / "p.layerforge"
    return ("explore", photo_folder, "--project", project, "--budget", 8, "--size", "160x120")


@pytest.fixture
def encoder(tmp_path):
    folder = make_encoder(tmp_path / "small")
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return folder


def test_every_option_of_the_clip_group_is_known_to_need_it():
    for command in (score, explore):
        commands = argparse.ArgumentParser().add_subparsers()
        command.add_parser(commands)
        (parser,) = commands.choices.values()
        (group,) = [one for one in parser._action_groups if "CLIP" in (one.title or "")]
        names = {action.dest for action in group._group_actions}
        assert names == set(_CLIP) - {"clip_alone"}
        told = {option for action in group._group_actions for option in action.option_strings}
        assert told == {*FOR_CLIP, "--antonyms", "--no-antonyms"}


@pytest.mark.parametrize("option", FOR_CLIP)
def test_what_needs_clip_is_wrong_usage_with_measures(command, start, tmp_path, option):
    told = command(*start, "--scorer", "measures", option, FOR_CLIP[option])
    assert told.code == 2
    meant = "--more-like" if option == "--prompt" else option
    assert f"{meant} needs CLIP: not with --scorer measures" in told.error
    assert not (tmp_path / "p.layerforge").exists()


@pytest.mark.parametrize("option", ["--antonyms", "--no-antonyms"])
def test_opposite_words_need_clip(command, start, option):
    told = command(*start, "--scorer", "measures", option)
    assert told.code == 2
    assert "--antonyms needs CLIP: not with --scorer measures" in told.error


def test_several_are_named_together(command, start):
    told = command(*start, "--scorer", "measures", "--views", 2, "--head", "x", "--device", "cuda")
    assert told.code == 2
    assert "--views, --head, --device cuda need CLIP: not with" in told.error
    assert command(*start, "--scorer", "measures", "--device", "cpu").code == 0


def test_where_auto_takes_measures_it_is_noted(command, start, monkeypatch):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    given = [text for option in SOFT for text in (option, FOR_CLIP[option])]
    told = command(*start, *given)
    assert told.code == 0
    assert f"{', '.join(SOFT)} need CLIP, which does not judge here: no effect" in told.err


@pytest.mark.parametrize("option", sorted(set(FOR_CLIP) - set(SOFT)))
def test_what_asks_for_clip_fails_where_it_is_not_there(command, start, monkeypatch, option):
    monkeypatch.delenv("LAYERFORGE_ENCODER", raising=False)
    assert command(*start, option, FOR_CLIP[option]).code == 1


def test_two_ways_to_say_which_encoder_are_one_too_many(
    command, start, encoder, photo_folder, monkeypatch
):
    told = command(*start, "--preset", "fast", "--clip-model", encoder)
    assert told.code == 2
    assert "--preset and --clip-model" in told.error
    monkeypatch.setenv("LAYERFORGE_ENCODER", str(encoder))
    picture = photo_folder / "china.jpg"
    given = ("--preset", "fast", "--device", "cpu", "--precision", "float32")
    told = command("score", picture, *given)
    assert told.code == 0
    assert "--preset has no effect: LAYERFORGE_ENCODER names the encoder" in told.err


@pytest.fixture
def noted(capsys):
    """What is noted of exploring with a scorer, a canvas's size and options."""

    def noted(scorer, size, *options):
        commands = argparse.ArgumentParser().add_subparsers()
        explore.add_parser(commands)
        args = commands.choices["explore"].parse_args(["--project", "p", *map(str, options)])
        steering = {name: getattr(args, name) for name in ("strategy", "temperature", "noise")}
        settings = ExploreSettings(**steering, **clip_settings(args), **panel_settings(args))
        canvas = Canvas(width=size[0], height=size[1])
        choice = Choice(scorer, "cpu", "")
        tell_without_effect_on(canvas, args, settings, choice)
        return capsys.readouterr().err.splitlines()

    return noted


def test_what_does_not_steer_is_noted(noted):
    def explore(*options):
        return noted(MeasuresScorer(), (64, 64), *options)

    assert explore("--temperature", 0.5, "--noise", 0.3, "--kappa", 1, "--halving") == []
    (line,) = explore("--strategy", "random", "--temperature", 0.5, "--noise", 0.3)
    assert "no effect on --strategy random: --temperature, --noise" in line
    others = [f"--weight={name}=0" for name in ("order", "complexity", "kinship")]
    (line,) = explore("--kappa", 1, *others)
    assert "--kappa has no effect: vividness is the only voter that counts" in line
    assert explore(*others) == []


@pytest.mark.parametrize(
    ("size", "views", "lines"),
    [((96, 96), 3, 1), ((96, 100), 5, 1), ((192, 96), 3, 0), ((96, 96), 1, 0)],
)
def test_views_of_a_square_canvas_are_noted(noted, encoder, size, views, lines):
    scorer = load_clip_scorer(encoder=encoder, device="cpu", precision="float32")
    found = noted(scorer, size, "--views", views)
    assert len(found) == lines
    assert all(f"--views has no effect: {size[0]}x{size[1]} is seen whole" in one for one in found)
    assert noted(scorer, size) == []
