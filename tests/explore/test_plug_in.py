"""A plug-in package, installed as any other, takes part in renderings and in the search."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SOURCE = """
from typing import Annotated
import numpy as np
from layerforge.operations.operation import Filter
from layerforge.operations.parameters import amount

class Fade(Filter, tag="fader.fade", frozen=True):
    \"\"\"Let the picture fade.\"\"\"
    weight = 80.0
    strength: Annotated[float, amount(0.0, 0.5, prior="away", neutral=0.0)]

    def render(self, pixels, at):
        return pixels * np.float32(1.0 - self.strength)
"""

BROKEN = """
from typing import Annotated
from layerforge.operations.operation import Filter

class Bad(Filter, tag="broken.bad", frozen=True):
    \"\"\"Declare nothing.\"\"\"
    strength: float
"""


def package(folder: Path, name: str, source: str) -> Path:
    root = folder / name
    (root / name).mkdir(parents=True)
    (root / name / "__init__.py").write_text("")
    (root / name / "filters.py").write_text(source)
    (root / "pyproject.toml").write_text(
        textwrap.dedent(
            f"""
            [build-system]
            requires = ["hatchling"]
            build-backend = "hatchling.build"
            [project]
            name = "{name}"
            version = "1.0"
            [project.entry-points."layerforge.operations"]
            {name} = "{name}.filters"
            """
        )
    )
    return root


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with both packages installed, to put on Python's path."""
    pytest.importorskip("hatchling", reason="needs hatchling, which builds the plug-in")
    folder = tmp_path_factory.mktemp("plugged")
    sources = [package(folder, "fader", SOURCE), package(folder, "broken", BROKEN)]
    target = folder / "installed"
    subprocess.run(
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "--no-deps", "--no-index", "--no-build-isolation", "--target", target, *sources,
        ],
        check=True,
        timeout=120,
    )  # fmt: skip
    return target


def run(installed, *arguments):
    here = Path(__file__).parents[2]
    paths = os.pathsep.join([str(installed), str(here)])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": paths},
    )


def test_it_is_listed_and_the_broken_one_is_named(installed):
    done = run(installed, "-m", "layerforge", "ops", "--json")
    assert done.returncode == 0, done.stderr
    assert "fader.fade" in {one["name"] for one in json.loads(done.stdout)}
    (line,) = [line for line in done.stderr.splitlines() if "broken" in line]
    assert "broken.filters" in line
    assert "Bad.strength" in line


def test_it_renders(installed):
    script = """
        import numpy as np
        from layerforge.model.canvas import Canvas
        from layerforge.model.layer import Fill, Layer
        from layerforge.model.step import Call, Step
        from layerforge.operations.fold import apply_step
        from layerforge.files.sources import SourcePyramid
        from layerforge.rendering.renderer import Renderer
        layer = Layer(id="a", name="a", content=Fill(color=(1.0, 0.0, 0.0)))
        canvas = Canvas(width=4, height=4, background=None, layers=(layer,))
        call = Call(name="fader.fade", parameters={"strength": 0.5})
        canvas = apply_step(canvas, Step(operation=call, target="a"))
        pixels = Renderer(SourcePyramid({}.__getitem__)).render(canvas, width=4, height=4)
        assert np.all(pixels == (0.5, 0, 0, 0.5))
    """
    done = run(installed, "-c", textwrap.dedent(script))
    assert done.returncode == 0, done.stderr


def test_the_search_uses_it(installed, photo_folder, tmp_path):
    project = tmp_path / "p.layerforge"
    done = run(
        installed, "-m", "layerforge", "explore", photo_folder, "--project", project,
        "--budget", 96, "--seed", 3, "--size", "160x120", "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = run(installed, "-m", "layerforge", "show", project, "--json")
    used = {
        step["operation"]["name"]
        for branch in json.loads(shown.stdout)["branches"]
        for step in branch["steps"]
    }
    assert "fader.fade" in used
