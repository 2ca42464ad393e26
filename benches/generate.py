"""Writes generated responses to the survey `thirty` as a response CSV, the same for the same seed.

generate.py UNITS_CSV OUT [--rows N] [--seed S]
"""

import argparse
import itertools

import numpy as np
import polars as pl

PROVINCE = "79"  # Ho Chi Minh City: 168 communes
ITEMS = [f"i{n}" for n in range(1, 31)]
CELLS = ["no_answer", "1", "2", "3", "4", "5"]
SKIPPED = 0.03
UP_TO_LEVEL = np.cumsum([0.03, 0.05, 0.12, 0.47])  # levels 1 to 4; the rest is 5
AGES = ["under25", "25-34", "35-44", "45-54", "55-64", "over64"]
FIRST = ["Chờ lâu quá", "Cán bộ nhiệt tình", 'Bộ phận "một cửa" đông người', "Thủ tục còn rườm rà", "Trả đúng hẹn"]
SECOND = ["phải đi lại nhiều lần", "chỗ ngồi sạch sẽ", "lấy số rồi vẫn chờ", "giấy tờ rõ ràng", "nộp qua mạng tiện hơn"]
THIRD = ["mong sớm cải thiện.", "xin cảm ơn.", "bãi xe còn chật.", "cần thêm quầy.", "nói chung là hài lòng."]
COMMENTS = [", ".join(words) for words in itertools.product(FIRST, SECOND, THIRD)]


def uuids(rng, milliseconds):
    """UUIDs of version 7 for these times."""
    raw = rng.integers(0, 256, (len(milliseconds), 16), np.uint8)
    raw[:, :6] = milliseconds.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    raw[:, 6] = raw[:, 6] & 0x0F | 0x70
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)[np.stack([raw >> 4, raw & 15], 2).reshape(-1, 32)]
    text = np.insert(digits, [8, 12, 16, 20], ord("-"), axis=1)
    return pl.Series(np.ascontiguousarray(text).view("S36").ravel()).cast(pl.String)


def pick(rng, words, rows):
    return coded(words, rng.integers(0, len(words), rows))


def coded(words, codes):
    return pl.Series(words).gather(codes)


def responses(units, rows, seed):
    rng = np.random.default_rng(seed)
    start = int(np.datetime64("2025-01-01T00:00:00", "ms").astype(np.int64))
    started = start + np.sort(rng.integers(0, 365 * 86_400 - 3_600, rows)) * 1_000  # local time, +07:00
    finished = started + rng.integers(60, 900, rows) * 1_000
    unit = rng.integers(0, len(units), rows)
    ids = uuids(rng, started - 7 * 3_600_000)
    assert ids.n_unique() == rows, "two responses have one id"
    columns = {
        "response_id": ids,
        "survey": pl.repeat("thirty", rows, eager=True),
        "edition": pl.repeat("1", rows, eager=True),
        "unit": coded(units, unit),
        "field": pick(rng, ["dat-dai", "ho-tich", "dau-tu"], rows),
        "counter": pl.repeat(None, rows, dtype=pl.String, eager=True),
        "officer": pl.repeat(None, rows, dtype=pl.String, eager=True),
        "channel": pick(rng, ["kiosk", "phone"], rows),
        "language": pl.repeat("vi", rows, eager=True),
        "started_at": pl.Series(started).cast(pl.Datetime("ms")),
        "finished_at": pl.Series(finished).cast(pl.Datetime("ms")),
        "status": pl.repeat("complete", rows, eager=True),
        "origin": pl.repeat("generated", rows, eager=True),
    }
    # Units and items differ a little, so that mixing two of them up would show.
    by_unit = rng.uniform(-0.03, 0.03, len(units))[unit]
    for item in ITEMS:
        skipped = rng.random(rows) < SKIPPED
        draw = rng.random(rows) + by_unit + rng.uniform(-0.03, 0.03)
        level = 1 + np.searchsorted(UP_TO_LEVEL, draw)
        columns[item] = coded(CELLS, np.where(skipped, 0, level))
    columns["age"] = pick(rng, AGES, rows)
    comment = rng.integers(1, len(COMMENTS) + 1, rows)
    columns["comment"] = coded(["no_answer", *COMMENTS], np.where(rng.random(rows) < 0.1, comment, 0))
    return pl.DataFrame(columns)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units")
    parser.add_argument("out")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    units = pl.read_csv(arguments.units, infer_schema=False).filter(pl.col("province") == PROVINCE)["code"].to_list()
    assert len(units) == 168, f"{len(units)} communes"
    table = responses(units, arguments.rows, arguments.seed)
    table.write_csv(arguments.out, line_terminator="\r\n", datetime_format="%Y-%m-%dT%H:%M:%S+07:00")


if __name__ == "__main__":
    main()
