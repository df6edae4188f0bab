// Words that a site survey and its signed report share: verdicts, signers, plates and the names of fields and columns.
// The report's bytes are those that people signed: its wording is the one wording.
import { t } from './fault-text.ts'

export const verdictMarks = {
  pass: '✓',
  fail: '×',
  marginal: '≈',
  incomplete: '…',
  notApplicable: '–',
} as const

export const verdictWords = {
  pass: t('符合', 'pass'),
  fail: t('不符合', 'fail'),
  marginal: t('临界', 'marginal'),
  incomplete: t('未完成', 'incomplete'),
  notApplicable: t('不适用', 'not applicable'),
} as const

/** Answers to a question of the check are verdicts. */
export const answerVerdicts = { yes: 'pass', no: 'fail', notApplicable: 'notApplicable' } as const

/** In the order of the paper. */
export const signerRoles = ['surveyor', 'checker', 'witness', 'owner'] as const

export const signerWords = {
  surveyor: t('测试人', 'Measured by'),
  checker: t('复核人', 'Checked by'),
  witness: t('见证人', 'Witness'),
  owner: t('停车场代表', 'For the car park'),
} as const

export const plateFoundWords = {
  match: t('与设备资料一致', 'as in the profile'),
  differs: t('与设备资料不符', 'other than in the profile'),
} as const

/** Why a name plate was not compared. */
export const plateGapWords = {
  noProfile: t('未选设备资料,未比对', 'compared with no profile'),
  libraryNamesNone: t('设备资料未载明', 'the library names none'),
  plateSilent: t('铭牌未载明', 'the plate does not say'),
  otherType: t('检测编号不符,不再比对', 'not compared: another number'),
} as const

export const surveyLabels = {
  site: t('停车场', 'Car park'),
  lane: t('车道', 'Lane'),
  number: t('报告编号', 'Report number'),
  company: t('检测单位', 'Measured by the firm'),
  representative: signerWords.owner,
  access: t('接入方式', 'Access'),
  wire: t('专线', 'wire'),
  mobile: t('移动网络', 'mobile network'),
  row: t('序号', 'Row'),
  item: t('测试子项', 'Item'),
  asked: t('测试要求', 'Requirement'),
  result: t('结果', 'Result'),
  verdict: t('结论', 'Verdict'),
  basisOf: t('依据', 'Source'),
  remark: t('备注', 'Remark'),
  records: t('记录数', 'Records'),
  zone: t('通信区域', 'Zone'),
  strongest: t('最强点', 'Strongest point'),
  nextDoor: t('邻道', 'Neighbour'),
  boomUp: t('道闸 ↑ 行车方向', 'Boom ↑ cars drive this way'),
  calibratedOn: t('校准日期', 'Calibrated on'),
  calibratedUntil: t('校准有效期至', 'Calibrated until'),
  technology: t('制式', 'Technology'),
  beidou: t('北斗', 'BeiDou'),
  ntp: t('网络授时', 'network time'),
  driven: t('驱动的天线', 'Antenna driven'),
  inLane: t('本车道应答 (次)', 'Answers in the lane'),
  offered: t('邻道标签 (枚) / 位置', 'Neighbour OBUs / places'),
  wrongReads: t('误读 / 试验 (次)', 'Wrong reads / trials'),
  theseUpTo: t('对这些标签 (95%)', 'For these OBUs (95 %)'),
  allUpTo: t('对一般标签 (95%)', 'For OBUs at large (95 %)'),
  cited: t('引用的原文', 'Text cited'),
  citedFrom: t('出处', 'Source'),
  signatures: t('签字', 'Signatures'),
  nameTyped: t('键入姓名', 'name typed'),
  signCovers: t('签字时共 {covers} 条记录', '{covers} records when signed'),
  signAfter: t('其后又有 {after} 条,未经签字', '{after} came later and are not signed'),
} as const
