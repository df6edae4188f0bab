// The rows of a tariff file, version 2, one for each member: what may stand there, and what the list of changes calls it.
// Schema, types and list of changes are made of them. What they mean to the millisecond: docs/tariffs.md and ADR 142.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Member, Members } from '#base/pure/lot/member.ts'
import type { PlateColour } from '#base/pure/plates/plate-colours.ts'

export const dayWords = {
  workday: t('工作日', 'workdays'),
  weekend: t('周末', 'weekends'),
  holiday: t('节假日', 'holidays'),
}
export const colourWords: Readonly<Record<Exclude<PlateColour, 'unknown'>, BilingualText>> = {
  blue: t('蓝牌', 'blue plates'),
  yellow: t('黄牌', 'yellow plates'),
  black: t('黑牌', 'black plates'),
  white: t('白牌', 'white plates'),
  green: t('绿牌', 'green plates'),
  yellowGreen: t('黄绿牌', 'yellow-green plates'),
  blueWhite: t('蓝白牌', 'blue-white plates'),
}
/** From when on a car is charged that paid inside and did not leave in time. */
const overstayWords = {
  entry: t('从入场起重算,扣除已付', 'from the entry, less what was paid'),
  payment: t('从付费时起重新计费', 'anew from the payment'),
  grace: t('从宽限结束起重新计费', 'anew from the end of the grace'),
}

const optional = true
/** 10,000 yuan for one period or one day: more is a slip of the pen (yuan written as fen twice over). */
const fen = { kind: 'fen', min: 0, max: 1_000_000 } as const
const minutes = t('分钟', 'minutes')
/** A week. A longer period is a season ticket, which is a pass and not a tariff. */
const period = { kind: 'whole', min: 1, max: 10_080, unit: minutes } as const
const upToDay = { kind: 'whole', min: 0, max: 1_440, unit: minutes } as const
const inDays = { kind: 'whole', unit: t('天', 'days') } as const
const points = { kind: 'whole', min: 0, max: 1_000 } as const
const clockShape = '([01]\\d|2[0-3]):[0-5]\\d'
const clock = { kind: 'text', shape: new RegExp(`^${clockShape}$`) } as const
/** 24:00 is the end of a day. */
const clockTo = { kind: 'text', shape: new RegExp(`^(${clockShape}|24:00)$`) } as const
const name = { kind: 'text', trim: true, min: 1, max: 60 } as const
const nameRow = (words: BilingualText, inEnglish: BilingualText) =>
  ({
    kind: 'group',
    words,
    members: { zh: { ...name, words }, en: { ...name, words: inEnglish } },
  }) as const
/** One at least, each called as all of them are. */
const some = <const M extends Member>(of: M, max = 16) =>
  ({ kind: 'list', min: 1, max, words: of.words, of }) as const
const date = { kind: 'text', shape: /^\d{4}-\d{2}-\d{2}$/ } as const
const dates = { kind: 'list', max: 2_000 } as const
export const holidayRow = { ...date, words: t('节假日', 'Holiday') } as const
export const workdayRow = {
  ...date,
  words: t('调休上班日', 'Weekend on which people work'),
} as const
const dayList = {
  ...some({ kind: 'choice', of: dayWords, words: t('适用的日子', 'On') }, 3),
  optional,
  why: t('没有:每天', 'Absent: every day'),
} as const

/** All given members must match; an unknown property of a vehicle matches none. */
export const whenRow = {
  kind: 'group',
  optional,
  words: t('适用的车', 'For which vehicles'),
  members: {
    classes: {
      ...some({ kind: 'whole', min: 1, max: 99, words: t('适用车型', 'For vehicles of class') }),
      optional,
      why: t('电子标签里的车型', 'Vehicle class as in the OBU'),
    },
    colours: {
      ...some({ kind: 'choice', of: colourWords, words: t('适用车牌', 'For vehicles with') }),
      optional,
    },
    newEnergy: {
      kind: 'flag',
      optional,
      words: t('适用新能源车', 'For new energy vehicles'),
      why: t('绿牌或黄绿牌', 'A green or yellow-green plate'),
    },
    areas: { ...some({ ...name, max: 40, words: t('适用区域', 'For the area') }), optional },
  },
} as const

