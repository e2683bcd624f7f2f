"""What others do with the same files: plain weighted means of stars per round and child, per class, and
ranks; file to file, whole process. Used by score.sh for P7.

    python3 bench/peer_files.py polars|duckdb IN OUT
"""

import sys
from pathlib import Path

WEIGHTS = {"self": 0.1, "peer": 0.3, "teacher": 0.4, "parent": 0.2}


def with_polars(source, out):
    import polars as pl

    students = pl.scan_csv(source / "students.csv", infer_schema=False)
    classes = pl.scan_csv(source / "classes.csv", schema_overrides={"class": pl.String})
    weights = pl.LazyFrame({"source": list(WEIGHTS), "weight": list(WEIGHTS.values())})
    sheets = pl.scan_csv(source / "sheets.csv", schema_overrides={"ratee": pl.String, "rater": pl.String, "comment": pl.String})
    grades = students.join(classes, on="class").with_columns(n=3 + (pl.col("grade") - 1) // 2)
    stars = sheets.filter(pl.col("anchor").is_not_null()).join(grades, left_on="ratee", right_on="student_no")
    stars = stars.with_columns(star=1 + 4 * (pl.col("anchor") - 1) / (pl.col("n") - 1))
    marks = stars.group_by("round", "grade", "class", "ratee", "source").agg(pl.col("star").mean()).join(weights, on="source")
    scores = marks.group_by("round", "grade", "class", "ratee").agg(score=(pl.col("star") * pl.col("weight")).sum() / pl.col("weight").sum())
    scores = scores.collect()
    scores.sort("round", "class", "ratee").write_csv(out / "student_scores.csv")
    means = scores.group_by("round", "grade", "class").agg(pl.col("score").mean())
    ranked = means.with_columns(rank=pl.col("score").rank("min", descending=True).over("round", "grade"))
    ranked.sort("round", "grade", "class").write_csv(out / "class_rankings.csv")


def with_duckdb(source, out):
    import duckdb

    weights = ", ".join(f"('{name}', {weight})" for name, weight in WEIGHTS.items())
    db = duckdb.connect()
    db.execute(f"""
        create table scores as
        with answers as (select * from read_csv('{source}/sheets.csv', types={{'rater': 'VARCHAR', 'ratee': 'VARCHAR', 'comment': 'VARCHAR'}})),
        people as (select student_no, s.class, grade, 3 + (grade - 1) // 2 as n
            from read_csv('{source}/students.csv', all_varchar=true) s
            join read_csv('{source}/classes.csv', types={{'class': 'VARCHAR'}}) c on s.class = c.class),
        marks as (select round, grade, class, ratee, source, avg(1 + 4 * (anchor - 1) / (n - 1)) as star
            from answers join people on ratee = student_no where anchor is not null group by all)
        select round, grade, class, ratee, sum(star * weight) / sum(weight) as score
        from marks join (values {weights}) w(source, weight) using (source) group by all""")
    db.execute(f"copy (select * from scores order by round, class, ratee) to '{out}/student_scores.csv'")
    db.execute(f"""copy (select *, rank() over (partition by round, grade order by score desc) as rank
        from (select round, grade, class, avg(score) as score from scores group by all) order by round, grade, class)
        to '{out}/class_rankings.csv'""")


if __name__ == "__main__":
    target = Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    {"polars": with_polars, "duckdb": with_duckdb}[sys.argv[1]](Path(sys.argv[2]), target)
