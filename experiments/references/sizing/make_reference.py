"""Writes reference values for position sizing: python make_reference.py > ../../../tests/portfolio/sizing/reference.json

Everything is made from seeded generators; two solvers have to agree before a value is written.
"""
import json
import random
import sys
import warnings
from importlib.metadata import version

import cvxopt
import cvxpy
import numpy as np
import pandas as pd
import quadprog
from pypfopt import HRPOpt
from scipy.cluster.hierarchy import ClusterWarning, leaves_list, linkage
from scipy.optimize import minimize
from scipy.spatial.distance import pdist, squareform
from sklearn.covariance import ledoit_wolf

warnings.simplefilter("ignore", ClusterWarning)
SEED = 20240607
PACKAGES = ["numpy", "scipy", "scikit-learn", "quadprog", "cvxopt", "cvxpy", "clarabel", "PyPortfolioOpt"]


def agree(what, a, b, tolerance):
    """Reports the largest difference of two answers on stderr and stops where it is too large."""
    difference = float(np.max(np.abs(np.asarray(a) - np.asarray(b))))
    print(f"{what}: {difference:.1e}", file=sys.stderr)
    assert difference <= tolerance, what


def made_returns(rng, names, sessions, digits):
    """One market, three groups, own noise; [name, session]."""
    group = rng.integers(0, 3, names)
    market, groups = rng.normal(0.0004, 0.009, sessions), rng.normal(0, 0.006, (3, sessions))
    own = rng.normal(0, 1, (names, sessions)) * rng.uniform(0.006, 0.02, names)[:, None]
    return np.round(rng.uniform(0.5, 1.5, names)[:, None] * market + groups[group] + own, digits)


def program(Q, c, lower, upper, budget, exact, what):
    """min x'Qx/2 - c'x by quadprog (active set), checked by cvxopt (interior point) and SLSQP."""
    n = len(c)
    row = np.ones((1, n))
    inequalities = np.vstack([np.eye(n), -np.eye(n)] if exact else [np.eye(n), -np.eye(n), -row])
    limits = np.concatenate([lower, -upper] if exact else [lower, -upper, [-budget]])
    normals = np.vstack([row, inequalities]) if exact else inequalities
    bounds = np.concatenate([[budget], limits]) if exact else limits
    x = quadprog.solve_qp(Q, c, normals.T, bounds, meq=1 if exact else 0)[0]
    cvxopt.solvers.options.update(show_progress=False, abstol=1e-14, reltol=1e-13, feastol=1e-13, maxiters=200)
    equality = (cvxopt.matrix(row), cvxopt.matrix([float(budget)])) if exact else ()
    inner = cvxopt.solvers.qp(cvxopt.matrix(Q), cvxopt.matrix(-c), cvxopt.matrix(-inequalities), cvxopt.matrix(-limits), *equality)
    agree(f"{what}, quadprog and cvxopt", x, np.array(inner["x"]).ravel(), 1e-6)
    sum_rule = {"type": "eq" if exact else "ineq", "fun": lambda v: budget - v.sum()}
    scipys = minimize(lambda v: v @ Q @ v / 2 - c @ v, np.clip(np.full(n, budget / n), lower, upper), jac=lambda v: Q @ v - c, bounds=list(zip(lower, upper)), constraints=[sum_rule], method="SLSQP", options={"ftol": 1e-16, "maxiter": 2000})
    agree(f"{what}, quadprog and SLSQP", x, scipys.x, 1e-5)
    return x


