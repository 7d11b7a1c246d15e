"""Which branches are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layerforge.desktop.gallery.traits import Traits
from layerforge.model.branch import Branch

Shown = Literal["all", "open", "pinned", "killed"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a branch must be to be shown.

    hide_killed: leave killed ones out of ``all``.  family, source: an operation of that family, or
    that source by id, was used on the way to it; any where empty.  low, high: of its value.
    """

    shown: Shown = "all"
    hide_killed: bool = False
    family: str = ""
    source: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than the status counts."""
        return bool(self.family or self.source) or (self.low, self.high) != (None, None)

    def passes(self, branch: Branch, traits: Traits) -> bool:
        """Whether a branch is shown."""
        if self.shown == "all":
            if self.hide_killed and branch.status == "killed":
                return False
        elif branch.status != self.shown:
            return False
        return not self.narrowed or self.fits(branch, traits)

    def fits(self, branch: Branch, traits: Traits) -> bool:
        """Whether it passes all but for its status."""
        value = branch.value
        if self.low is not None and (value is None or value < self.low):
            return False
        if self.high is not None and (value is None or value > self.high):
            return False
        if self.family and self.family not in traits.families(branch.id):
            return False
        return not self.source or self.source in traits.sources(branch.id)
