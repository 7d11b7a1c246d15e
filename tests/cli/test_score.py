"""What the values of `layerforge score` are said to mean."""

import numpy as np
import pytest
from PIL import Image

from tests.small_clip import make_encoder, make_head


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Options to judge with a small encoder."""
    folder = make_encoder(tmp_path_factory.mktemp("clip") / "small", reads=True)
    head = make_head("local-dir:small")
    np.savez(folder / "head.npz", vector=head.vector, bias=head.bias, encoder=head.encoder)
    return ("--clip-model", folder, "--device", "cpu", "--precision", "float32")


def rows(told):
    """The table's rows as words."""
    return [line.split() for line in told.out.splitlines() if line.strip().endswith(".jpg")]


def test_measures_are_listed_best_first_with_what_they_mean(command, photo_folder):
    given = ("score", photo_folder / "china.jpg", photo_folder / "flower.jpg")
    told = command(*given)
    found = {one["file"]: one for one in command(*given, "--json").json}
    best, other = rows(told)
    for row in (best, other):
        one = found[row[-1]]
        votes = [one["scores"][name] for name in ("vividness", "order", "complexity", "kinship")]
        assert row[:1] + row[2:-1] == [f"{number:.3f}" for number in (one["value"], *votes)]
        assert row[1] == f"{one['percentile']:.0f}"
        assert one["value"] == pytest.approx(np.mean(votes) - 0.5 * np.std(votes))
    assert float(best[0]) > float(other[0])
    assert float(best[1]) > float(other[1])
    assert all(0.0 < one["percentile"] < 100.0 for one in found.values())
    assert "percentile: of random compositions of the sample images" in told.out
    assert "value: the mean of the votes less 0.5 times their spread, at most 1" in told.out
    assert "vividness, order, complexity, kinship: 0 bad, 1 good" in told.out


def test_a_single_rating_is_the_value(command, photo_folder, clip):
    told = command("score", photo_folder / "china.jpg", *clip)
    ((value, vote, _),) = rows(told)
    assert value == vote
    assert "no percentiles: what is usual is known for the measures only" in told.out
    assert "value: the vote aesthetic itself" in told.out
    assert "aesthetic: rating by the head head\n" in told.out


def test_several_votes_are_joined_as_it_is_told(command, photo_folder, clip):
    given = ("score", photo_folder / "china.jpg", *clip, "--more-like", "moss")
    told = command(*given)
    (one,) = command(*given, "--json").json
    rating, cosine = one["scores"]["aesthetic"], one["scores"]["more like: moss"]
    assert one["value"] == pytest.approx((rating / 1.0 + cosine / 0.03) / 2.0)
    text = " ".join(told.out.split())
    assert "each divided by how far it usually spreads (aesthetic 1, more like 0.03)" in text
    assert "more like: moss: cosine to the text, -1 to 1" in text


def test_nothing_is_explained_where_nothing_was_judged(command, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"x")
    told = command("score", tmp_path / "broken.png")
    assert (told.code, told.out) == (1, "")


def test_all_frames_are_judged(command, photo_folder, tmp_path):
    frames = [Image.open(photo_folder / name) for name in ("china.jpg", "flower.jpg")]
    size = frames[0].size
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=[frames[1].resize(size)])
    given = ("score", tmp_path / "a.tif", "--scorer", "measures")
    told = command(*given, "--frame", "all", "--json").json
    assert [one["frame"] for one in told] == [1, 2]
    (second,) = command(*given, "--frame", "2", "--json").json
    assert second == told[1]
    assert told[0]["scores"] != told[1]["scores"]
    (first,) = command(*given, "--json").json
    assert first["scores"] == told[0]["scores"]
    assert command(*given, "--frame", "3").code == 1
