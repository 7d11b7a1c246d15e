from layerforge.explore.studies import goodhart as study
from layerforge.explore.studies.goodhart import HALVES, Outcome


def test_each_voter_and_each_half_is_followed(command, photo_folder):
    told = command(
        "study", "--goodhart", photo_folder, "--budget", 24, "--seed", 1, "--kappa", 0.75, "--json"
    )
    assert told.code == 0
    summaries = told.json["summaries"]
    followed = [(tuple(one["followed"]), one["kappa"]) for one in summaries]
    assert followed[:4] == [((n,), 0.0) for n in ("vividness", "order", "complexity", "kinship")]
    assert followed[4:] == [(half, kappa) for half in HALVES for kappa in (0.0, 0.75)]
    for one, run in zip(summaries, told.json["runs"], strict=True):
        # one seed: its run is what the summary says
        assert (run["seed"], run["heard"]) == (1, one["heard"])
        assert one["heard"] > 0.0  # what is followed is above the usual even after 24 candidates
        assert one["worst"] <= one["unheard"] < 4.0
        assert (one["seeds"], one["heard_by"]) == (1, None)
    assert command("study", photo_folder).code == 2
    assert "no source images" in command("study", "--goodhart").error


def run_with(monkeypatch, command, photo_folder, *options):
    """The study with its runs made up: what is left is what is said of them."""
    asked = []

    def made_up(read, *, budget, seeds, kappas, threads=0):
        asked.append((budget, list(seeds), list(kappas)))
        for seed in seeds:
            for half in HALVES:
                for kappa in (0.0, *kappas):
                    yield Outcome(half, kappa, seed, 1.5, kappa + seed, -0.5)

    monkeypatch.setattr(study, "goodhart", made_up)
    monkeypatch.setenv("COLUMNS", "80")
    told = command("study", "--goodhart", photo_folder, *options)
    assert told.code == 0
    assert all(len(line) <= 80 for line in told.out.splitlines())
    return told.out, asked[0]


def test_how_sure_it_is_is_told(monkeypatch, command, photo_folder):
    out, asked = run_with(
        monkeypatch, command, photo_folder, "--seeds", 2, "--seed", 3, "--kappa", 0.5, "--kappa", 1
    )
    assert asked == (500, [3, 4], [0.5, 1.0])
    assert "kappa 0.5 against 0, seed by seed: unheard +0.50 +- 0.00" in out
    assert "kappa 1 against 0, seed by seed: unheard +1.00 +- 0.00" in out
    assert "95 % confidence intervals over 2 seeds" in out
    assert "+1.50 +- 0.00" in out
    assert "too few" not in out


def test_one_seed_and_few_candidates_are_told_to_say_little(monkeypatch, command, photo_folder):
    out, asked = run_with(monkeypatch, command, photo_folder, "--budget", 50)
    assert asked == (50, [0], [0.5])
    assert "one seed: others differ by half a deviation" in out
    assert "50 candidates are too few to game a voter" in out
    assert "95 %" not in out
