"""
Volatilities of 98,944 out-of-the-money options from their prices, by py_vollib_vectorized.

Its compiled core alone, on arrays that numpy has undiscounted, is its faster form; BENCH_VOLLIB_FORM=public is its public function, with the
checks and conversions of its inputs, in its fastest call.
"""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

import warnings
from importlib.metadata import version

import numpy as np
from made_options import made_options

warnings.simplefilter("ignore")
from py_vollib_vectorized import vectorized_implied_volatility
from py_vollib_vectorized._iv_models import implied_volatility_from_a_transformed_rational_guess as core


class ImpliedVolatility:
    def __init__(self, threads, data):
        self.options = made_options()
        self.form = os.environ.get("BENCH_VOLLIB_FORM", "core")
        self.version = f"py_vollib_vectorized {version('py_vollib_vectorized')} ({self.form})"

    def run(self):
        price, spot, strike, years, rate, sign = (self.options[name] for name in ("price", "spot", "strike", "years", "rate", "sign"))
        if self.form == "public":
            return vectorized_implied_volatility(price, spot, strike, years, rate, sign, model="black_scholes", return_as="numpy", on_error="ignore")
        growth = np.exp(rate * years)
        return np.array(core(price * growth, spot * growth, strike, years, sign))

    def check(self, found):
        return {"options": len(found), "sum": float(found.sum()), "largest error": float(np.abs(found - self.options["volatility"]).max())}


def prepare(threads, data):
    return ImpliedVolatility(threads, data)
