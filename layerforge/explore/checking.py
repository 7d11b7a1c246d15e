"""The weights on this machine: which there are, and whether they are what they are called."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from layerforge.explore.scorers import choose_scorer, missing_libraries
from layerforge.explore.settings import ClipSettings
from layerforge.explore.usual import EDGE_PX, sample_pictures, usual_panel
from layerforge.model.errors import LayerForgeError
from layerforge.scoring import catalogue
from layerforge.scoring.catalogue import ENCODERS, PRESETS, Item, PublishedEncoder, PublishedHead
from layerforge.scoring.encoders import embedding_length, locate_published
from layerforge.scoring.head_files import load_head
from layerforge.scoring.jury import seated, voters_of
from layerforge.scoring.own_heads import own_heads
from layerforge.scoring.panel import Panel
from layerforge.scoring.spoiling import fooled, look_at_spoiled
from layerforge.scoring.verified import (
    HUB,
    check_encoder,
    check_head,
    differs,
    remember,
    sha256_of,
    stated_sha256,
    vouched_for,
)
from layerforge.scoring.weights import find, missing, models_folder

Fact = float | bool | str


@dataclass(frozen=True, slots=True)
class Listed:
    """A model: what it is, and how it is here.

    encoder: that a head was made for.  state: ``not here``, ``verified`` (by its hash), ``not
    verified``, ``damaged``, or ``own`` for a head of the user's.  size_bytes: of the file here, or
    of the one to fetch (encoders to the megabyte).
    """

    kind: str
    name: str
    licence: str
    presets: tuple[str, ...]
    encoder: str | None
    state: str
    path: str | None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of a model: facts by name, a problem (it cannot be used), or a doubt."""

    kind: str
    name: str
    path: str | None
    facts: dict[str, Fact] = field(default_factory=dict)
    problem: str | None = None
    doubt: str | None = None


def listed() -> list[Listed]:
    """All of the catalogue, then other encoders in our folder, then the user's own heads."""
    known = [_listed(item) for item in (*ENCODERS, *catalogue.HEADS)]
    files = {item.file for item in ENCODERS}
    others = [
        file for file in sorted(models_folder().glob("*--*.safetensors")) if file.name not in files
    ]
    return [
        *known,
        *(
            Listed(
                kind="encoder",
                name=file.stem.replace("--", "/"),
                licence="see its page",
                presets=(),
                encoder=None,
                state=_state_of_encoder(file),
                path=str(file),
                size_bytes=file.stat().st_size,
            )
            for file in others
        ),
        *(_listed_own(name, file) for name, file in own_heads().items()),
    ]


def _listed(item: Item) -> Listed:
    path = find(item)
    if path is None:
        state = "not here"
    elif isinstance(item, PublishedHead):
        state = "damaged" if differs(item, path) else "verified"
    else:
        state = _state_of_encoder(path)
    return Listed(
        kind="head" if isinstance(item, PublishedHead) else "encoder",
        name=item.name,
        licence=item.licence,
        presets=tuple(name for name, preset in PRESETS.items() if item in preset.items),
        encoder=item.encoder if isinstance(item, PublishedHead) else None,
        state=state,
        path=None if path is None else str(path),
        size_bytes=_size(item) if path is None else path.stat().st_size,
    )


def _size(item: Item) -> int:
    """Of the published file, bytes."""
    return item.size_bytes if isinstance(item, PublishedHead) else item.megabytes * 1_000_000


def _state_of_encoder(path: Path) -> str:
    return "not verified" if vouched_for(path) is None else "verified"


def _listed_own(name: str, file: Path) -> Listed:
    try:
        encoder, state = load_head(file).encoder, "own"
    except LayerForgeError:
        encoder, state = None, "damaged"
    return Listed("head", name, "your own", (), encoder, state, str(file), file.stat().st_size)


def check_weights(tell: Callable[[str], None]) -> Iterator[Report]:
    """Reports on what is here, then, where nothing is broken, whether presets can be fooled.

    tell: told of what takes a while.
    """
    broken = False
    for item in (*ENCODERS, *catalogue.HEADS):
        if (path := find(item)) is not None:
            tell(f"checking {item.name}")
            report = (
                _encoder_report(item, path, tell)
                if isinstance(item, PublishedEncoder)
                else _head_report(item, path)
            )
            broken = broken or report.problem is not None
            yield report
    for name, file in own_heads().items():
        report = _own_head_report(name, file)
        broken = broken or report.problem is not None
        yield report
    # with an encoder of one's own it would not be the preset that judges
    if broken or missing_libraries() or os.environ.get("LAYERFORGE_ENCODER"):
        return
    for name, preset in PRESETS.items():
        if not missing(preset):
            tell(f"checking what fools the preset {name}")
            yield _fooled_report(name, tell)


