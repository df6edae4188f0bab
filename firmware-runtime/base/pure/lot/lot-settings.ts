// What a person may set on a lot by one value each: a row says its place in lot.json, its bounds, its standard and its words.
// Schema, types, draft, forms, list of changes and the table of docs/lot-file.md are made of these rows.
import { aloneFenStandard } from '../values/alone.ts'
import { t, type BilingualText } from '../words/fault-text.ts'
import { fenMax } from '../values/fen.ts'
import { memberText, type Filed, type Setting, type ValueOf } from './member.ts'
import { standardMatch } from '../plates/plate-match.ts'

/** Form group of the setting; `none`: it has a form of its own, or is in the file only. */
export type SettingGroup = 'large' | 'offline' | 'rules' | 'photos' | 'none'

type SettingRow = Setting & {
  readonly group: SettingGroup
  /** Default value; null: no limit. */
  readonly standard: boolean | number | null
}

const minutes = t('分钟', 'minutes')
const days = t('天', 'days')
const seconds = t('秒', 's')
const points = t('分', 'points')

/** By the path of its member in lot.json, whose two names a point joins. */
export const lotSettings = {
  plateTolerance: {
    kind: 'whole',
    min: 0,
    max: 1,
    standard: 1,
    group: 'rules',
    words: t('标签车牌允许不同的字数', 'OBU plate may differ in characters'),
    why: t(
      'OBU 的车牌和相机读到的车牌之间;颜色都知道时必须相同',
      "Compares the OBU's plate with the plate read by the camera; if both colours are known, they must match",
    ),
  },
  largeAmountFen: {
    kind: 'fen',
    min: 0,
    max: fenMax,
    standard: 10_000,
    group: 'large',
    words: t('超过这个金额由人处理', 'A person decides above this amount'),
    why: t(
      '车在出口等待值班员:核对照片、入场时间和明细后放给 ETC 扣,或纠正车牌,或改人工收费',
      'The car waits for the attendant, who checks photos, entry and price lines, then lets ETC charge, corrects the plate or takes another payment',
    ),
  },
  largeFourEyes: {
    kind: 'flag',
    standard: false,
    optional: true,
    group: 'large',
    words: t('大额由两人核对', 'Two people check large amounts'),
    why: t(
      '放行、纠正车牌、免收都要两个人,各用自己的密码;只有一个人时不能办(PEOPLE-17)',
      'Releasing it, correcting its plate or waiving it takes two people, each with a password; one person alone is refused (PEOPLE-17)',
    ),
  },
  largeByCode: {
    kind: 'flag',
    standard: false,
    optional: true,
    group: 'large',
    words: t(
      '大额无人处理时车主可扫码支付',
      'Driver may pay a large amount by code if no one comes',
    ),
    why: t(
      '等待一分钟仍无人处理之后。关闭时车辆一直等人处理(5.2.1 d)。',
      'After waiting one minute with no one attending. Off: the car waits for a person (5.2.1 d).',
    ),
  },
  aloneFenMax: {
    kind: 'fen',
    min: 0,
    max: fenMax,
    standard: aloneFenStandard,
    optional: true,
    group: 'rules',
    words: t('一个人能退或免的最多', 'Most one person can refund or waive'),
    why: t(
      '没有第二个人可以同意时才用,事后由别人复核',
      'Only if there is no second person to approve; another person checks it later',
    ),
  },
  configTellMin: {
    kind: 'whole',
    min: 0,
    max: 1440,
    standard: 60,
    unit: minutes,
    optional: true,
    group: 'rules',
    words: t('平台的变更提前告知', 'Notice of a platform change'),
    why: t(
      'ETC 运营商的新配置、当班班次的变更先告知值班的人,到时或有人确认后采用;0:马上采用',
      'A new ETC operator configuration or a change of the running shift is announced first and applies when the time is up or someone confirms. 0: at once',
    ),
  },
  'plateMatch.scoreMin': {
    kind: 'whole',
    min: 70,
    max: 100,
    standard: standardMatch.scoreMin,
    unit: points,
    optional: true,
    group: 'rules',
    words: t('自动纠正车牌的最低分', 'Minimum score to correct a plate'),
    why: t(
      '读错的车牌和场内的车相比,达到这个分数才自动纠正;100 分:从不自动纠正',
      'A misread plate is corrected to a car inside only from this score on; 100: never automatically',
    ),
  },
  'plateMatch.marginMin': {
    kind: 'whole',
    min: 5,
    max: 100,
    standard: standardMatch.marginMin,
    unit: points,
    optional: true,
    group: 'rules',
    words: t('领先第二名的最少分', 'Minimum lead over the second car'),
    why: t('两辆车都像时由人看照片选', 'If two cars are similar, a person chooses by photo'),
  },
  'upkeep.stayDays': {
    kind: 'whole',
    min: 1,
    max: 365,
    standard: 3,
    unit: days,
    optional: true,
    group: 'rules',
    words: t('停车多久后要人核对', 'A person checks stays after'),
    why: t(
      '没有离场记录的停车:车牌没读到,或用别的车牌离开了',
      'Stays with no exit record: the plate was not read, or the car left under another plate',
    ),
  },
  'upkeep.spaceHours': {
    kind: 'whole',
    min: 1,
    max: 720,
    standard: null,
    unit: t('小时', 'hours'),
    optional: true,
    group: 'rules',
    words: t('泊位最长停放', 'Longest stay in a space'),
    why: t(
      '路边泊位按告示牌填写,停得更久的车列入待办;留空:不限时',
      'As the sign of the street says; a car that stands longer is a matter of the inbox. Empty: no limit',
    ),
  },
  'safety.holdSec': {
    kind: 'whole',
    min: 5,
    max: 3600,
    standard: 600,
    unit: seconds,
    optional: true,
    group: 'rules',
    words: t('接管设备最久', 'Longest takeover of a device'),
  },
  'safety.testSec': {
    kind: 'whole',
    min: 1,
    max: 60,
    standard: null,
    unit: seconds,
    optional: true,
    group: 'rules',
    words: t('测试设备最久', 'Longest test of a device'),
    why: t('留空:每种测试有自己的时限', 'Empty: each kind of test has its own limit'),
  },
  'caps.perChargeFen': {
    kind: 'fen',
    min: 0,
    max: fenMax,
    standard: 5_000,
    group: 'none',
    words: t('断网限额 每笔', 'Offline cap per charge'),
  },
  'caps.totalFen': {
    kind: 'fen',
    min: 0,
    max: fenMax,
    standard: 200_000,
    group: 'none',
    words: t('断网限额 合计', 'Offline cap in total'),
  },
  'caps.count': {
    kind: 'whole',
    min: 0,
    max: 100_000,
    standard: 500,
    unit: t('辆', 'cars'),
    group: 'none',
    words: t('断网限额 车数', 'Offline cap, cars'),
  },
  'caps.oldestMin': {
    kind: 'whole',
    min: 0,
    max: 44_640,
    standard: 4_320,
    unit: minutes,
    group: 'none',
    words: t('断网限额 最长', 'Offline cap, duration'),
  },
  'caps.blacklistAgeMin': {
    kind: 'whole',
    min: 0,
    /** P18: no debit by a lane on a list of more than a day. */
    max: 1_440,
    standard: 1_440,
    unit: minutes,
    group: 'offline',
    words: t('名单最旧', 'Oldest status list'),
    why: t('名单更旧时车道不扣卡', 'With an older list, lanes do not debit cards'),
  },
  'caps.signInAgeMin': {
    kind: 'whole',
    min: 0,
    max: 44_640,
    standard: 240,
    unit: minutes,
    group: 'offline',
    words: t('签到最旧', 'Oldest sign-in'),
    why: t('PSAM 签到更旧时车道不扣卡', 'With an older PSAM sign-in, lanes do not debit cards'),
  },
  'caps.perCardFen': {
    kind: 'fen',
    min: 0,
    max: fenMax,
    standard: 10_000,
    group: 'offline',
    words: t('断网限额 每张卡', 'Offline cap per card'),
  },
  'upkeep.photoDays': {
    kind: 'whole',
    /** However full the disk: the last week of photos is what a complaint is about. */
    min: 7,
    max: 3_650,
    standard: 365,
    unit: days,
    optional: true,
    group: 'photos',
    words: t('照片保存', 'Photos are kept'),
  },
  'upkeep.photoGb': {
    kind: 'whole',
    min: 1,
    max: 100_000,
    standard: null,
    unit: t('GB', 'GB'),
    optional: true,
    group: 'photos',
    words: t('照片最多占用', 'Photos may take'),
    why: t(
      '留空:只看天数。填了以后,照片快到这个容量时会提醒;满了先清除最旧的,最近 7 天的不动',
      'Empty: only days count. If set, you are warned when photos come near it; when full, the oldest are deleted first, never those of the last 7 days',
    ),
  },
  'upkeep.backupsKept': {
    kind: 'whole',
    min: 1,
    max: 366,
    standard: 7,
    unit: t('份', 'backups'),
    optional: true,
    group: 'photos',
    words: t('备份保留', 'Backups kept'),
  },
  'upkeep.backupHour': {
    kind: 'whole',
    min: 0,
    max: 23,
    standard: 3,
    unit: t('点', "o'clock"),
    optional: true,
    group: 'photos',
    words: t('每天备份的钟点', 'Hour of the daily backup'),
  },
  'upkeep.diskWarnMb': {
    kind: 'whole',
    min: 100,
    max: 10_000_000,
    standard: 2_048,
    unit: t('MB', 'MB'),
    optional: true,
    group: 'photos',
    words: t('磁盘余量少于时提醒', 'Warn if free disk is below'),
  },
} as const satisfies Readonly<Record<string, SettingRow>>

