"""Why nothing is kept, and what to change."""

from __future__ import annotations

from collections.abc import Mapping

from layerforge.search.gate import REASONS

IN_VAIN = 1024
"""A run that has kept nothing of so many candidates ends: more of the same would not help."""

_CHANGES = {
    ("blank", "noise"): "give it images with more in them",
    ("plain",): "give it more images, or more different ones",
    ("duplicate", "crowded"): "raise noise or temperature, or give it other images",
    ("below_gate", "outvoted", "not_promoted"): "raise temperature, or the budget",
    ("failed",): "look at what could not be rendered, above",
    ("killed_meanwhile",): "kill less while it explores",
}
"""What helps against which reasons."""


def advice(rejected: Mapping[str, int]) -> str:
    """A line on why candidates are turned away, the most frequent reason first, and what helps.

    rejected: how many by reason; at least one.
    """
    total = sum(rejected.values())
    words: dict[str, str] = {str(reason): text for reason, text in REASONS.items()}
    groups = {reasons: sum(rejected.get(reason, 0) for reason in reasons) for reasons in _CHANGES}
    worst = max(groups, key=lambda reasons: groups[reasons])
    ordered = sorted(rejected, key=lambda reason: -rejected[reason])
    why = ", ".join(f"{rejected[one]} {words.get(one, one)}" for one in ordered if rejected[one])
    return f"none of {total} candidates was kept ({why}): {_CHANGES[worst]}"
