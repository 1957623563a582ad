"""Writes reference values for intervals of Sharpe ratios: python make_reference.py > ../../../tests/evaluation/luck/reference.json

Own numpy after Ledoit and Wolf (2008): slopes by complex steps, long-run variances by arch's quadratic spectral kernel. Everything is made from
seeded generators.
"""
import json
import sys
from importlib.metadata import version

import numpy as np
from arch.covariance.kernel import QuadraticSpectral

SEED, REPLICATES = 20081108, 40_000
PACKAGES = ["numpy", "arch"]


def made_returns(rng, sessions, memory, tails):
    """Two series that share a market, the first with the better mean; [series, session], five digits."""
    shocks = rng.normal(0, 1, (3, sessions)) * np.sqrt(tails / rng.chisquare(tails, sessions))
    market = np.zeros(sessions)
    for t in range(sessions):
        market[t] = (memory * market[t - 1] if t else 0) + 0.008 * shocks[0, t]
    return np.round(np.array([0.0011, 0.0002])[:, None] + market + 0.005 * shocks[1:], 5)


def kernel(values, bandwidth):
    return float(np.squeeze(QuadraticSpectral(values, bandwidth=bandwidth, center=False, df_adjust=0).cov.long_run))


def slope_before(x):
    return (x[1:] @ x[:-1]) / (x[:-1] @ x[:-1])


def prewhitened(values):
    x = values - values.mean()
    rho = np.clip(slope_before(x), -0.97, 0.97)
    rest = x[1:] - rho * x[:-1]
    own = np.clip(slope_before(rest), -0.97, 0.97)
    bandwidth = 1.3221 * (4 * own**2 / (1 - own) ** 4 * len(rest)) ** 0.2
    return kernel(rest, bandwidth) / (1 - rho) ** 2


def slopes(f, means):
    """Derivatives by complex steps."""
    step = 1e-30
    return np.array([np.imag(f(means + 1j * step * unit)) / step for unit in np.eye(len(means))])


def studentised(f, y, block, rng, level=0.95):
    """Ledoit and Wolf's bootstrap of a function of means; y is [session, component]."""
    n = len(y)
    means = y.mean(axis=0)
    estimate = f(means)
    error = np.sqrt(prewhitened((y - means) @ slopes(f, means)) / n)
    count = n // block
    doubled = np.vstack([y, y])
    sums = np.array([doubled[t : t + block].sum(axis=0) for t in range(n)])
    off = np.empty(REPLICATES)
    for b in range(REPLICATES):
        drawn = sums[rng.integers(0, n, count)]
        at = drawn.sum(axis=0) / (count * block)
        zeta = (drawn - block * at) / np.sqrt(block)
        psi = zeta.T @ zeta / count
        g = slopes(f, at)
        off[b] = abs(f(at) - estimate) / np.sqrt(g @ psi @ g / (count * block))
    critical = np.quantile(off, level)
    return {"block": block, "estimate": float(estimate), "standardError": float(error), "interval": [float(estimate - critical * error), float(estimate + critical * error)], "pValue": float((1 + np.sum(off >= abs(estimate) / error)) / (1 + REPLICATES))}


def main():
    rng = np.random.default_rng(SEED)
    cases = []
    for sessions, memory, tails, block in [(120, 0.0, 30, 1), (250, 0.3, 5, 4)]:
        a, b = made_returns(rng, sessions, memory, tails)
        scale = np.sqrt((sessions - 1) / sessions)  # a deviation with divisor n - 1
        sharpe = lambda v: scale * v[0] / np.sqrt(v[1] - v[0] ** 2)
        difference = lambda v: sharpe(v[:2]) - sharpe(v[2:])
        cases.append({
            "a": a.tolist(), "b": b.tolist(),
            "kernel": [{"bandwidth": width, "variance": kernel(a - a.mean(), width)} for width in [0.7, 3.3, 12.0]],
            "prewhitened": prewhitened(a),
            "sharpe": studentised(sharpe, np.column_stack([a, a * a]), block, rng),
            "sharpeDifference": studentised(difference, np.column_stack([a, a * a, b, b * b]), block, rng),
            "meanDifference": studentised(lambda v: v[0] - v[1], np.column_stack([a, b]), block, rng),
        })
    json.dump({"seed": SEED, "replicates": REPLICATES, "versions": {"python": sys.version.split()[0], **{name: version(name) for name in PACKAGES}}, "cases": cases}, sys.stdout, separators=(",", ":"))
    print()


main()
