"""Five Greeks of 98,944 out-of-the-money options by numpy and scipy, vectorised; no dividends, as ours is told."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

from importlib.metadata import version

import numpy as np
from made_options import made_options
from scipy.special import ndtr


class Greeks:
    def __init__(self, threads, data):
        self.options = made_options()
        self.version = f"numpy {version('numpy')}, scipy {version('scipy')}"

    def run(self):
        spot, strike, years, rate, volatility, sign = (self.options[name] for name in ("spot", "strike", "years", "rate", "volatility", "sign"))
        root = np.sqrt(years)
        deviation = volatility * root
        d1 = (np.log(spot / strike) + rate * years) / deviation + deviation / 2
        density = np.exp(-d1 * d1 / 2) / 2.5066282746310002
        cash = strike * np.exp(-rate * years) * ndtr(sign * (d1 - deviation))
        return {
            "delta": sign * ndtr(sign * d1),
            "gamma": density / (spot * deviation),
            "vega": spot * density * root,
            "theta": -spot * density * volatility / (2 * root) - sign * rate * cash,
            "rho": sign * years * cash,
        }

    def check(self, found):
        return {name: float(column.sum()) for name, column in found.items()}


def prepare(threads, data):
    return Greeks(threads, data)
