"""50 pairs of crossing averages on 100 tickers over 2,500 sessions, filled at the next open with costs, by vectorbt: a part of the grid, all of it does not fit into memory at once."""
import os

for name in ("OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = os.environ["BENCH_THREADS"]  # read once, when numpy and numba load

import numpy as np
import pandas as pd
import vectorbt as vbt

TICKERS, SESSIONS = 100, 2500
FAST, SLOW = 3, [45 + 4 * i for i in range(50)]


def draw(at):
    return (at + 1) ** 2 % 1000003


class Grid:
    def __init__(self, threads, data):
        vbt.settings.returns["year_freq"] = "252 days"
        at = np.arange(TICKERS * SESSIONS, dtype=np.int64).reshape(TICKERS, SESSIONS)
        steps = (draw(at) % 1001 - 500).cumsum(1)
        before = np.hstack([np.zeros((TICKERS, 1), np.int64), steps[:, :-1]])
        symbols = pd.Index([f"S{row:03}" for row in range(TICKERS)], name="symbol")
        self.open = pd.DataFrame((200 + before / 500 + draw(at + 7) / 1000003 / 100).T, columns=symbols)
        self.close = pd.DataFrame((200 + steps / 500 + draw(at + 3) / 1000003 / 100).T, columns=symbols)
        self.units = len(SLOW) * TICKERS
        self.version = f"vectorbt {vbt.__version__} from_signals"

    def run(self):
        fast = vbt.MA.run(self.close, [FAST] * len(SLOW), short_name="fast")
        slow = vbt.MA.run(self.close, SLOW, short_name="slow")
        # decided at a close, filled at the open after it
        entries = fast.ma_crossed_above(slow).vbt.signals.fshift(1)
        exits = fast.ma_crossed_below(slow).vbt.signals.fshift(1)
        portfolio = vbt.Portfolio.from_signals(self.close, entries, exits, price=self.open, fees=0.0005, slippage=0.0002, freq="1D")
        return portfolio.total_return(), portfolio.sharpe_ratio(), portfolio.max_drawdown(), portfolio.trades.count(), portfolio.trades.win_rate()

    def check(self, result):
        total, sharpe, drawdown, trades, _ = result
        return {"trades": float(trades.sum()), "return": float(total.sum()), "sharpe": float(np.nansum(sharpe)), "drawdown": float(drawdown.sum())}


def prepare(threads, data):
    return Grid(threads, data)
