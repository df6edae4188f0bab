// The fault that must turn an item red on a simulated lot, as data beside the item: the commands to the platform
// simulator (contract.md section 6), what has to happen then, and which assertion has to fail. A pass that could not
// have failed proves nothing.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PlatformName } from '#ledger/pure/facts.ts'

/** A call of the administration interface of a simulator. */
export interface AdminCall {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** How long a drive takes: until the fault has shown, and until the item passes without it. */
export interface DriveTime {
  /** Time alone: it begins at this minute of the day, or of each hour, and not before. */
  readonly at?: { readonly fromMin: number; readonly everyMin: 60 | 1440 }
  readonly redMin: number
  readonly greenMin: number
}

interface DriveRow {
  readonly of: 'person' | 'platform' | 'time'
  readonly words: BilingualText
  readonly takes: DriveTime
}

/** One car of the demo or of one person at one lane. */
const oneCar: DriveTime = { redMin: 2, greenMin: 2 }

/**
 * What a run waits for, who does it (a person, the platform, or time alone), and how long that takes: cars as measured
 * in the demo, rounded up; time by the schedule of the lanes.
 */
export const drives = {
  car: {
    of: 'person',
    words: t('一辆车入场,按 ETC 缴费后离场', 'a car comes in, pays by ETC and leaves'),
    takes: oneCar,
  },
  refusedCar: {
    of: 'person',
    words: t(
      '一辆车按 ETC 缴费离场,另一辆被平台拒绝后以其他方式缴费',
      'a car pays by ETC and leaves; another is refused by the platform and pays by other means',
    ),
    takes: { redMin: 4, greenMin: 4 },
  },
  exceptions: {
    of: 'person',
    words: t(
      '没有 OBU 的车和被拒绝的车都以其他方式缴费离场',
      'a car without an OBU and a refused car pay by other means and leave',
    ),
    takes: { redMin: 5, greenMin: 5 },
  },
  lostAnswer: {
    of: 'person',
    words: t(
      '一次扣款的答复丢失,车道查询结果',
      'the answer to a charge is lost, and the lane queries the result',
    ),
    takes: oneCar,
  },
  listedCar: {
    of: 'person',
    words: t('一张在状态名单上的卡到出口', 'a card on the status list comes to the exit'),
    takes: oneCar,
  },
  refund: {
    of: 'person',
    words: t('一笔扣款由两人退款', 'two people refund a charge'),
    takes: { redMin: 5, greenMin: 5 },
  },
  drawer: {
    of: 'person',
    words: t('清点钱箱并交班', 'the cash drawer is counted and the shift is handed over'),
    takes: { redMin: 3, greenMin: 3 },
  },
  signIn: {
    of: 'time',
    words: t(
      '每日三点到五点的签到,之后一辆车离场',
      'the daily sign-in between 3:00 and 5:00, and then a car that leaves',
    ),
    // A lane signs in at its own minute between three and five, and five minutes after a refusal.
    takes: { at: { fromMin: 180, everyMin: 1440 }, redMin: 120, greenMin: 7 },
  },
  nothing: {
    of: 'platform',
    words: t('平台查自己的账簿', 'the platform looks at its own books'),
    takes: { redMin: 1, greenMin: 1 },
  },
  heartbeat: {
    of: 'time',
    words: t('下一次心跳', 'the next heartbeat'),
    // One each minute.
    takes: { redMin: 2, greenMin: 2 },
  },
  samples: {
    of: 'time',
    words: t('规则包要求的样本数', 'as many samples as the rule pack requires'),
    // Each answer comes fifteen seconds late.
    takes: { redMin: 60, greenMin: 60 },
  },
  download: {
    of: 'time',
    words: t('下一次下载', 'the next download'),
    // Every ten minutes.
    takes: { redMin: 11, greenMin: 11 },
  },
  hour: {
    of: 'time',
    words: t('这一小时结束', 'the end of the hour'),
    // The batch follows the full hour; without the fault that of the next hour counts.
    takes: { at: { fromMin: 0, everyMin: 60 }, redMin: 5, greenMin: 60 },
  },
  morning: {
    of: 'time',
    words: t('次日账单时间', 'the bill time on the next day'),
    // Bills are fetched at 10:30, and each half hour after a failure.
    takes: { at: { fromMin: 630, everyMin: 1440 }, redMin: 5, greenMin: 35 },
  },
} as const satisfies Record<string, DriveRow>
export type Drive = keyof typeof drives

export interface Plant {
  readonly at: PlatformName
  readonly say: AdminCall
  readonly unsay: AdminCall
  /** The fault changes only data that exists when it is planted, so it is planted again at each look. */
  readonly isRepeated?: true
  readonly drive: Drive
  /** The assertion that has to fail because of the fault. */
  readonly turns: string
  /**
   * A pass needs more cars than one drive brings: without the fault it is enough that evidence exists and no assertion
   * fails.
   */
  readonly isPart?: true
}

export type Planting = Plant | { readonly why: BilingualText }
export const isPlant = (one: Planting): one is Plant => 'turns' in one

type PlantOf = Pick<Plant, 'at' | 'drive' | 'turns'> & Partial<Pick<Plant, 'isPart'>>

/** Answers each request to this interface with `status`, before the platform sees the request. */
export const answeredWith = (place: string, status: number, of: PlantOf): Plant => ({
  ...of,
  say: {
    method: 'POST',
    path: '/faults',
    body: { at: place, when: 'before', do: 'status', status, times: 0 },
  },
  unsay: { method: 'DELETE', path: '/faults' },
})

const lateMs = 15_000

/** The platform does what was requested, and answers later than the lot waits. */
export const answeredLate = (place: string): Plant => ({
  at: 'platform',
  drive: 'samples',
  turns: 'slow',
  isPart: true,
  say: {
    method: 'POST',
    path: '/faults',
    body: { at: place, when: 'after', do: 'delay', ms: lateMs, times: 0 },
  },
  unsay: { method: 'DELETE', path: '/faults' },
})

/** The platform refuses every record of a kind: no value matches the shape that it demands. */
export const notTaken = (kind: string, member: string, of: Omit<PlantOf, 'turns'>): Plant => ({
  ...of,
  turns: 'refused',
  say: { method: 'POST', path: '/policy', body: { shapes: [{ kind, member, shape: '^$' }] } },
  unsay: { method: 'POST', path: '/policy', body: { shapes: [] } },
})

/** Corrupts entries that exist in the platform's books. */
export const spoilt = (
  what: 'charges' | 'refunds' | 'bookings' | 'contracts',
  of: Omit<PlantOf, 'at'>,
): Plant => ({
  ...of,
  at: 'platform',
  say: { method: 'POST', path: '/spoilt', body: { what } },
  unsay: { method: 'DELETE', path: '/spoilt' },
  isRepeated: true,
})
