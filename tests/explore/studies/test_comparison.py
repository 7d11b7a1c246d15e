"""A very small study, run for real in another process, and its report."""

import csv
import json
import re
import shutil
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from layerforge.explore.settings import ExploreSettings
from layerforge.explore.studies import comparison
from layerforge.explore.studies.comparison import Plan, Result, against, compare, worth_of_parts
from layerforge.explore.studies.metrics import Metrics
from layerforge.explore.studies.report import write_report
from layerforge.explore.studies.runs import RunSpec, read_found

SVG = "{http://www.w3.org/2000/svg}"


def plan_for(photo_folder, seeds=(0,)):
    return Plan(
        sources={"photographs": [str(photo_folder)]},
        strategies=["beam"],
        seeds=seeds,
        budgets=[16, 20],
        base=ExploreSettings(search_edge_px=64, fragility=False),
    )


@pytest.fixture(scope="module")
def study(tmp_path_factory, photo_folder):
    """The folder of a study that was run, its results, and what was told."""
    patch = pytest.MonkeyPatch()
    patch.setattr(comparison, "CONTROL_BUDGET", 32)
    folder, told = tmp_path_factory.mktemp("study"), []
    results = compare(
        plan_for(photo_folder), folder, processes=1, told=lambda *now: told.append(now)
    )
    yield folder, results, told
    patch.undo()


def test_strategies_run_beside_the_control(study):
    _, results, told = study
    assert [(one.strategy, one.seed, one.budget) for one in results] == [
        ("random", 0, 16), ("beam", 0, 16), ("random", 0, 20), ("beam", 0, 20),
    ]  # fmt: skip
    assert told == [(1, 3), (2, 3), (3, 3)]  # the control runs once for both budgets
    for one in results:
        assert len(one.curve) == 10
        assert list(one.curve) == sorted(one.curve)
        assert one.curve[-1] == pytest.approx(one.metrics.best)
        assert len(one.covered) == 10
        assert list(one.covered) == sorted(one.covered)
        assert one.covered[-1] == one.metrics.coverage
        assert 0 < one.metrics.kept <= 32
    # the control has its own best of 32 only once that many are drawn
    assert results[2].reached is None or results[2].reached <= 32


def test_what_was_run_is_not_run_again(study, photo_folder):
    folder, results, _ = study
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    again = compare(plan_for(photo_folder), folder, processes=1, told=lambda *now: None)
    assert again == results
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_other_pictures_under_the_same_names_are_run_anew(study, photo_folder, tmp_path):
    folder, results, _ = study
    copy, other = tmp_path / "study", tmp_path / "elsewhere"
    shutil.copytree(folder, copy)
    shutil.copytree(photo_folder, other)
    told = []
    again = compare(plan_for(other), copy, processes=1, told=lambda *now: told.append(now))
    assert [one.metrics for one in again] == [one.metrics for one in results]  # moved, not changed
    assert len(list(copy.glob("*.npz"))) == 3
    Image.new("RGB", (300, 200), "teal").save(sorted(other.iterdir())[0])
    changed = compare(plan_for(other), copy, processes=1, told=lambda *now: None)
    assert len(list(copy.glob("*.npz"))) == 6
    assert [one.metrics for one in changed] != [one.metrics for one in results]


def test_the_values_are_by_one_rule_and_found_again(study):
    folder, results, _ = study
    kept = [read_found(path) for path in folder.glob("*.npz")]
    assert sorted(len(one.values) for one in kept)[-1] <= 32
    for one in kept:
        assert np.allclose(np.linalg.norm(one.embeddings, axis=1), 1.0, atol=1e-3)
        assert (np.diff(one.at) >= 0).all()
    assert max(one.values.max() for one in kept) >= max(one.metrics.best for one in results)


