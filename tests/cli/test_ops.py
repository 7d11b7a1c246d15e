import importlib.metadata
import os
import signal
import subprocess
import sys
import types
from typing import Annotated

import numpy as np
import pytest
from PIL import Image

from layerforge.cli.ops_text import described, detailed
from layerforge.operations import registry
from layerforge.operations.operation import Filter
from layerforge.operations.parameters import Scope, length
from layerforge.operations.registry import families, find, toolbox
from tests.cli.test_bad_input import assert_failed


def words(text):
    return " ".join(text.split())


def test_all_operations_are_listed_in_80_columns(command):
    told = command("ops")
    assert told.code == 0
    assert max(len(line) for line in told.out.splitlines()) <= 80
    said = words(told.out)
    assert "blur.gaussian (filter): Blur with a Gaussian kernel." in said
    for one in toolbox().operations.values():
        assert f"{one.tag()} ({one.kind}): {one.summary()}" in said
        for name, declared in one.parameters().items():
            assert f"{name}: {declared.help}" in said
    assert "radius: standard deviation of the blur (0 to 0.05 of the short side)" in said
    assert "which of the tones stay (lighter, darker)" in said
    assert f"{len(toolbox().operations)} operations" in said


def test_one_operation_is_told_in_full(command):
    told = command("ops", "blur.gaussian")
    assert max(len(line) for line in told.out.splitlines()) <= 80
    said = words(told.out)
    assert said.startswith("blur.gaussian: Gaussian blur Blur with a Gaussian kernel.")
    assert "a filter on a layer or the canvas" in said
    assert "Source: separable convolution" in said
    assert "Changes nothing at: radius 0." in said
    assert "radius: standard deviation of the blur" in said
    assert "0 to 0.05 of the short side" in said
    assert "drawn from 0.004 to 0.05 evenly in the logarithm" in said
    assert "warp" not in said


@pytest.mark.parametrize("operation", toolbox().operations.values(), ids=lambda one: one.tag())
def test_every_operation_can_be_told_in_80_columns(operation):
    text = detailed(operation)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert words(operation.origin()) in words(text)
    for name, declared in operation.parameters().items():
        assert f"{name}: {declared.help}" in words(text)


def test_where_values_are_mostly_drawn_is_where_they_are(command):
    """Around the value at which nothing changes, which may lie at an end."""
    said = " ".join(command("ops", "tone.curves").out.split())
    assert "0 to 0.2; drawn mostly very near 0; neutral at 0" in said
    assert "-0.14 to 0.14; drawn mostly far from 0;" in said
    said = " ".join(command("ops", "color.channel_mixer").out.split())
    assert "-0.5 to 0.7; drawn mostly near 0;" in said
    curves, rng = find("tone.curves"), np.random.default_rng(1)
    drawn = [curves.parameters()["black"].sample(rng, Scope()) for _ in range(400)]
    assert np.median(drawn) < 0.03
    said = " ".join(command("ops", "tone.threshold").out.split())
    assert "0.25 to 0.75; drawn mostly near the middle" in said


def test_a_family_and_an_operation_by_name(command):
    told = words(command("ops", "symmetry", "tone.gamma").out)
    assert all(f"{one.tag()} (" in told for one in families()["symmetry"])
    assert "tone.gamma: Gamma" in told
    assert "tone.levels" not in told


def test_a_name_that_is_none_is_said_with_what_comes_near(command):
    assert_failed(command("ops", "blur.gausian"), "'blur.gausian'", "blur.gaussian")
    assert_failed(command("ops", "zzzz"), "'zzzz'", "layerforge ops")


