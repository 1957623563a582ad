"""Daily weights of 500 names over 2,500 sessions, filled at the next open with costs, by a numpy loop over days."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

import numpy as np

NAMES, SESSIONS = 500, 2500
FEE, SLIP = 5 / 10_000, 2 / 10_000


def made():
    row = np.arange(NAMES, dtype=np.int64)[None, :]
    t = np.arange(SESSIONS, dtype=np.int64)[:, None]
    opens = 50 + ((row * 7919 + t * 104729) % 10007) / 500
    closes = 50 + ((row * 7919 + t * 104729 + 3001) % 10007) / 500
    weights = ((row * 15485863 + t * 32452843) % 1009) / (1009 * NAMES)
    return opens, closes, weights


class Backtest:
    def __init__(self, threads, data):
        self.opens, self.closes, self.weights = made()
        self.version = f"numpy {np.__version__}"

    def run(self):
        cash, shares = 1e6, np.zeros(NAMES)
        equity, turnover = np.empty(SESSIONS), np.zeros(SESSIONS)
        for t in range(SESSIONS):
            if t > 0:
                opens = self.opens[t]
                value = cash + shares @ opens
                change = self.weights[t - 1] * value / opens - shares
                sold, bought = np.minimum(change, 0), np.maximum(change, 0)
                received = -(sold @ opens) * (1 - SLIP)
                paid = (bought @ opens) * (1 + SLIP)
                cash += received * (1 - FEE) - paid * (1 + FEE)
                shares = shares + change
                turnover[t] = (received + paid) / value
            equity[t] = cash + shares @ self.closes[t]
        return equity, turnover

    def check(self, result):
        equity, turnover = result
        return {"sessions": len(equity), "last": float(equity[-1]), "sum": float(equity.sum()), "turnover": float(turnover.sum())}


def prepare(threads, data):
    return Backtest(threads, data)
