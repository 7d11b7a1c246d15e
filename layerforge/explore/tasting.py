"""The user's taste in a running exploration: learned anew whenever there is more to learn from."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from layerforge.explore.judging import Opinion, plain_value
from layerforge.explore.palate import TASTE, Field, Palate, palate_of
from layerforge.explore.selection import niche_of
from layerforge.explore.stages import Batch
from layerforge.model.branch import ROOT
from layerforge.project.decisions import Decision
from layerforge.scoring.panel import Panel
from layerforge.scoring.taste_file import OtherEncoder, TasteFile
from layerforge.search.gate import Gate
from layerforge.search.tree import Tree

_TELLING = 0.05
"""A share in the panel that moved by so much is told."""

_DOUBLED = 2.0


def other_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """``weights`` without that of taste, which is no voter of the scorer."""
    return {name: weight for name, weight in weights.items() if name != TASTE}


class Tasting:
    """Lets taste vote on candidates and on what is kept.

    panel: without taste.  weights: as in the settings.  loaded: gives the taste brought in from
    another project.  Kept scores are the panel's own: taste follows from the log, and only moves
    what branches are worth in memory.
    """

    def __init__(
        self,
        panel: Panel,
        *,
        encoder: str,
        weights: Mapping[str, float],
        gate: Gate,
        loved: Field | None = None,
        loaded: Callable[[], TasteFile | None] = lambda: None,
    ) -> None:
        self._plain = panel
        self._encoder = encoder
        self._factor = weights.get(TASTE, 1.0)
        self._gate = gate
        self._loved = loved
        self._loaded = loaded
        self._palate: Palate | None = None
        self._learned_from = (-1, 0)
        self._told = 0.0
        self._aside: TasteFile | None = None
        self._seen: deque[tuple[str, Opinion]] = deque(maxlen=gate.memory)

    @property
    def panel(self) -> Panel:
        """The panel that judges now."""
        return self._plain if self._palate is None else self._palate.panel

    def learn(self, log: Sequence[Decision], tree: Tree) -> str | None:
        """Learn where the log has grown, or the field has doubled since; what is told of it.

        Afterwards all branches of ``tree``, and what the gate remembers, are worth what the panel
        with taste makes of them, so that they can still be compared.
        """
        entries, kept = self._learned_from
        now = len(tree.nodes) - 1
        if len(log) == entries and now < _DOUBLED * max(kept, 1):
            return None
        self._learned_from = (len(log), now)
        before = self.panel
        field = field_of(tree)
        loaded = self._loaded()
        self._palate = palate_of(
            log,
            field,
            self._plain,
            encoder=self._encoder,
            factor=self._factor,
            loved=self._loved,
            loaded=loaded,
        )
        if self.panel is not before:
            self._revalue(field, tree)
        return self._left_aside(loaded) or self._news()

    def heard(self, batch: Batch, opinions: Sequence[Opinion | None]) -> list[Opinion | None]:
        """The opinions on a round, with the vote of taste where it counts."""
        self._seen.extend(
            (niche_of(proposal), opinion)
            for proposal, opinion in zip(batch.proposals, opinions, strict=True)
            if opinion is not None
        )
        return [None if one is None else self._with_taste(one) for one in opinions]

    def without(self, votes: Mapping[str, float]) -> dict[str, float]:
        """``votes`` as they are kept."""
        return {name: vote for name, vote in votes.items() if name != TASTE}

    def lift(self, votes: Mapping[str, float]) -> float:
        """By how much taste lifts the value of a picture with these votes, as `heard`."""
        if self.panel is self._plain:
            return 0.0
        return plain_value(self.panel, votes) - plain_value(self._plain, votes)

    def _with_taste(self, opinion: Opinion) -> Opinion:
        if self._palate is None or self._palate.weight <= 0.0:
            return opinion
        return replace(opinion, votes=self._palate.heard(opinion.votes, opinion.embedding))

    def _revalue(self, field: Field, tree: Tree) -> None:
        if self._palate is None or self._palate.weight <= 0.0:
            plain = [plain_value(self._plain, votes) for votes in field.votes]
            heard = [self.without(votes) for votes in field.votes]
        else:
            values, worths = self._palate.values(field)
            plain = values.tolist()
            heard = [
                {**votes, TASTE: worth}
                for votes, worth in zip(field.votes, worths.tolist(), strict=True)
            ]
        for one, value, votes in zip(field.ids, plain, heard, strict=True):
            tree.revalue(one, plain=value, votes=votes)
        self._gate.recall(
            (niche, plain_value(self.panel, self._with_taste(opinion).votes))
            for niche, opinion in self._seen
        )

    def _left_aside(self, loaded: TasteFile | None) -> str | None:
        if loaded is None or loaded == self._aside or self._palate is None:
            return None
        self._aside = loaded
        try:
            loaded.check(encoder=self._palate.features.encoder, width=self._palate.features.width)
        except OtherEncoder as error:
            return f"the taste brought into this project is left aside: {error}"
        return None

    def _news(self) -> str | None:
        share = 0.0 if self._palate is None else self._palate.share
        if abs(share - self._told) < _TELLING:
            return None
        self._told = share
        if self._palate is None or share <= 0.0:
            return "your taste no longer counts in the panel: too little is known of it"
        return f"your taste counts for {100 * share:.0f} % of the panel"


def field_of(tree: Tree) -> Field:
    """All kept branches of ``tree`` that were judged."""
    ids = [one for one in tree.nodes if one != ROOT]
    return Field(ids, tree.embeddings(), [tree.nodes[one].votes for one in ids])
