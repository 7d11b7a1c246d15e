import json
import os
import subprocess
import sys

import pytest

from layerforge.cli.main import main


class Told:
    """What a command said: exit code, stdout, stderr."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        assert self.out, self.err
        return json.loads(self.out)

    @property
    def error(self):
        """The one line of an error; there must be exactly one."""
        (line,) = [line for line in self.err.splitlines() if "error" in line]
        return line


@pytest.fixture
def command(capsys):
    """Runs a command in this process."""

    def run(*arguments):
        try:
            code = main([str(one) for one in arguments], open_window=lambda project: 0)
        except SystemExit as ended:  # argparse's way to say wrong usage
            code = ended.code
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return run


@pytest.fixture(scope="session")
def program():
    """Runs a command in a process of its own, as a user does."""

    def run(*arguments, check_clean=True, **environment):
        done = subprocess.run(
            [sys.executable, "-m", "layerforge", *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, **environment},
        )
        if check_clean:
            assert "Traceback" not in done.stderr
        return Told(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def explored(tmp_path_factory, photo_folder, program):
    """A project explored once with the command line; not to be changed."""
    path = tmp_path_factory.mktemp("explored") / "p.layerforge"
    told = program(
        "explore", photo_folder, "--project", path, "--budget", 48, "--seed", 7,
        "--size", "320x240", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    return path, told.json


@pytest.fixture
def project(explored, tmp_path):
    """A copy of the explored project."""
    path = tmp_path / "p.layerforge"
    path.write_bytes(explored[0].read_bytes())
    return path