def test_runs_have_names_of_their_own(photo_folder):
    settings = ExploreSettings(seed=1)
    specs = [
        RunSpec(images=(str(photo_folder),), content="a", settings=settings),
        RunSpec(images=(str(photo_folder),), content="a", settings=ExploreSettings(seed=2)),
        RunSpec(images=(str(photo_folder),), content="b", settings=settings),
    ]
    assert len({one.key for one in specs}) == 3
    again = RunSpec(images=("elsewhere",), content="a", settings=ExploreSettings(seed=1))
    assert again.key == specs[0].key


def result(strategy, seed, *, top, diversity=1.0, lineage=2, reached=None):
    metrics = Metrics(top + 1.0, (top,) * 20, diversity, lineage, 10.0, 0.2, 50)
    tenths = tuple(top + at / 10 for at in range(10))
    return Result("set", strategy, seed, 600, metrics, reached, tenths, tenths)


def made_up():
    """Three seeds, in which the strategy is ahead by 0.5, 0.7 and 0.6."""
    return [
        *(result("random", seed, top=1.0, diversity=0.5) for seed in range(3)),
        result("beam", 0, top=1.5, diversity=0.5, lineage=3, reached=100),
        result("beam", 1, top=1.7, diversity=0.4, lineage=6, reached=300),
        result("beam", 2, top=1.6, diversity=0.6, lineage=2, reached=None),
    ]


def test_against_the_control_seed_by_seed():
    (beam,) = against(made_up())
    assert beam.gain == pytest.approx(0.6)
    assert 0.5 - 1e-9 <= beam.low < beam.gain < beam.high <= 0.7 + 1e-9
    assert beam.diversity == pytest.approx((1.0 + 0.8 + 1.2) / 3)
    assert beam.largest_lineage == 6
    assert beam.reached == 300  # the median, where one of three missed it


def test_a_part_is_worth_what_the_whole_is_above_the_strategy_without_it():
    less = [result("without policy", seed, top=1.25) for seed in range(2)]  # one seed is missing
    (policy,) = worth_of_parts([*made_up(), *less])
    assert (policy.strategy, policy.other) == ("beam", "without policy")
    assert policy.gain == pytest.approx((0.25 + 0.45) / 2)
    assert worth_of_parts(made_up()) == []


def test_the_report_can_be_read_by_other_programs(tmp_path):
    paths = {path.name: path for path in write_report(made_up(), tmp_path)}
    with paths.pop("results.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    assert (rows[3]["strategy"], rows[3]["reached"], float(rows[3]["top_mean"])) == (
        "beam",
        "100",
        1.5,
    )
    assert rows[5]["reached"] == ""
    held = json.loads(paths.pop("results.json").read_text())
    assert held["against_control"][0]["gain"] == pytest.approx(0.6)
    drawings = {name: ElementTree.fromstring(path.read_text()) for name, path in paths.items()}
    assert list(drawings) == ["curves.svg", "coverage.svg", "diversity.svg"]
    for drawing in drawings.values():
        assert {text.text for text in drawing.iter(f"{SVG}text")} >= {"random", "beam"}
    runs = drawings["diversity.svg"].find(f".//{SVG}g[@id='runs of beam']")
    assert len(list(runs.iter(f"{SVG}use"))) == 3


def test_curves_show_the_better_strategy_above(tmp_path):
    write_report(made_up(), tmp_path)
    drawing = ElementTree.fromstring((tmp_path / "curves.svg").read_text())
    assert "600" in {text.text for text in drawing.iter(f"{SVG}text")}
    heights = {}
    for strategy in ("random", "beam"):
        line = drawing.find(f".//{SVG}g[@id='curve of {strategy}']/{SVG}path")
        points = re.findall(r"[ML] ([\d.]+) ([\d.]+)", line.get("d"))
        heights[strategy] = [float(y) for _, y in points]
    assert len(heights["beam"]) == 10
    # smaller y is higher up
    assert all(np.array(heights["beam"]) < np.array(heights["random"]))
