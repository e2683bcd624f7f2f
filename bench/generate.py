"""Writes a school of about N answers for `starlight score`, the same on every machine.

    python3 bench/generate.py FOLDER [ANSWERS]

Twenty-four classes of 45 in six grades, as many rounds as it takes; the rubric is fixtures/rubric.toml.
Own linear congruential numbers, so that no library's version changes the data.
"""

import shutil
import sys
import tomllib
from pathlib import Path

ANCHORS = {"low": 3, "middle": 4, "high": 5}
CLASSES_PER_GRADE, CLASS_SIZE = 4, 45
PEERS = 4


class Dice:
    """Numbers from 0 to n-1 by a 64-bit linear congruential generator (Knuth's MMIX constants)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def segment(grade):
    return ["low", "low", "middle", "middle", "high", "high"][grade - 1]


def questions(rubric):
    """Indicators by segment, kind of ratee and source, with the segment's number of anchors."""
    table = {}
    for indicator in rubric["indicator"]:
        for part in [indicator["segment"]] if "segment" in indicator else ANCHORS:
            for source in indicator["sources"]:
                table.setdefault((part, indicator["of"], source), []).append(indicator["id"])
    return table


def main(folder, wanted):
    root = Path(__file__).resolve().parent.parent
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "fixtures" / "rubric.toml", folder / "rubric.toml")
    asks = questions(tomllib.loads((folder / "rubric.toml").read_text(encoding="utf-8")))
    dice = Dice(20261)
    school = [(grade, f"{grade}{number:02}") for grade in range(1, 7) for number in range(1, CLASSES_PER_GRADE + 1)]
    members = {code: [f"{2027 - grade}1{code[1:]}{seat:02}" for seat in range(1, CLASS_SIZE + 1)] for grade, code in school}
    level = {child: dice.below(100) for code in members for child in members[code]}
    write(folder / "classes.csv", ["class,grade"] + [f"{code},{grade}" for grade, code in school])
    write(folder / "students.csv", ["student_no,name,class"] + [f"{child},学生{child[-4:]},{code}" for code in members for child in members[code]])
    write(folder / "teachers.csv", ["teacher,class,role"] + [row for _, code in school for row in (f"T{code},{code},homeroom", f"S{code},{code},subject")])

    answers, rounds, assignments = 0, 0, ["round,rater,ratee"]
    with open(folder / "sheets.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("round,source,rater,ratee,indicator,anchor,seconds,comment\n")

        def sheet(name, source, rater, ratee, part, of, take=99):
            nonlocal answers
            n = ANCHORS[part]
            seconds = 5 + dice.below(60)
            middle = level.get(ratee, 60) * (n - 1) // 100 + 1
            for indicator in asks[(part, of, source)][:take]:
                anchor = min(n, max(1, middle + dice.below(3) - 1))
                out.write(f"{name},{source},{rater},{ratee},{indicator},{'' if dice.below(25) == 0 else anchor},{seconds},\n")
                answers += 1

        while answers < wanted:
            rounds += 1
            name = f"R{rounds:03}"
            for grade, code in school:
                part, own = segment(grade), members[code]
                for place, child in enumerate(own):
                    sheet(name, "self", child, child, part, "student", 5)
                    sheet(name, "self", child, code, part, "class")
                    for step in (11, 16, 23, 41)[:PEERS]:
                        other = own[(place + step) % CLASS_SIZE]
                        assignments.append(f"{name},{child},{other}")
                        sheet(name, "peer", child, other, part, "student", 3)
                    for teacher in (f"T{code}", f"S{code}"):
                        sheet(name, "teacher", teacher, child, part, "student", 5)
                    if dice.below(10) < 7:
                        sheet(name, "parent", f"F{child}-1", child, part, "student")
                sheet(name, "teacher", f"T{code}", code, part, "class")
    write(folder / "assignments.csv", assignments)
    print(f"{answers} answers in {rounds} rounds", file=sys.stderr)


def write(path, rows):
    path.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
