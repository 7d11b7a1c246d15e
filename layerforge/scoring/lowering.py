"""A tower in half precision, but not in all its parts.

bfloat16 has 8 bits.  What is multiplied in it costs little accuracy, since sums are made in single
precision; what is added up over all layers, and what is divided by its spread, does.  So, as
autocast does, the products are left in bfloat16, while the embeddings of the patches, the sums
between the blocks, the layer norms and the last projection stay in float32.  That takes a few per
cent more time and cuts the error by two thirds.  float16 has 11 bits and needs none of it.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.utils.hooks import RemovableHandle

_HOOKS = "_layerforge_hooks"


def in_precision(tower: nn.Module, dtype: torch.dtype, *, device: torch.device) -> nn.Module:
    """``tower`` itself, on ``device`` and made to multiply in ``dtype``; for inference only.

    It reads pictures in ``dtype`` or float32.  Can be called again with another ``dtype``.
    """
    hooks: list[RemovableHandle] = getattr(tower, _HOOKS, [])
    while hooks:
        hooks.pop().remove()
    if dtype != torch.bfloat16 or not _is_plain(tower):
        return tower.to(device=device, dtype=dtype)
    setattr(tower, _HOOKS, hooks)  # first: memory may run out on the way
    tower.to(device=device, dtype=torch.float32)
    for name, part in tower.named_modules():
        if isinstance(part, nn.Linear | nn.Conv2d | nn.MultiheadAttention):
            part.to(dtype)
        if isinstance(part, nn.Conv2d):
            hooks.append(part.register_forward_pre_hook(_Narrow(dtype).before))
            hooks.append(part.register_forward_hook(_Narrow(torch.float32).behind))
        elif name.endswith((".ln_1", ".ln_2")):
            hooks.append(part.register_forward_hook(_Narrow(dtype).behind))
    return tower


class _Narrow:
    """Brings what goes into a module, or comes out of it, to a float format."""

    def __init__(self, dtype: torch.dtype) -> None:
        self._dtype = dtype

    def before(self, module: nn.Module, inputs: tuple[torch.Tensor, ...]) -> torch.Tensor:
        return inputs[0].to(self._dtype)

    def behind(self, module: nn.Module, inputs: object, output: torch.Tensor) -> torch.Tensor:
        return output.to(self._dtype)


def _is_plain(tower: nn.Module) -> bool:
    """Whether ``tower`` is a Vision Transformer as OpenAI's, whose parts are known here."""
    from open_clip.transformer import ResidualAttentionBlock, VisionTransformer

    if type(tower) is not VisionTransformer or getattr(tower, "attn_pool", None) is not None:
        return False
    blocks: Any = tower.transformer
    return all(type(block) is ResidualAttentionBlock for block in blocks.resblocks)
