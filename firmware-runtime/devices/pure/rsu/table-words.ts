// Problems of a frame table, or of a profile's changes to it: words with arguments, in both languages. Codes, field
// names and figures stay unchanged.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

type Part = string | number

/** By area: the table itself, then what the driver needs from it, then the members of an override. */
export const tableWords = {
  lengthOfType: (type: Part, bytes: Part) =>
    t(`${bytes} 字节的 ${type}`, `a ${type} of ${bytes} bytes`),
  repeatOfKnown: () =>
    t('重复段里只能有长度已知的字段', 'a repeat holds fields of known lengths only'),
  noEnum: (name: Part) => t(`没有码表 ${name}`, `no enum ${name}`),
  namesNoEnum: () => t('没有写码表', 'names no enum'),
  bitsNotFull: () => t('位没有填满字段', 'bits do not fill the field'),
  bitTwice: () => t('位名用了两次', 'a bit name is used twice'),
  fileUnknown: (name: Part) =>
    t(`文件表 ${name} 没有,或长度不同`, `file table ${name} is unknown or of another length`),
  nullLength: () => t('nullWhen 与字段长度不同', 'nullWhen is not as long as the field'),
  noCount: (name: Part) => t(`没有计数字段 ${name}`, `no count field ${name}`),
  nameTwice: () => t('名字用了两次', 'name used twice'),
  offsetAfterRepeat: () => t('重复段之后的偏移要写 +', 'offset behind a repeat must be +'),
  gap: (at: Part) => t(`偏移 ${at} 之前有空缺`, `gap before offset ${at}`),
  overlap: (at: Part) => t(`偏移 ${at} 处重叠`, `overlap at offset ${at}`),
  fillsOther: (end: Part, wanted: Part) =>
    t(`字段占到 ${end},应为 ${wanted}`, `fields fill ${end} instead of ${wanted}`),
  onlyCountedRepeats: () => t('只有计数的帧形可以重复', 'only a counted form repeats'),
  onlyAnyFills: () => t('只有任意长度的帧形可以填满', 'only a form of any length is filled'),
  twoFill: () => t('两个字段都要填满一种帧形', 'two fields fill one form'),
  fileOfKnown: () => t('文件里只能有长度已知的字段', 'a file holds fields of known lengths only'),
  layoutField: (name: Part) =>
    t(`${name} 不是每种布局里同一位置的数字`, `${name} is no number at one place of every layout`),
  layoutTwice: (name: Part) =>
    t(`${name} 的一个值有两种布局`, `a value of ${name} has two layouts`),
  holdsItself: () => t('它包含自己', 'holds itself'),
  fixedOther: (fixed: Part, base: Part) =>
    t(`固定字段是 ${fixed},base 写的是 ${base}`, `fixed fields are ${fixed}, base says ${base}`),
  perMisses: (name: Part) => t(`per 缺少 ${name}`, `per misses ${name}`),
  perTooMany: () => t('per 多写了一个计数', 'per names a count too many'),
  deriveUnknown: () => t('derive 求的计数没有定义', 'derive solves an unknown count'),
  deriveOpen: (name: Part) => t(`derive 没有给出 ${name}`, `derive leaves ${name} open`),
  codeNotByte: () => t('帧码不是一个字节', 'code is not one byte'),
  twoFormsLength: () => t('两种帧形长度相同', 'two forms of one length'),
  twoFormsName: () => t('两种帧形同名', 'two forms of one name'),
  codeWithoutWord: (code: Part, list: Part) =>
    t(`码 ${code} 在码表 ${list} 里没有词`, `code ${code} has no word in enum ${list}`),
  replyDiffers: () => t('应答方式与能力不一致', 'reply and capability differ'),
  twoFramesCode: () => t('两种帧的帧码相同', 'two frames of one code'),
  twoFilesName: () => t('两个文件表同名', 'two file tables of one name'),
  codeNotHex: () => t('有的码不是十六进制', 'a code is not hex'),
  wordTwice: () => t('一个词给了两个码', 'one word for two codes'),

  wordNeeded: (word: Part) =>
    t(`没有 ${word},驱动要靠它判断`, `has no ${word}, by which the driver decides`),
  okNeeded: () => t('须为 ok:驱动按码 00 判断', 'must be ok: the driver asks for code 00'),
  missing: () => t('缺少', 'is missing'),
  fieldsNeeded: (names: Part) => t(`要有 ${names}`, `needs ${names}`),
  noFormHasAll: (names: Part) => t(`没有一种帧形全有 ${names}`, `no form has all of ${names}`),
  cannotBeMade: () =>
    t(
      '驱动做不出这种帧:没有一种帧形只用它知道的字段',
      'the driver cannot make it: no form is all of fields that it knows',
    ),
  noFrameCanBe: (form: Part) => t(`没有帧可以作 ${form}`, `no frame can be ${form}`),
  notEmpty: (base: Part) => t(`${base} 的帧不能为空`, `a frame of ${base} cannot be empty`),
  noAnswer: (code: Part) => t(`没有可作应答的帧 ${code}`, `no frame ${code} can answer`),
  notOfTable: (code: Part) => t(`不是本表的 ${code}`, `is no ${code} of this table`),
  readAs: (form: Part) =>
    t(`读出来是 ${form}:一个长度有两种帧形`, `is read as ${form}: one length has two forms`),
  exampleDiffers: () => t('字节与值说的不一样', 'bytes and value say different things'),
  notBytes: (bytes: Part) => t(`不是 ${bytes} 字节`, `is not ${bytes} bytes`),
  notSent: (code: Part) => t(`驱动不发 ${code}`, `the driver sends no ${code}`),
  filledItself: (field: Part) =>
    t(`${field} 由驱动自己填写`, `the driver fills ${field} by itself`),

  unknownMember: () => t('没有这一项', 'is not known'),
  noB5Has: (base: Part, field: Part) =>
    t(`${base} 的 B5 没有 ${field}`, `no B5 of ${base} has ${field}`),
  leavesOut: (field: Part) => t(`少了 ${field}`, `leaves out ${field}`),
  frameTwice: (code: Part) => t(`${code} 写了两次`, `${code} is there twice`),
  baseHasNone: (base: Part) => t(`${base} 没有这种帧`, `${base} has none`),
  oneOf: (words: Part) => t(`只能是 ${words}`, `must be one of ${words}`),
  moneyMissing: (list: Part) =>
    t(`缺少:enums/${list} 有新的词`, `is missing: enums/${list} has new words`),
  markedTwice: () => t('标了两次', 'marked twice'),
  notCaptured: () => t('记录里没有这样的帧', 'no such frame in the capture'),
  takenCode: (code: Part, frame: Part) =>
    t(`${code} 已经是 ${frame}`, `${code} is ${frame} already`),
} as const satisfies Readonly<Record<string, (...args: Part[]) => BilingualText>>