type Rows = typeof lotSettings
export type SettingName = keyof Rows
export const settingNames = Object.keys(lotSettings) as readonly SettingName[]
export const settingRow = (name: SettingName): SettingRow => lotSettings[name]

type NullOf<N extends SettingName> = Rows[N]['standard'] extends null ? null : never
/** Settings of one object of lot.json, by member name. */
type Under<P extends string> = {
  readonly [N in SettingName as N extends `${P}.${infer M}` ? M : never]: N
}
type RowsUnder<P extends string> = {
  readonly [M in keyof Under<P>]: Rows[Under<P>[M] & SettingName]
}

/** Values of one object of lot.json, as they hold: the standard where the file says nothing. */
export type SettingsUnder<P extends string> = {
  readonly [M in keyof Under<P>]:
    | ValueOf<Rows[Under<P>[M] & SettingName]>
    | NullOf<Under<P>[M] & SettingName>
}
/** The same as the file has them. */
type FiledUnder<P extends string> = Filed<RowsUnder<P>>

/** Rows of one object of lot.json. */
export const rowsUnder = <P extends string>(parent: P): RowsUnder<P> =>
  Object.fromEntries(
    settingNames
      .filter((name) => name.startsWith(`${parent}.`))
      .map((name) => [name.slice(parent.length + 1), lotSettings[name]]),
  ) as RowsUnder<P>

