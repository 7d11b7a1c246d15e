import numpy as np
import pytest

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import HEADS
from layerforge.scoring.checkpoints import WeightsMissing
from layerforge.scoring.own_heads import UnknownHead, head_called, own_heads, take_in_head
from tests.small_clip import make_head

pytestmark = pytest.mark.usefixtures("folder")


def write(path, encoder="local-dir:small"):
    head = make_head(encoder)
    np.savez(path, vector=head.vector, bias=head.bias, encoder=head.encoder)
    return path


def test_heads_go_by_name_or_file(tmp_path):
    path = write(tmp_path / "mine.npz")
    assert own_heads() == {}
    with pytest.raises(UnknownHead, match="no head and no file is called 'mine': there are sa_0_4"):
        head_called("mine")
    assert head_called(str(path)).name == "mine"
    take_in_head(path)
    path.unlink()
    assert np.array_equal(head_called("mine").vector, make_head("local-dir:small").vector)
    with pytest.raises(UnknownHead, match="there are mine, sa_0_4"):
        head_called(str(path))


def test_published_ones_are_fetched_not_looked_for_elsewhere():
    with pytest.raises(WeightsMissing, match=f"layerforge models fetch {HEADS[0].name}"):
        head_called(HEADS[0].name)


def test_a_folder_that_cannot_be_written_is_told(folder, tmp_path):
    path = write(tmp_path / "mine.npz")
    folder.write_text("a file")
    with pytest.raises(LayerForgeError, match="cannot write to"):
        take_in_head(path)
