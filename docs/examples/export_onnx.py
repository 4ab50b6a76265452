"""Writes a language model of one GRU layer as gru.onnx; needs PyTorch and its onnx package.

    python3 export_onnx.py
    ordo run --plugin ordo-onnx.jar --onnx gru.onnx --phases prefill,decode --lengths 16..128

The state goes in as h0 and comes out as hn: by these names Ordo knows that they are a pair, feeds
zeros first and what came out after that, and so can measure a decode.
"""

import torch
from torch import nn

WIDTH, TOKENS = 64, 256


class LanguageModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(TOKENS, WIDTH)
        self.gru = nn.GRU(WIDTH, WIDTH, batch_first=True)
        self.head = nn.Linear(WIDTH, TOKENS)

    def forward(self, tokens, h0):
        """Takes ids of shape (1, L) and a state; returns logits (1, L, V) and the next state."""
        y, hn = self.gru(self.embedding(tokens), h0)
        return self.head(y), hn


torch.manual_seed(1)
torch.onnx.export(
    LanguageModel().eval(),
    (torch.zeros(1, 8, dtype=torch.long), torch.zeros(1, 1, WIDTH)),
    "gru.onnx",
    input_names=["tokens", "h0"],
    output_names=["logits", "hn"],
    # The length is open; without this line the model takes eight tokens and no others.
    dynamic_axes={"tokens": {1: "sequence"}, "logits": {1: "sequence"}},
    dynamo=False,
)
