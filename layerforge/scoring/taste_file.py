"""A taste to take along: what was learned in one project, for another.

It says what the taste looks at by name, so that it is understood where there are other voters; it
holds no pictures, no paths and no judgements, but digests by which judgements are known again that
it has been learned from, so that none counts twice.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

import msgspec
import numpy as np

from layerforge.model.errors import InvalidValue, LayerForgeError, NewerVersion
from layerforge.model.values import Value, from_json, to_json
from layerforge.scoring.features import Features
from layerforge.scoring.taste import Doubles, Prior, Taste
from layerforge.scoring.trust import Trust

TASTE_VERSION = 1
MAX_TASTE_BYTES = 8 * 1024 * 1024

MOST_KNOWN = 64
"""The directions kept that most is known of; of all others nothing is said to be known."""

_LEAST_KNOWN = 0.02

ELSEWHERE = 0.5
"""What is known from another project counts so much: other pictures, perhaps another mood."""

_FORMAT = "layerforge-taste"
_DIGITS = 7

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Number = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
Positive = Annotated[float, msgspec.Meta(ge=0.0, le=1e9)]
_MOST = 65_536
Numbers = Annotated[tuple[Number, ...], msgspec.Meta(max_length=_MOST)]
Positives = Annotated[tuple[Positive, ...], msgspec.Meta(max_length=_MOST)]


class OtherEncoder(LayerForgeError):
    """A taste that was learned on other embeddings than those it is to be used on."""


@dataclass(frozen=True, slots=True)
class Beforehand:
    """A taste learned elsewhere as a prior, and how far it could be trusted there."""

    prior: Prior
    trust: Trust


class TasteFile(Value, frozen=True, kw_only=True):
    """What is known of a taste.

    encoder: what made the embeddings it was learned on.  width: how many numbers these have.
    voters: whose votes come after them.  mean, scale: of the weight of each feature, and how far
    it might have been from 0 at first.  known: what is known beyond, rows of float16 in base64,
    each a direction in units of ``scale`` by the root of how much is known of it.  judgements,
    accuracy, slope, precision: see ``Trust``.  learned_from: digests of the judgements that it was
    learned from, those of tastes brought in before as well; none where an earlier version saved it.
    """

    format: Literal["layerforge-taste"] = _FORMAT  # type: ignore[assignment]
    version: Annotated[int, msgspec.Meta(ge=1)] = TASTE_VERSION
    encoder: Name
    width: Annotated[int, msgspec.Meta(ge=1, le=_MOST)]
    voters: Annotated[tuple[Name, ...], msgspec.Meta(max_length=256)]
    mean: Numbers
    scale: Positives
    known: Annotated[str, msgspec.Meta(max_length=MAX_TASTE_BYTES)] = ""
    judgements: Positive = 0.0
    accuracy: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] | None = None
    slope: Annotated[float, msgspec.Meta(ge=-1e3, le=1e3)] = 0.0
    precision: Annotated[float, msgspec.Meta(ge=1.0, le=1e9)] = 1.0
    learned_from: Annotated[tuple[Name, ...], msgspec.Meta(max_length=_MOST)] = ()

    def __post_init__(self) -> None:
        count = self.width + len(self.voters)
        if len(set(self.voters)) < len(self.voters):
            raise InvalidValue("two of its voters have the same name")
        if len(self.mean) != count or len(self.scale) != count:
            raise InvalidValue(
                f"it has {count} features, but {len(self.mean)} means and {len(self.scale)} scales"
            )
        self.known_rows()

    @classmethod
    def of(
        cls, taste: Taste, features: Features, trust: Trust, *, learned_from: Iterable[str] = ()
    ) -> Self:
        """The file for a taste on those features."""
        return cls(
            encoder=features.encoder,
            width=features.width,
            voters=features.voters,
            mean=_rounded(taste.mean),
            scale=_rounded(taste.prior.scale),
            known=base64.b64encode(_settled(taste).astype("<f2").tobytes()).decode("ascii"),
            judgements=trust.judgements,
            accuracy=trust.accuracy,
            slope=trust.slope,
            precision=trust.precision,
            learned_from=tuple(sorted(set(learned_from))[:_MOST]),
        )

    def known_rows(self) -> Doubles:
        """(K, F): what is known beyond ``scale``, in its units.  Raises InvalidValue."""
        try:
            content = base64.b64decode(self.known.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError) as error:
            raise InvalidValue(f"what it knows is not base64: {error}") from error
        width = 2 * len(self.mean)
        if len(content) % width or len(content) > MOST_KNOWN * width:
            raise InvalidValue(
                f"what it knows has {len(content)} bytes, not a multiple of {width} up to "
                f"{MOST_KNOWN * width}"
            )
        rows = np.frombuffer(content, dtype="<f2").reshape(-1, len(self.mean)).astype(np.float64)
        if not np.isfinite(rows).all():
            raise InvalidValue("not all it knows are numbers")
        return rows

    def beforehand(self, features: Features, *, flat: Prior) -> Beforehand:
        """The prior that this taste is for ``features``.

        flat: that of somebody of whom nothing is known, for voters that this taste never heard.
        Raises OtherEncoder.
        """
        self.check(encoder=features.encoder, width=features.width)
        places = {name: self.width + at for at, name in enumerate(self.voters)}
        ours = [*range(features.width), *(places.get(name, -1) for name in features.voters)]
        taken = np.array(ours, dtype=np.intp)
        heard = taken >= 0
        scale = np.where(heard, np.array(self.scale)[taken], flat.scale)
        mean = np.where(heard, np.array(self.mean)[taken], flat.mean)
        rows = np.where(heard, self.known_rows()[:, taken], 0.0)
        known = np.divide(rows, scale, out=np.zeros_like(rows), where=scale > 0.0)
        return Beforehand(
            prior=Prior(mean=mean, scale=scale, known=known * np.sqrt(ELSEWHERE)),
            trust=Trust(
                judgements=ELSEWHERE * self.judgements,
                accuracy=self.accuracy,
                slope=self.slope,
                precision=1.0 + ELSEWHERE * (self.precision - 1.0),
            ),
        )

    def suits(self, features: Features) -> bool:
        """Whether it was learned on the embeddings of ``features``."""
        return (self.encoder, self.width) == (features.encoder, features.width)

    def check(self, *, encoder: str, width: int) -> None:
        """Raise OtherEncoder unless embeddings of ``width`` numbers by ``encoder`` suit it."""
        if self.encoder != encoder:
            raise OtherEncoder(
                f"the taste was learned on pictures seen by {self.encoder}, here they are seen by "
                f"{encoder}: explore with the same scorer, or load a taste learned with this one"
            )
        if self.width != width:
            raise OtherEncoder(
                f"the taste was learned on embeddings of {self.width} numbers, here they have "
                f"{width}: it comes from another version of LayerForge"
            )


def encode_taste(taste: TasteFile) -> bytes:
    """``taste`` as readable JSON, UTF-8."""
    return msgspec.json.format(to_json(taste), indent=1) + b"\n"


def decode_taste(document: bytes, *, what: str = "the taste") -> TasteFile:
    """Decode strictly.

    Raises NewerVersion where a newer LayerForge wrote it, InvalidValue where it is no taste or
    breaks the format.
    """
    if len(document) > MAX_TASTE_BYTES:
        raise InvalidValue(f"{what} is larger than {MAX_TASTE_BYTES >> 20} MiB")
    try:
        head: Any = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"{what} is not JSON: {error}") from error
    if not isinstance(head, dict) or head.get("format") != _FORMAT:
        raise InvalidValue(f"{what} is not a taste that LayerForge saved")
    version = head.get("version")
    if isinstance(version, int) and version > TASTE_VERSION:
        raise NewerVersion(what, found=version, known=TASTE_VERSION)
    return from_json(document, TasteFile, what=what)


def _settled(taste: Taste) -> Doubles:
    """(K, F): in units of the scale, the directions that most is known of beyond the prior's scale.

    Their sum of squares is the precision less that of the scale alone, near enough.
    """
    precision = np.linalg.inv(taste.covariance)
    excess, directions = np.linalg.eigh((precision + precision.T) / 2.0)
    order = np.argsort(-excess)[:MOST_KNOWN]
    order = order[excess[order] - 1.0 > _LEAST_KNOWN]
    rows = (directions[:, order] * np.sqrt(excess[order] - 1.0)).T
    return np.asarray(rows if taste.basis is None else rows @ taste.basis.T, dtype=np.float64)


def _rounded(numbers: Doubles) -> tuple[float, ...]:
    return tuple(float(f"{number:.{_DIGITS}g}") for number in numbers)
