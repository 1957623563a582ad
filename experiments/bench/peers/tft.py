"""A training step of a Temporal Fusion Transformer by PyTorch in eager mode, in the faster of its two forms on this machine.

256 windows of 60 sessions with 24 scalar inputs, an embedding of 500 tickers as the static context, four heads that share their values, the last
position read, 5 horizons of 3 quantiles, Adam. `BENCH_TFT_HIDDEN` (32 or 64) is the width. The forms differ only in the selection of variables:
`batched` computes the residual networks of all variables as one product of stacks of matrices, `separate` has one module for each variable.
"""
import math
import os
import time

import torch
from torch import nn
from torch.nn import functional as F

WINDOWS, SESSIONS, VARIABLES, TICKERS = 256, 60, 24, 500
HEADS, HORIZONS, QUANTILES = 4, 5, (0.1, 0.5, 0.9)
ROWS = WINDOWS * SESSIONS
LEARNING_RATE = 1e-3
DROPOUT = float(os.environ.get("BENCH_TFT_DROPOUT", "0"))
TRIAL_STEPS = 3
GEMM_SIZE, GEMM_RUNS = 1024, 15


class Gate(nn.Module):
    """Gated linear unit, from width `inner` to `outer`."""

    def __init__(self, inner, outer):
        super().__init__()
        self.both = nn.Linear(inner, 2 * outer)

    def forward(self, x):
        return F.glu(self.both(x), dim=-1)


class Residual(nn.Module):
    """Gated residual network of the paper; with a context [window, hidden], its projection has no bias."""

    def __init__(self, inner, hidden, outer, has_context=False):
        super().__init__()
        self.skip = nn.Linear(inner, outer) if inner != outer else nn.Identity()
        self.first = nn.Linear(inner, hidden)
        self.context = nn.Linear(hidden, hidden, bias=False) if has_context else None
        self.second = nn.Linear(hidden, hidden)
        self.gate = Gate(hidden, outer)
        self.norm = nn.LayerNorm(outer)

    def forward(self, x, context=None):
        inside = self.first(x)
        if context is not None:
            # a context is of a window: projected first, then repeated for its sessions
            inside = inside + self.context(context).repeat_interleave(len(x) // len(context), dim=0)
        return self.norm(self.skip(x) + self.gate(F.dropout(self.second(F.elu(inside)), DROPOUT)))


class SeparateSelection(nn.Module):
    """Selection with a module for each variable."""

    def __init__(self, hidden):
        super().__init__()
        self.embeddings = nn.ModuleList(nn.Linear(1, hidden) for _ in range(VARIABLES))
        self.networks = nn.ModuleList(Residual(hidden, hidden, hidden) for _ in range(VARIABLES))
        self.weigh = Residual(VARIABLES * hidden, hidden, VARIABLES, has_context=True)

    def forward(self, x, context):  # x [variable, row], context [window, hidden]
        embedded = [embed(values.unsqueeze(1)) for embed, values in zip(self.embeddings, x)]
        weights = self.weigh(torch.cat(embedded, dim=1), context).softmax(dim=-1)  # [row, variable]
        outputs = torch.stack([network(e) for network, e in zip(self.networks, embedded)], dim=-1)  # [row, hidden, variable]
        return (outputs * weights.unsqueeze(1)).sum(dim=-1)


class BatchedSelection(nn.Module):
    """The same function with the weights of all variables in stacks [variable, …]."""

    def __init__(self, hidden):
        super().__init__()

        def stack(inner, outer):
            bound = 1 / math.sqrt(inner)
            return nn.Parameter(torch.empty(VARIABLES, inner, outer).uniform_(-bound, bound)), nn.Parameter(torch.empty(VARIABLES, 1, outer).uniform_(-bound, bound))

        self.embed, self.embed_bias = stack(1, hidden)
        self.first, self.first_bias = stack(hidden, hidden)
        self.second, self.second_bias = stack(hidden, hidden)
        self.gate, self.gate_bias = stack(hidden, 2 * hidden)
        self.scale = nn.Parameter(torch.ones(VARIABLES, 1, hidden))
        self.shift = nn.Parameter(torch.zeros(VARIABLES, 1, hidden))
        self.weigh = Residual(VARIABLES * hidden, hidden, VARIABLES, has_context=True)

    def forward(self, x, context):  # x [variable, row]
        embedded = x.unsqueeze(2) * self.embed + self.embed_bias  # [variable, row, hidden]
        weights = self.weigh(embedded.transpose(0, 1).flatten(1), context).softmax(dim=-1)
        inside = F.elu(torch.baddbmm(self.first_bias, embedded, self.first))
        second = F.dropout(torch.baddbmm(self.second_bias, inside, self.second), DROPOUT)
        gated = F.glu(torch.baddbmm(self.gate_bias, second, self.gate), dim=-1)
        outputs = F.layer_norm(embedded + gated, embedded.shape[-1:]) * self.scale + self.shift
        return (outputs * weights.t().unsqueeze(2)).sum(dim=0)


class Transformer(nn.Module):
    def __init__(self, hidden, selection):
        super().__init__()
        self.hidden, self.width = hidden, hidden // HEADS
        self.tickers = nn.Embedding(TICKERS, hidden)
        self.for_selection, self.for_enrichment, self.for_state, self.for_cell = (Residual(hidden, hidden, hidden) for _ in range(4))
        self.select = selection(hidden)
        self.lstm = nn.LSTM(hidden, hidden, batch_first=True)
        self.lstm_gate, self.lstm_norm = Gate(hidden, hidden), nn.LayerNorm(hidden)
        self.enrich = Residual(hidden, hidden, hidden, has_context=True)
        self.queries, self.keys = nn.Linear(hidden, hidden), nn.Linear(hidden, hidden)
        self.values, self.mix = nn.Linear(hidden, self.width), nn.Linear(self.width, hidden, bias=False)
        self.attention_gate, self.attention_norm = Gate(hidden, hidden), nn.LayerNorm(hidden)
        self.positionwise = Residual(hidden, hidden, hidden)
        self.final_gate, self.final_norm = Gate(hidden, hidden), nn.LayerNorm(hidden)
        self.head = nn.Linear(hidden, HORIZONS * len(QUANTILES))

    def last(self, x):
        return x.view(WINDOWS, SESSIONS, self.hidden)[:, -1]

    def attend(self, enriched):
        keys = self.keys(enriched).view(WINDOWS, SESSIONS, HEADS, self.width).transpose(1, 2)
        values = self.values(enriched).view(WINDOWS, SESSIONS, self.width)
        queries = self.queries(self.last(enriched)).view(WINDOWS, HEADS, 1, self.width)
        # the heads share the values, so their attention is averaged first
        attention = (queries @ keys.transpose(-1, -2) / math.sqrt(self.width)).softmax(dim=-1).mean(dim=1)
        return self.mix((attention @ values).view(WINDOWS, self.width))

    def forward(self, x, tickers):  # x [variable, window · session]
        static = self.tickers(tickers)
        selected = self.select(x, self.for_selection(static))
        state = (self.for_state(static).unsqueeze(0), self.for_cell(static).unsqueeze(0))
        passed, _ = self.lstm(selected.view(WINDOWS, SESSIONS, self.hidden), state)
        temporal = self.lstm_norm(selected + self.lstm_gate(F.dropout(passed.reshape(ROWS, self.hidden), DROPOUT)))
        enriched = self.enrich(temporal, self.for_enrichment(static))
        attended = self.attention_norm(self.last(enriched) + self.attention_gate(F.dropout(self.attend(enriched), DROPOUT)))
        final = self.final_norm(self.last(temporal) + self.final_gate(self.positionwise(attended)))
        return self.head(final).view(WINDOWS, HORIZONS, len(QUANTILES))


FORMS = {"batched": BatchedSelection, "separate": SeparateSelection}


class Step:
    """One form with its data and optimiser; calling it makes a step and gives the loss."""

    def __init__(self, form, hidden):
        torch.manual_seed(1)
        self.model = Transformer(hidden, FORMS[form])
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=LEARNING_RATE, fused=True)
        self.x, self.y = torch.randn(VARIABLES, ROWS), torch.randn(WINDOWS, HORIZONS)
        self.tickers = torch.randint(0, TICKERS, (WINDOWS,))
        self.quantiles = torch.tensor(QUANTILES)

    def __call__(self):
        self.optimizer.zero_grad(set_to_none=True)
        error = self.y.unsqueeze(2) - self.model(self.x, self.tickers)
        loss = torch.maximum(self.quantiles * error, (self.quantiles - 1) * error).mean()
        loss.backward()
        self.optimizer.step()
        return loss.item()


