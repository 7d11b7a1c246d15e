"""What a run learns as it goes: the frontier, the policy and the dials hear of every round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layerforge.explore.drawing import Drawing
from layerforge.explore.learned import decision, document_of
from layerforge.explore.selection import Chosen
from layerforge.model.branch import ROOT, Status
from layerforge.operations.fold import apply_step
from layerforge.project.project import Project
from layerforge.search.dials import Dials
from layerforge.search.draft import Context, contexts_of
from layerforge.search.policy import Evidence, Policy
from layerforge.search.proposal import Outcome
from layerforge.search.strategies import Frontier
from layerforge.search.tree import Tree


class Learning:
    """Passes on what became of candidates, and what the user decided.

    policy: None where operations are drawn without preference.
    """

    def __init__(
        self, project: Project, *, frontier: Frontier, dials: Dials, policy: Policy | None
    ) -> None:
        self._project = project
        self._frontier = frontier
        self._dials = dials
        self._policy = policy
        self._keys: dict[int, list[tuple[str, Context]]] = {}

    def outcomes(self, chosen: Chosen, kept: Sequence[int]) -> list[Outcome]:
        """What became of a round's candidates, in order; ``kept`` are its winners' ids."""
        ids = {winner.place: one for winner, one in zip(chosen.winners, kept, strict=True)}
        return [
            Outcome(proposal=proposal, kept=ids.get(place), gain=chosen.gains[place])
            for place, proposal in enumerate(chosen.proposals)
        ]

    def credit(self, outcomes: Sequence[Outcome]) -> dict[str, Any] | None:
        """Learn from a round which operations pay; all that is known by now, to be kept with it."""
        if self._policy is None:
            return None
        self._policy.learn(outcomes)
        return document_of(self._policy.learned)

    def tell(self, tree: Tree, outcomes: Sequence[Outcome], *, best: float | None) -> str | None:
        """Tell the frontier and the dials of a round; returns what the user is to know."""
        self._frontier.tell(tree, outcomes)
        return self._dials.tell(best, candidates=len(outcomes))

    def decide(self, statuses: Mapping[int, Status], tree: Tree, drawing: Drawing) -> None:
        """Take in the user's pins and kills of what ``tree`` holds: they outweigh any voter."""
        if self._policy is None:
            return
        decided: dict[tuple[str, Context], Evidence] = {}
        for branch_id, status in statuses.items():
            if branch_id == ROOT or branch_id not in tree.nodes or status == "open":
                continue
            said = decision(pinned=status == "pinned")
            if branch_id not in self._keys:
                self._keys[branch_id] = self._keys_of(branch_id, drawing)
            for key in self._keys[branch_id]:
                decided[key] = decided.get(key, Evidence()).plus(said)
        self._policy.decide(decided)

    def _keys_of(self, branch_id: int, drawing: Drawing) -> list[tuple[str, Context]]:
        """The operations of a branch's own steps, each with where it was drawn."""
        branch = self._project.branch(branch_id)
        assert branch.parent is not None  # noqa: S101 - only the root has none
        canvases = [drawing.canvas(branch.parent)]
        for step in branch.steps:
            canvases.append(apply_step(canvases[-1], step))
        names = [step.operation.name for step in branch.steps]
        return list(zip(names, contexts_of(branch.steps, canvases), strict=True))
