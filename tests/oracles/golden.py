"""Puts golden.json together: counts by DuckDB, estimates and variances by R, intervals by statsmodels.

Usage: golden.py FOLDER R_ESTIMATES. The definitions are in README.md. Whatever two programs both say is compared
here, and a difference ends the run.
"""

import csv
import json
import math
import sys
from pathlib import Path

import duckdb
import statsmodels
from scipy.stats import t as student
from statsmodels.stats.proportion import proportion_confint

HERE = Path(__file__).parent
FILES = ["responses.csv", "small.csv", "even.csv"]
ALPHA = {90: 0.1, 95: 0.05, 99: 0.01}
DUCKDB = f"duckdb {duckdb.__version__}"
STATSMODELS = f"statsmodels {statsmodels.__version__}"
RESPONDENT_SHARES = ("all-satisfied", "respondent-top2")
# The three ways to write a mean of points: (a, b) for a + b * mean.
MEANS = {"mean-score": (0, 1), "mean-over-5": (0, 1 / 5), "mean-minus-1-over-4": (-1 / 4, 1 / 4)}
# Below this a variance is rounding: those of the files begin at 1e-6.
NOTHING = 1e-20


def close(x, y, what, within=1e-10):
    if not math.isclose(x, y, rel_tol=within, abs_tol=1e-14):
        sys.exit(f"{what}: {x!r} is not {y!r}")


def wilson(share, size, confidence):
    # A share of 1 may come as 1 + 2e-16, which statsmodels refuses.
    share = min(max(share, 0.0), 1.0)
    return proportion_confint(share * size, size, ALPHA[confidence], method="wilson")


def record(source, file, design, where, measure, formula, respondents, numerator=None, denominator=None, estimate=None,
           se=None, deff=None, confidence=95, lower=None, upper=None):
    return {"source": source, "file": file, "design": design, "where": where, "measure": measure, "formula": formula,
            "respondents": respondents, "numerator": numerator, "denominator": denominator, "estimate": estimate,
            "se": se, "deff": deff, "confidence": confidence, "lower": lower, "upper": upper}


def counted(folder):
    found = []
    for file in FILES:
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("SET VARIABLE file = ?", [str(folder / file)])
        for where, measure, formula, n, numerator, denominator, estimate in connection.execute(
                (HERE / "counts.sql").read_text(encoding="utf-8")).fetchall():
            # Where all answer alike, the groups say nothing new.
            if file == "even.csv" and where != "{}":
                continue
            found.append(record(DUCKDB, file, "srs", json.loads(where), measure, formula, n, numerator, denominator, estimate))
    return found


def effective_size(formula, estimate, variance, deff, n, answers, strata, alike, confidence):
    if variance < NOTHING:
        # Everybody alike, and nothing to estimate a design effect from: the respondents count, not their answers.
        return alike
    units = n if formula in RESPONDENT_SHARES else answers
    if formula in ("top2-pooled",) + RESPONDENT_SHARES:
        size = units / deff
    else:
        size = estimate * (1 - estimate) / variance * units / (units - 1)
    quantile = 1 - ALPHA[confidence] / 2
    return size * (student.ppf(quantile, units - 1) / student.ppf(quantile, n - strata)) ** 2


