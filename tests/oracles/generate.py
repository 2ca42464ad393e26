"""Generates the responses and populations of the oracles. No answer here was given by a person.

Only random() of Python's generator is drawn on: its sequence for a seed is promised to stay the same.
"""

import csv
import datetime
import random
import statistics
import sys
from pathlib import Path

ITEMS = ["a1", "a2", "a3", "b1", "b2", "c1", "c2", "c3", "c4", "d1"]
ATTRIBUTES = ["response_id", "survey", "edition", "unit", "field", "counter", "officer", "channel", "language",
              "started_at", "finished_at", "status", "origin"]
OTHERS = ["gender", "again", "expectation", "contacts"]
VIETNAM = datetime.timezone(datetime.timedelta(hours=7))

# unit, field, responses in responses.csv, in even.csv, population. The numbers are very unequal on purpose:
# weighting has to matter. Half the people of 02650/ho-tich answered, so the finite population matters there.
STRATA = [
    ("02647", "dat-dai", 260, 16, 1900),
    ("02647", "ho-tich", 140, 8, 1100),
    ("02650", "dat-dai", 60, 6, 900),
    ("02650", "ho-tich", 90, 4, 180),
    ("02653", "dat-dai", 20, 3, 640),
    ("02653", "ho-tich", 30, 3, 280),
]

# How easily an item satisfies, in standard deviations. d1 is the item with a share near 1.
EASE = {"a1": 1.3, "a2": 0.8, "a3": 1.6, "b1": 0.2, "b2": 0.6, "c1": 1.1, "c2": 0.5, "c3": 1.0, "c4": -0.1, "d1": 1.75}
OF_UNIT = {"02647": 0.3, "02650": -0.1, "02653": -0.7}
OF_FIELD = {"dat-dai": -0.2, "ho-tich": 0.2}


def normal(source):
    return statistics.NormalDist().inv_cdf(max(source.random(), 1e-12))


def pick(source, choices):
    """One of (value, probability)."""
    at = source.random()
    for value, probability in choices:
        at -= probability
        if at < 0:
            return value
    return choices[-1][0]


def level(feeling):
    # Cut points of the five levels; at 0 and above an answer is satisfied.
    return str(1 + sum(feeling >= cut for cut in (-1.9, -1.2, 0.0, 1.3)))


def row(name, unit, field, begun, cells):
    ended = begun + datetime.timedelta(seconds=240)
    attributes = [name, "oracle", "1", unit, field, "", "", "paper", "vi", begun.isoformat(), ended.isoformat(),
                  "complete", "generated"]
    return dict(zip(ATTRIBUTES, attributes)) | cells


def begin(source):
    """Some time in office hours of the first half of 2026."""
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=int(source.random() * 181))
    second = int(source.random() * 9 * 3600)
    return datetime.datetime.combine(day, datetime.time(7, 30), VIETNAM) + datetime.timedelta(seconds=second)


