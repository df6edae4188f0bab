// Words of one set of values for many lanes, and of levels that are read off an instrument.
// How a trial ends has its words with the devices screen.
import { t } from '#base/pure/words/fault-text.ts'

export const bundle = {
  title: t('同样的值写到多条车道', 'Same values for several lanes'),
  why: t(
    '用上面填的值(或预设、备份)。每条车道各自备份、各自试运行,一条不通不影响别的;有一项不允许的车道整条不写。',
    'Uses the values entered above (or a preset or a backup). Each lane gets its own backup and its own trial, and a lane that fails does not affect the others. If one value is not allowed for a lane, nothing is written to that lane.',
  ),
  fill: t('先在上面的表格里填值,再对比。', 'Enter values in the table above first, then compare.'),
  lanes: t('车道', 'Lanes'),
  compare: t('对比所选车道', 'Compare the chosen lanes'),
  comparing: t('正在对比', 'Comparing'),
  write: t('写入 {n} 条车道并试运行', 'Write to {n} lanes and try'),
  writeTitle: t('写入 {n} 条车道的天线', 'Write to the antennas of {n} lanes'),
  col: { lane: t('车道', 'Lane'), change: t('改动', 'Change'), result: t('结果', 'Result') },
  nothing: t('没有改动', 'nothing changes'),
  not: t('设备没有:{names}', 'not on this device: {names}'),
  refused: t('不允许:{names}', 'not allowed: {names}'),
  is: {
    same: t('已是这些值', 'already has these values'),
    wouldWrite: t('可写入', 'can be written'),
    refused: t('不写:有不允许的值', 'not written: a value is not allowed'),
    writing: t('正在写入,等设备应答', 'writing, waiting for the device'),
    trial: t('试运行中,等测试车', 'on trial, waiting for a test car'),
    recorded: t('已记录', 'recorded'),
    failed: t('没有写入', 'not written'),
    ended: t('试运行结束', 'the trial is over'),
  },
  sum: t(
    '{kept} 条已保留 · {back} 条已恢复或没有写入 · {open} 条还在试运行',
    '{kept} kept · {back} restored or not written · {open} still on trial',
  ),
}

export const fieldPoint = {
  title: t('场强读数', 'Field levels'),
  why: t(
    '把仪器放在一处,填地点和读数;同一地点再填就替换。读数属于正在进行的这次测量,改前改后并排比较。',
    'Hold the instrument at a place, then enter the place and the reading; entering the same place again replaces it. A reading belongs to the measurement now running; readings before and after a change are shown side by side.',
  ),
  place: t('地点,例如 2.5 m', 'Place, for example 2.5 m'),
  level: t('读数 (dBm)', 'Level (dBm)'),
  range: t('-120 到 40 dBm,最多两位小数', '-120 to 40 dBm, at most two decimals'),
  add: t('记下读数', 'Save level'),
  none: t('还没有读数', 'No reading yet'),
  at: t('{place} 读得 {dbm} dBm', '{place} reads {dbm} dBm'),
}
