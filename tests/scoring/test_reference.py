from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from sklearn.covariance import EmpiricalCovariance
from sklearn.datasets import load_sample_image

from layerforge.scoring.measures import NAMES, measure
from layerforge.scoring.reference import (
    Reference,
    installed_reference,
    main,
    reference_of,
    tamed,
)

Picture = npt.NDArray[np.uint8]

SHARED = Path(__file__).parents[3] / "shared" / "reference_measures.json"


def crops() -> list[Picture]:
    photographs = [np.asarray(load_sample_image(n)) for n in ("china.jpg", "flower.jpg")]
    return [
        np.ascontiguousarray(photograph[y : y + 200, x : x + 200])
        for photograph in photographs
        for y in (0, 200)
        for x in (0, 200, 400)
    ]


def test_installed_reference_says_where_it_comes_from() -> None:
    reference = installed_reference()
    assert reference.pictures > 80
    assert "gnome-backgrounds" in reference.provenance
    assert (np.linalg.eigvalsh(reference.covariance) > 0.0).all()


@pytest.mark.parametrize("name", NAMES)
def test_installed_reference_agrees_with_an_independent_one(name: str) -> None:
    if not SHARED.exists():
        pytest.skip("the independent figures (../shared/reference_measures.json) are not here")
    theirs = json.loads(SHARED.read_text(encoding="utf-8"))["measures"][name]
    low, middle, high = installed_reference().percentiles[name]
    span = theirs["p90"] - theirs["p10"]
    assert middle == pytest.approx(theirs["p50"], abs=0.1 * span)
    assert low == pytest.approx(theirs["p10"], abs=0.2 * span)
    assert high == pytest.approx(theirs["p90"], abs=0.2 * span)


def test_squared_distance_is_that_of_another_implementation() -> None:
    pictures = crops()
    vectors = np.stack([measure(picture).vector() for picture in pictures])
    reference = installed_reference()
    other = EmpiricalCovariance()
    other.location_ = reference.mean
    other.covariance_ = reference.covariance
    other.precision_ = np.linalg.inv(reference.covariance)
    np.testing.assert_allclose(
        reference.squared_distance(vectors), other.mahalanobis(tamed(vectors)), rtol=1e-6
    )


def test_standardised_counts_standard_deviations() -> None:
    pictures = crops()
    vectors = np.stack([measure(picture).vector() for picture in pictures])
    scaled = reference_of(pictures).standardised(vectors)
    np.testing.assert_allclose(scaled.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(scaled.std(axis=0), 1.0, rtol=0.05)


def test_the_same_picture_in_two_sizes_counts_once() -> None:
    pictures = crops()
    larger = [cv2.resize(picture, (333, 250)) for picture in pictures]
    once, twice = reference_of(pictures), reference_of(pictures + larger)
    assert once.pictures == twice.pictures == len(pictures)
    np.testing.assert_array_equal(once.mean, twice.mean)


def test_blank_pictures_do_not_count() -> None:
    blank = np.full((50, 50, 3), 40, dtype=np.uint8)
    assert reference_of([*crops(), blank]).pictures == len(crops())
    with pytest.raises(ValueError, match="at least one picture"):
        reference_of([blank])


def test_a_mood_board_of_few_pictures_leans_on_its_prior() -> None:
    pictures = crops()[:2]
    mood = reference_of(pictures, prior=installed_reference())
    assert (np.linalg.eigvalsh(mood.covariance) > 0.0).all()
    vectors = np.stack([measure(picture).vector() for picture in pictures])
    theirs = installed_reference().squared_distance(vectors)
    assert (mood.squared_distance(vectors) < theirs).all()


def test_percentiles_are_of_the_raw_measures() -> None:
    pictures = crops()
    slopes = [measure(picture).slope for picture in pictures]
    expected = np.percentile(slopes, (10, 50, 90))
    np.testing.assert_allclose(reference_of(pictures).percentiles["slope"], expected, atol=1e-4)


def test_json_round_trip() -> None:
    reference = reference_of(crops(), provenance="twelve crops")
    back = Reference.from_json(reference.to_json())
    assert (back.pictures, back.provenance) == (12, "twelve crops")
    assert back.percentiles == reference.percentiles
    np.testing.assert_allclose(back.mean, reference.mean, atol=1e-6)
    np.testing.assert_allclose(back.covariance, reference.covariance, rtol=1e-5)


def test_json_of_other_measures_is_refused() -> None:
    data = json.loads(installed_reference().to_json())
    data["names"][0] = "prettiness"
    with pytest.raises(ValueError, match="other measures"):
        Reference.from_json(json.dumps(data))


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="19 measures"):
        Reference(mean=np.zeros(3), covariance=np.eye(3), pictures=1, provenance="")


def test_main_prints_the_reference_of_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "deep").mkdir()
    for index, picture in enumerate(crops()):
        Image.fromarray(picture).save(tmp_path / "deep" / f"{index}.png")
    (tmp_path / "notes.txt").write_text("not a picture", encoding="utf-8")
    assert main(["crops", str(tmp_path)]) == 0
    made = Reference.from_json(capsys.readouterr().out)
    assert (made.pictures, made.provenance) == (12, "crops")


def test_main_without_folders_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(sys.argv[:1]) == 2
    assert "usage" in capsys.readouterr().err