/** A part of the day, half open, at +08:00. */
export const bandRow = {
  kind: 'group',
  words: t('时段', 'Part of the day'),
  members: {
    name: {
      ...nameRow(
        t('时段名称', 'Name of the part of the day'),
        t('时段名称(英文)', 'Its name in English'),
      ),
      optional,
    },
    days: dayList,
    from: { ...clock, words: t('从', 'From') },
    to: {
      ...clockTo,
      words: t('到', 'To'),
      why: t('不晚于 from:过午夜', 'Not behind `from`: over midnight'),
    },
    /** Each is charged in full as soon as it has begun. */
    steps: {
      ...some(
        {
          kind: 'group',
          words: t('每个时段', 'Each period'),
          members: {
            min: { ...period, words: t('每个时段', 'Each period') },
            fen: { ...fen, words: t('每个时段收', 'Each period costs') },
            times: {
              kind: 'whole',
              min: 1,
              max: 10_000,
              optional,
              words: t('每个时段次数', 'Each period, how many'),
              why: t('最后一档没有', 'The last step has none'),
            },
          },
        },
        64,
      ),
      optional,
    },
    visitFen: {
      ...fen,
      optional,
      words: t('每次收', 'Costs each time'),
      why: t('每次进入这个时段收一次', 'Once for each time that a stay comes into the band'),
    },
    capFen: { ...fen, optional, words: t('这个时段最多', 'Most for one run of it') },
  },
} as const

/** One price for a whole stay that begins and ends in two windows: early bird, overnight. */
export const packageRow = {
  kind: 'group',
  words: t('早鸟和过夜', 'Early bird and overnight'),
  members: {
    name: nameRow(t('名称', 'Name'), t('名称(英文)', 'Name in English')),
    days: { ...dayList, why: t('入场那天', 'Of the day of the entry') },
    enterFrom: { ...clock, words: t('入场从', 'Entry from') },
    enterTo: { ...clockTo, words: t('入场到', 'Entry until') },
    leaveAfterDays: {
      ...inDays,
      min: 0,
      max: 7,
      words: t('离场在入场几天后', 'Leaves so many days after the entry'),
    },
    leaveFrom: { ...clock, words: t('离场从', 'Exit from') },
    leaveTo: { ...clockTo, words: t('离场到', 'Exit until') },
    fen: { ...fen, words: t('一次收', 'Costs in all') },
  },
} as const

export const planRow = {
  kind: 'group',
  words: t('方案', 'Plan'),
  members: {
    when: whenRow,
    freeMin: {
      ...upToDay,
      words: t('免费时长', 'Free'),
      why: t('不超过这个时长的停车免费', 'A stay of this length or less is free'),
    },
    freeMinutesCounted: {
      kind: 'flag',
      words: t('超过免费时长后从入场起计费', 'Charged from the entry when over it'),
    },
    stepsRestart: {
      kind: 'choice',
      of: {
        never: t('不重新计算', 'never'),
        day: t('每天', 'each day'),
        run: t('每次进入时段', 'each run'),
        '24h': t('入场后每 24 小时', 'each 24 h from the entry'),
      },
      words: t('时段何时重新计算', 'When its periods begin anew'),
      why: t('24h:每 24 小时算一次停车', '24h: each 24 h are a stay of their own'),
    },
    freeEach24h: {
      kind: 'flag',
      optional,
      words: t('每 24 小时都有免费时长', 'Free minutes in each 24 h'),
    },
    tailMin: {
      ...upToDay,
      optional,
      words: t('最后不计的时长', 'Not counted at the end'),
      why: t(
        '离场前不超过这个时长才开始的时段不收,第一个总是收',
        'What begins no more than this before the exit is not charged; the first period always is',
      ),
    },
    wholePeriods: {
      kind: 'flag',
      optional,
      words: t('不满一个时段不收费', 'Only whole periods are charged'),
      why: t(
        '离场时还没停满的那个时段不收,首段也一样;没有:一开始就收',
        'A period that the exit cuts is not charged, nor is a first one; absent: charged once it has begun',
      ),
    },
    periodsEndWithBand: {
      kind: 'flag',
      optional,
      words: t('跨时段分开计', 'Periods end with their band'),
      why: t(
        '时段到点就结束,下一个时段从那里重新计;没有:跨过去的时段按开始时的价',
        'A period ends where its band does, and the next band begins its own; absent: it goes on across',
      ),
    },
    dayVisits: {
      kind: 'group',
      optional,
      words: t('同一天多次停车', 'Several stays of one day'),
      why: t(
        '同一车牌当天已离场的各次;没有:每次单独计',
        'Those of the same plate that ended before; absent: each stay by itself',
      ),
      members: {
        free: {
          kind: 'choice',
          of: {
            each: t('每次都有', 'for each stay'),
            shared: t('当天各次合计', 'for all stays of the day together'),
            once: t('只给当天第一次', 'for the first stay of the day'),
          },
          words: t('当天的免费时长', 'Free time of a day'),
        },
        capTogether: {
          kind: 'flag',
          words: t('每天最多按当天各次合计', 'The most of a day holds for all its stays together'),
        },
      },
    },
    first: {
      kind: 'group',
      optional,
      words: t('首段(不分时段)', 'First period in any band'),
      why: t(
        '在各档之前收一次,每次重新计算时也收',
        'A flat in front of the steps, whatever band it begins in: once, and whenever steps begin anew',
      ),
      members: {
        min: { ...period, words: t('首段时长(不分时段)', 'First period in any band') },
        fen: { ...fen, words: t('首段收(不分时段)', 'First period in any band costs') },
      },
    },
    /** Together they cover each minute of each kind of day exactly once. */
    bands: some(bandRow, 24),
    caps: {
      kind: 'group',
      words: t('封顶', 'Caps'),
      members: {
        stayFen: { ...fen, optional, words: t('每次停车最多', 'Most for a stay') },
        dayFen: { ...fen, optional, words: t('每天最多(0 点起)', 'Most a day, from midnight') },
        day24hFen: {
          ...fen,
          optional,
          words: t('每 24 小时最多', 'Most in 24 h'),
          why: t('从入场起', 'Blocks of 24 h from the entry'),
        },
        later24hFen: {
          ...some({ ...fen, words: t('以后的 24 小时最多', 'Most in a later 24 h') }, 31),
          optional,
          why: t(
            '第二个、第三个……;最后一个是以后所有的',
            'Of the second block, the third ...; the last of all further ones',
          ),
        },
      },
    },
    packages: { kind: 'list', max: 16, optional, words: packageRow.words, of: packageRow },
  },
} as const

