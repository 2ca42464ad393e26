"""The task in polars and in DuckDB: satisfied and valid answers of each unit and item, both on all cores.

peers.py FILE                          both, and they have to agree
peers.py FILE --only polars [--time]   one of them; --time prints the seconds of reading and computing,
                                       without the start of Python and the imports
               [--out CSV]             writes the result: unit,item,satisfied,valid
"""

import argparse
import csv
import time

ITEMS = [f"i{n}" for n in range(1, 31)]


def polars(file):
    import polars as pl

    start = time.perf_counter()
    counts = [
        pl.struct(satisfied=(pl.col(item) >= 4).sum(), valid=pl.col(item).count()).alias(item) for item in ITEMS
    ]
    rows = (
        pl.scan_csv(
            file,
            infer_schema=False,
            schema_overrides={item: pl.Int8 for item in ITEMS},
            null_values={item: "no_answer" for item in ITEMS},
        )
        .group_by("unit")
        .agg(counts)
        .unpivot(index="unit", on=ITEMS, variable_name="item", value_name="counts")
        .unnest("counts")
        .collect(engine="streaming")
        .rows()
    )
    return rows, time.perf_counter() - start


def duckdb(file):
    import duckdb

    start = time.perf_counter()
    with open(file, encoding="utf-8") as lines:
        columns = {name: "TINYINT" if name in ITEMS else "VARCHAR" for name in next(csv.reader(lines))}
    counts = ", ".join(f"{{s: count_if({item} >= 4), v: count({item})}} AS {item}" for item in ITEMS)
    # With the layout given, it need not look for one first; that is faster.
    query = f"""
        WITH wide AS (
            SELECT unit, {counts}
            FROM read_csv($file, columns = {columns}, nullstr = ['', 'no_answer'],
                          header = true, delim = ',', quote = '"', escape = '"', auto_detect = false)
            GROUP BY unit)
        SELECT unit, item, counts.s, counts.v FROM (UNPIVOT wide ON {", ".join(ITEMS)} INTO NAME item VALUE counts)
    """
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    rows = connection.execute(query, {"file": file}).fetchall()
    return rows, time.perf_counter() - start


PEERS = {"polars": polars, "duckdb": duckdb}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--only", choices=PEERS)
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    results = []
    for name in [arguments.only] if arguments.only else PEERS:
        rows, seconds = PEERS[name](arguments.file)
        results.append(sorted(rows))
        if arguments.time:
            print(f"{name} {seconds:.3f}")
    assert all(rows == results[0] for rows in results), "polars and DuckDB do not agree"
    if arguments.out:
        with open(arguments.out, "w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([("unit", "item", "satisfied", "valid"), *results[0]])


if __name__ == "__main__":
    main()
