// The texts of the report in both languages. Texts of rows, findings and questions come from core. Written with , ; : (
// ) like every catalogue: report-marks.ts sets the Chinese punctuation.
import type { FieldArea, LinkBody, Verdict } from '../pure/file/record.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { surveyLabels, verdictMarks, verdictWords } from '#base/pure/words/survey-words.ts'

/** A verdict after its mark. */
export const markedVerdict = (verdict: Verdict): BilingualText => {
  const { zh, en } = verdictWords[verdict]
  return t(`${verdictMarks[verdict]} ${zh}`, `${verdictMarks[verdict]} ${en}`)
}

export const wayWords: Readonly<Record<LinkBody['way'], BilingualText>> = {
  ping: t('往返(ping)', 'round trip (ping)'),
  up: t('上行', 'up'),
  down: t('下行', 'down'),
}

export const methodWords: Readonly<Record<LinkBody['method'], BilingualText>> = {
  icmp: t('ICMP', 'ICMP'),
  tcp: t('TCP', 'TCP'),
  https: t('HTTPS', 'HTTPS'),
  stamped: t('TCP 时间戳', 'TCP with stamps'),
  udp: t('UDP 时间戳', 'UDP with stamps'),
}

export const placeWords: Readonly<Record<FieldArea, BilingualText>> = {
  lane: t('本车道', 'this lane'),
  neighbour: t('邻道', 'neighbour lane'),
  background: t('背景', 'background'),
  drift: t('漂移点', 'drift point'),
}

