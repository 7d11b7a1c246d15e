"""Calls as earlier versions wrote them, in today's words."""

from __future__ import annotations

from layerforge.model.step import Call, ParameterValue

RENAMED = {"gmic.pixel_sort": "glitch.pixel_sort"}
"""Names that are gone, and what is meant by them now."""


def todays(call: Call) -> Call:
    """``call`` as it is written now; most have never changed."""
    sharpness = call.parameters.get("sharpness")
    if call.name == "stylize.oil" and isinstance(sharpness, float | int):
        # what was called oil was the Kuwahara filter, with a weaker sharpness
        strict = float(f"{1.75 * sharpness:.6g}")
        return Call(name="stylize.kuwahara", parameters={**call.parameters, "sharpness": strict})
    if call.name == "gmic.pixel_sort":  # which sorted whole lines, so that no picture was left
        columns = call.parameters.get("axis") == "y"
        runs: dict[str, ParameterValue] = {
            "low": 0.1,
            "span": 0.8,
            "reach": 0.6,
            "axis": "columns" if columns else "rows",
            "order": "rising",
            "seed": 0,
        }
        return Call(name=RENAMED[call.name], parameters=runs)
    if call.name == "gmic.tunnel" and "fade" in call.parameters:
        # whose copies were too small or too faint to be seen
        depth, factor = (call.parameters.get(name, least) for name, least in _TUNNEL)
        solid = {"depth": depth, "factor": factor, "opacity": 1.0}
        return Call(name=call.name, parameters=solid)
    return call


_TUNNEL = (("depth", 3), ("factor", 75.0))
