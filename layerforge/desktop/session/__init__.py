from layerforge.desktop.session.exploring import HALTED
from layerforge.desktop.session.session import SUFFIX, Session

__all__ = ["HALTED", "SUFFIX", "Session"]
