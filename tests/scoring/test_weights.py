import subprocess
import sys
import time

import pytest

from layerforge.scoring.catalogue import PRESETS
from layerforge.scoring.checkpoints import WeightsMissing
from layerforge.scoring.weights import find, missing, require
from tests.weight_files import write_encoder

pytestmark = pytest.mark.usefixtures("folder")
FAST = PRESETS["fast"]
SMALL, SMALL_HEAD = FAST.items


def test_importing_is_cheap_and_needs_no_torch():
    code = (
        "import sys, layerforge.scoring.weights as w, layerforge.scoring.catalogue as c;"
        "w.missing(c.PRESETS['fast']);"
        "sys.exit(any(name in sys.modules for name in ('torch', 'open_clip')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_missing_weights_fail_at_once_with_one_line_that_helps():
    start = time.monotonic()
    with pytest.raises(WeightsMissing) as caught:
        require(FAST)
    assert time.monotonic() - start < 5
    line = str(caught.value)
    assert "layerforge models fetch" in line
    assert "layerforge models import FILE" in line
    assert SMALL.name in line
    assert SMALL_HEAD.name in line
    assert "\n" not in line
    assert missing(FAST) == FAST.items


def test_our_folder_comes_before_the_hub_cache(folder, tmp_path):
    snapshot = tmp_path / "hub" / "models--timm--vit_base_patch32_clip_224.openai"
    commit = "a" * 40
    cached = write_encoder(snapshot / "snapshots" / commit / "open_clip_model.safetensors", SMALL)
    (snapshot / "refs").mkdir()
    (snapshot / "refs" / "main").write_text(commit)
    assert find(SMALL) == cached
    own = write_encoder(folder / SMALL.file, SMALL)
    assert find(SMALL) == own
    assert missing(FAST) == (SMALL_HEAD,)
