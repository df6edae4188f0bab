// Chinese words of a table that is brought in: what is wrong with it, what it would change.
// What each list says of its own stands with its page.

export const csv = {
  csv: {
    bad: '有 {count} 行不合规定,一行也没有写入:改好后再选这个文件',
    badLine: '第 {line} 行',
    more: '另有 {count} 项',
    nothing: '与现在没有差异',
    drop: '不导入',
    tooLarge: '文件太大,不像这里的表格',
  },
}
