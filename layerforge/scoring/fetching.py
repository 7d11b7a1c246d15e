"""Getting weights over the network: the only thing that touches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from layerforge.model.errors import LayerForgeError
from layerforge.scoring.catalogue import Item, PublishedHead
from layerforge.scoring.checkpoints import WeightsBroken, encoder_shape, safetensors_shapes
from layerforge.scoring.download import FetchFailed, NotThere, Progress, download
from layerforge.scoring.verified import HUB, check_encoder, remember
from layerforge.scoring.weights import find, models_folder


def fetch(item: Item, *, models_dir: Path | None = None, progress: Progress | None = None) -> Path:
    """Download ``item`` into our folder, unless it is already on this machine; returns its path.

    Raises FetchFailed, WeightsBroken.
    """
    if (present := find(item, models_dir=models_dir)) is not None:
        return present
    with _sole_writer(item.file, item.name, models_dir=models_dir) as target:
        if isinstance(item, PublishedHead):
            download(item.url, target, sha256=item.sha256, progress=progress)
            return target
        from huggingface_hub import hf_hub_url

        url = hf_hub_url(item.repository, item.hub_file)
        stated = download(url, target, check=partial(check_encoder, item), progress=progress)
        if stated is not None:
            remember(target, stated, by=HUB, models_dir=models_dir)
        return target


def fetch_other(
    name: str, *, models_dir: Path | None = None, progress: Progress | None = None
) -> Path:
    """Download an encoder that only open_clip knows, ``MODEL/TAG``, unless it is here.

    Raises FetchFailed, WeightsBroken, UnknownEncoder.
    """
    from huggingface_hub import hf_hub_url

    from layerforge.scoring.hub import demand_model, in_caches, known_encoder

    model, _, tag = name.partition("/")
    encoder = known_encoder(model, tag)
    wanted = demand_model(model)

    def check(path: Path) -> None:
        found = encoder_shape(safetensors_shapes(path))
        if wanted is not None and found != wanted:
            raise WeightsBroken(f"what came for {encoder.name} does not hold its weights")

    if (present := in_caches(encoder)) is not None:
        return present
    with _sole_writer(encoder.file, encoder.name, models_dir=models_dir) as target:
        if target.is_file():
            return target
        for file in encoder.files if encoder.repository else ():
            if not file.endswith(".safetensors"):
                continue
            try:
                url = hf_hub_url(encoder.repository, file)
                stated = download(url, target, check=check, progress=progress)
            except NotThere:
                continue  # the next name it may go by
            if stated is not None:
                remember(target, stated, by=HUB, models_dir=models_dir)
            return target
    raise FetchFailed(
        f"{encoder.name} cannot be had as .safetensors: with its file from elsewhere, "
        f"use --clip-model {model}@FILE"
    )


@contextmanager
def _sole_writer(file: str, name: str, *, models_dir: Path | None) -> Iterator[Path]:
    """The path to write ``file`` to, in our folder, while no other program does."""
    import filelock

    folder = models_dir or models_folder()
    lock = folder / f".{file}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(lock, timeout=0):
            try:
                yield folder / file
            finally:
                # while it is held: who opened it before finds that it has no name any more.
                # Windows lets nobody remove it now, and filelock does so afterwards
                with suppress(PermissionError):
                    lock.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise LayerForgeError(f"{name} is being fetched by another program") from error
    except OSError as error:
        raise LayerForgeError(f"cannot write to {folder}: {error.strerror}") from error