/** Rows of members of lot.json itself. */
export const rowsOfLot = Object.fromEntries(
  settingNames.filter((name) => !name.includes('.')).map((name) => [name, lotSettings[name]]),
) as { readonly [N in SettingName as N extends `${string}.${string}` ? never : N]: Rows[N] }

/** Answers by name; null: the default. */
export type SettingAnswers = Readonly<{
  [N in SettingName]?: ValueOf<Rows[N]> | null | undefined
}>

export const settingPath = (name: SettingName): readonly string[] => name.split('.')

const memberOf = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined

/** As a lot file has it; undefined: it says nothing. */
export const filedSetting = (lot: object, name: SettingName): unknown =>
  settingPath(name).reduce(memberOf, lot as unknown)

/** Standards of one object of lot.json. */
export const standardsUnder = <P extends string>(parent: P): SettingsUnder<P> =>
  Object.fromEntries(
    Object.entries<SettingRow>(rowsUnder(parent)).map(([member, row]) => [member, row.standard]),
  ) as SettingsUnder<P>

/** One object of lot.json as it holds. */
export const heldUnder = <P extends string>(
  parent: P,
  filed: FiledUnder<P> | undefined,
): SettingsUnder<P> => {
  const given = Object.entries(filed ?? {}).filter(([, value]) => value !== undefined)
  return { ...standardsUnder(parent), ...Object.fromEntries(given) }
}

/** One value in words; of money in yuan. */
export const settingText = (name: SettingName, value: unknown): BilingualText =>
  memberText(settingRow(name), value)
