"""A 61 MB Parquet file of bars to a panel [826 symbols, 5191 sessions] of six float64 columns, by polars."""
import os

import numpy as np

COLUMNS = ("open", "high", "low", "close", "adj_close", "volume")


class Panel:
    def __init__(self, threads, data):
        os.environ["POLARS_MAX_THREADS"] = str(threads)  # read once, when polars loads
        import polars

        self.polars = polars
        self.path = f"{data}/equities/sp500_adjusted.parquet"
        self.version = f"polars {polars.__version__}"

    def run(self):
        pl = self.polars
        # the file is sorted by ticker, so run lengths number the symbols
        bars = pl.read_parquet(self.path).with_columns(pl.col("ticker").rle_id().alias("row"), pl.col("date").to_physical().alias("day"))
        row, day = bars["row"].to_numpy(), bars["day"].to_numpy()
        sessions = np.unique(day)
        column = np.searchsorted(sessions, day)
        panel = {}
        for name in COLUMNS:
            values = np.full((int(row.max()) + 1, len(sessions)), np.nan)
            values[row, column] = bars[name].to_numpy()
            panel[name] = values
        return panel

    def check(self, panel):
        symbols, sessions = panel["close"].shape
        return {"symbols": symbols, "sessions": sessions, **{name: float(np.nansum(values)) for name, values in panel.items()}}


def prepare(threads, data):
    return Panel(threads, data)
