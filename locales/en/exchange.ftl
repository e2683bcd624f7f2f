# What is wrong with an imported file, row by row. Keys are those of src/exchange.

# The file as a whole
import-file-too-large = The file is too large; at most { $limit } bytes.
import-unknown-format = Only .xlsx and .csv files can be imported.
import-old-excel = This is an old Excel file (.xls). Save it as .xlsx in Excel and import that.
import-format-mismatch = The content of the file is not .{ $format }; please check that you chose the right file.
import-encoding-ambiguous = The character encoding of this file is unclear. Choose the preview below that reads correctly.
import-encoding-broken = The file holds characters that cannot be read. Save it as .xlsx in Excel and import that.
import-log-kind = No such kind; write rope, run, read or labour.
import-empty-file = The file is empty.
import-open-quote = A quotation mark in the file is never closed, so what follows cannot be read.
import-too-many-rows = Too many rows; at most { $limit } at a time.
import-too-many-columns = Line { $line } has too many columns; at most { $limit }.
import-broken-workbook = This Excel file is damaged and cannot be opened.
import-broken-archive = This zip file is damaged and cannot be opened.
import-file-missing = The zip file lacks { $file }.
import-workbook-too-large = This Excel file unpacks to too much; keep only the sheet to be imported.
import-workbook-suspicious = The inside of this Excel file is not in order. Copy its content into a new file and import that.
import-sheet-missing = The file has no sheet “{ $sheet }”.
import-write-failed = The file could not be written.
import-cell-too-long = A text is too long for Excel.
import-sheet-too-large = Too many rows for Excel.

# Columns
import-column-missing = The column “{ $column }” is missing.
import-column-twice = The column “{ $column }” appears twice.
import-field-count = { $found } fields, expected { $expected }.

# Cells
import-empty = This cell must not be empty.
import-too-long = Too long; at most { $limit } characters.
import-hidden-character = There is an invisible character inside ({ $code }); delete it and type again.
import-lost-characters = Some characters were lost when the file was saved; please type them again.
import-number-shortened = Excel has shortened the number. Format the column as text and fill it in again.
import-number-unreadable = Must be a number.
import-yes-no-unreadable = Must be yes or no.
import-date-unreadable = The date must look like 2026-03-05.

# Roster
import-student-no-characters = A student number has letters, digits, “-” and “_” only; at most { $limit }.
import-student-no-twice = This student number is already in line { $first }.
import-identity-number = This looks like an identity card number. Those are not collected; use the school's own number.
import-class-unreadable = This class cannot be read. Write 三年级2班 or 302.
import-class-without-grade = The grade is unknown. Write 三年级2班, or add a column “grade”.
import-class-contradicts-grade = The class contradicts the column “grade”.
import-grade-unreadable = This grade cannot be read; it must be 1 to 6.
import-sex-unreadable = Must be male or female.
import-seat-unreadable = A seat is a number from 1 to 99.
import-seat-twice = The child in line { $first } already has this seat.
import-same-name = The same name in the same class as line { $first } ({ $other }); please make sure that these are two children.
import-similar-name = Looks very much like “{ $other }” in line { $first }; please make sure that it is spelt right.

# Teachers
import-login-characters = A login has letters, digits and “. - _ @” only; 2 to 64.
import-login-twice = Line { $first } has the same login with another name or homeroom class.
import-homeroom-twice = Line { $first } already names a homeroom teacher of this class; please make sure.

# Sheets and inspections
import-round-called-term = A round cannot be called term.
import-source-unknown = The source must be self, peer, teacher or parent.
import-anchor-unreadable = The anchor must be a whole number; leave it empty for “did not see”.
import-anchor-range = The anchor must be 1 to { $most }.
import-answer-twice = The same indicator of the same sheet is already in line { $first }.
import-no-school-day = { $value } is no school day of a term; a check that names no round must be on one.
import-unknown-round = There is no round “{ $value }”.
import-unknown-ratee = There is no student or class “{ $value }”.
import-unknown-student = There is no student “{ $value }”.
import-unknown-teacher = There is no teacher “{ $value }”.
import-unknown-class = There is no class “{ $value }”.
import-unknown-indicator = There is no indicator “{ $value }”.
import-indicator-elsewhere = The indicator “{ $value }” is not for this source, segment or ratee.
import-self-about-other = A self sheet is about the rater or the own class ({ $value }).
import-peer-about-self = A peer sheet is not about oneself ({ $value }).
import-peer-elsewhere = A peer sheet is about a child of the same class ({ $value }).
import-not-your-class = The teacher “{ $value }” does not teach this class.
import-points-unreadable = Must be a number from 0 up.
import-points-range = Points must be from 0 to full, and full above 0.
import-check-twice = The same item of the same post and day as in line { $first }; please make sure that it is not a repetition.
import-unknown-post = There is no duty post “{ $value }”.
import-unknown-item = There is no inspection item “{ $value }”.

# The fixable copy
import-problems-heading = Problems

## What imports ask, tell and count
import-moves-class = This child is in class { $from } now and would move to { $to }. Confirm the moves to go ahead.
import-round-not-taking = The round “{ $value }” takes nothing now: only open and closed rounds do, published numbers stand.
import-roster-summary = Children: { $new } new, { $changed } changed, { $moved } moved, { $unchanged } unchanged, { $absent } not in the file and left as they are. New classes: { $classes }.
import-teachers-summary = Teachers: { $new } new, { $renamed } renamed, { $absent } not in the file and left as they are. Classes: { $started } given, { $ended } ended.
import-sheets-summary = Sheets: { $created } new, { $replaced } replaced, { $unchanged } unchanged.
import-inspections-summary = Checks: { $created } new, { $replaced } replaced, { $unchanged } unchanged.
import-dry-run = Dry run: nothing was written.
import-done = Imported.
import-refused = Nothing was imported: { $errors } problems.
import-fixable-copy = A copy to correct: { $path }
import-first-passwords = First passwords, shown this once:
export-done = Written: { $path }
