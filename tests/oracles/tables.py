"""Intervals and quantiles for themselves, on grids of numbers: wilson.csv, newcombe.csv, t-quantiles.csv.

Usage: tables.py FOLDER
"""

import csv
import sys
from pathlib import Path

from scipy.stats import norm, t
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

folder = Path(sys.argv[1])


def write(name, columns, rows):
    with open(folder / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([repr(float(cell)) if hasattr(cell, "dtype") else repr(cell) for cell in row])


SHARES = [
    (0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (1, 3), (0, 9), (1, 9), (9, 10), (10, 10), (0, 10), (5, 10), (0, 30),
    (1, 30), (15, 30), (27, 30), (29, 30), (30, 30), (45, 50), (50, 50), (81, 100), (90, 100), (338, 400), (360, 400),
    (359, 400), (400, 400), (0, 400), (5259, 6000), (1, 10_000), (8_999, 10_000), (90_000, 100_000), (0, 1_000_000),
    (1, 1_000_000), (500_000, 1_000_000), (900_000, 1_000_000), (999_999, 1_000_000), (1_000_000, 1_000_000),
]
write("wilson.csv", ["x", "n", "confidence", "lower", "upper"], [
    (x, n, confidence, *proportion_confint(x, n, alpha, method="wilson"))
    for x, n in SHARES for confidence, alpha in ((90, 0.1), (95, 0.05), (99, 0.01))
])

# 56/70 and the seven after it are the examples of Newcombe (1998).
PAIRS = [
    (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20), (0, 10, 0, 10), (10, 10, 0, 20),
    (10, 10, 0, 10), (45, 50, 338, 400), (338, 400, 45, 50), (360, 400, 338, 400), (360, 400, 360, 400), (9, 10, 30, 30),
    (0, 1, 1, 1), (1, 1, 1, 1), (1, 2, 400, 400), (0, 30, 30, 30), (900_000, 1_000_000, 899_000, 1_000_000),
    (1, 1_000_000, 9, 10),
]
write("newcombe.csv", ["x1", "n1", "x2", "n2", "lower", "upper"], [
    (*pair, *confint_proportions_2indep(*pair, method="newcomb", compare="diff", alpha=0.05)) for pair in PAIRS
])

PROBABILITIES = (0.95, 0.975, 0.995)
write("t-quantiles.csv", ["df", "prob", "value"],
      [(df, prob, t.ppf(prob, df)) for df in (1, 2, 3, 5, 10, 30, 100, 1000, 1_000_000) for prob in PROBABILITIES]
      + [(float("inf"), prob, norm.ppf(prob)) for prob in PROBABILITIES])
