"""Times `sipas score`, polars and DuckDB on one file, in turn, and compares their counts.

bench.py SIPAS DEFINITIONS FILE WORK [--rounds N]
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

PEERS = Path(__file__).with_name("peers.py")


def run(command, out):
    """Runs a command of its own process: seconds by the clock on the wall, peak memory in MiB, what it printed."""
    log = out.with_suffix(".log")
    with open(out, "wb") as stdout, open(log, "wb") as stderr:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with exit code {child.returncode}:\n{log.read_text()}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return seconds, usage.ru_maxrss * unit / 2**20


def counts_of_sipas(file):
    records = json.loads(file.read_text(encoding="utf-8"))
    return {
        (record["group"]["unit"], record["measure"]): (record["numerator"], record["denominator"])
        for record in records
        if record["measure_kind"] == "item"
        and record["formula"] == "top2-pooled"
        and (record.get("group") or {}).get("unit")
    }


def counts_of_peer(file):
    with open(file, newline="", encoding="utf-8") as rows:
        return {(row["unit"], row["item"]): (int(row["satisfied"]), int(row["valid"])) for row in csv.DictReader(rows)}


def compare(sipas, peers):
    """Ends the program where the counts differ."""
    expected = counts_of_sipas(sipas)
    for name, file in peers.items():
        found = counts_of_peer(file)
        wrong = [key for key in sorted(expected.keys() | found.keys()) if expected.get(key) != found.get(key)]
        if wrong or not expected:
            lines = [f"  {key}: sipas {expected.get(key)}, {name} {found.get(key)}" for key in wrong[:5]]
            sys.exit("\n".join([f"sipas and {name} differ in {len(wrong)} counts", *lines]))
    print(f"counts of sipas, {' and '.join(peers)} agree: {len(expected)} pairs of unit and item\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["sipas", "definitions", "file", "work"]:
        parser.add_argument(name, type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    work = arguments.work

    peers = {name: work / f"{name}.csv" for name in ["polars", "duckdb"]}
    score = [arguments.sipas, "score", "--survey", "thirty", "--definitions", arguments.definitions]
    commands = {"sipas": [*score, "--by", "unit", "--format", "json", arguments.file]}
    for name, out in peers.items():
        commands[name] = [sys.executable, PEERS, arguments.file, "--only", name, "--time", "--out", out]

    names = list(commands)
    wall, inside, peak = ({name: [] for name in names} for _ in range(3))
    for number in range(arguments.rounds + 1):
        shift = number % len(names)  # each goes first in turn
        for name in names[shift:] + names[:shift]:
            seconds, memory = run(commands[name], work / f"{name}.out")
            if number == 0:
                continue  # unmeasured: brings the file and the programs into memory
            wall[name].append(seconds)
            peak[name].append(memory)
            if name in peers:
                inside[name].append(float((work / f"{name}.out").read_text().split()[1]))
            print(f"round {number} of {arguments.rounds}: {name} {seconds:.3f} s", file=sys.stderr)

    # Only now: a child's peak is never below what this process had when it started the child.
    compare(work / "sipas.out", peers)
    with open(arguments.file, "rb") as lines:
        rows = sum(1 for _ in lines) - 1
    megabytes = arguments.file.stat().st_size / 1e6
    known = subprocess.run([arguments.sipas, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{rows:,} responses, {megabytes:.0f} MB; {arguments.rounds} rounds; {os.cpu_count()} cores")
    print(f"{known}, polars {version('polars')}, DuckDB {version('duckdb')}, Python {sys.version.split()[0]}\n")
    print("| | wall time, least | median | median to that of sipas | reading and computing, median | peak memory |")
    print("|---|---|---|---|---|---|")
    for name in names:
        ratio = median(wall[name]) / median(wall["sipas"])
        alone = f"{median(inside[name]):.2f} s" if inside[name] else "–"
        print(
            f"| {name} | {min(wall[name]):.2f} s | {median(wall[name]):.2f} s | {ratio:.2f} | {alone} "
            f"| {max(peak[name]):.0f} MiB |"
        )


if __name__ == "__main__":
    main()
