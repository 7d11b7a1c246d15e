import numpy as np
import pytest

from layerforge.scoring.heads import Head, HeadBroken, HeadMismatch

B32 = "ViT-B-32-quickgelu/openai"


def test_a_head_refuses_other_encoders_even_of_the_same_length():
    head = Head(np.ones(512), 0.0, "mine", B32)
    head.demand(encoder=B32, dim=512)
    with pytest.raises(HeadMismatch, match="not for ViT-B-16"):
        head.demand(encoder="ViT-B-16-quickgelu/openai", dim=512)
    with pytest.raises(HeadMismatch, match="length 512"):
        head.demand(encoder=B32, dim=768)
    with pytest.raises(HeadMismatch, match="shape"):
        head.score(np.ones((2, 768)) / np.sqrt(768))


def test_embeddings_must_have_unit_length():
    head = Head(np.ones(4), 0.0, "mine", "x/y")
    assert head.score(np.eye(4)) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="length 10"):
        head.score(np.eye(4) * [1, 1, 10, 1])
    with pytest.raises(ValueError, match="unit length"):
        head.score(np.full((1, 4), np.nan))


def test_a_score_does_not_depend_on_its_neighbours():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(33, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    head = Head(rng.normal(size=512), 3.0, "mine", "x/y")
    alone = [head.score(row[None])[0] for row in rows]
    assert np.array_equal(head.score(rows), alone)


def test_a_head_cannot_be_changed():
    source = np.ones(3)
    head = Head(source, 0.0, "mine", "x/y")
    source[0] = 9
    assert head.vector[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        head.vector[0] = 2


@pytest.mark.parametrize("vector", [np.ones((2, 2)), np.ones(0), np.array([1.0, np.inf])])
def test_a_head_is_one_finite_vector(vector):
    with pytest.raises(HeadBroken):
        Head(vector, 0.0, "mine", "x/y")
