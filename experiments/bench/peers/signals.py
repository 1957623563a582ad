"""Entries and exits on a million bars of one instrument, with costs, by vectorbt: its orders; trades are only read from them to be compared."""
import os

for name in ("OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = os.environ["BENCH_THREADS"]  # read once, when numpy and numba load

import numpy as np
import pandas as pd
import vectorbt as vbt

BARS = 1_000_000


def says(at, factor):
    return (at + 1) * factor % 10007 % 10 == 0


class Signals:
    def __init__(self, threads, data):
        at = np.arange(BARS, dtype=np.int64)
        swing = ((at + 1) ** 2 % 1000003 - 500001) * 0.0014 / 500001
        self.close = pd.Series(100 * (1 + swing))
        self.entries = pd.Series((swing < 0) & says(at, 7919) & (at < BARS - 1))
        self.exits = pd.Series((swing > 0) & says(at, 3571) & (at < BARS - 1))
        self.version = f"vectorbt {vbt.__version__} from_signals"

    def run(self):
        return vbt.Portfolio.from_signals(self.close, self.entries, self.exits, fees=0.0005, slippage=0.0002, freq="1min")

    def check(self, portfolio):
        trades = portfolio.trades.records
        return {
            "trades": len(trades),
            # its orders fill at the bar of the signal, ours at the next; what is still held is left at the last bar by both
            "entries": int((trades["entry_idx"] + 1).sum()),
            "exits": int((trades["exit_idx"] + (trades["status"] == 1)).sum()),
            "entry prices": float(trades["entry_price"].sum()),
            "exit prices": float(trades["exit_price"].sum()),
            "log equity": float(np.log(portfolio.final_value())),
        }


def prepare(threads, data):
    return Signals(threads, data)
