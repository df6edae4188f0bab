// The fault that turns an item red at a simulated lot, as data beside the item: what the simulator of a platform is told
// (contract.md section 6), what has to happen then, and which assertion has to fail. A pass that could not have failed shows nothing.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { PlatformName } from './facts.ts'

/** Of the administration side of a simulator. */
export interface AdminCall {
  readonly method: 'POST' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** What a run waits for, and of whom. */
export const drives = {
  car: {
    of: 'person',
    words: t('一辆车入场,按 ETC 缴费后离场', 'a car comes in, pays by ETC and leaves'),
  },
  refusedCar: {
    of: 'person',
    words: t(
      '一辆车按 ETC 缴费离场,另一辆被平台拒绝后以其他方式缴费',
      'a car pays by ETC and leaves, another is refused by the platform and pays otherwise',
    ),
  },
  exceptions: {
    of: 'person',
    words: t(
      '没有 OBU 的车和被拒绝的车都以其他方式缴费离场',
      'a car without an OBU and one that is refused pay otherwise and leave',
    ),
  },
  lostAnswer: {
    of: 'person',
    words: t(
      '一次扣款的答复丢失,车道查询结果',
      'an answer to a charge is lost, and the lane asks for the result',
    ),
  },
  listedCar: {
    of: 'person',
    words: t('一张在状态名单上的卡到出口', 'a card of the status list comes to the exit'),
  },
  refund: { of: 'person', words: t('一笔扣款由两人退款', 'a charge is given back, by two people') },
  drawer: { of: 'person', words: t('清点钱箱并交班', 'a drawer is counted and handed over') },
  signIn: {
    of: 'time',
    words: t(
      '每日三点到五点的签到,之后一辆车离场',
      'the sign-in of each day between three and five, and a car that leaves behind it',
    ),
  },
  nothing: { of: 'platform', words: t('平台查自己的账簿', 'the platform looks at its own books') },
  heartbeat: { of: 'time', words: t('下一次心跳', 'the next heartbeat') },
  samples: { of: 'time', words: t('规则包要求的样本数', 'as many samples as the pack asks for') },
  download: { of: 'time', words: t('下一次下载', 'the next download') },
  hour: { of: 'time', words: t('这一小时结束', 'the end of the hour') },
  morning: { of: 'time', words: t('次日账单时间', 'the time of the bill on the next day') },
} as const satisfies Record<
  string,
  { readonly of: 'person' | 'platform' | 'time'; readonly words: BilingualText }
>
export type Drive = keyof typeof drives

export interface Plant {
  readonly at: PlatformName
  readonly say: AdminCall
  readonly unsay: AdminCall
  /** It spoils what there is when it is said: said again at each look. */
  readonly isRepeated?: true
  readonly drive: Drive
  /** The assertion that has to fail of it. */
  readonly turns: string
  /** One drive is less than a pass asks for: without the fault it is seen, and nothing of it is wrong. */
  readonly isPart?: true
}

export type Planting = Plant | { readonly why: BilingualText }
export const isPlant = (one: Planting): one is Plant => 'turns' in one

type PlantOf = Pick<Plant, 'at' | 'drive' | 'turns'> & Partial<Pick<Plant, 'isPart'>>

/** Each request to a place is answered so, by who stands in front of the platform. */
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

/** It does what it is asked for, and says so later than whoever asked waits for. */
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

/** The platform takes no record of a kind: no value has the shape that it asks for. */
export const notTaken = (kind: string, member: string, of: Omit<PlantOf, 'turns'>): Plant => ({
  ...of,
  turns: 'refused',
  say: { method: 'POST', path: '/policy', body: { shapes: [{ kind, member, shape: '^$' }] } },
  unsay: { method: 'POST', path: '/policy', body: { shapes: [] } },
})

/** The platform's books are wrong in what they have. */
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
