import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from layerforge.cli.commands import COMMANDS
from layerforge.cli.main import main, make_parser


def test_explore_says_what_it_did(explored):
    path, result = explored
    assert set(result) >= {
        "project", "seed", "strategy", "scorer", "device", "evaluated", "admitted", "rejected",
        "best", "seconds", "candidates_per_second",
    }  # fmt: skip
    assert (result["project"], result["seed"], result["evaluated"]) == (str(path), 7, 48)
    assert (result["strategy"], result["scorer"], result["device"]) == ("beam", "measures", "cpu")
    assert result["admitted"] + sum(result["rejected"].values()) == 48
    assert result["best"]["value"] > 0.0  # better than what is usual


def test_show_tells_the_tree_sources_and_runs(command, explored):
    path, result = explored
    told = command("show", path, "--json").json
    root, *branches = told["branches"]
    assert (root["id"], root["parent"], root["steps"]) == (0, None, [])
    assert len(branches) == result["admitted"]
    assert set(branches[0]) >= {
        "id", "parent", "mate", "depth", "status", "value", "scores", "steps",
    }  # fmt: skip
    assert branches[0]["steps"][0]["operation"]["name"] == "layout.add_picture"
    assert max(one["value"] for one in branches) == result["best"]["value"]
    assert sorted((one["name"], one["width"], one["height"]) for one in told["sources"]) == [
        ("china.jpg", 640, 427),
        ("flower.jpg", 640, 427),
    ]
    assert told["runs"][0]["seed"] == 7
    lines = command("show", path, "--top", 3)
    assert "2" in lines.out
    assert "china.jpg" in lines.out


def test_decisions_by_hand(command, project):
    assert command("pin", project, 1, 2).code == 0
    assert command("kill", project, 2).code == 0
    told = {one["id"]: one["status"] for one in command("show", project, "--json").json["branches"]}
    assert (told[1], told[2], told[3]) == ("pinned", "killed", "open")
    assert command("reset", project, 1, 2).code == 0
    told = {one["id"]: one["status"] for one in command("show", project, "--json").json["branches"]}
    assert set(told.values()) == {"open"}


def test_killing_below_a_pin_is_told(command, project):
    command("explore", "--project", project, "--budget", 96, "--seed", 8)
    branches = command("show", project, "--json").json["branches"]
    child = next(one for one in branches if one["parent"])
    above, own = child["parent"], child["id"]
    command("pin", project, own)
    other = next(one["id"] for one in branches[1:] if one["id"] not in (above, own))
    assert "pinned" not in command("kill", project, other).err
    told = command("kill", project, above)
    assert told.code == 0
    assert f"branch {own} is pinned and grows from branch {above}: it is kept, but" in told.err


