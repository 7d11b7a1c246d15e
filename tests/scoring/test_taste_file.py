import json

import numpy as np
import pytest

from layerforge.model.errors import InvalidValue, NewerVersion
from layerforge.scoring.features import Features
from layerforge.scoring.taste import Judgements, Prior, learn
from layerforge.scoring.taste_file import (
    ELSEWHERE,
    MAX_TASTE_BYTES,
    MOST_KNOWN,
    OtherEncoder,
    TasteFile,
    decode_taste,
    encode_taste,
)
from layerforge.scoring.trust import Trust
from tests.scoring.test_taste import made

FEATURES = Features(encoder="clip:b32", width=38, voters=("order", "kinship"))
TRUST = Trust(judgements=30.0, accuracy=0.8, slope=1.25, precision=5.0, skill=0.4)
SCALE = np.linspace(0.1, 0.9, 40)
NOTHING = Judgements(np.zeros((0, 40)), np.zeros(0), np.zeros(0))


@pytest.fixture(scope="module")
def taste():
    return learn(made(15, 40)[0], Prior.flat(SCALE))


@pytest.fixture(scope="module")
def saved(taste):
    return TasteFile.of(taste, FEATURES, TRUST)


def test_what_was_saved_is_read_again(saved):
    content = encode_taste(saved)
    assert decode_taste(content) == saved
    assert len(content) < 8_000
    assert json.loads(content)["voters"] == ["order", "kinship"]


def test_as_a_prior_it_believes_the_same_of_every_picture(taste, saved):
    back = saved.beforehand(FEATURES, flat=Prior.flat(np.ones(40)))
    np.testing.assert_allclose(back.prior.mean, taste.mean, atol=1e-6)
    np.testing.assert_allclose(back.prior.scale, SCALE, rtol=1e-6)
    assert back.trust.judgements == pytest.approx(15.0)
    assert back.trust.precision == pytest.approx(3.0)
    assert (back.trust.slope, back.trust.accuracy) == (1.25, 0.8)
    # undiscounted, it is as sure of everything as the taste that was saved
    known = back.prior.known / np.sqrt(ELSEWHERE)
    as_sure = learn(NOTHING, Prior(back.prior.mean, back.prior.scale, known))
    rows = np.random.default_rng(2).normal(size=(20, 40))
    np.testing.assert_allclose(as_sure.deviations(rows), taste.deviations(rows), rtol=2e-3)
    discounted = learn(NOTHING, back.prior)
    assert (discounted.deviations(rows) > taste.deviations(rows)).all()
    assert (discounted.deviations(rows) < np.sqrt((rows**2 * SCALE**2).sum(axis=1))).all()


def test_of_very_much_the_most_certain_is_kept_and_nothing_is_made_surer():
    width = 300
    features = Features(encoder="e", width=width, voters=())
    taste = learn(made(600, width)[0], Prior.flat(np.full(width, 0.3)))
    saved = TasteFile.of(taste, features, TRUST)
    assert saved.known_rows().shape == (MOST_KNOWN, width)
    back = saved.beforehand(features, flat=Prior.flat(np.ones(width))).prior
    rows = np.random.default_rng(2).normal(size=(20, width))
    assert (learn(NOTHING_WIDE, back).deviations(rows) > taste.deviations(rows)).all()
    assert len(encode_taste(saved)) < 80_000


NOTHING_WIDE = Judgements(np.zeros((0, 300)), np.zeros(0), np.zeros(0))


def test_voters_are_found_by_name(taste, saved):
    flat = Prior.flat(np.full(41, 7.0))
    others = Features(encoder="clip:b32", width=38, voters=("kinship", "new", "order"))
    back = saved.beforehand(others, flat=flat).prior
    assert back.mean[38] == pytest.approx(taste.mean[39], abs=1e-6)
    assert back.mean[40] == pytest.approx(taste.mean[38], abs=1e-6)
    assert (back.mean[39], back.scale[39]) == (0.0, 7.0)
    assert not back.known[:, 39].any()
    fewer = Features(encoder="clip:b32", width=38, voters=())
    assert len(saved.beforehand(fewer, flat=Prior.flat(np.ones(38))).prior.mean) == 38


def test_another_encoder_is_refused_by_name(saved):
    with pytest.raises(OtherEncoder, match="seen by clip:b32, here they are seen by measures"):
        saved.check(encoder="measures", width=38)
    with pytest.raises(OtherEncoder, match="embeddings of 38 numbers, here they have 512"):
        saved.check(encoder="clip:b32", width=512)
    saved.check(encoder="clip:b32", width=38)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mean": [0.0] * 39}, "40 features, but 39 means"),
        ({"scale": [-1.0] * 40}, "scale"),
        ({"mean": ["x"] * 40}, "mean"),
        ({"mean": [1e300] * 40}, "mean"),
        ({"known": "????"}, "not base64"),
        ({"known": "AAAA"}, "3 bytes, not a multiple of 80"),
        ({"known": "AHwA" * 27}, "not a multiple of 80"),
        ({"known": "AHwAfAB8" * 40}, "not all it knows are numbers"),
        ({"voters": ["order", "order"]}, "the same name"),
        ({"accuracy": 1.5}, "accuracy"),
        ({"precision": 0.0}, "precision"),
        ({"encoder": ""}, "encoder"),
        ({"width": 10**9}, "width"),
        ({"path": "/home/me"}, "path"),
        ({"format": "layerforge-recipe"}, "not a taste"),
    ],
)
def test_what_breaks_the_format_is_refused(saved, change, words):
    document = json.dumps({**json.loads(encode_taste(saved)), **change}).encode()
    with pytest.raises(InvalidValue, match=words):
        decode_taste(document, what="me.json")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1]", "not a taste"),
        (b'{"format": "layerforge-taste"}', "encoder"),
        (b" " * (MAX_TASTE_BYTES + 1), "larger than 8 MiB"),
    ],
)
def test_what_is_no_taste_is_refused(document, words):
    with pytest.raises(InvalidValue, match=words):
        decode_taste(document)


def test_a_newer_version_is_named(saved):
    document = encode_taste(saved).replace(b'"version": 1', b'"version": 9')
    with pytest.raises(NewerVersion, match="version 9"):
        decode_taste(document)
