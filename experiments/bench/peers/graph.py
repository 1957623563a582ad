"""Correlations of 500 names over 60 sessions on 250 days with the ten nearest neighbours of each, by numpy: one float64 product of matrices a day."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

import numpy as np

TICKERS, DAYS, WINDOW, NEIGHBOURS = 500, 250, 60, 10


def load(path):
    import polars as pl

    bars = pl.read_parquet(path, columns=["ticker", "date", "close"])
    sessions = np.unique(bars["date"].to_physical().to_numpy())[-(DAYS + WINDOW + 1) :]
    bars = bars.filter((pl.col("date").to_physical() >= int(sessions[0])) & (pl.col("close") > 0))
    counts = bars.group_by("ticker").len()
    tickers = counts.sort(["len", "ticker"], descending=[True, False])["ticker"].head(TICKERS).sort()
    bars = bars.filter(pl.col("ticker").is_in(tickers.to_list()))
    close = np.full((TICKERS, len(sessions)), np.nan)
    close[np.searchsorted(tickers.to_numpy(), bars["ticker"].to_numpy()), np.searchsorted(sessions, bars["date"].to_physical().to_numpy())] = bars["close"].to_numpy()
    close = np.array([filled(series) for series in close]).T
    return np.ascontiguousarray(close[1:] / close[:-1] - 1)


def filled(series):
    """Each missing value replaced by the one before it, or at the start by the first after it."""
    there = np.flatnonzero(~np.isnan(series))
    last = np.searchsorted(there, np.arange(len(series)), side="right") - 1
    return series[there[np.maximum(last, 0)]]


class Graph:
    def __init__(self, threads, data):
        self.returns = load(f"{data}/equities/sp500_adjusted.parquet")
        self.version = f"numpy {np.__version__}"

    def run(self):
        found = []
        for day in range(DAYS):
            z = self.returns[day + 1 : day + 1 + WINDOW]
            z = z - z.mean(0)
            z /= np.sqrt((z * z).sum(0))
            strength = np.abs(z.T @ z)
            np.fill_diagonal(strength, -1)
            neighbours = np.argpartition(-strength, NEIGHBOURS, 1)[:, :NEIGHBOURS]
            found.append((neighbours, np.take_along_axis(strength, neighbours, 1)))
        return found

    def check(self, found):
        node = np.arange(TICKERS)[:, None]
        return {
            "days": len(found),
            "returns": float(self.returns.sum()),
            "neighbours": int(sum(neighbours.sum() for neighbours, _ in found)),
            # tells which node has which neighbour
            "pairs": int(sum(((node + 1) * (neighbours + 1)).sum() for neighbours, _ in found)),
            "squares": int(sum((neighbours.astype(np.int64) ** 2).sum() for neighbours, _ in found)),
            "strength": float(sum(strength.sum() for _, strength in found)),
            "last strength": float(found[-1][1].sum()),
        }


def prepare(threads, data):
    return Graph(threads, data)
