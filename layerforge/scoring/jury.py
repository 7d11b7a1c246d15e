"""A jury: several scorers as one, with all their voters.

Also what can be asked of any scorer beyond judging: its voters' names, its encoder, and a
fingerprint of who exactly judges.  A scorer may answer by an attribute of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from layerforge.model.values import digest, to_json
from layerforge.scoring.novelty import Embeddings
from layerforge.scoring.panel import Votes
from layerforge.scoring.scorer import Pictures, Scorer, Verdict
from layerforge.scoring.voters import MeasuresScorer


@runtime_checkable
class EmbeddingJudge(Protocol):
    """A scorer whose voters need only the embedding: kept pictures need not be rendered again."""

    def judge_embeddings(self, embeddings: Embeddings) -> Mapping[str, npt.NDArray[np.float64]]:
        """Raw votes by name on (N, D) float32 unit rows, as in ``Verdict.parts``."""
        ...


@runtime_checkable
class Screener(Protocol):
    """A scorer with a cheap opinion, for promoting some of many."""

    def screen(self, pictures: Pictures) -> Verdict:
        """A cheap verdict on (N, H, W, 3) uint8 sRGB."""
        ...


def votes_in(verdict: Verdict, *, name: str) -> Votes:
    """The raw votes by voter; a scorer without parts is its only voter, by its ``name``."""
    return verdict.parts or {name: verdict.values}


def voters_of(scorer: Scorer) -> tuple[str, ...]:
    """The names of the scorer's voters: what it says itself, or found by asking it once."""
    told: tuple[str, ...] | None = getattr(scorer, "voters", None)
    if told is not None:
        return tuple(told)
    # a plain picture: only the names matter
    verdict = scorer.judge(np.full((1, 64, 64, 3), 128, dtype=np.uint8))
    return tuple(votes_in(verdict, name=scorer.name))


def encoder_of(scorer: Scorer) -> str:
    """What makes the scorer's embeddings: those of one encoder can be compared."""
    return str(getattr(scorer, "encoder", scorer.name))


def meanings_of(scorer: Scorer) -> Mapping[str, str]:
    """What the scorer's ``value`` and its votes say, for people; what it does not tell is out."""
    told: Mapping[str, str] = getattr(scorer, "meanings", {})
    return told


def fingerprint_of(scorer: Scorer) -> str:
    """Who exactly judges: scorers with the same fingerprint give the same votes.

    A scorer without a ``fingerprint`` of its own is known by all it says of itself.
    """
    told: str | None = getattr(scorer, "fingerprint", None)
    if told is not None:
        return told
    said = [scorer.name, encoder_of(scorer), list(voters_of(scorer)), scorer.description]
    return digest(to_json(said)).hex()


def members_of(scorer: Scorer) -> tuple[Scorer, ...]:
    """Those that judge in ``scorer``, each with a fingerprint of its own; itself if it is one.

    A scorer of several tells them as ``members``.
    """
    members: Sequence[Scorer] | None = getattr(scorer, "members", None)
    if members is None:
        return (scorer,)
    return tuple(one for member in members for one in members_of(member))


def second_voters(scorer: Scorer) -> tuple[str, ...]:
    """The voters that see by another encoder than the one whose embeddings are kept.

    A scorer of two tells them as ``second_voters``; of a jury, those of its first member count.
    """
    first = scorer.members[0] if isinstance(scorer, Jury) else scorer
    told: tuple[str, ...] = getattr(first, "second_voters", ())
    return told


def even_weights(scorer: Scorer) -> dict[str, float]:
    """Weights by which each scorer of a jury counts the same, however many voters it has.

    Their mean is 1; all 1 for a scorer that is no jury.
    """
    members = scorer.members if isinstance(scorer, Jury) else (scorer,)
    names = [voters_of(member) for member in members]
    total = sum(len(group) for group in names)
    return {name: total / (len(members) * len(group)) for group in names for name in group}


def seated(scorer: Scorer, *, alone: bool) -> Scorer:
    """The scorer as it judges collages: CLIP with the measures beside it, unless ``alone``.

    All voters of CLIP see by one embedding, so that what fools one may fool all; the measures see
    by other means.
    """
    if alone or scorer.name != "clip" or isinstance(scorer, Jury):
        return scorer
    return Jury([scorer, MeasuresScorer()])


def screening(scorer: Scorer) -> Callable[[Pictures], Verdict]:
    """The cheap judge beside ``scorer``: its own where it has one, else the measures."""
    first = scorer.members[0] if isinstance(scorer, Jury) else scorer
    return first.screen if isinstance(first, Screener) else MeasuresScorer().judge


class Jury:
    """Scorers that judge together: the votes of all, the embeddings and values of the first.

    The votes are joined by a panel.  Raises ValueError where two voters have one name.
    """

    def __init__(self, members: Sequence[Scorer]) -> None:
        if not members:
            raise ValueError("a jury needs at least one scorer")
        self.members = tuple(members)
        self.voters = tuple(name for member in members for name in voters_of(member))
        if len(set(self.voters)) < len(self.voters):
            raise ValueError(f"two voters of a jury have the same name: {', '.join(self.voters)}")
        self.fingerprint = "+".join(fingerprint_of(member) for member in members)

    @property
    def name(self) -> str:
        """The first member's."""
        return self.members[0].name

    @property
    def description(self) -> str:
        """The members' descriptions in one line."""
        return "; ".join(member.description for member in self.members)

    @property
    def encoder(self) -> str:
        """The first member's."""
        return encoder_of(self.members[0])

    @property
    def batch_size(self) -> int:
        """The first member's."""
        return self.members[0].batch_size

    def judge(self, pictures: Pictures) -> Verdict:
        """Judge ``pictures``: (N, H, W, 3) uint8 sRGB, N ≥ 1."""
        verdicts = [member.judge(pictures) for member in self.members]
        parts: dict[str, npt.NDArray[np.float64]] = {}
        for member, verdict in zip(self.members, verdicts, strict=True):
            parts.update(votes_in(verdict, name=member.name))
        return Verdict(values=verdicts[0].values, embeddings=verdicts[0].embeddings, parts=parts)
