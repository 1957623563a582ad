"""An hourly series in the form of ETT: `date` and one column a variable, read, standardised by its first part and cut into windows."""
import csv
import gzip
from datetime import datetime

import numpy as np

# calendar of an hour, each scaled to −0.5 … 0.5
CALENDAR = {
    "hour": lambda at: at.hour / 23 - 0.5,
    "weekday": lambda at: at.weekday() / 6 - 0.5,  # Monday first
    "day": lambda at: (at.day - 1) / 30 - 0.5,
    "month": lambda at: (at.month - 1) / 11 - 0.5,
}


def read(path):
    """Names of the columns, the moments, and the values [hour, column]."""
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    with opened as file:
        rows = list(csv.reader(file))
    names = rows[0][1:]
    if rows[0][0] != "date" or not names:
        raise ValueError(f'expected the columns "date" and one for each variable in {path}, found {rows[0]}')
    moments = [datetime.fromisoformat(row[0]) for row in rows[1:]]
    return names, moments, np.array([[float(value) for value in row[1:]] for row in rows[1:]])


class Series:
    """Windows of `past` hours and the `horizon` after them; what is forecast in a window lies wholly in its part."""

    def __init__(self, path, target, trainHours, validationHours, testHours, past, horizon, fromLastValue):
        names, moments, values = read(path)
        if target not in names:
            raise ValueError(f'expected the target "{target}" among the columns of {path}, found {names}')
        hours = trainHours + validationHours + testHours
        if len(values) < hours:
            raise ValueError(f"expected {hours} hours or more in {path}, found {len(values)}")
        if not np.isfinite(values[:hours]).all():
            raise ValueError(f"expected finite values in {path}, found others")
        self.past, self.horizon, self.from_last_value = past, horizon, fromLastValue
        mean, scale = values[:trainHours].mean(0), values[:trainHours].std(0)
        standard = ((values - mean) / scale).astype(np.float32)
        column = names.index(target)
        self.target = standard[:, column]
        self.mean, self.scale = float(mean[column]), float(scale[column])
        # the target's past is observed like the other columns and comes last
        self.observed = np.concatenate([np.delete(standard, column, 1), standard[:, column : column + 1]], 1)
        self.known = np.array([[scaled(at) for scaled in CALENDAR.values()] for at in moments], np.float32)
        self.train = np.arange(past, trainHours - horizon + 1)
        self.validation = np.arange(trainHours, trainHours + validationHours - horizon + 1)
        self.test = np.arange(trainHours + validationHours, hours - horizon + 1)

    def windows(self, starts):
        """
        For windows whose forecast begins at `starts`: observed [window, past, variable], known [window, past + horizon, variable], target [window, horizon].

        The target, past and future, is measured from its last value seen, unless the settings say otherwise.
        """
        before = starts[:, None] + np.arange(-self.past, 0)
        after = starts[:, None] + np.arange(self.horizon)
        observed, target = self.observed[before], self.target[after]
        if self.from_last_value:
            last = self.target[starts - 1]
            observed[..., -1] -= last[:, None]
            target = target - last[:, None]
        return observed, self.known[np.concatenate([before, after], 1)], target

    def level(self, starts):
        """The forecast hours of these windows in the target's own unit [window, horizon]."""
        return self.target[starts[:, None] + np.arange(self.horizon)].astype(np.float64) * self.scale + self.mean
