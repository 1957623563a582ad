"""The options of `made-options.ts`: four numbers a draw by Park and Miller's generator, those kept whose value before discounting exceeds 1e-8."""
import numpy as np
from scipy.special import ndtr

DRAWS, SPOT, RATE = 100_000, 100.0, 0.04


def uniforms(count):
    state, numbers = 1, np.empty(count)
    for i in range(count):
        state = state * 16807 % 2147483647
        numbers[i] = state / 2147483647
    return numbers.reshape(-1, 4).T


def made_options():
    first, second, third, fourth = uniforms(4 * DRAWS)
    strike = SPOT * np.exp(0.2 * np.sqrt(-2 * np.log(first)) * np.cos(2 * np.pi * second))
    years, volatility = 3 / 365 + (1 - 3 / 365) * third, 0.1 + 0.8 * fourth
    forward = SPOT * np.exp(RATE * years)
    sign = np.where(strike >= forward, 1.0, -1.0)
    deviation = volatility * np.sqrt(years)
    d1 = np.log(forward / strike) / deviation + deviation / 2
    value = sign * (forward * ndtr(sign * d1) - strike * ndtr(sign * (d1 - deviation)))
    kept = value > 1e-8
    strike, years, volatility, sign, value = (column[kept] for column in (strike, years, volatility, sign, value))
    count = len(strike)
    return {
        "spot": np.full(count, SPOT),
        "strike": strike,
        "years": years,
        "rate": np.full(count, RATE),
        "volatility": volatility,
        "sign": sign,
        "price": value * np.exp(-RATE * years),
    }