def _encoder_report(item: PublishedEncoder, path: Path, tell: Callable[[str], None]) -> Report:
    facts: dict[str, Fact] = {}
    doubt = None
    try:
        check_encoder(item, path)
        digest = sha256_of(path)
        facts["sha256"] = digest[:12]
        stated = stated_sha256(path)
        if stated not in (None, digest):
            raise LayerForgeError("its SHA-256 is not the one it came with")
        facts["hash stated by"] = vouched_for(path) or ("nobody" if stated is None else HUB)
        if stated is not None:
            _remember(path, digest, tell)
        if not missing_libraries():
            from layerforge.scoring.tower import check_tower

            facts |= check_tower(locate_published(item))
        if not facts.get("familiar", True):
            doubt = "doubtful: its embeddings do not look like this model's"
        elif facts["hash stated by"] == "nobody":
            doubt = "not verified: no hash of it is known here, only its shape"
    except LayerForgeError as error:
        return Report("encoder", item.name, str(path), facts, problem=str(error))
    return Report("encoder", item.name, str(path), facts, doubt=doubt)


def _remember(path: Path, digest: str, tell: Callable[[str], None]) -> None:
    try:
        remember(path, digest, by=HUB)
    except LayerForgeError as error:  # no fault of the weights
        tell(f"that {path.name} is verified is forgotten again: {error}")


def _head_report(item: PublishedHead, path: Path) -> Report:
    try:
        check_head(item, path)
        facts: dict[str, Fact] = {"sha256": item.sha256[:12], "dim": load_head(path).dim}
    except LayerForgeError as error:
        return Report("head", item.name, str(path), problem=str(error))
    return Report("head", item.name, str(path), facts)


def _own_head_report(name: str, file: Path) -> Report:
    try:
        head = load_head(file)
        facts: dict[str, Fact] = {"own": True, "encoder": head.encoder, "dim": head.dim}
        if (dim := embedding_length(head.encoder)) is not None:
            head.demand(encoder=head.encoder, dim=dim)
    except LayerForgeError as error:
        return Report("head", name, str(file), problem=str(error))
    return Report("head", name, str(file), facts)


def _fooled_report(preset: str, tell: Callable[[str], None]) -> Report:
    pictures, counts, alone = fooled_on_samples(preset, tell)
    facts: dict[str, Fact] = {
        f"{way} liked": f"{count}/{pictures}" for way, count in counts.items()
    }
    by_itself = ", ".join(f"{way} {count}/{pictures}" for way, count in alone.items() if count)
    doubt = None
    if any(counts.values()):
        doubt = "doubtful: it likes spoiled pictures as well"
    elif any(2 * count > pictures for count in alone.values()):
        doubt = "doubtful: CLIP alone likes most spoiled pictures as well, the measures prevent it"
    return Report(
        "preset", preset, None, {**facts, "liked by CLIP alone": by_itself or "none"}, doubt=doubt
    )


def fooled_on_samples(
    preset: str, tell: Callable[[str], None]
) -> tuple[int, dict[str, int], dict[str, int]]:
    """How many sample images there are, and by way of spoiling how many of them were outdone.

    First as a panel judges that has the measures beside CLIP, as in an exploration, then as CLIP
    judges alone.  tell: told how far it is.
    """
    settings = msgspec.convert({"preset": preset}, ClipSettings)
    clip = choose_scorer("clip", settings=settings).scorer
    scorer = seated(clip, alone=False)
    pictures = sample_pictures(edge_px=EDGE_PX)
    tell("judging random collages, which show what is usual")
    panel = usual_panel(scorer)
    verdicts = []
    for number, picture in enumerate(pictures, start=1):
        tell(f"judging sample {number} of {len(pictures)} and what spoils it")
        verdicts += look_at_spoiled(scorer, [picture])
    own = {name: float(name in voters_of(clip)) * panel.weights[name] for name in panel.voters}
    alone = Panel(panel.yardstick, weights=own, kappa=panel.kappa)
    first, second = (fooled(verdicts, one, name=scorer.name) for one in (panel, alone))
    return len(pictures), first, second
