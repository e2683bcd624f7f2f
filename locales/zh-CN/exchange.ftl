# What is wrong with an imported file, row by row. Keys are those of src/exchange.

# The file as a whole
import-file-too-large = 文件太大，最多 { $limit } 字节。
import-unknown-format = 只能导入 .xlsx 和 .csv 文件。
import-old-excel = 这是旧版 Excel 文件（.xls）。请在 Excel 里“另存为” .xlsx 再导入。
import-format-mismatch = 文件内容不是 .{ $format }，请检查文件是否选对。
import-encoding-ambiguous = 不能确定这个文件的文字编码。请从下面的预览里选出文字正确的一个。
import-encoding-broken = 文件里有读不出的文字。请在 Excel 里另存为 .xlsx 再导入。
import-log-kind = 没有这个项目，请写 跳绳、长跑、阅读 或 劳动。
import-empty-file = 文件里没有内容。
import-open-quote = 文件里有一个引号没有配对，后面的内容读不出来。
import-too-many-rows = 行数太多，一次最多 { $limit } 行。
import-too-many-columns = 第 { $line } 行的列数太多，最多 { $limit } 列。
import-broken-workbook = 这个 Excel 文件已损坏，打不开。
import-broken-archive = 这个压缩包已损坏，打不开。
import-file-missing = 压缩包里缺少 { $file }。
import-workbook-too-large = 这个 Excel 文件解开后太大，请只保留要导入的工作表。
import-workbook-suspicious = 这个 Excel 文件的内部结构不正常。请把内容复制到一个新文件里再导入。
import-sheet-missing = 文件里没有工作表“{ $sheet }”。
import-write-failed = 文件没有写成。
import-cell-too-long = 有一格文字太长，Excel 放不下。
import-sheet-too-large = 行数太多，Excel 放不下。

# Columns
import-column-missing = 缺少“{ $column }”这一列。
import-column-twice = “{ $column }”这一列重复了。
import-field-count = 这一行有 { $found } 格，应为 { $expected } 格。

# Cells
import-empty = 这一格不能空。
import-too-long = 文字太长，最多 { $limit } 个字。
import-hidden-character = 里面有看不见的字符（{ $code }），请删掉重新输入。
import-lost-characters = 有的字没有保存下来，请重新输入。
import-number-shortened = 数字被 Excel 改成了科学计数。请把这一列设为“文本”再填一次。
import-number-unreadable = 应为数字。
import-yes-no-unreadable = 应填“是”或“否”。
import-date-unreadable = 日期应写成 2026-03-05 这样。

# Roster
import-student-no-characters = 学号只能用字母、数字、“-”和“_”，最多 { $limit } 位。
import-student-no-twice = 学号重复，第 { $first } 行已经有了。
import-identity-number = 这像是身份证号。系统不收集身份证号，请改用校内学号。
import-class-unreadable = 看不懂这个班级。可以写“三年级2班”或“302”。
import-class-without-grade = 不知道是哪个年级的班。请写“三年级2班”，或加一列“年级”。
import-class-contradicts-grade = 班级和“年级”一列对不上。
import-grade-unreadable = 看不懂这个年级，应为一年级到六年级。
import-sex-unreadable = 性别应为“男”或“女”。
import-seat-unreadable = 座号应为 1 到 99。
import-seat-twice = 座号重复，第 { $first } 行的同学已经在这个座位。
import-same-name = 与第 { $first } 行同班同名（{ $other }），请确认是两个人。
import-similar-name = 与第 { $first } 行的“{ $other }”看上去很像，请确认没有写错。

# Teachers
import-login-characters = 工号只能用字母、数字和“. - _ @”，2 到 64 位。
import-login-twice = 第 { $first } 行已有同一工号，但姓名或班主任班级不同。
import-homeroom-twice = 第 { $first } 行已有这个班的班主任，请确认。

# Sheets and inspections
import-round-called-term = 星光时刻不能叫 term。
import-source-unknown = 评价主体应为 self、peer、teacher 或 parent（自评、互评、教师、家长）。
import-anchor-unreadable = 等级应为整数；没看见就留空。
import-anchor-range = 等级应为 1 到 { $most }。
import-answer-twice = 同一张评价单的同一指标已在第 { $first } 行。
import-no-school-day = { $value } 不是学期里的上学日，没有写星光时刻的检查要在上学日里。
import-unknown-round = 没有“{ $value }”这个星光时刻。
import-unknown-ratee = 没有“{ $value }”这个学生或班级。
import-unknown-student = 没有“{ $value }”这个学生。
import-unknown-teacher = 没有“{ $value }”这位教师。
import-unknown-class = 没有“{ $value }”这个班。
import-unknown-indicator = 没有“{ $value }”这个指标。
import-indicator-elsewhere = 指标“{ $value }”不用于这个评价主体、学段或对象。
import-self-about-other = 自评只能评自己或自己的班（{ $value }）。
import-peer-about-self = 互评不能评自己（{ $value }）。
import-peer-elsewhere = 互评只能评同班同学（{ $value }）。
import-not-your-class = 教师“{ $value }”不教这个班。
import-points-unreadable = 应为数字，不小于 0。
import-points-range = 得分应在 0 到满分之间，满分要大于 0。
import-check-twice = 与第 { $first } 行是同一天同一岗的同一项目，请确认不是重复。
import-unknown-post = 没有“{ $value }”这个监督岗。
import-unknown-item = 没有“{ $value }”这个检查项目。

# The fixable copy
import-problems-heading = 问题

## 导入时的询问、说明和合计
import-moves-class = 这名学生现在在 { $from } 班，导入后会调到 { $to } 班。确认调班后才会导入。
import-round-not-taking = 星光时刻“{ $value }”现在不能导入：只有开放中和已关闭的可以，已公布的数字不再改动。
import-roster-summary = 学生：新增 { $new }，修改 { $changed }，调班 { $moved }，不变 { $unchanged }，表中没有、保持原样 { $absent }。新班级：{ $classes }。
import-teachers-summary = 教师：新增 { $new }，改名 { $renamed }，表中没有、保持原样 { $absent }。任教：开始 { $started }，结束 { $ended }。
import-sheets-summary = 评价单：新增 { $created }，替换 { $replaced }，不变 { $unchanged }。
import-inspections-summary = 检查：新增 { $created }，替换 { $replaced }，不变 { $unchanged }。
import-dry-run = 试运行：没有写入任何内容。
import-done = 已导入。
import-refused = 没有导入：有 { $errors } 处问题。
import-fixable-copy = 可修改的副本：{ $path }
import-first-passwords = 初始密码，只显示这一次：
export-done = 已写入：{ $path }
