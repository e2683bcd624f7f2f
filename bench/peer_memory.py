"""What others need in memory, arrays given: plain means of stars by round, child and source, then weighted
scores by child, then class means. Used by score.sh for P8; prints the milliseconds of one pass per line.

    python3 bench/peer_memory.py IN RUNS      lines: polars 12.3 · duckdb 14.0 · numpy 6.1
"""

import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

WEIGHTS = np.array([0.1, 0.3, 0.4, 0.2])
SOURCES = ["self", "peer", "teacher", "parent"]


def load(source):
    """Answers about children as small integers and stars, like the resident arrays of the program."""
    students = pl.read_csv(source / "students.csv", infer_schema=False).with_row_index("child")
    classes = pl.read_csv(source / "classes.csv", schema_overrides={"class": pl.String})
    students = students.join(classes, on="class").with_columns(room=pl.col("class").rank("dense").cast(pl.UInt32) - 1)
    sheets = pl.read_csv(source / "sheets.csv", schema_overrides={"ratee": pl.String, "rater": pl.String, "comment": pl.String})
    rows = sheets.filter(pl.col("anchor").is_not_null()).join(students, left_on="ratee", right_on="student_no")
    n = 3 + (pl.col("grade") - 1) // 2
    return rows.select(
        round=pl.col("round").rank("dense").cast(pl.UInt32) - 1,
        child=pl.col("child"),
        room=pl.col("room"),
        source=pl.col("source").replace_strict(SOURCES, range(4), return_dtype=pl.UInt32),
        star=1 + 4 * (pl.col("anchor") - 1) / (n - 1),
    )


def with_polars(rows, _):
    weights = pl.DataFrame({"source": range(4), "weight": WEIGHTS}, schema_overrides={"source": pl.UInt32})
    marks = rows.group_by("round", "room", "child", "source").agg(pl.col("star").mean()).join(weights, on="source")
    scores = marks.group_by("round", "room", "child").agg(score=(pl.col("star") * pl.col("weight")).sum() / pl.col("weight").sum())
    return scores.group_by("round", "room").agg(pl.col("score").mean())


def with_duckdb(db, _):
    return db.execute("""select round, room, avg(score) from (
        select round, room, child, sum(star * weight) / sum(weight) as score from (
            select round, room, child, source, avg(star) as star from answers group by all)
        join weights using (source) group by all) group by all""").fetchall()


def with_numpy(arrays, sizes):
    rounds, children, rooms = sizes
    cell = (arrays["round"] * children + arrays["child"]) * 4 + arrays["source"]
    count = np.bincount(cell, minlength=rounds * children * 4)
    total = np.bincount(cell, weights=arrays["star"], minlength=rounds * children * 4)
    present = (count > 0).reshape(-1, 4)
    means = np.divide(total, count, out=np.zeros_like(total), where=count > 0).reshape(-1, 4)
    weight = (present * WEIGHTS).sum(axis=1)
    score = np.divide((means * WEIGHTS).sum(axis=1), weight, out=np.zeros(len(weight)), where=weight > 0)
    room = np.zeros(rounds * children, dtype=np.int64)
    room[arrays["round"] * children + arrays["child"]] = arrays["round"] * rooms + arrays["room"]
    known = weight > 0
    return np.bincount(room[known], weights=score[known]) / np.maximum(1, np.bincount(room[known]))


def main(source, runs):
    rows = load(source)
    arrays = {name: rows[name].to_numpy().astype(np.int64 if name != "star" else np.float64) for name in rows.columns}
    sizes = tuple(int(rows[name].max()) + 1 for name in ("round", "child", "room"))
    db = duckdb.connect()
    db.register("frame", arrays)
    db.execute("create table answers as select * from frame")
    db.execute("create table weights as select * from (values (0, .1), (1, .3), (2, .4), (3, .2)) w(source, weight)")
    turns = [("polars", with_polars, rows), ("duckdb", with_duckdb, db), ("numpy", with_numpy, arrays)]
    for _ in range(runs):
        for name, work, data in turns:
            start = time.perf_counter()
            work(data, sizes)
            print(f"{name} {1000 * (time.perf_counter() - start):.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
