"""Probability of overfitting of 100 strategies over 1,600 days by the 12,870 halves of 16 blocks: numpy, blocks summed once, all halves by one product of matrices."""
import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["BENCH_THREADS"]  # read once, when numpy loads

from itertools import combinations

import numpy as np

TRIALS, SESSIONS, BLOCKS = 100, 1600, 16


class Overfitting:
    def __init__(self, threads, data):
        at = np.arange(TRIALS * SESSIONS, dtype=np.int64) + 1
        self.returns = ((at**2 % 1000003 / 1000003 - 0.5) / 25).reshape(TRIALS, SESSIONS)
        self.version = f"numpy {np.__version__} block sums"

    def run(self):
        blocks = self.returns.reshape(TRIALS, BLOCKS, SESSIONS // BLOCKS)
        sums, squares = blocks.sum(2), (blocks * blocks).sum(2)
        half = np.array([[block in chosen for block in range(BLOCKS)] for chosen in map(set, combinations(range(BLOCKS), BLOCKS // 2))], float)

        def sharpe(blocks_of):
            mean, square = blocks_of @ sums.T / (SESSIONS / 2), blocks_of @ squares.T / (SESSIONS / 2)
            return mean / np.sqrt(square - mean * mean)

        within, outside = sharpe(half), sharpe(1 - half)
        best = within.argmax(1)
        chosen = outside[np.arange(len(best)), best]
        omega = (outside <= chosen[:, None]).sum(1) / (TRIALS + 1)
        return np.log(omega / (1 - omega)), chosen

    def check(self, result):
        logits, chosen = result
        return {"halves": len(logits), "probability": float((logits <= 0).mean()), "meanLogit": float(logits.mean()), "probabilityOfLoss": float((chosen < 0).mean())}


def prepare(threads, data):
    return Overfitting(threads, data)