def responses():
    source = random.Random(20261121)
    rows = []
    for unit, field, count, _, _ in STRATA:
        for _ in range(count):
            # The answers of a person hang together: this is what makes the design effect.
            person = 0.9 * normal(source) + OF_UNIT[unit] + OF_FIELD[field]
            cells = {}
            for item in ITEMS:
                answer = level(EASE[item] + (0.4 if item == "d1" else 1.0) * person + 0.8 * normal(source))
                cells[item] = pick(source, [("na", 0.04), ("no_opinion", 0.03), ("no_answer", 0.03), (answer, 0.9)])
            # A whole factor that does not apply, or was left out on the paper.
            if source.random() < 0.06:
                factor = pick(source, [("a", 0.2), ("b", 0.3), ("c", 0.3), ("d", 0.2)])
                why = pick(source, [("na", 0.5), ("no_answer", 0.3), ("", 0.2)])
                cells |= {item: why for item in ITEMS if item.startswith(factor)}
            cells["gender"] = pick(source, [("m", 0.45), ("f", 0.50), ("x", 0.02), ("no_answer", 0.03)])
            sure = min(max(0.6 + 0.2 * person, 0.05), 0.9)
            cells["again"] = pick(source, [("no_answer", 0.05), ("sure", 0.95 * sure), ("never", 0.04), ("maybe", 1.0)])
            met = min(100, max(0, round(75 + 12 * person + 8 * normal(source))))
            cells["expectation"] = pick(source, [("no_answer", 0.05), (str(met), 0.95)])
            cells["contacts"] = pick(source, [("no_answer", 0.03), ("0", 0.3), ("1", 0.4), ("2", 0.18), ("more", 1.0)])
            rows.append([begin(source), unit, field, cells])
    # Three respondents without any valid answer: they are in no denominator and in no number of respondents.
    for at, why in ((5, "no_answer"), (420, "na"), (570, "")):
        rows[at][3].update({item: why for item in ITEMS})
    # Shortly after midnight in Vietnam it is still the month, and the quarter, before in UTC.
    rows[0][0] = datetime.datetime(2026, 4, 1, 0, 10, 0, tzinfo=VIETNAM)
    rows[1][0] = datetime.datetime(2026, 3, 1, 0, 10, 0, tzinfo=VIETNAM)
    rows[2][0] = datetime.datetime(2026, 1, 31, 23, 50, 0, tzinfo=VIETNAM)
    rows.sort(key=lambda entry: entry[0])
    return [row(f"oracle-{at:04}", unit, field, begun, cells)
            for at, (begun, unit, field, cells) in enumerate(rows, start=1)]


def small():
    """Six responses, one of them the only one of its unit. That one has no valid answer in b, and the only one to
    c3; c4 has none at all."""
    answers = [
        ("02647", "5 4 4 3 4 4 5 na na 5 m sure 80 0"),
        ("02647", "4 4 3 4 no_answer 5 4 na no_opinion 4 f sure 90 1"),
        ("02647", "2 3 4 4 5 3 3 no_opinion na 4 f maybe 55 2"),
        ("02647", "5 5 5 5 4 4 na na no_answer 5 m sure 100 0"),
        ("02647", "3 na 2 2 3 4 2 no_answer na no_opinion x never 30 more"),
        ("02650", "2 3 4 na no_opinion 5 3 4 na 4 f maybe no_answer 1"),
    ]
    rows = []
    for at, (unit, cells) in enumerate(answers, start=1):
        begun = datetime.datetime(2026, 3, at, 9, 0, 0, tzinfo=VIETNAM)
        rows.append(row(f"small-{at:04}", unit, "dat-dai", begun, dict(zip(ITEMS + OTHERS, cells.split()))))
    return rows


def even():
    """Everybody at the highest level: no variance anywhere."""
    rows = []
    for unit, field, _, count, _ in STRATA:
        for _ in range(count):
            begun = datetime.datetime(2026, 5, 4, 8, 0, 0, tzinfo=VIETNAM) + datetime.timedelta(hours=12 * len(rows))
            cells = {item: "5" for item in ITEMS} | dict(gender="f", again="sure", expectation="100", contacts="0")
            rows.append(row(f"even-{len(rows) + 1:04}", unit, field, begun, cells))
    return rows


def write(path, columns, rows, line_end="\n"):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator=line_end)
        writer.writerow(columns)
        writer.writerows(rows)


folder = Path(sys.argv[1])
for name, rows in (("responses.csv", responses()), ("small.csv", small()), ("even.csv", even())):
    columns = ATTRIBUTES + ITEMS + OTHERS
    # CRLF, as the kit writes response files.
    write(folder / name, columns, [[cells[column] for column in columns] for cells in rows], "\r\n")
write(folder / "population.csv", ["unit", "field", "population"], [(u, f, size) for u, f, _, _, size in STRATA])
write(folder / "small-population.csv", ["unit", "population"], [("02647", 40), ("02650", 20)])
