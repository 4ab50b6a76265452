"""Writes a language model of one GRU layer as gru.pt; needs PyTorch.

    python3 export_torchscript.py
    ordo run --plugin ordo-torch.jar --torchscript gru.pt --phases prefill,decode --lengths 16..128

Scripted, not traced: a trace of a loop has as many steps as the example had. What forward returns
beside its first tensor goes back in as its further arguments, which are optional at first: so Ordo
can measure a decode.
"""

from typing import Optional, Tuple

import torch
from torch import Tensor, nn

WIDTH, TOKENS = 64, 256


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(TOKENS, WIDTH)
        self.gru = nn.GRU(WIDTH, WIDTH, batch_first=True)
        self.head = nn.Linear(WIDTH, TOKENS)

    def forward(self, tokens: Tensor, h: Optional[Tensor] = None) -> Tuple[Tensor, Tensor]:
        """Takes ids of shape (1, L) and a state; returns logits (1, L, V) and the next state."""
        y, h = self.gru(self.embedding(tokens), h)
        return self.head(y), h


torch.manual_seed(1)
torch.jit.script(LanguageModel().eval()).save("gru.pt")