def seconds_of(work, runs):
    """The middle of `runs` timings, after one that is not counted."""
    work()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[runs // 2]


def gemm_peak(threads):
    """GFLOP/s of a product of square matrices on so many threads."""
    torch.set_num_threads(threads)
    a, b = torch.randn(GEMM_SIZE, GEMM_SIZE), torch.randn(GEMM_SIZE, GEMM_SIZE)
    return 2 * GEMM_SIZE**3 / seconds_of(lambda: torch.mm(a, b), GEMM_RUNS) / 1e9


class TemporalFusion:
    def __init__(self, threads, data):
        hidden = int(os.environ.get("BENCH_TFT_HIDDEN", "32"))
        if hidden not in (32, 64):
            raise ValueError(f'expected BENCH_TFT_HIDDEN of 32 or 64, found "{hidden}"')
        peak = gemm_peak(1)
        torch.set_num_threads(threads)
        steps = {form: Step(form, hidden) for form in FORMS}
        self.seconds = {form: seconds_of(step, TRIAL_STEPS) for form, step in steps.items()}
        self.form = min(self.seconds, key=self.seconds.get)
        self.parameters = sum(p.numel() for p in steps[self.form].model.parameters())
        self.hidden = hidden
        self.step = Step(self.form, hidden)
        trials = ", ".join(f"{form} {seconds:.3f} s" for form, seconds in self.seconds.items())
        # every form, so that the choice can be seen
        self.version = f"torch {torch.__version__} eager, {self.form} selection ({trials}), width {hidden}, dropout {DROPOUT}, {self.parameters} parameters, mm {GEMM_SIZE} on one thread {peak:.1f} GFLOP/s"

    def run(self):
        return self.step()

    def check(self, loss):
        """The loss depends on what was drawn; the second bias of an LSTM, which does nothing, is not counted."""
        return {"parameters": self.parameters - 4 * self.hidden, "windows": WINDOWS, "sessions": SESSIONS, "variables": VARIABLES, "quantiles": HORIZONS * len(QUANTILES), "finite": float(math.isfinite(loss))}


def prepare(threads, data):
    return TemporalFusion(threads, data)
