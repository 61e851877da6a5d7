"""The task predictor: a small BERT encoder with a head for the tasks and one for sentence embeddings."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import BertModel

from .corpus import LABELS


class Predictor(nn.Module):
    """
    Token ids to (logits over LABELS, sentence embedding). The embedding is trained to stay the base model's own, so
    that tasks nobody trained on can still be told apart by it (prototypes, gpu-worker/tasks/predictor).
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.head = nn.Linear(width, len(LABELS))
        self.embedding = nn.Linear(width, width)
        with torch.no_grad():
            self.embedding.weight.copy_(torch.eye(width))
            self.embedding.bias.zero_()

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask `[B, T]` → logits `[B, 17]`, unit embeddings `[B, width]`."""
        pooled = mean_pool(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state, mask)
        return self.head(pooled), F.normalize(self.embedding(pooled), dim=-1)


def mean_pool(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask[..., None].to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
