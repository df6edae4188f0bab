// Words of a table that is brought in: what is wrong with it, what it would change.
// What each list says of its own stands with its page.
import { t } from '#base/pure/words/fault-text.ts'

export const csv = {
  columns: t('显示的列', 'Columns'),
  sum: t('合计', 'Sum'),
  bad: t(
    '有 {count} 行不合规定,一行也没有写入:改好后再选这个文件',
    'Invalid lines: {count}; nothing was written. Correct them and choose the file again',
  ),
  badLine: t('第 {line} 行', 'Line {line}'),
  aside: t(
    '没有读入的列,原文件里还在:{heads}',
    'Columns that were not read and stay in your file: {heads}',
  ),
  notRow: t(
    '第 {line} 行是说明或合计,没有读入:{text}',
    'Line {line} is a note or a sum and was not read: {text}',
  ),
  hiddenRows: t(
    '表里隐藏或筛选掉的 {count} 行也读入了',
    '{count} hidden or filtered rows of the sheet were read too',
  ),
  hiddenColumns: t(
    '表里隐藏的 {count} 列也读入了',
    '{count} hidden columns of the sheet were read too',
  ),
  saveMarked: t('保存标出问题的副本', 'Save a copy with the problems marked'),
  more: t('另有 {count} 项', 'and {count} more'),
  nothing: t('与现在没有差异', 'No differences from the present data'),
  noneFits: t('没有符合的行', 'No matching rows'),
  saveList: t('保存列表', 'Save the list'),
  import: t('从表格导入', 'Import a table'),
  write: t('导入 {count} 行', 'Import {count} rows'),
  added: t('新增 {count} 行', 'New: {count}'),
  changed: t('改动 {count} 行', 'Changed: {count}'),
  template: t('模板', 'Template'),
  last: t('上次导入 {count} 行:{by},{at}。', 'Last import: {count} rows, by {by}, {at}.'),
  undo: t('撤销这次导入', 'Undo this import'),
  undoRows: t('撤销 {count} 行', 'Undo {count} rows'),
  undoWhy: t(
    '名单回到导入之前;导入后用过的(如用掉的优惠券、已出场的车)保持不变。撤销写入账本,不删除任何记录。',
    'The list becomes what it was before; what was used since (spent coupons, cars that left) stays. The undo is written to the ledger; no record is deleted.',
  ),
  drop: t('不导入', 'Do not import'),
  tooLarge: t('文件太大,不像这里的表格', 'The file is too large to be a table for this page'),
}
