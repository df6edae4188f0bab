// Chinese words of the keys that pages have for themselves, and of what they open.
// The help page and the palette say the same.

export const keys = {
  keys: {
    compare: '比较备份与当前设置',
    diff: '查看将要写入的差别',
    save: '保存 (报文、资料草稿)',
    load: '打开文件 (车道档案、设备资料)',
    undo: '撤销上一步修改',
    redo: '重做',
    backup: '立即备份设备设置',
    open: '车道页:开闸,须说明原因',
    settle: '车道页:人工收费',
    test: '开始或停止测试、查找',
    write: '核对差别后写入,或开始这一步',
    space: '报文页:暂停或继续',
    esc: '停止测试或查找,关闭当前的层',
    noBackups: '还没有备份可比较',
  },
  settingsDiff: {
    write: '去写入',
    title: '将要写入 {lane} 的差别',
    why: '这里只看,不写入。',
    none: '没有改动:表格中没有填写,或与当前相同',
    col: { name: '项目', old: '当前', new: '改为', what: '结论' },
    state: {
      same: '没有变化',
      changed: '将写入',
      mechanical: '只作记录,不写入',
      unlawful: '不符合标准,须由人确认',
      refused: '不允许',
      notOnDevice: '此设备没有这一项',
    },
    close: '返回修改',
  },
  backupNow: {
    title: '备份 {lane} 的天线设置',
    what: '保存设备当前的设置,不写入设备;以后可以比较和恢复。',
    do: '备份',
  },
}
