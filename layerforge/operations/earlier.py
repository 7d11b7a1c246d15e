"""Calls as earlier versions wrote them, in today's words."""

from __future__ import annotations

from layerforge.model.step import Call


def todays(call: Call) -> Call:
    """``call`` as it is written now; most have never changed."""
    sharpness = call.parameters.get("sharpness")
    if call.name == "stylize.oil" and isinstance(sharpness, float | int):
        # what was called oil was the Kuwahara filter, with a weaker sharpness
        strict = float(f"{1.75 * sharpness:.6g}")
        return Call(name="stylize.kuwahara", parameters={**call.parameters, "sharpness": strict})
    return call
