"""Trains the fusion transformer on a series in the form of ETT and judges it: `train.py DATA --seed 1 [--threads 1] [--out FILE]`; prints JSON."""
import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch
from model import FusionTransformer, pinball
from series import CALENDAR, Series

SETTINGS = Path(__file__).parent.parent / "settings.json"
EVALUATION_BATCH = 128


def tensors(series, starts):
    return [torch.from_numpy(part) for part in series.windows(starts)]


def forecasts(model, series, starts):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(*tensors(series, starts[at : at + EVALUATION_BATCH])[:2]) for at in range(0, len(starts), EVALUATION_BATCH)])


def judged(forecast, series, quantiles):
    """Over all windows of the test part: mean quantile loss of the standardised target, and the risk of Lim et al. in the target's own unit."""
    target = torch.from_numpy(series.windows(series.test)[2])
    losses = pinball(forecast, target, quantiles).double()
    risk = 2 * losses.sum((0, 1)) * series.scale / np.abs(series.level(series.test)).sum()
    return {f"P{round(100 * float(q))}": {"loss": float(losses[..., i].mean()), "risk": float(risk[i])} for i, q in enumerate(quantiles)}


def persistence(series, quantiles):
    """The last value seen, as every quantile of every hour."""
    last = torch.from_numpy(series.windows(series.test)[0][:, -1, -1])
    return judged(last[:, None, None].expand(-1, series.horizon, len(quantiles)), series, quantiles)


class Training:
    def __init__(self, model, series, quantiles, settings, seed):
        self.model, self.series, self.quantiles, self.settings = model, series, quantiles, settings
        self.draw = np.random.default_rng(seed)
        self.optimizer = torch.optim.Adam(model.parameters(), lr=settings["learningRate"])
        # from the rate to nothing along half a cosine, so that where a training ends matters less
        self.schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimizer, settings["epochs"] * settings["stepsPerEpoch"])
        self.watched = series.validation[:: settings["validationStride"]]

    def step(self):
        starts = self.draw.choice(self.series.train, self.settings["batch"])
        observed, known, target = tensors(self.series, starts)
        self.model.train()
        self.optimizer.zero_grad(set_to_none=True)
        # summed over quantiles, meant over windows and hours, as in equation 24
        loss = pinball(self.model(observed, known), target, self.quantiles).sum(-1).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.settings["clipNorm"])
        self.optimizer.step()
        self.schedule.step()
        return loss.item()

    def validation_loss(self):
        target = torch.from_numpy(self.series.windows(self.watched)[2])
        return float(pinball(forecasts(self.model, self.series, self.watched), target, self.quantiles).sum(-1).mean())

    def run(self, say):
        """Trains until the validation loss has not fallen for `patience` epochs and leaves the best weights; the losses of each epoch."""
        history, best, weights = [], float("inf"), None
        for epoch in range(self.settings["epochs"]):
            train = float(np.mean([self.step() for _ in range(self.settings["stepsPerEpoch"])]))
            validation = self.validation_loss()
            history.append({"train": train, "validation": validation})
            say(f"epoch {epoch + 1}: train {train:.4f}, validation {validation:.4f}")
            if validation < best:
                best, weights, since = validation, copy.deepcopy(self.model.state_dict()), epoch
            elif epoch - since >= self.settings["patience"]:
                break
        self.model.load_state_dict(weights)
        return history


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--settings", default=SETTINGS)
    parser.add_argument("--out")
    asked = parser.parse_args()
    settings = json.loads(Path(asked.settings).read_text())
    torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    series = Series(asked.data, **settings["data"])
    quantiles = torch.tensor(settings["model"]["quantiles"])
    model = FusionTransformer(series.observed.shape[1], len(CALENDAR), series.horizon, **settings["model"])
    started = time.perf_counter()
    history = Training(model, series, quantiles, settings["training"], asked.seed).run(lambda line: print(line, flush=True))
    trained = time.perf_counter()
    result = {
        "model": f"torch {torch.__version__}",
        "data": Path(asked.data).name,
        "seed": asked.seed,
        "threads": asked.threads,
        "parameters": sum(p.numel() for p in model.parameters() if p.requires_grad),
        "windows": {"train": len(series.train), "test": len(series.test)},
        "test": judged(forecasts(model, series, series.test), series, quantiles),
        "persistence": persistence(series, quantiles),
        "history": history,
        "seconds": {"training": round(trained - started, 1), "test": round(time.perf_counter() - trained, 1)},
        "settings": settings,
    }
    text = json.dumps(result, indent=2)
    print(text)
    if asked.out:
        Path(asked.out).write_text(text + "\n")


main()
