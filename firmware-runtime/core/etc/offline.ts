// When a card-side debit is allowed: sign-in, and the caps that bound offline money (design.md 4.7).
// Pure: a reason word when it is not, null when it is.
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import { isTestOrder } from '../values/test-order.ts'
import type { LotConfig } from '../lot/config.ts'
import type { LotState } from '../lot/lot.ts'
import type { OutboxRecord, QueueState } from '../queue/queue.ts'
import { unknownCardFen } from './open-charges.ts'

/** A deduction's id begins with its order's. */
const orderOf = ({ deductionId }: OutboxRecord): string => deductionId?.split('.', 1)[0] ?? ''

/**
 * Offline money at risk: charges that the platform has not confirmed yet, and card-side charges of
 * which nobody knows whether they were paid.
 */
export function exposureFen(queue: QueueState, lot: LotState): Fen {
  let sum = unknownCardFen(lot)
  for (const r of queue.records.values())
    if ((r.op === 'charge' || r.op === 'exitUpload') && !isTestOrder(orderOf(r))) sum += r.amountFen
  return sum
}

export interface CardDebitQuestion {
  readonly nowMs: InstantMs
  readonly amountFen: Fen
  readonly cardNo: string
  readonly platformUp: boolean
  readonly signInUntilMs: InstantMs | null
  /** Age of the status list; null where there is none. */
  readonly listAsOfMs: InstantMs | null
}

/** No card-side debit on an old list (P18), nor, on a live site, on none at all. */
function statusListBar(config: LotConfig, { nowMs, listAsOfMs }: CardDebitQuestion): string | null {
  if (listAsOfMs === null) return config.mode === 'production' ? 'noStatusList' : null
  return nowMs - listAsOfMs > config.caps.blacklistAgeMin * 60_000 ? 'listTooOld' : null
}

/** What a person reads of a bar. A limit of offline money is only named where one was reached. */
const barReasons = {
  notSignedIn: 'notSignedIn',
  signInExpired: 'signInExpired',
  noStatusList: 'statusList',
  listTooOld: 'listTooOld',
  platformDown: 'platformDown',
} as const
export type BarReason = (typeof barReasons)[keyof typeof barReasons] | 'offlineCaps'

export const barReason = (bar: string): BarReason =>
  Object.hasOwn(barReasons, bar) ? barReasons[bar as keyof typeof barReasons] : 'offlineCaps'

/** Limits of D.2 rule 11 and the lot's caps. */
export function cardDebitBar(
  config: LotConfig,
  { queue, lot }: { readonly queue: QueueState; readonly lot: LotState },
  question: CardDebitQuestion,
): string | null {
  if (config.platform === null) return null
  const { nowMs, amountFen, cardNo, platformUp, signInUntilMs } = question
  const { caps } = config
  if (signInUntilMs === null) return 'notSignedIn'
  if (nowMs > signInUntilMs + caps.signInAgeMin * 60_000) return 'signInExpired'
  const listBar = statusListBar(config, question)
  if (listBar !== null) return listBar
  if (platformUp) return null
  if (config.offline !== 'accept-within-caps') return 'platformDown'
  if (amountFen > caps.perChargeFen) return 'offlineAmount'
  if (exposureFen(queue, lot) + amountFen > caps.totalFen) return 'offlineTotal'
  let count = 0
  let oldestMs = nowMs
  let ofCardFen = amountFen
  for (const r of queue.records.values()) {
    if (r.op !== 'exitUpload') continue
    count++
    if (r.cardNo === cardNo) ofCardFen += r.amountFen
    if (r.atMs < oldestMs) oldestMs = r.atMs
  }
  if (ofCardFen > caps.perCardFen) return 'offlineCard'
  if (count >= caps.count) return 'offlineCount'
  if (nowMs - oldestMs > caps.oldestMin * 60_000) return 'offlineOldest'
  return null
}
