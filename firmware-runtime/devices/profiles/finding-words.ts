// Why a profile, a template or a criterion has a finding: words with arguments, in both languages. Ids, codes, members
// and figures stay unchanged.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

type Part = string | number

export const findingWords = {
  twiceHere: () => t('在这里写了两次', 'it appears here twice'),
  contentSays: (id: Part) => t(`内容写的是 ${id}`, `the content says ${id}`),
  noBasis: () => t('basis 里没有这个 id', 'basis has no entry with this id'),
  withDevicesSeen: (count: Part) => t(`见过的设备有 ${count} 台`, `${count} devices were seen`),
  noDeviceSeen: () => t('没有见过设备', 'no device was seen'),
  unknownMember: () => t('格式里没有这一项', 'not a member of the format'),
  noTemplate: () =>
    t(
      '不是模板:要有 description 和 item 或 items',
      'this is not a template: it needs description and item or items',
    ),
  templateInside: () => t('模板里不能用模板', 'a template cannot use another template'),
  templateUnknown: () => t('没有这个模板', 'there is no such template'),
  templateAlone: () =>
    t('多条的模板要单独使用', 'a template with several entries must be used by itself'),
  notFewerThanTries: () => t('不少于次数', 'it must not be fewer than the tries'),
  programTable: () => t('通用帧表随程序提供', 'generic frame tables are supplied with the program'),
  installedIs: (revision: Part) =>
    t(`已装的是 ${revision}`, `the installed revision is ${revision}`),
  revoked: (why: Part) => t(`已吊销:${why}`, `revoked: ${why}`),

  notWholeHex: () => t('不是完整的十六进制字节', 'these are not complete hexadecimal bytes'),
  writtenLikeThis: (id: Part) => t(`${id} 会写成这样`, `${id} would be written like this`),
  noFrames: () => t('这个协议没有帧', 'the protocol has no frames'),
  notOneFrame: () => t('不是一个完整的帧', 'this is not one complete frame'),
  notOneMessage: () => t('不是一条完整的消息', 'this is not one complete message'),
  checkMisfits: () => t('校验不符', 'the check value does not match'),
  digestIs: (digest: Part) => t(`字节的摘要是 ${digest}`, `the digest of the bytes is ${digest}`),
  digestOther: () => t('字节的摘要不同', 'the digest of the bytes differs'),
  mapNotWhole: () => t('列的对应不完整', 'the column map is incomplete'),
  notEncoded: (encoding: Part) => t(`不是 ${encoding}`, `no ${encoding}`),
  partTwice: (name: Part) => t(`${name} 写了两次`, `${name} appears twice`),
  partsAre: (hex: Part) => t(`各部分是 ${hex}`, `the parts are ${hex}`),
  exampleIs: (id: Part, { zh, en }: BilingualText) => t(`${id}: ${zh}`, `${id}: ${en}`),
  rowsNeeded: () => t('列的对应要有它能读的行', 'a column map needs rows that it can read'),

  placesWhole: () => t('报文中的位置是整数', 'positions in a report are whole numbers'),
  hexBytes: (members: Part) =>
    t(`${members} 是十六进制字节`, `these must be hexadecimal bytes: ${members}`),
  driverTakes: (names: Part) => t(`驱动只认 ${names}`, `the driver accepts only ${names}`),
  noDriverTakes: () => t('没有写驱动,无人读取', 'no driver is named, so nothing reads it'),
  noDriverOf: (kind: Part) =>
    t(`${kind} 没有这个名字的驱动`, `there is no driver of ${kind} with this name`),
  driverNeeds: () => t('驱动需要这一项', 'the driver needs this member'),
  oneOf: (words: Part) => t(`只能是 ${words}`, `one of ${words}`),
  noFrameTable: () => t('它的驱动没有帧表', 'its driver does not have a frame table'),
  wiringNeeded: () => t('道闸要写接线', 'a barrier needs its wiring'),
  onlyBarrierWired: () => t('只有道闸写接线', 'only a barrier has wiring'),
  wholeBetween: (min: Part, max: Part) =>
    t(`${min} 到 ${max} 的整数`, `a whole number from ${min} to ${max}`),
  stepsUpTo: (step: Part, max: Part) =>
    t(`以 ${step} ms 为步长,最多 ${max}`, `steps of ${step} ms up to ${max}`),
  endsBeforeBegin: () => t('终点在起点之前', 'the end is before the beginning'),
  overlapsRange: (n: Part) => t(`与范围 ${n} 重叠`, `overlaps range ${n}`),

  decidesMoney: (list: Part) => t(`${list} 决定扣了多少`, `${list} decides what was charged`),
  saysNoMoney: (list: Part) => t(`${list} 不说明金额`, `${list} says nothing about money`),
  codeOneByte: () => t('结果码是一个字节', 'a result code is one byte'),
  onlyWaitedFor: (frame: Part) => t(`只等待 ${frame}`, `only ${frame} can be waited for`),
  notAField: (frame: Part) => t(`不是 ${frame} 的字段`, `not a field of ${frame}`),
  byPerson: () => t('首次使用时要由人填写', 'a person must enter it at first use'),

  minMaxNeeded: () => t('数字要有 min 和 max', 'a number needs min and max'),
  belowMin: (min: Part) => t(`小于 min ${min}`, `below min ${min}`),
  stepAboveZero: () => t('步长须大于零', 'the step must be greater than zero'),
  notDividing: (min: Part, max: Part) =>
    t(`不能整除 ${min} 到 ${max}`, `the step does not divide ${min} to ${max}`),
  notWhole: () => t('不是整数', 'not whole numbers'),
  numberChoices: () => t('数字没有选项', 'a number cannot have choices'),
  notWithin: (min: Part, max: Part) =>
    t(`不在 ${min} 到 ${max} 之内`, `not within ${min} to ${max}`),
  notIn: (min: Part, max: Part) => t(`不在 ${min} 到 ${max} 之内`, `not in ${min} to ${max}`),
  notOnStep: (step: Part) => t(`不在步长 ${step} 上`, `not on a step of ${step}`),
  choicesNeeded: () => t('选择要有选项', 'a choice needs a list of choices'),
  noChoice: () => t('不是其中的选项', 'it is not one of the choices'),
  notOfType: (type: Part) => t(`不是 ${type}`, `not a ${type}`),
  limitNeeded: () => t('限值要有 min、max 或两者', 'a limit needs min, max or both'),
  maxBelowMin: () => t('max 小于 min', 'max is below min'),
  settingUnit: (unit: string | null) =>
    t(`这一项的单位是 ${unit ?? '无'}`, `the unit of the setting is ${unit ?? 'none'}`),
  noLawful: () => t('范围内没有合规的值', 'no value in the range is permitted'),
  outsideSetting: () => t('超出这一项的范围', 'it is outside the range of the setting'),
  gapBehind: (step: Part) => t(`步 ${step} 之后有空缺`, `there is a gap after step ${step}`),
  overlapBefore: (step: Part) =>
    t(`重叠:${step} 在它之前`, `there is an overlap: ${step} comes before it`),
  settingWhole: () => t('设置是整数', 'a setting is a whole number'),
  fieldTakes: (frame: Part, field: Part, top: Part) =>
    t(`${frame} ${field} 只收 0 到 ${top}`, `${frame} ${field} accepts only 0 to ${top}`),
  setByHand: (id: Part) => t(`${id} 由人在设备上调`, `${id} is set by hand`),
  protocolNoTable: () => t('这个协议没有帧表', 'the protocol has no frame table'),
  notInTable: (table: Part) => t(`不在 ${table} 的表里`, `not in the table of ${table}`),
  comesFrom: (side: Part) => t(`它来自 ${side}`, `it comes from the ${side}`),
  onlyWholeDefault: () => t('只能是有默认值的整数', 'it must be a whole number with a default'),
  notIntoLists: () =>
    t('列表或文件里的字段不能写', 'a field in a list or a file cannot be written'),
  onlyRead: (names: readonly string[]) =>
    t(
      `只读 ${names.join('、')},且从它们自己的字段读`,
      `only ${names.join(' and ')} are read, from their own fields`,
    ),
  readAsItIs: () => t('读到的值原样使用', 'the value that is read is used unchanged'),
  noSettingNow: () => t('现在没有这个名字的设置', 'no setting has this name now'),
  powerStepMax: (max: Part) => t(`powerStepMax 是 ${max}`, `powerStepMax is ${max}`),

  noValueFor: () => t('没有它所说明的值', 'there is no value that it describes'),
  valueNeedsSource: () => t('值要有 source 和 status', 'a value needs source and status'),
  notAsPrinted: (printed: Part) => t(`不合“${printed}”的要求`, `it does not meet "${printed}"`),
  noRowFor: (kind: Part) => t(`${kind} 没有这一行`, `there is no such row for ${kind}`),
  rowTwice: () => t('这一行写了两次', 'the row appears here twice'),
  rowMissing: (printed: Part) => t(`缺少:${printed}`, `missing: ${printed}`),
} as const satisfies Readonly<Record<string, (...args: never[]) => BilingualText>>