def test_export_and_replay(command, project, photo_folder, tmp_path):
    command("pin", project, 3)
    told = command("export", project, 1, "--pinned", "--top", 2, "--to", tmp_path / "out")
    assert told.code == 0
    written = told.out.split()
    assert {"p-00001.png", "p-00003.png"} <= {Path(one).name for one in written}
    assert 2 <= len(written) <= 4  # the best two may be those
    for one in written:
        with Image.open(one) as image:
            assert image.size == (320, 240)
    again = tmp_path / "again.png"
    assert command("replay", written[0], "--to", again, "--sources", photo_folder).code == 0
    assert again.read_bytes() == (tmp_path / "out" / Path(written[0]).name).read_bytes()
    sidecar = written[0].replace(".png", ".json")
    assert (
        command(
            "replay", sidecar, "--to", again, "--overwrite", "--sources", project, "--long-edge", 64
        ).code
        == 0
    )
    with Image.open(again) as image:
        assert image.size == (64, 48)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("tiff", ".tif"), ("webp", ".webp"), ("jpeg", ".jpg"), ("ora", ".ora"), ("psd", ".psd")],
)
def test_export_in_every_format_and_replay(command, project, photo_folder, tmp_path, kind, suffix):
    told = command(
        "export", project, 1, "--to", tmp_path / "out", "--format", kind,
        "--name", "{rank:02d} {project}", "--storyboard", "both",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert [Path(line).name for line in told.out.splitlines()] == [
        f"01 p{suffix}", "01 p-storyboard.png", "01 p-storyboard.webp",
    ]  # fmt: skip
    for line in told.out.splitlines():
        again = tmp_path / f"again{suffix}"
        again.unlink(missing_ok=True)
        assert command("replay", line, "--to", again, "--sources", photo_folder).code == 0
        assert again.read_bytes() == (tmp_path / "out" / f"01 p{suffix}").read_bytes()


def test_export_resumes(command, project, tmp_path):
    given = ("export", project, 1, "--to", tmp_path / "out", "--resume")
    first, second = command(*given), command(*given)
    assert first.out == second.out
    assert "p-00001.png was there already" in second.err
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_what_cannot_be_exported_is_told_in_one_line(command, project, tmp_path):
    for more, reason in (
        (("--format", "jpeg", "--depth", 16), "JPEG holds 8 bits a channel"),
        (("--name", "{secret}"), "can't be filled in"),
        (("--format", "webp", "--long-edge", 16384), "at most 16383 pixels a side"),
    ):
        told = command("export", project, 1, "--to", tmp_path / "out", *more)
        assert told.code == 1
        assert reason in told.error
    assert not (tmp_path / "out").exists()


def test_explore_goes_on_from_a_project(command, project, samples):
    before = len(command("show", project, "--json").json["branches"])
    told = command("explore", samples / "moth.png", "--project", project, "--budget", 16, "--json")
    assert told.code == 0
    after = command("show", project, "--json").json
    assert len(after["branches"]) == before + told.json["admitted"]
    assert len(after["sources"]) == 3
    assert len(after["runs"]) == 2
    assert command("explore", "--project", project, "--budget", 16).code == 0  # nothing new


def test_score_judges_any_image(command, photo_folder, samples):
    told = command("score", photo_folder, samples / "moth.png", "--json")
    assert told.code == 0
    assert [Path(one["file"]).name for one in told.json] == [
        "china.jpg", "flower.jpg", "moth.png",
    ]  # fmt: skip
    for one in told.json:
        assert set(one["scores"]) == {"vividness", "order", "complexity", "kinship"}
        assert 0 < one["value"] < 1


def test_doctor_finds_a_healthy_installation(command):
    told = command("doctor", "--json")
    assert told.code == 0
    assert told.json["ok"]
    assert {one["name"] for one in told.json["checks"]} >= {"operations", "CLIP weights"}


def test_gui_is_handed_the_project(capsys):
    opened = []
    for arguments in ([], ["gui"], ["gui", "a.layerforge"]):
        main(arguments, open_window=lambda project: opened.append(project) or 0)
    assert [None if one is None else str(one) for one in opened] == [None, None, "a.layerforge"]


def test_importing_the_command_line_needs_neither_torch_nor_qt():
    check = (
        "import sys, layerforge.cli.main as m; [m.make_parser(one) for one in m.COMMANDS]; "
        "print([n for n in ('torch', 'PySide6', 'open_clip', 'cv2', 'PIL') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_list_of_commands_imports_none_of_them():
    check = (
        "import sys, layerforge.cli.main as m; m.make_parser().format_help(); "
        "print(sorted(n for n in sys.modules if n.startswith('layerforge.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['layerforge.cli.commands', 'layerforge.cli.main']"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_list_has_its_own_help(name, capsys):
    listed = make_parser().format_help()
    assert f"    {name} " in listed
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"], open_window=None)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: layerforge {name} [-h]")


def test_exploring_with_measures_never_imports_torch(photo_folder, tmp_path):
    check = (
        "import sys; from layerforge.cli.main import main; "
        f"main(['explore', {str(photo_folder)!r}, '--project', {str(tmp_path / 'p.layerforge')!r}, "
        "'--budget', '16', '--scorer', 'measures'], open_window=None); "
        "assert 'torch' not in sys.modules and 'PySide6' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True, capture_output=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for other processes")
def test_ctrl_c_ends_cleanly_with_the_finished_rounds_kept(photo_folder, tmp_path, command):
    path = tmp_path / "p.layerforge"
    running = subprocess.Popen(
        [
            sys.executable, "-m", "layerforge", "explore", photo_folder, "--project", path,
            "--budget", "100000", "--json",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        told = command("show", path, "--json") if path.exists() else None
        if told is not None and told.code == 0 and len(told.json["branches"]) > 1:
            break
        time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 0
    assert "Traceback" not in err
    result = json.loads(out)
    assert result["stopped"]
    kept = command("show", path, "--json").json["branches"]
    assert len(kept) == result["admitted"] + 1 > 1


def test_a_terminal_gets_a_bar_with_rate_and_best(photo_folder, tmp_path):
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [
            sys.executable, "-m", "layerforge", "explore", photo_folder, "--project",
            tmp_path / "p.layerforge", "--budget", "32",
        ],
        stdout=subprocess.DEVNULL,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )  # fmt: skip
    os.close(slave)
    seen = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        seen += more
    os.close(master)
    assert running.wait(60) == 0
    text = seen.decode()
    assert "exploring" in text
    assert "32/32" in text
    assert "/s," in text
    assert re.search(r"best -?\d\.\d{3}", text)  # the seed is another one each time


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_reader_that_goes_away_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m layerforge ops --json | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout == "[\n  {\n    "


def test_show_tells_how_far_a_value_holds(command, explored):
    told = command("show", explored[0], "--json").json
    root, *branches = told["branches"]
    for name in ("percentile", "spread", "fragility", "hull_distance", "novelty"):
        assert root[name] is None
        assert all(isinstance(one[name], float) for one in branches)
    assert all(0.0 <= one["percentile"] <= 100.0 for one in branches)
    assert all(0.0 < one["novelty"] < 2.0 for one in branches)
    best = max(branches, key=lambda one: one["value"])
    assert best["percentile"] == max(one["percentile"] for one in branches)
    kept = told["runs"][0]["reference"]
    assert kept["statistics"]["order"]["std"] > 0.0
    assert kept["weights"]["order"] == 1.0
    lines = command("show", explored[0], "--top", 1).out
    assert f"{best['value']:.3f}" in lines


def test_the_panel_is_set_by_options(command, photo_folder, tmp_path):
    path = tmp_path / "p.layerforge"
    given = (
        "explore", photo_folder, "--project", path, "--budget", 8, "--seed", 1, "--size", "160x120",
        "--scorer", "measures", "--json",
    )  # fmt: skip
    options = ("--kappa", 1, "--weight", "order=2", "--weight", "kinship=0", "--no-fragility")
    assert command(*given, *options, "--halving", "--neighbours", 3).code == 0
    (run,) = command("show", path, "--json").json["runs"]
    assert run["settings"]["halving"] is True
    assert run["settings"]["neighbours"] == 3
    assert run["settings"]["fragility"] is False
    assert run["reference"]["kappa"] == 1.0
    assert run["reference"]["weights"] == {
        "vividness": 1.0,
        "order": 2.0,
        "complexity": 1.0,
        "kinship": 0.0,
    }


@pytest.mark.parametrize("text", ["order", "=1", "order=x", "order=-1"])
def test_a_weight_that_is_none_is_wrong_usage(command, photo_folder, tmp_path, text):
    told = command("explore", photo_folder, "--project", tmp_path / "p", "--weight", text)
    assert told.code == 2


def test_a_weight_for_nobody_is_one_line(command, photo_folder, tmp_path):
    told = command(
        "explore", photo_folder, "--project", tmp_path / "p.layerforge", "--weight", "beauty=1",
        "--scorer", "measures",
    )  # fmt: skip
    assert told.code == 1
    assert "no voter is called 'beauty': there are vividness, order" in told.error


def test_what_was_undone_is_redone(command, project):
    def status():
        branches = command("show", project, "--json").json["branches"]
        return next(one["status"] for one in branches if one["id"] == 1)

    before = status()
    assert command("pin", project, 1).code == 0
    assert command("redo", project).out.strip() == "there is nothing to redo"
    assert command("undo", project).out.strip() == "undone: pin 1"
    assert status() == before
    told = command("redo", project)
    assert (told.code, told.out.strip()) == (0, "redone: pin 1")
    assert status() == "pinned"
    assert command("undo", project).code == 0