def cone_program(sigma, reward, aversion, cap, budget, limit):
    """max reward'w - aversion w'Sw/2 with volatility at most limit, as a second-order cone programme."""
    w = cvxpy.Variable(len(reward))
    root = np.linalg.cholesky(sigma).T
    objective = reward @ w - aversion / 2 * cvxpy.sum_squares(root @ w) if aversion else reward @ w
    rules = [w >= 0, w <= cap, cvxpy.sum(w) <= budget, cvxpy.norm(root @ w) <= limit]
    cvxpy.Problem(cvxpy.Maximize(objective), rules).solve(solver="CLARABEL", tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    return w.value


def group_variance(cov, names):
    block = cov[np.ix_(names, names)]
    share = 1 / np.diag(block)
    share /= share.sum()
    return share @ block @ share


def hierarchical(cov, of_columns=True):
    """Hierarchical risk parity; distances of columns as in the paper, or the correlation distances themselves."""
    deviation = np.sqrt(np.diag(cov))
    d = np.sqrt(np.clip((1 - cov / np.outer(deviation, deviation)) / 2, 0, 1))
    np.fill_diagonal(d, 0)
    order = leaves_list(linkage(pdist(d) if of_columns else squareform(d, checks=False), "single"))
    weights = np.ones(len(cov))

    def halve(part):
        if len(part) < 2:
            return
        left, right = part[: len(part) // 2], part[len(part) // 2 :]
        a, b = group_variance(cov, left), group_variance(cov, right)
        weights[left] *= b / (a + b)
        weights[right] *= a / (a + b)
        halve(left)
        halve(right)

    halve(list(order))
    return weights


def published():
    """The data of López de Prado's numerical example, whose generator drew whole numbers as Python 2 did."""
    np.random.seed(12345)
    random.seed(12345)
    first = np.random.normal(0, 1, size=(10000, 5))
    columns = [int(random.random() * 5) for _ in range(5)]
    second = first[:, columns] + np.random.normal(0, 0.25, size=(10000, 5))
    return np.cov(np.hstack([first, second]).T)


def bayes_stein(mu, sigma, years):
    inverse, one, n = np.linalg.inv(sigma), np.ones(len(mu)), len(mu)
    centre = one @ inverse @ mu / (one @ inverse @ one)
    phi = (n + 2) / (n + 2 + years * (mu - centre) @ inverse @ (mu - centre))
    return phi, (1 - phi) * mu + phi * centre


def main():
    rng = np.random.default_rng(SEED)
    returns = made_returns(rng, 12, 60, 5)
    few = made_returns(rng, 30, 20, 5)
    large = made_returns(rng, 40, 70, 4)
    shrunk, intensity = ledoit_wolf(returns.T)
    few_shrunk, few_intensity = ledoit_wolf(few.T)
    sigma = 252 * shrunk
    expected = np.round(rng.normal(0.08, 0.12, 12), 4)

    general = []
    for at, exact in enumerate([True, False, True, False]):
        factor = rng.normal(0, 1, (9, 12))
        lower, c = np.round(rng.uniform(-1, 0.2, 9), 3), np.round(rng.normal(0, 2, 9), 3)
        upper = np.round(lower + rng.uniform(0.1, 1.5, 9), 3)
        Q, budget = np.round(factor @ factor.T, 4), float(np.round(lower.sum() + 0.4 * (upper - lower).sum(), 3))
        general.append({"quadratic": Q.ravel().tolist(), "linear": c.tolist(), "lower": lower.tolist(), "upper": upper.tolist(), "budget": budget, "exact": exact, "x": program(Q, c, lower, upper, budget, exact, f"programme {at}").tolist()})

    zero, cap = np.zeros(12), lambda value: np.full(12, value)
    least = [{"maxWeight": limit, "budget": total, "weights": program(sigma, zero, zero, cap(limit), total, True, f"least variance {limit}").tolist()} for limit, total in [(1, 1), (0.2, 0.95), (0.09, 0.95)]]
    least_limited = [{"maxWeight": limit, "budget": 0.95, "targetVolatility": v, "weights": cone_program(sigma, np.ones(12), 0, limit, 0.95, v).tolist()} for limit, v in [(0.2, 0.06), (0.08, 0.09)]]
    phi, stein = bayes_stein(expected, sigma, 1)
    mean = [{"riskAversion": gamma, "maxWeight": limit, "budget": 0.95, "weights": program(gamma * sigma, stein, zero, cap(limit), 0.95, False, f"mean-variance {gamma}").tolist()} for gamma, limit in [(5, 1), (3, 0.2), (40, 0.08)]]
    mean_limited = [{"riskAversion": gamma, "maxWeight": limit, "budget": 0.95, "targetVolatility": v, "weights": cone_program(sigma, stein, gamma, limit, 0.95, v).tolist()} for gamma, limit, v in [(5, 0.2, 0.08), (3, 0.08, 0.05)]]

    hrp = hierarchical(sigma)
    pypfopt = HRPOpt(cov_matrix=pd.DataFrame(sigma)).optimize()
    agree("HRP on correlation distances and PyPortfolioOpt", hierarchical(sigma, of_columns=False), [pypfopt[i] for i in range(12)], 1e-12)
    paper = published()
    json.dump(
        {
            "seed": SEED,
            "versions": {"python": sys.version.split()[0], **{name: version(name) for name in PACKAGES}},
            "returns": returns.tolist(),
            "expected": expected.tolist(),
            "ledoitWolf": {"intensity": float(intensity), "covariance": shrunk.ravel().tolist()},
            "moreNamesThanSessions": {"returns": few.tolist(), "intensity": float(few_intensity), "trace": float(np.trace(few_shrunk)), "firstRow": few_shrunk[0].tolist()},
            "quadraticPrograms": general,
            "minimumVariance": least,
            "minimumVarianceLimited": least_limited,
            "bayesStein": {"years": 1, "intensity": float(phi), "expected": stein.tolist()},
            "meanVariance": mean,
            "meanVarianceLimited": mean_limited,
            "hierarchical": {"weights": hrp.tolist(), "larger": {"returns": large.tolist(), "weights": hierarchical(np.cov(large)).tolist()}},
            "lopezDePrado": {"covariance": paper.ravel().tolist(), "weights": hierarchical(paper).tolist()},
        },
        sys.stdout,
        separators=(",", ":"),
    )
    print()


main()