def test_json_has_all_there_is_to_know(command):
    told = {one["name"]: one for one in command("ops", "--json").json}
    assert set(told) == set(toolbox().operations)
    assert {one["kind"] for one in told.values()} == {"cutout", "filter", "mask", "structure"}
    blur = told["blur.gaussian"]
    assert (blur["family"], blur["kind"], blur["title"]) == ("blur", "filter", "Gaussian blur")
    assert (blur["neutral"], blur["texture"], blur["extra"]) == ({"radius": 0.0}, False, None)
    assert blur["source"].startswith("separable convolution")
    (radius,) = blur["parameters"]
    assert (radius["name"], radius["type"], radius["unit"]) == ("radius", "number", "short side")
    assert (radius["low"], radius["high"], radius["drawn"]) == (0.0, 0.05, [0.004, 0.05])
    assert (radius["neutral"], radius["prior"]) == (0.0, "log")
    assert radius["help"] == "standard deviation of the blur"
    assert told["texture.grain"]["texture"] is True
    assert told["layout.remove"]["neutral"] == {}
    swap = told["color.channel_swap"]["parameters"][0]
    assert (swap["low"], swap["high"], swap["neutral"]) == (None, None, "rgb")
    assert "rgb" in swap["choices"]
    (only,) = command("ops", "--json", "warp.swirl").json
    assert only == told["warp.swirl"]


class Bare(Filter, tag="plug_in.bare", frozen=True):
    size: Annotated[float, length(0.1, 0.2)]


def test_what_a_plug_in_leaves_out_is_left_out():
    text = detailed(Bare)
    assert "Source" not in text
    assert "neutral" not in text
    assert "size\n" in text
    assert described(Bare)["parameters"][0]["help"] == ""
    # and not said of it is what its base is
    assert described(Bare)["summary"] == ""


def test_sheets_of_one_family_on_an_image(command, photo_folder, tmp_path):
    told = command(
        "ops", "tessellation", "--sheet", tmp_path, "--image", photo_folder / "china.jpg"
    )
    assert told.code == 0
    assert told.out.split() == [str(tmp_path / "tessellation.png")]
    with Image.open(tmp_path / "tessellation.png") as image:
        # two operations of two lines of eight
        assert image.width > 8 * 100
        assert image.height > 4 * 100


def test_an_operation_that_fails_is_named_and_the_others_are_drawn(
    command, photo_folder, tmp_path, monkeypatch
):
    class Crash(Filter, tag="theirs.crash", frozen=True):
        """Fall over."""

        def render(self, pixels, at):
            raise RuntimeError("boom\nin two lines")

    class Darken(Filter, tag="theirs.darken", frozen=True):
        """Go dark."""

        def render(self, pixels, at):
            return pixels * (0.5, 0.5, 0.5, 1.0)

    module = types.ModuleType("theirs")
    module.Crash, module.Darken = Crash, Darken
    entry = types.SimpleNamespace(name="theirs", value="theirs", load=lambda: module)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda *, group: [entry])
    monkeypatch.setitem(sys.modules, __name__, types.ModuleType(__name__, "Theirs."))
    registry.toolbox.cache_clear()
    try:
        told = command(
            "ops", "theirs", "symmetry", "--sheet", tmp_path,
            "--image", photo_folder / "china.jpg",
        )  # fmt: skip
    finally:
        registry.toolbox.cache_clear()
    assert told.code == 1
    assert told.out.split() == [str(tmp_path / f"{one}.png") for one in ("symmetry", "theirs")]
    (line,) = [line for line in told.err.splitlines() if "theirs.crash" in line]
    assert "RuntimeError: boom in two lines" in line
    assert "1 of the operations failed" in told.error
    with Image.open(tmp_path / "theirs.png") as image:
        assert 100 < image.height < 500  # one operation of two lines


@pytest.mark.skipif(sys.platform == "win32", reason="sends Ctrl+C as other systems do")
def test_sheets_end_at_once_on_an_interruption_and_leave_whole_files(photo_folder, tmp_path):
    running = subprocess.Popen(
        [
            sys.executable, "-m", "layerforge", "ops", "keying", "warp", "texture",
            "--sheet", tmp_path / "out", "--image", photo_folder / "china.jpg",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )  # fmt: skip
    assert running.stdout is not None
    first = running.stdout.readline().strip()  # a family is done, and the next one is begun
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in told
    assert "interrupted" in told
    assert [str(path) for path in (tmp_path / "out").iterdir()] == [first]
    with Image.open(first) as image:
        image.load()
