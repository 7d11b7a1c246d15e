import subprocess
import sys


def test_without_atheris_one_line_says_what_to_install():
    code = """
import runpy, sys
sys.modules["atheris"] = None  # as where it is not installed
sys.argv = ["run", "image", "1"]
runpy.run_module("tests.fuzz.run", run_name="__main__")
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert "pip install atheris" in line
