// Words of the keys that pages have for themselves, and of what they open.
// The help page and the palette say the same.
import { t } from '#base/pure/words/fault-text.ts'

export const keys = {
  compare: t('比较备份与当前设置', 'Compare backups with present settings'),
  diff: t('查看将要写入的差别', 'Show what would be written'),
  save: t('保存 (报文、资料草稿)', 'Save (frames, a drafted profile)'),
  load: t('打开文件 (车道档案、设备资料)', 'Open a file (passport, profiles)'),
  undo: t('撤销上一步修改', 'Undo the last change'),
  redo: t('重做', 'Redo'),
  backup: t('立即备份设备设置', 'Back up device settings now'),
  test: t('开始或停止测试、查找', 'Start or stop a test or a search'),
  write: t(
    '核对差别后写入,或开始这一步',
    'Write after checking the differences, or start the step',
  ),
  Space: t('报文页:暂停或继续', 'Frames: pause or resume'),
  Esc: t('停止测试或查找,关闭当前的层', 'Stop a test or a search, close the top layer'),
  Tab: t('依次移动焦点', 'Move the focus'),
  noBackups: t('还没有备份可比较', 'No backup to compare with yet'),
}

export const settingsDiff = {
  write: t('去写入', 'Go on to write'),
  title: t('将要写入 {lane} 的差别', 'What would be written to {lane}'),
  why: t('这里只看,不写入。', 'Preview only; nothing is written here.'),
  none: t(
    '没有改动:表格中没有填写,或与当前相同',
    'No changes: nothing was entered, or it equals the present value',
  ),
  col: {
    name: t('项目', 'Setting'),
    old: t('当前', 'Now'),
    new: t('改为', 'New'),
    what: t('结论', 'Verdict'),
  },
  state: {
    same: t('没有变化', 'no change'),
    changed: t('将写入', 'would be written'),
    mechanical: t('只作记录,不写入', 'recorded, not written'),
    unlawful: t('不符合标准,须由人确认', 'outside the standard: a person must confirm'),
    refused: t('不允许', 'not allowed'),
    notOnDevice: t('此设备没有这一项', 'not on this device'),
  },
  close: t('返回修改', 'Back to the form'),
}

export const backupNow = {
  title: t('备份 {lane} 的天线设置', 'Back up the antenna settings of {lane}'),
  what: t(
    '保存设备当前的设置,不写入设备;以后可以比较和恢复。',
    'Saves the present settings of the device; nothing is written to it. They can be compared and restored later.',
  ),
  do: t('备份', 'Back up'),
}
