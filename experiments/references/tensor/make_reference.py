"""Writes reference values for losses and schedules: python make_reference.py > ../../../tests/tensor/reference.json

Everything is made from seeded generators, in double precision; missing targets are null.
"""
import json
import math
import sys
import warnings

import torch
from torch.nn.functional import gaussian_nll_loss, huber_loss
from torch.optim.lr_scheduler import CosineAnnealingLR, OneCycleLR, ReduceLROnPlateau, StepLR

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(20)


def drawn(*shape):
    """Normal numbers that single precision holds exactly."""
    return torch.randn(*shape, generator=generator).float().double()


def listed(tensor):
    """Nested lists with null for NaN."""
    if isinstance(tensor, torch.Tensor):
        return listed(tensor.tolist())
    return [listed(one) for one in tensor] if isinstance(tensor, list) else None if math.isnan(tensor) else tensor


def with_gaps(target, places):
    """The target with NaN at some places."""
    for place in places:
        target[place] = math.nan
    return target


def case(inputs, target, loss, **more):
    """Loss and gradients in the inputs, which are found by name."""
    leaves = {name: value.clone().requires_grad_() for name, value in inputs.items()}
    value = loss(target=target, **leaves)
    value.backward()
    return {**{name: listed(one) for name, one in inputs.items()}, "target": listed(target), **more, "loss": value.item(), "gradients": {name: listed(leaf.grad) for name, leaf in leaves.items()}}


def huber(delta, gaps):
    def loss(prediction, target):
        there = ~torch.isnan(target)
        return huber_loss(prediction[there], target[there], delta=delta)

    return case({"prediction": 2 * drawn(4, 5)}, with_gaps(drawn(4, 5), gaps), loss, delta=delta)


def gaussian(floor, gaps):
    def loss(mean, variance, target):
        there = ~torch.isnan(target)
        return gaussian_nll_loss(mean[there], target[there], variance[there], full=True, eps=floor)

    return case({"mean": drawn(3, 6), "variance": drawn(3, 6).square()}, with_gaps(drawn(3, 6), gaps), loss, floor=floor)


def pairwise(gaps):
    def loss(scores, target):
        lists = []
        for s, y in zip(scores, target):
            pairs = [torch.log1p(torch.exp(s[j] - s[i])) for i in range(len(y)) for j in range(len(y)) if y[i] > y[j]]
            if pairs:
                lists.append(torch.stack(pairs).mean())
        return torch.stack(lists).mean()

    # grades, so that there are ties
    return case({"scores": drawn(4, 6)}, with_gaps(torch.round(drawn(4, 6)), gaps), loss)


def listwise(temperature, gaps):
    def loss(scores, target):
        lists = []
        for s, y in zip(scores, target):
            there = [i for i in range(len(y)) if not math.isnan(y[i])]
            if there:
                wanted, found = [torch.exp(y[i] / temperature) for i in there], [torch.exp(s[i]) for i in there]
                lists.append(-sum(w / sum(wanted) * torch.log(f / sum(found)) for w, f in zip(wanted, found)))
        return torch.stack(lists).mean()

    return case({"scores": drawn(4, 6)}, with_gaps(drawn(4, 6), gaps), loss, temperature=temperature)


def factors(make, steps, rate=1.0):
    """The learning rate of each step of a schedule."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    schedule = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return found


def plateau(losses, **settings):
    """The learning rate after each loss."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = ReduceLROnPlateau(optimizer, **settings)
    found = []
    for loss in losses:
        schedule.step(loss)
        found.append(optimizer.param_groups[0]["lr"])
    return found


def schedules():
    losses = [1, 0.9, 0.91, 0.90001, 0.95, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.7, 0.8, 0.8, 0.8, 0.8]
    return {
        "cosine": {"steps": 20, "floor": 0.1, "factors": factors(lambda optimizer: CosineAnnealingLR(optimizer, T_max=20, eta_min=0.1), 21)},
        "step": {"every": 3, "decay": 0.5, "factors": factors(lambda optimizer: StepLR(optimizer, step_size=3, gamma=0.5), 10)},
        "oneCycle": {"steps": 24, "rise": 0.3, "start": 1 / 25, "end": 1 / 25 / 1e4, "factors": factors(lambda optimizer: OneCycleLR(optimizer, max_lr=1.0, total_steps=24), 24)},
        "oneCycleLinear": {"steps": 17, "rise": 0.25, "start": 0.1, "end": 0.001, "factors": factors(lambda optimizer: OneCycleLR(optimizer, max_lr=1.0, total_steps=17, pct_start=0.25, anneal_strategy="linear", div_factor=10, final_div_factor=100), 17)},
        "plateau": {"losses": losses, "decay": 0.5, "patience": 1, "tolerance": 1e-3, "cooldown": 0, "floor": 0.05, "factors": plateau(losses, factor=0.5, patience=1, threshold=1e-3, min_lr=0.05)},
        "plateauCooldown": {"losses": losses, "decay": 0.1, "patience": 0, "tolerance": 1e-4, "cooldown": 2, "floor": 0, "factors": plateau(losses, factor=0.1, patience=0, cooldown=2, eps=0)},
    }


# stepping a schedule behind its last step
warnings.simplefilter("ignore")
json.dump({
    "source": f"PyTorch {torch.__version__.split('+')[0]}, float64",
    "huber": [huber(1, []), huber(0.4, [(0, 0), (2, 3)])],
    "gaussian": [gaussian(1e-6, []), gaussian(0.2, [(0, 1), (1, 5), (2, 2)])],
    "pairwise": [pairwise([]), pairwise([(0, 1), (1, 0), (1, 5), *((3, i) for i in range(6))])],
    "listwise": [listwise(1, []), listwise(0.3, [(0, 1), (1, 0), (1, 5), *((3, i) for i in range(6))])],
    "schedules": schedules(),
}, sys.stdout)
sys.stdout.write("\n")
