"""Two CLIP encoders as one judge: a small one that is cheap, a large one that is better.

``screen`` is for whoever judges many with the small one and only the best with both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from layerforge.scoring.catalogue import preset_named
from layerforge.scoring.clip import ClipScorer
from layerforge.scoring.encoders import locate_published
from layerforge.scoring.heads import Head, demand_pairing
from layerforge.scoring.loading import head_of_environment, load_judge, published_heads
from layerforge.scoring.preprocess import DEFAULT_VIEWS
from layerforge.scoring.prompts import wording
from layerforge.scoring.scorer import Pictures, Verdict
from layerforge.scoring.votes import joined, meaning
from layerforge.scoring.weights import require


class CascadeScorer:
    """Judges with both encoders; the embedding is the large one's."""

    name = "clip"

    def __init__(self, small: ClipScorer, large: ClipScorer) -> None:
        if both := set(small.voters) & set(large.voters):
            raise ValueError(f"both encoders have a voter called {min(both)}")
        self.small = small
        self.large = large

    @property
    def description(self) -> str:
        """Both judges."""
        return f"{self.small.description}; then {self.large.description}"

    @property
    def encoder(self) -> str:
        """The large one's, whose embeddings are given."""
        return self.large.encoder

    @property
    def voters(self) -> tuple[str, ...]:
        """The names of the parts of every verdict."""
        return (*self.small.voters, *self.large.voters)

    @property
    def meanings(self) -> dict[str, str]:
        """What each vote and the value say, for people."""
        return {**self.small.meanings, **self.large.meanings, "value": meaning(self.voters)}

    @property
    def members(self) -> tuple[ClipScorer, ClipScorer]:
        """Both judges: votes of each follow from embeddings of its own encoder."""
        return self.small, self.large

    @property
    def second_voters(self) -> tuple[str, ...]:
        """Those of the small one, whose embeddings are not given: a second opinion."""
        return self.small.voters

    @property
    def fingerprint(self) -> str:
        """Who exactly judges."""
        return f"{self.small.fingerprint}+{self.large.fingerprint}"

    @property
    def batch_size(self) -> int:
        """The large one's, which needs more memory."""
        return self.large.batch_size

    @property
    def device(self) -> str:
        """Where the large one runs."""
        return str(self.large.device)

    @property
    def precision(self) -> str:
        """The large one's float format."""
        return self.large.precision

    def screen(self, pictures: Pictures) -> Verdict:
        """The small encoder's opinion alone, on (N, H, W, 3) uint8: an eighteenth of the work."""
        return self.small.judge(pictures)

    def judge(self, pictures: Pictures) -> Verdict:
        """Both opinions on (N, H, W, 3) uint8."""
        first, second = self.small.judge(pictures), self.large.judge(pictures)
        parts = {**first.parts, **second.parts}
        return Verdict(values=joined(parts), parts=parts, embeddings=second.embeddings)


def load_cascade(
    *,
    preset: str = "best",
    device: str = "auto",
    precision: str = "auto",
    models_dir: Path | None = None,
    heads: Sequence[Head] = (),
    views: int = DEFAULT_VIEWS,
    prompts: bool | None = None,
    more_like: Sequence[str] = (),
    less_like: Sequence[str] = (),
    on_notice: Callable[[str], None] | None = None,
) -> CascadeScorer:
    """The two encoders of ``preset``: the small one with its head, the large one with the rest.

    Parameters and errors as for ``load_clip_scorer``; words are the large one's.  ``heads`` judge
    in the place of those of the encoder that they were made for.
    """
    chosen = preset_named(preset)
    require(chosen, models_dir=models_dir, with_heads=not heads)
    heads = heads or head_of_environment(models_dir=models_dir)
    first, second = chosen.pairings
    demand_pairing(chosen, heads)
    small, large = (
        load_judge(
            locate_published(pairing.encoder, models_dir=models_dir),
            heads=[head for head in heads if head.encoder == pairing.encoder.name]
            or published_heads(pairing, models_dir=models_dir),
            device=device,
            precision=precision,
            batch_size=None,
            views=views,
            words=words,
            on_notice=on_notice,
        )
        for pairing, words in (
            (first, wording(pairs=False)),
            (
                second,
                wording(pairs=prompts is not False, more_like=more_like, less_like=less_like),
            ),
        )
    )
    return CascadeScorer(small, large)