export const reportWords = {
  ...surveyLabels,
  title: t('停车场现场测试报告', 'Car park site test report'),
  basis: t(
    '依据 DBJT45/T 065-2024 附录 D 表 D.1',
    'After table D.1, appendix D of DBJT45/T 065-2024',
  ),
  footer: t('第 {page} 页 / 共 {pages} 页', 'Page {page} of {pages}'),
  demo: t(
    '演示数据:由模拟仪器得出,不是实地测量',
    'Demo data, from simulated instruments, not measured on a site',
  ),
  address: t('地址', 'Address'),
  logo: t('标志', 'Logo'),
  measured: t('测试时间(UTC+8)', 'Measured (UTC+8)'),
  by: t('测试人', 'By'),
  whole: t('总结论', 'Verdict'),
  deviates: t('偏离', 'Deviates'),
  printed: t('出具时间(UTC+8)', 'Report made (UTC+8)'),
  antenna: t('天线', 'Antenna'),
  firmware: t('固件版本', 'Firmware'),
  settings: t('设置', 'Settings'),
  setup: t('测试时的天线与设置', 'Antenna and settings at the time'),
  height: t('安装高度', 'Height'),
  angles: t('俯角 / 偏转角', 'Down / yaw'),
  place: t('位置(横,纵)', 'Place (across, along)'),
  changed: t('已更改', 'Changed'),
  changedWhat: t(
    '此前的场强、OBU 交易和邻道读数不再计入',
    'earlier field, OBU and neighbour lane readings no longer count',
  ),
  recordedAt: t('记录时间', 'Recorded'),
  instruments: t('测量仪器', 'Instruments'),
  model: t('型号', 'Model'),
  serial: t('编号', 'Serial'),
  overdue: t('测量时已过期', 'expired when used'),
  correction: t('修正 / 探头增益', 'Correction / gain'),
  readings: t('读数', 'Readings'),
  readingsOf: t('读数所属', 'Readings of'),
  inAnnex: t('每次读数见附录', 'Every reading is in the annex'),
  annex: t('附录:全部读数', 'Annex: all readings'),
  unknown: t('未记录', 'not recorded'),
  simulated: t('模拟', 'simulated'),
  alteredRules: t('规则已改动', 'Altered rules'),
  noIssuer: t('没有签发机构签名', 'no issuer signed it'),
  summary: t('测试结果', 'Results'),
  group: t('测试项目', 'Group'),
  open: t('没有通过的项目', 'Rows that have not passed'),
  openNone: t('全部项目已通过或不适用', 'Every row has passed or does not apply'),
  procedure: t('下一步', 'What to do next'),
  field: t('天线场强范围(D.1 第 5 项)', 'Field strength (row 5)'),
  fieldNone: t('没有场强读数', 'There are no field readings'),
  fieldNote: t(
    '方格为实测点,数字为 -dBm,红框为不符合;浅色为插值;黑线为 -45 dBm;虚线为测试框,点线为需求区;十字为触发点;上方为道闸一侧,左右同驾驶员所见,比例尺 1 m',
    'Squares are measured, figures in -dBm, framed red where they fail; paler is interpolated; the black line is -45 dBm; dashed is the box, dotted the needed area; the cross is the trigger. The boom is at the top, left is the driver’s left; the bar is 1 m',
  ),
  none: t('无', 'none'),
  goesOn: t('测量范围外可能延续', 'may go on beyond the readings'),
  containment: t('收敛度(本软件指标,0~100)', 'Containment (our own figure, 0 to 100)'),
  points: t('测点', 'Points'),
  ofThem: t('符合 / 不符合 / 未测', 'pass / fail / not taken'),
  neighbour: t('邻道测点', 'Points in the neighbour lane'),
  crossReads: t('邻道干扰(D.1 第 6 项)', 'Neighbour lane (row 6)'),
  crossReadsNone: t('没有邻道测试', 'The neighbour lane was not tested'),
  together: t('全部同时', 'all together'),
  link: t('通信传输(D.1 第 7~13 项)', 'Data link (rows 7 to 13)'),
  linkNone: t('没有通信测试', 'The data link was not tested'),
  direction: t('方向', 'Direction'),
  method: t('方法', 'Method'),
  peer: t('对端', 'Peer'),
  interfaceName: t('接口', 'Interface'),
  sent: t('发 / 丢', 'Sent / lost'),
  latencies: t('中位 / 95% / 最大 (ms)', 'p50 / p95 / max (ms)'),
  rates: t('上传与下载速率', 'Rates'),
  latencyPlot: t('时延随时间变化', 'Latency over time'),
  seconds: t('时间 (s)', 'time (s)'),
  probes: t('探测序号', 'probe'),
  minutes: t('时间 (min)', 'time (min)'),
  milliseconds: t('时延 (ms)', 'latency (ms)'),
  offset: t('偏差 (ms)', 'offset (ms)'),
  limit: t('限值', 'limit'),
  lost: t('丢失', 'lost'),
  clocks: t('时钟同步(D.1 第 14、15 项)', 'Clocks (rows 14 and 15)'),
  clocksNone: t('没有时钟测试', 'The clocks were not tested'),
  clockPlot: t('时钟偏差随时间变化(本机减授时源)', 'Clock offset over time (ours minus source)'),
  device: t('时钟', 'Clock'),
  source: t('授时源', 'Source'),
  span: t('时段', 'Period'),
  worst: t('最大偏差 ± 不确定度 (ms)', 'Worst offset ± U (ms)'),
  checks: t('一般检查(D.1 第 1~4 项)', 'General check (rows 1 to 4)'),
  question: t('检查内容', 'Question'),
  answer: t('结论', 'Answer'),
  unanswered: t('… 未检查', '… not checked'),
  photoMissing: t('缺照片', 'photo missing'),
  photos: t('照片', 'Photos'),
  photosNone: t('没有照片', 'No photos'),
  photoLost: t('照片不在文件中', 'the photo is not in the file'),
  nameplate: t('天线铭牌(型号、编号)', 'Name plate (model, serial)'),
  approval: t('检测编号、硬件版本', 'Approval number, hardware'),
  plateFound: t('与设备资料比对', 'Against the profile'),
  drawing: t('现场图', 'Site drawing'),
  scaleError: t('校验误差', 'check error'),
  repaired: t('由损坏的文件修复而来', 'Repaired from the damaged file'),
  repairedWhat: t('(丢失 / 存疑 / 缺照片)', '(lost / suspect / without picture)'),
  deviations: t(
    '偏离、重测与撤回说明',
    'Deviations, repeated measurements and readings taken back',
  ),
  rerun: t('重测', 'measured again'),
  answeredBefore: t('原来的回答', 'answered before'),
  brokenOff: t('已开始,没有留下读数(中断)', 'begun but interrupted, no reading was kept'),
  takenBack: t('已撤回', 'taken back'),
  assumed: t('原文未规定、由本软件约定', 'Not in the standard, our own convention'),
  evidence: t('证据', 'Evidence'),
  surveyId: t('勘测编号', 'Survey'),
  headHash: t('末条记录的链值(SM3)', 'Chain value of the last record (SM3)'),
  origins: t('读数来源', 'Where the readings come from'),
  live: t('由仪器直读', 'read live'),
  typed: t('人工键入', 'typed'),
  imported: t('由文件导入', 'imported'),
  notSaid: t('未注明', 'not stated'),
  attested: t('时间证明', 'Time'),
  notAttested: t('无第三方时间证明', 'time not attested'),
  unsigned: t('未签字', 'not signed'),
  stamp: t('签字、盖章', 'signature and stamp'),
  despite: t('未全部通过,仍签字', 'Signed although not everything passed'),
  because: t('理由', 'because'),
  answers: t('责任人', 'answers for it'),
} as const
export type ReportWord = keyof typeof reportWords

const counted = (text: BilingualText, count: number): BilingualText => {
  const filled = (said: string): string => said.replace(/\{\w+\}/, String(count))
  return t(filled(text.zh), filled(text.en))
}

export function signedNote(covers: number, after: number): BilingualText {
  const all = counted(surveyLabels.signCovers, covers)
  if (after === 0) return all
  const later = counted(surveyLabels.signAfter, after)
  return t(`${all.zh},${later.zh}`, `${all.en}; ${later.en}`)
}
