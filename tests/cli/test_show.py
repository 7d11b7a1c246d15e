import pytest


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def best(command, explored):
    """The best branch of the explored project, as JSON."""
    return max(
        command("show", explored[0], "--json").json["branches"], key=lambda one: one["value"] or 0
    )


def test_each_voters_part_is_in_the_json(best):
    assert set(best["votes"]) == set(best["scores"]) == {
        "vividness", "order", "complexity", "kinship",
    }  # fmt: skip
    for name, vote in best["votes"].items():
        assert set(vote) == {"raw", "usual", "standardised", "weight", "part"}
        assert vote["raw"] == best["scores"][name]
        assert vote["weight"] == 0.25
        assert vote["part"] == pytest.approx(0.25 * vote["standardised"])
    value = sum(vote["part"] for vote in best["votes"].values()) - 0.5 * best["spread"]
    assert value - best["fragility"] == pytest.approx(best["value"])
    # up to 64 random collages, less those that are blank or noise, and the two sources
    assert 40 <= best["percentile_of"] <= 66


def test_the_best_are_listed_at_80_columns(command, explored, best):
    told = command("show", explored[0], "--top", 3)
    lines = told.out.splitlines()
    assert max(len(line) for line in lines[:-1]) <= 80
    assert f"beats: how many of {best['percentile_of']} usual pictures, in %" in told.out
    (row,) = [line.split() for line in lines if line.split()[:1] == [str(best["id"])]]
    assert row[3:5] == [f"{best['value']:.3f}", f"{best['percentile']:.0f}"]
    assert lines[-1] == f"all about one: layerforge show {explored[0]} {best['id']}"


def test_all_about_one_branch(command, explored, best):
    told = command("show", explored[0], best["id"])
    assert told.code == 0
    lines = told.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert f"above {best['percentile']:.0f} % of {best['percentile_of']} usual pictures" in told.out
    for name, vote in best["votes"].items():
        (row,) = [line.split() for line in lines if line.split()[:1] == [name]]
        assert row[1:] == [
            f"{vote['raw']:.3f}", f"{vote['usual']:.3f}", f"{vote['standardised']:+.2f}", "0.25",
            f"{vote['part']:+.3f}",
        ]  # fmt: skip
    assert f"{best['value']:+.3f}  its value" in told.out
    assert f"hull distance {best['hull_distance']:.3f}, novelty {best['novelty']:.3f}" in told.out
    for step in best["steps"]:
        assert step["operation"]["name"] in told.out
    assert "source china.jpg" in told.out or "source flower.jpg" in told.out


def test_several_branches_and_none_such(command, explored, best):
    told = command("show", explored[0], 1, best["id"], "--json")
    assert [one["id"] for one in told.json["branches"]] == sorted({1, best["id"]})
    assert command("show", explored[0], 1, 2).out.count("its value") == 2
    told = command("show", explored[0], 9999)
    assert told.code == 1
    assert "has no branch 9999" in told.error
    assert command("show", explored[0], 0).code == 2
