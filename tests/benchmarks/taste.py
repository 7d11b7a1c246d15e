"""How well and how fast taste is learned, with simulated users.

``python -m tests.benchmarks.taste``: random compositions of the sample images are rendered, and
users who each like another random direction among their measures answer 40 questions; then pairs
of pictures that were never asked about are ranked.  Also the time that 2,000 judgements on 520
features take, beside that of one plain product of matrices of that size in the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from layerforge.explore.importing import read_sources
from layerforge.files.assets import samples_folder
from layerforge.files.sources import SourcePyramid
from layerforge.model.canvas import Canvas
from layerforge.operations.pixels import flatten, to_uint8
from layerforge.rendering.renderer import Renderer
from layerforge.scoring.embedding import embeddings
from layerforge.scoring.features import Features, fitting_prior
from layerforge.scoring.measures import look, screen
from layerforge.scoring.reference import installed_reference
from layerforge.scoring.taste import Doubles, Judgements, Taste, learn, logistic
from layerforge.scoring.trust import Trust, trust_in
from layerforge.scoring.voters import Columns, complexity, kinship, order, vividness
from layerforge.search.asking import best_question
from layerforge.search.proposer import Proposer

PICTURES = 900
EDGE_PX = 192
USERS = 20
ANSWERS = 40
VOTERS = ("vividness", "order", "complexity", "kinship")

Answer = tuple[int, int, float]
"""Two pictures, and 1 where the first is better, else 0."""


@dataclass(frozen=True)
class Pictures:
    """N rendered candidates: measures (N, 19), standardised, and what taste sees of them.

    For ``asked`` of them questions are asked, the others are held out.
    """

    measures: Doubles
    features: Features
    rows: Doubles
    embeddings: np.ndarray
    asked: int

    @property
    def usual(self) -> Doubles:
        return self.rows[:, self.features.width :].std(axis=0)


def rendered(count: int, *, edge_px: int) -> Pictures:
    """Random compositions of the sample images, each with up to 8 steps."""
    cv2.setNumThreads(1)
    held = {file.source.id: file.file_bytes for file in read_sources([samples_folder()]).files}
    renderer = Renderer(SourcePyramid(held.__getitem__))
    proposer = Proposer(sources=tuple(held))
    looks = []
    for number in range(count):
        rng = np.random.default_rng([7, number])
        canvas = proposer.compose(Canvas(width=512, height=512), rng=rng).canvas
        if number % 2:
            canvas = proposer.compose(canvas, rng=rng).canvas
        picture = to_uint8(flatten(renderer.render(canvas, width=edge_px, height=edge_px)))
        if screen(picture) is None:
            looks.append(look(picture))
    columns = Columns.of(looks)
    votes = [
        vividness(columns),
        order(columns),
        complexity(columns),
        kinship(columns, installed_reference()),
    ]
    measures = installed_reference().standardised(columns.vectors)
    seen = embeddings(looks).astype(np.float16).astype(np.float32)  # as a project keeps them
    features = Features(encoder="measures", width=seen.shape[1], voters=VOTERS)
    return Pictures(
        measures=(measures - measures.mean(axis=0)) / measures.std(axis=0),
        features=features,
        rows=features.of(
            seen, [dict(zip(VOTERS, one, strict=True)) for one in zip(*votes, strict=True)]
        ),
        embeddings=seen,
        asked=2 * len(looks) // 3,
    )


def hidden_taste(pictures: Pictures, rng: np.random.Generator) -> Doubles:
    """(N,): how much a simulated user likes each picture, by a random direction of measures."""
    liked = pictures.measures @ rng.normal(size=pictures.measures.shape[1])
    return liked / liked.std()


def judgements_from(pictures: Pictures, answers: Sequence[Answer]) -> Judgements:
    one, other, wins = np.array(answers, dtype=float).reshape(-1, 3).T
    differences = pictures.rows[one.astype(int)] - pictures.rows[other.astype(int)]
    return Judgements(differences, wins, 1.0 - wins)


def learned(pictures: Pictures, answers: Sequence[Answer]) -> Taste:
    field = pictures.rows[: pictures.asked]
    judgements = judgements_from(pictures, answers)
    prior = fitting_prior(pictures.features, field, judgements, usual=pictures.usual)
    return learn(judgements, prior)


def answered(
    pictures: Pictures, liked: Doubles, *, count: int, asking: bool, noise: float, seed: int
) -> list[Answer]:
    """A user's answers on pairs drawn at random, or asked for because they teach most.

    noise: 0 is a user who never errs; with more, they err as in a Bradley-Terry model.
    """
    rng = np.random.default_rng([11, seed])
    ids = range(pictures.asked)
    answers: list[Answer] = []
    for number in range(count):
        if asking:
            question = best_question(
                learned(pictures, answers),
                ids,
                pictures.rows[: pictures.asked],
                pictures.embeddings[: pictures.asked],
                asked=[(int(one), int(other)) for one, other, _ in answers],
                least_distance=0.2,
                rng=np.random.default_rng([seed, number]),
            )
            assert question is not None
            one, other = question.one, question.other
        else:
            one, other = (int(place) for place in rng.choice(pictures.asked, 2, replace=False))
        margin = float(liked[one] - liked[other])
        better = rng.random() < logistic(np.array(margin / noise)) if noise else margin > 0.0
        answers.append((one, other, float(better)))
    return answers


def right_on_held_out(pictures: Pictures, taste: Taste, liked: Doubles) -> float:
    """The share of all pairs of pictures never asked about that taste ranks as the user does."""
    worth, truth = taste.worth(pictures.rows)[pictures.asked :], liked[pictures.asked :]
    one, other = np.triu_indices(len(truth), 1)
    return float(np.mean((worth[one] > worth[other]) == (truth[one] > truth[other])))


def accuracies(
    pictures: Pictures, *, users: int, count: int, asking: bool, noise: float = 0.0
) -> list[float]:
    """`right_on_held_out` for each of some users, after ``count`` answers."""
    shares = []
    for seed in range(users):
        liked = hidden_taste(pictures, np.random.default_rng(seed))
        answers = answered(pictures, liked, count=count, asking=asking, noise=noise, seed=seed)
        shares.append(right_on_held_out(pictures, learned(pictures, answers), liked))
    return shares


def seconds(work: Callable[[], object], *, rounds: int = 9) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def speed() -> None:
    """2,000 judgements on 520 features: prior, learning and trust, as after each new judgement."""
    rng = np.random.default_rng(0)
    features = Features(encoder="clip", width=512, voters=tuple("abcdefgh"))
    field = rng.normal(size=(1024, 520)) * rng.uniform(0.02, 0.06, 520)
    weights = rng.normal(size=520) * 3.0
    one, other = rng.integers(1024, size=(2, 2000))
    differences = field[one] - field[other]
    wins = (rng.random(2000) < logistic(differences @ weights)).astype(float)
    judgements = Judgements(differences, wins, 1.0 - wins)

    def refit() -> Trust:
        prior = fitting_prior(features, field, judgements, usual=np.full(8, 0.05))
        taste = learn(judgements, prior)
        return trust_in(taste, judgements, taste.worth(field))

    took, product = seconds(refit), seconds(lambda: (differences.T * wins) @ differences)
    print(
        f"2,000 judgements on 520 features: {1e3 * took:.0f} ms, "
        f"{took / product:.1f} times one product of matrices of that size"
    )


def main() -> None:
    speed()
    pictures = rendered(PICTURES, edge_px=EDGE_PX)
    print(f"{len(pictures.rows)} pictures, {pictures.asked} of them asked about; {USERS} users")
    for noise in (0.0, 0.33):
        for asking in (False, True):
            for count in (10, 20, ANSWERS):
                shares = accuracies(pictures, users=USERS, count=count, asking=asking, noise=noise)
                print(
                    f"{'asked' if asking else 'random'} pairs, noise {noise:g}, {count} answers: "
                    f"{100 * np.mean(shares):.1f} % of held-out pairs right "
                    f"(least {100 * min(shares):.0f} %)",
                    flush=True,
                )


if __name__ == "__main__":
    main()
