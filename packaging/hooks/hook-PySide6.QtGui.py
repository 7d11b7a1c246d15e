"""Takes the place of PyInstaller's own hook: the same files, less Qt's plug-ins nobody needs here.

They go before PyInstaller looks for what they depend on, so that what only they need (QML, Qt's
PDF library, GTK) never comes in.
"""

import re

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

# - a keyboard for touch panels, PDF pages as images, screens without a window system;
# - GTK's look: bundled GTK quarrels with the modules of the user's own (file dialogs still come
#   from the desktop, by its portal)
UNUSED = re.compile(
    r"/(platforminputcontexts/\w*qtvirtualkeyboard"
    r"|imageformats/\w*qpdf"
    r"|platforms/\w*q(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)\b"
    r"|platformthemes/\w*qgtk3"
    r"|egldeviceintegrations/|generic/)"
)

hiddenimports, everything, datas = add_qt6_dependencies(__file__)
binaries = [entry for entry in everything if not UNUSED.search(entry[0].replace("\\", "/"))]
