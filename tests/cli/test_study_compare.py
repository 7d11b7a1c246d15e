import sys

from layerforge.explore.studies import comparison
from layerforge.explore.studies.comparison import Result
from layerforge.explore.studies.metrics import Metrics


def result(strategy, seed, top, reached=None, budget=500, count=20):
    metrics = Metrics(top + 1.0, (top,) * count, 0.5, 3, 10.0, 0.2, 50)
    tenths = (top,) * 10, (0.2,) * 10
    return Result("photographs", strategy, seed, budget, metrics, reached, *tenths)


def run_with(monkeypatch, command, photo_folder, folder, *options, images=(), count=20):
    """The comparison with its runs made up: what is left is what is said and written of them."""
    asked = []

    def made_up(plan, where, *, processes, told):
        asked.append((plan, where, processes))
        return [
            result(strategy, seed, top, reached, budget, count)
            for strategy, top, reached in (
                ("random", 1.0, None),
                ("beam", 1.5, 120),
                ("without crossover", 1.25, 240),
            )
            for seed in plan.seeds
            for budget in plan.budgets
        ]

    monkeypatch.setattr(comparison, "compare", made_up)
    monkeypatch.setenv("COLUMNS", "80")
    told = command("study", photo_folder, *images, "--compare", "beam", "--to", folder, *options)
    assert told.code == 0, told.err
    return told, asked[0]


def test_strategies_are_told_beside_random_search(monkeypatch, command, photo_folder, tmp_path):
    told, (plan, where, processes) = run_with(
        monkeypatch, command, photo_folder, tmp_path, "--seeds", 3, "--seed", 5, "--processes", 1
    )
    assert (list(plan.seeds), plan.budgets, where, processes) == ([5, 6, 7], [500], tmp_path, 1)
    assert plan.strategies == ["beam"]
    assert plan.sources == {photo_folder.name: [str(photo_folder)]}
    assert all(len(line) <= 80 for line in told.out.splitlines())
    (line,) = [line for line in told.out.splitlines() if " beam " in line]
    assert line.split()[:6] == ["photographs", "beam", "+0.50", "+0.50", "to", "+0.50"]
    assert line.split()[6:] == ["1.00", "3", "120"]
    # and what crossover is worth: the whole above the strategy without it
    part = told.out[told.out.index("what that part gains") :]
    (line,) = [line for line in part.splitlines() if "+0.25" in line]
    assert line.split()[:2] == ["photographs", "without"]  # the name may go on below
    assert line.split()[-7:-3] == ["+0.25", "+0.25", "to", "+0.25"]
    assert "3 seeds: a tendency at most" in told.out
    assert {path.name for path in tmp_path.iterdir()} == {
        "results.csv",
        "results.json",
        "curves.svg",
        "coverage.svg",
        "diversity.svg",
    }


def test_budgets_are_told_apart_and_so_is_how_little_was_compared(
    monkeypatch, command, photo_folder, tmp_path
):
    options = ("--budget", 100, "--budget", 200, "--scorer", "auto")
    told, (plan, _, _) = run_with(monkeypatch, command, photo_folder, tmp_path, *options, count=7)
    assert (plan.budgets, plan.base.scorer) == ([100, 200], "auto")
    first, second = (told.out.index(f"{budget} candidates a run") for budget in (100, 200))
    assert first < told.out.index(" beam ") < second
    assert "Some runs have only 7 that differ" in told.out


def test_as_json_it_is_all_there(monkeypatch, command, photo_folder, tmp_path):
    told, _ = run_with(monkeypatch, command, photo_folder, tmp_path, "--seeds", 5, "--json")
    assert len(told.json["runs"]) == 15
    beam, less = told.json["against_control"]
    assert (beam["strategy"], beam["gain"], beam["reached"]) == ("beam", 0.5, 120)
    assert (less["strategy"], less["gain"]) == ("without crossover", 0.25)
    (part,) = told.json["worth_of_parts"]
    assert (part["strategy"], part["other"], part["gain"]) == ("beam", "without crossover", 0.25)


def test_without_matplotlib_it_says_what_plots_need(monkeypatch, command, photo_folder, tmp_path):
    # what find_spec finds for a module that is not there
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    told, _ = run_with(monkeypatch, command, photo_folder, tmp_path)
    assert "no plots" in told.err
    assert "layerforge[study]" in told.err
    assert {path.name for path in tmp_path.iterdir()} == {"results.csv", "results.json"}


def test_single_images_make_one_set(monkeypatch, command, photo_folder, tmp_path):
    images = sorted(photo_folder.iterdir())
    _, (plan, _, _) = run_with(monkeypatch, command, photo_folder, tmp_path, images=images)
    assert plan.sources == {
        photo_folder.name: [str(photo_folder)],
        "images": [str(one) for one in images],
    }


def test_a_study_of_what_there_is_not_is_wrong_usage(command, photo_folder, tmp_path):
    told = command("study", photo_folder, "--compare", "annealing", "--to", tmp_path)
    assert told.code == 2
    assert "there is no strategy 'annealing': there are beam" in told.err
    assert command("study", photo_folder, "--compare", "beam").code == 2
    assert "no source images" in command("study", "--compare", "beam", "--to", tmp_path).error
    lost = command("study", photo_folder / "no", "--compare", "beam", "--to", tmp_path / "to")
    assert "no does not exist" in lost.error
    assert not (tmp_path / "to").exists()
    two = command("study", photo_folder, "--goodhart", "--budget", 1, "--budget", 2)
    assert (two.code, "--goodhart has one --budget" in two.err) == (2, True)
