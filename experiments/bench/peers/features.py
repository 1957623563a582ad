"""The 40 outputs of golden/indicators.json for 500 tickers over 2,500 sessions, by TA-Lib."""
from datetime import date

import numpy as np

COLUMNS = ("open", "high", "low", "close", "volume")
TICKERS, SESSIONS, SINCE = 500, 2500, date(2015, 6, 1)


def load(path):
    import polars as pl

    bars = pl.read_parquet(path, columns=["ticker", "date", *COLUMNS])
    sessions = np.unique(bars["date"].to_physical().to_numpy())[-SESSIONS:]
    counts = bars.filter(pl.col("date") >= SINCE).group_by("ticker").len().sort(["len", "ticker"], descending=[True, False])
    tickers = counts["ticker"].head(TICKERS).sort()
    bars = bars.filter(pl.col("ticker").is_in(tickers.to_list()) & (pl.col("date").to_physical() >= int(sessions[0]))).sort("ticker", "date")
    row = np.searchsorted(tickers.to_numpy(), bars["ticker"].to_numpy())
    column = np.searchsorted(sessions, bars["date"].to_physical().to_numpy())
    panel = {}
    for name in COLUMNS:
        values = np.full((TICKERS, SESSIONS), np.nan)
        values[row, column] = bars[name].cast(pl.Float64).to_numpy()
        panel[name] = np.array([filled(series) for series in values])
    return [tuple(panel[name][i].copy() for name in COLUMNS) for i in range(TICKERS)]


def filled(series):
    """Each missing value replaced by the one before it, or at the start by the first after it."""
    there = np.flatnonzero(~np.isnan(series))
    last = np.searchsorted(there, np.arange(len(series)), side="right") - 1
    return series[there[np.maximum(last, 0)]]


class Features:
    def __init__(self, threads, data):
        import talib

        self.talib = talib
        self.version = f"TA-Lib {talib.__version__}"
        self.bars = load(f"{data}/equities/sp500_adjusted.parquet")

    def forty_outputs(self, o, h, l, c, v):
        t = self.talib
        return [
            *[t.SMA(c, 20), t.EMA(c, 20), t.WMA(c, 20), t.DEMA(c, 20), t.TEMA(c, 20), t.RSI(c, 14), t.RSI(c, 2), *t.MACD(c)],
            *[t.TRANGE(h, l, c), t.ATR(h, l, c, 14), t.NATR(h, l, c, 14), t.ADX(h, l, c, 14), t.PLUS_DI(h, l, c, 14), t.MINUS_DI(h, l, c, 14)],
            *[*t.BBANDS(c, 20), *t.STOCH(h, l, c, 14), *t.STOCHF(h, l, c, 14), *t.STOCHRSI(c, 14, 14), t.CCI(h, l, c, 20), t.WILLR(h, l, c, 14)],
            *[t.MFI(h, l, c, v, 14), t.OBV(c, v), t.AD(h, l, c, v), t.ADOSC(h, l, c, v), t.ROC(c, 10), t.MOM(c, 10), *t.AROON(h, l, 25)],
            *[t.TRIX(c, 15), t.KAMA(c, 10), t.SAR(h, l), t.ULTOSC(h, l, c), t.LINEARREG_SLOPE(c, 14)],
        ]

    def run(self):
        return [self.forty_outputs(*bars) for bars in self.bars]

    def check(self, results):
        sums = {f"output {i + 1}": sum(float(np.nansum(outputs[i])) for outputs in results) for i in range(len(results[0]))}
        return {"tickers": len(results), "sessions": len(results[0][0]), **sums}


def prepare(threads, data):
    return Features(threads, data)
