"""Hansen's test of 100 strategies over 1,000 days against a benchmark, 1,000 stationary replications of blocks of 10, by arch."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

from importlib.metadata import version

import numpy as np
from arch.bootstrap import SPA

TRIALS, SESSIONS, REPLICATES, BLOCK = 100, 1000, 1000, 10


class SuperiorAbility:
    def __init__(self, threads, data):
        at = np.arange((TRIALS + 1) * SESSIONS, dtype=np.int64) + 1
        returns = ((at**2 % 1000003 / 1000003 - 0.5) / 25).reshape(TRIALS + 1, SESSIONS)
        # arch compares losses
        self.benchmark, self.models = -returns[0], np.ascontiguousarray(-returns[1:].T)
        self.version = f"arch {version('arch')}"

    def run(self):
        test = SPA(self.benchmark, self.models, block_size=BLOCK, reps=REPLICATES, seed=1)
        test.compute()
        return test.pvalues

    def check(self, pvalues):
        statistic = float((self.benchmark[:, None] - self.models).mean(0).max())
        return {"statistic": statistic, **{name: float(pvalues[name]) for name in ("lower", "consistent", "upper")}}


def prepare(threads, data):
    return SuperiorAbility(threads, data)
