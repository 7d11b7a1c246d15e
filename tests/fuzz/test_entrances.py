"""Every seed, every input ever found, and random damage: only clear errors, quickly."""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.entrances import ENTRANCES
from tests.fuzz.seeds import seeds

FOUND = Path(__file__).parent / "found"
SECONDS_AN_INPUT = 2.0


@pytest.fixture(autouse=True, scope="module")
def small_pictures():
    patch = pytest.MonkeyPatch()
    patch.setenv("LAYERFORGE_MAX_MEGAPIXELS", "1")
    yield
    patch.undo()


def try_one(entrance, data):
    start = time.perf_counter()
    ENTRANCES[entrance](data)
    assert time.perf_counter() - start < SECONDS_AN_INPUT


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_whole_files(entrance):
    for content in seeds(entrance).values():
        try_one(entrance, content)


@pytest.mark.parametrize(
    "path", sorted(path for path in FOUND.rglob("*") if path.is_file()), ids=lambda path: path.name
)
def test_what_the_fuzzers_found(path):
    try_one(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("entrance", ENTRANCES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_damage(entrance, data):
    files = list(seeds(entrance).values())
    content = bytearray(data.draw(st.sampled_from(files)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.integers(0, 3))
        if kind == 0:
            content[place] = data.draw(st.integers(0, 255))
        elif kind == 1:
            content[place : place + 4] = data.draw(
                st.sampled_from([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\1"])
            )
        elif kind == 2:
            del content[place : place + data.draw(st.integers(1, 64))]
        else:
            content[place:place] = content[: data.draw(st.integers(1, 64))]
        if not content:
            break
    try_one(entrance, bytes(content))


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason="atheris is not installed (pip install atheris; Linux and macOS)",
)
@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_short_run_of_the_fuzzer(entrance):
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", entrance, "5"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    runs = next(line for line in done.stderr.splitlines() if "number_of_executed_units" in line)
    assert int(runs.split()[-1]) > 50