def estimated(path):
    """The records of R, with intervals."""
    number = lambda cell: float(cell) if cell else None
    whole = lambda cell: int(float(cell)) if cell else None
    found = []
    for row in csv.DictReader(open(path, encoding="utf-8")):
        where = dict(pair.split("=") for pair in row["where"].split())
        n, answers, strata = whole(row["n"]), whole(row["valid"]), whole(row["strata"])
        numerator, denominator = whole(row["numerator"]), whole(row["denominator"])
        raw, variance, deff = number(row["estimate"]), number(row["variance"]), number(row["deff"])
        common = (row["version"], row["file"], row["design"], where, row["measure"])
        wanted = [90, 95, 99] if row["design"] == "srs" and row["measure"] == "overall" and not where else [95]
        for formula in MEANS if row["formula"] == "mean-score" else [row["formula"]]:
            shift, scale = MEANS.get(formula, (0, 1))
            if formula == "mean-over-5" and denominator is not None:
                counts = numerator, denominator * 5
            elif formula == "mean-minus-1-over-4" and denominator is not None:
                counts = numerator - denominator, denominator * 4
            else:
                counts = numerator, denominator
            estimate = shift + scale * raw
            if variance is None:
                found.append(record(*common, formula, n, *counts, estimate))
                continue
            flat = variance < NOTHING
            se = 0.0 if flat else scale * math.sqrt(variance)
            for confidence in wanted:
                # Means have their interval as q, the mean on a scale from 0 to 1.
                share, v = ((raw - 1) / 4, variance / 16) if formula in MEANS else (raw, variance)
                size = effective_size(formula, share, v, deff, n, answers, strata, number(row["alike"]), confidence)
                # One who differs from all others must not make the rest surer than if nobody did.
                alike = number(row["alike"])
                ends = wilson(share, size, confidence)
                ends = min(ends[0], wilson(1, alike, confidence)[0]), max(ends[1], wilson(0, alike, confidence)[1])
                if formula in RESPONDENT_SHARES and row["design"] == "srs":
                    # Here nothing is left of the design: the plain interval.
                    plain = proportion_confint(numerator, n, ALPHA[confidence], method="wilson")
                    for one, other in zip(ends, plain):
                        close(one, other, f"{common} {formula}: plain interval", 1e-11)
                    found.append(record(STATSMODELS, *common[1:], formula, n, *counts, numerator / n, None, None, confidence, *plain))
                if formula in MEANS:
                    ends = [shift + scale * (1 + 4 * end) for end in ends]
                found.append(record(*common, formula, n, *counts, estimate, se, None if flat else deff, confidence, *ends))
    return found


def alone(counts):
    """Measures with one respondent. R makes no design of one; the interval is that of a sample of one."""
    for entry in counts:
        if entry["respondents"] != 1 or entry["where"]:
            continue
        shift, scale = MEANS.get(entry["formula"], (0, 1))
        share = (entry["estimate"] - shift) / scale
        share = (share - 1) / 4 if entry["formula"] in MEANS else share
        ends = wilson(share, 1, 95)
        if entry["formula"] in MEANS:
            ends = [shift + scale * (1 + 4 * end) for end in ends]
        yield entry | {"source": STATSMODELS, "lower": ends[0], "upper": ends[1]}


def key(entry):
    return json.dumps([entry["file"], entry["where"], entry["measure"], entry["formula"]], sort_keys=True)


folder = Path(sys.argv[1])
counts = counted(folder)
estimates = estimated(sys.argv[2])

# R and DuckDB read the files by themselves and have to agree.
by_count = {key(entry): entry for entry in counts}
if len(by_count) != len(counts):
    sys.exit("a count is there twice")
by_strata = {key(entry): entry for entry in estimates if entry["design"] == "strata"}
for entry in estimates:
    count, what = by_count[key(entry)], f"{entry['design']} {key(entry)}"
    if entry["respondents"] != count["respondents"]:
        sys.exit(f"{what}: {entry['respondents']} respondents, {count['respondents']} by DuckDB")
    if entry["design"] in ("srs", "fpc"):
        if (entry["numerator"], entry["denominator"]) != (count["numerator"], count["denominator"]):
            sys.exit(f"{what}: other counts than by DuckDB")
        close(entry["estimate"], count["estimate"], what)
    elif entry["design"] == "poststrata":
        close(entry["estimate"], by_strata[key(entry)]["estimate"], what)

everything = counts + estimates + list(alone(counts))
with open(folder / "golden.json", "w", encoding="utf-8", newline="\n") as file:
    lines = ",\n".join(json.dumps(entry, allow_nan=False) for entry in everything)
    file.write(f"[\n{lines}\n]\n")
for source in sorted({entry["source"] for entry in everything}):
    print(f"  {source}: {sum(entry['source'] == source for entry in everything)} records")
