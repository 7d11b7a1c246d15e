"""Optional libraries that are there and do not work: named in one line, and nothing else stops."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Told
from tests.cli.test_bad_input import assert_failed

REMBG = """
class InvalidProtobuf(Exception):
    pass

def new_session(name, *, model_path, providers):
    with open(model_path, "rb") as file:
        if not file.read(1) == b"\\x08":
            raise InvalidProtobuf(f"Load model from {model_path} failed:\\nparsing failed.")
"""
BROKEN_GMIC = "raise ImportError('libgmic.so.1: cannot open\\nshared object file')"


@pytest.fixture
def broken(tmp_path):
    """Runs a command where rembg's model is damaged and G'MIC can't be imported."""
    packages, home = tmp_path / "packages", tmp_path / "home"
    for name, text in (("rembg", REMBG), ("onnxruntime", ""), ("gmic", BROKEN_GMIC)):
        (packages / name).mkdir(parents=True)
        (packages / name / "__init__.py").write_text(text)
    (home / "u2net").mkdir(parents=True)
    (home / "u2net" / "u2net.onnx").write_bytes(b"junk")

    def run(*arguments, before=""):
        paths = os.pathsep.join([str(packages), str(Path.cwd())])
        script = f"import sys; from layerforge.__main__ import main; {before}sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONPATH": paths, "U2NET_HOME": str(home / "u2net")},
        )
        assert "Traceback" not in done.stderr
        return Told(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def cut(project, program, tmp_path):
    """A recipe whose first picture is cut out by rembg."""
    told = program("export", project, "--top", 1, "--to", tmp_path / "out", "--format", "png")
    assert told.code == 0, told.err
    (sidecar,) = (tmp_path / "out").glob("*.json")
    recipe = json.loads(sidecar.read_text(encoding="utf-8"))
    first = recipe["steps"][0]["operation"]["parameters"]["layer"]
    cutout = {"operation": {"name": "rembg.subject", "parameters": {"firmness": 0.5}}}
    recipe["steps"][1:] = [{**cutout, "target": first}]
    sidecar.write_text(json.dumps(recipe), encoding="utf-8")
    return sidecar


def test_replay_with_a_damaged_model_ends_in_one_line(broken, cut, photo_folder, tmp_path):
    told = broken("replay", cut, "--to", tmp_path / "again.png", "--sources", photo_folder)
    assert_failed(told, "rembg.subject", "u2net.onnx", "remove that file", "rembg d u2net")
    assert not (tmp_path / "again.png").exists()


def test_the_search_names_it_and_goes_on(broken, photo_folder, tmp_path):
    often = "from layerforge.operations.rembg import LearnedCutout; LearnedCutout.weight = 30.0; "
    told = broken(
        "explore", photo_folder, "--project", tmp_path / "p.layerforge", "--budget", 32,
        "--seed", 1, "--size", "160x120", "--scorer", "measures", "--json", before=often,
    )  # fmt: skip
    assert told.code == 0, told.err
    assert told.json["admitted"] > 0
    assert told.json["rejected"]["failed"] > 0
    (line,) = [line for line in told.err.splitlines() if "u2net.onnx" in line]
    assert "remove that file" in line


def test_a_library_that_cannot_be_imported_is_named(broken):
    told = broken("ops", "tone.gamma")
    assert told.code == 0
    (line,) = [line for line in told.err.splitlines() if "gmic" in line]
    assert "layerforge[gmic] can't be loaded: libgmic.so.1: cannot open shared object" in line
    assert "pip install --force-reinstall gmic" in line
    assert_failed(broken("ops", "gmic.glow"), "gmic.glow", "does not work here", "force-reinstall")