export const editionRow = {
  kind: 'group',
  words: t('版本', 'Edition'),
  members: {
    validFrom: {
      kind: 'text',
      optional,
      words: t('生效时间', 'Valid from'),
      why: t('带时区的时间;第一个没有', 'ISO 8601 with offset; the first has none'),
    },
    graceAfterPayMin: {
      ...upToDay,
      words: t('场内付费后离场', 'To leave after paying inside'),
      why: t('之后的时间另外收', 'Afterwards the stay is priced anew'),
    },
    overstay: {
      kind: 'choice',
      optional,
      of: overstayWords,
      words: t('付费后超时未离场', 'Overstay after paying inside'),
      why: t(
        '从付费或宽限结束起算的,当作新的一次停车,没有免费时长',
        'From the payment or the end of the grace: charged as a new stay without free time',
      ),
    },
    noEntryFen: {
      ...fen,
      optional,
      words: t('找不到入场记录的车扫码付', 'A car without an entry record pays by code'),
      why: t('不填就由值班员处理', 'If empty, the attendant handles it'),
    },
    points: {
      kind: 'group',
      optional,
      words: t('积分', 'Points'),
      why: t('积分会员得到的', 'What members of the kind `points` earn'),
      members: {
        perYuan: { ...points, words: t('每付 1 元得积分', 'Points for each yuan') },
        perVisit: { ...points, words: t('每次停车得积分', 'Points for each stay') },
        validDays: {
          ...inDays,
          min: 1,
          max: 366,
          words: t('积分有效', 'Points are valid for'),
          why: t('从得到的次日起', 'After the day on which they were earned'),
        },
        fenPerPoint: {
          kind: 'fen',
          min: 1,
          max: 10_000,
          words: t('1 个积分抵', 'One point takes off'),
        },
        stayFenMax: { ...fen, words: t('一次停车积分最多抵', 'Most that points take off') },
      },
    },
    plans: some(planRow, 32),
  },
} as const

const format = t('收费标准 编号和格式', 'Tariff, number and format')
/** In the order in which a file is judged. */
export const tariffMembers = {
  id: { kind: 'text', shape: /^[a-z0-9][a-z0-9-]{0,39}$/, words: format },
  version: { kind: 'only', is: 2, words: format },
  name: nameRow(
    t('收费标准名称', 'Name of the tariff'),
    t('收费标准名称(英文)', 'Name of the tariff in English'),
  ),
  /** One that is filed with the issuer charges nothing (000 clause 8.7). */
  use: {
    kind: 'choice',
    of: {
      commercial: t('收费', 'it charges'),
      nonCommercial: t('不收费(备案)', 'nothing is charged (on record)'),
    },
    words: t('是否收费', 'Whether it charges'),
  },
  decidedBy: {
    kind: 'choice',
    of: { entry: t('入场', 'entry'), exit: t('出场', 'exit') },
    words: t('哪个时刻决定收费标准', 'Which time decides the tariff'),
  },
  /** Dates that are not what their weekday says. */
  days: {
    kind: 'group',
    words: t('日历', 'Calendar'),
    members: {
      holidays: { ...dates, words: holidayRow.words, of: holidayRow },
      workdays: { ...dates, words: workdayRow.words, of: workdayRow },
    },
  },
  editions: { kind: 'list', max: 32, words: editionRow.words, of: editionRow },
} as const satisfies Members
