"""The Temporal Fusion Transformer of Lim, Arik, Loeff and Pfister (2021, International Journal of Forecasting 37), as ARCHITECTURE.md lists it.

One series, so one learned vector stands for the static covariates and their selection falls away. Shapes: B windows, T = past + horizon positions,
V variables, d the width.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F


class GatedSkip(nn.Module):
    """Layer norm of the skipped value plus the gated one; dropout comes before the gate."""

    def __init__(self, inner, outer, dropout):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.gate = nn.Linear(inner, 2 * outer)
        self.norm = nn.LayerNorm(outer)

    def forward(self, x, skipped):
        return self.norm(skipped + F.glu(self.gate(self.dropout(x)), dim=-1))


class ResidualNetwork(nn.Module):
    """Gated residual network, equations 2 to 5."""

    def __init__(self, inner, hidden, outer, dropout, has_context=False):
        super().__init__()
        self.skip = nn.Linear(inner, outer) if inner != outer else nn.Identity()
        self.first = nn.Linear(inner, hidden)
        self.context = nn.Linear(hidden, hidden, bias=False) if has_context else None
        self.second = nn.Linear(hidden, hidden)
        self.out = GatedSkip(hidden, outer, dropout)

    def forward(self, x, context=None):
        inside = self.first(x) if context is None else self.first(x) + self.context(context)
        return self.out(self.second(F.elu(inside)), self.skip(x))


class Selection(nn.Module):
    """Variable selection, equations 6 to 8."""

    def __init__(self, variables, hidden, dropout):
        super().__init__()
        self.weigh = ResidualNetwork(variables * hidden, hidden, variables, dropout, has_context=True)
        self.networks = nn.ModuleList(ResidualNetwork(hidden, hidden, hidden, dropout) for _ in range(variables))

    def forward(self, embedded, context):  # V × [B, T, d], [B, 1, d]
        weights = self.weigh(torch.cat(embedded, dim=-1), context).softmax(dim=-1)  # [B, T, V]
        outputs = torch.stack([network(x) for network, x in zip(self.networks, embedded)], dim=-1)  # [B, T, d, V]
        return (outputs * weights.unsqueeze(-2)).sum(dim=-1)


class Attention(nn.Module):
    """Interpretable multi-head attention, equations 13 to 16: the heads share the values and are averaged; the output has no bias."""

    def __init__(self, hidden, heads):
        super().__init__()
        self.heads, self.width = heads, hidden // heads
        self.queries = nn.Linear(hidden, hidden)
        self.keys = nn.Linear(hidden, hidden)
        self.values = nn.Linear(hidden, self.width)
        self.mix = nn.Linear(self.width, hidden, bias=False)

    def forward(self, x, asking):  # [B, T, d]; only the last `asking` positions ask
        count, positions, _ = x.shape
        queries = self.queries(x[:, -asking:]).view(count, asking, self.heads, self.width).transpose(1, 2)
        keys = self.keys(x).view(count, positions, self.heads, self.width).transpose(1, 2)
        scores = queries @ keys.transpose(-1, -2) / math.sqrt(self.width)  # [B, heads, asking, T]
        later = torch.ones(asking, positions, dtype=torch.bool).triu(positions - asking + 1)
        attention = scores.masked_fill(later, -math.inf).softmax(dim=-1)
        return self.mix(attention.mean(dim=1) @ self.values(x))


def one_bias(lstm):
    """PyTorch adds two biases, of which one is enough: the second stays 0."""
    lstm.bias_hh_l0.requires_grad_(False).zero_()
    return lstm


class FusionTransformer(nn.Module):
    def __init__(self, observed, known, horizon, hidden, heads, dropout, quantiles):
        super().__init__()
        self.horizon = horizon
        self.static = nn.Parameter(torch.randn(hidden))
        self.for_selection, self.for_enrichment, self.for_state, self.for_cell = (ResidualNetwork(hidden, hidden, hidden, dropout) for _ in range(4))
        # an embedding of a known input serves past and future
        self.embed_observed = nn.ModuleList(nn.Linear(1, hidden) for _ in range(observed))
        self.embed_known = nn.ModuleList(nn.Linear(1, hidden) for _ in range(known))
        self.select_past = Selection(observed + known, hidden, dropout)
        self.select_future = Selection(known, hidden, dropout)
        self.encoder, self.decoder = (one_bias(nn.LSTM(hidden, hidden, batch_first=True)) for _ in range(2))
        self.after_lstm = GatedSkip(hidden, hidden, dropout)
        self.enrich = ResidualNetwork(hidden, hidden, hidden, dropout, has_context=True)
        self.attention = Attention(hidden, heads)
        self.after_attention = GatedSkip(hidden, hidden, dropout)
        self.positionwise = ResidualNetwork(hidden, hidden, hidden, dropout)
        self.final = GatedSkip(hidden, hidden, 0.0)
        self.head = nn.Linear(hidden, len(quantiles))

    def forward(self, observed, known):
        """Quantiles [B, horizon, quantile] from observed [B, past, V] and known [B, past + horizon, V]."""
        count, past, _ = observed.shape
        static = self.static.expand(count, -1)
        selecting, enriching = self.for_selection(static).unsqueeze(1), self.for_enrichment(static).unsqueeze(1)  # [B, 1, d]
        state = (self.for_state(static).unsqueeze(0), self.for_cell(static).unsqueeze(0))  # [1, B, d]
        seen = [embed(observed[..., i : i + 1]) for i, embed in enumerate(self.embed_observed)]
        calendar = [embed(known[..., i : i + 1]) for i, embed in enumerate(self.embed_known)]
        before = self.select_past(seen + [x[:, :past] for x in calendar], selecting)
        after = self.select_future([x[:, past:] for x in calendar], selecting)
        encoded, state = self.encoder(before, state)
        decoded, _ = self.decoder(after, state)
        temporal = self.after_lstm(torch.cat([encoded, decoded], dim=1), torch.cat([before, after], dim=1))  # [B, T, d]
        enriched = self.enrich(temporal, enriching)
        attended = self.after_attention(self.attention(enriched, self.horizon), enriched[:, -self.horizon :])  # [B, horizon, d]
        return self.head(self.final(self.positionwise(attended), temporal[:, -self.horizon :]))


def pinball(forecast, target, quantiles):
    """Quantile loss of each quantile and value [B, horizon, quantile]."""
    error = target.unsqueeze(-1) - forecast
    return torch.maximum(quantiles * error, (quantiles - 1) * error)
