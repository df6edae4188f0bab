// When a card-side debit is allowed: destination, PSAM, status list, and the caps of offline money (4.7, 4.12).
// Pure: a reason word when it is not, null when it is.
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { isAtRisk } from '#ledger/pure/queue/records.ts'
import { psamBar, type ReportedPsam } from '#base/pure/data/credentials.ts'
import { unknownCardFen } from './open-charges.ts'

/**
 * Money at risk: charges that the platform has not confirmed, those it set aside, those that cannot be
 * uploaded, and card-side charges with an unknown outcome.
 */
export function exposureFen(queue: QueueState, lot: LotState): Fen {
  let sum = unknownCardFen(lot)
  for (const { amountFen } of lot.notUploaded.values()) sum += amountFen
  for (const record of queue.aside.values()) if (isAtRisk(record)) sum += record.amountFen
  return sum + queue.records.atRiskFen
}

interface CardDebitQuestion {
  readonly nowMs: InstantMs
  readonly laneId: string
  readonly amountFen: Fen
  readonly cardNo: string
  readonly platformUp: boolean
  /** The PSAMs that the lane's antenna reported. */
  readonly psams: readonly ReportedPsam[]
  /** Time that the status list is valid as of; null: no list. */
  readonly listAsOfMs: InstantMs | null
}

interface QueueAndLot {
  readonly queue: QueueState
  readonly lot: LotState
}

/** Reason words that are shown for a refusal. A limit of offline money is named only where it was reached. */
const barReasons = {
  noDestination: 'noDestination',
  psamNotAuthorised: 'psamNotAuthorised',
  psamNotStated: 'psamNotStated',
  notSignedIn: 'notSignedIn',
  signInExpired: 'signInExpired',
  noStatusList: 'statusList',
  listTooOld: 'listTooOld',
  platformDown: 'platformDown',
} as const
type BarReason = (typeof barReasons)[keyof typeof barReasons] | 'offlineCaps'

export const barReason = (bar: string): BarReason =>
  Object.hasOwn(barReasons, bar) ? barReasons[bar as keyof typeof barReasons] : 'offlineCaps'

/** Exception type of P14: 12 is a PSAM that may not debit, 19 a list that is too old. */
export function barType(bar: string): ExceptionWord {
  const reason = barReason(bar)
  const ofPsam = ['notSignedIn', 'signInExpired', 'psamNotAuthorised', 'psamNotStated']
  if (ofPsam.includes(reason)) return 'psamFault'
  return reason === 'statusList' || reason === 'listTooOld' ? 'listTooOld' : 'other'
}

/** True for a reason word that only this file produces: the check can be repeated to see whether it still applies. */
export const isBarReason = (reason: string): boolean =>
  reason === 'offlineCaps' ||
  Object.values<string>(barReasons).some((one) => one === reason && one !== 'platformDown')

/**
 * When debits of this PSAM stop; null: never signed in. An authorisation of the card ends when it says (P11); a
 * sign-in alone may be stretched by the lot's own cap.
 */
export function signInEndMs(
  { caps }: LotConfig,
  lot: Pick<LotState, 'signIns' | 'authorisedPsams'>,
  terminal: string,
): InstantMs | null {
  const untilMs = lot.signIns.get(terminal)
  if (untilMs === undefined) return null
  return lot.authorisedPsams.has(terminal) ? untilMs : untilMs + caps.signInAgeMin * 60_000
}

/** A lot that has joined a platform signs in each PSAM every day (P11). */
function signInBar(config: LotConfig, lot: LotState, question: CardDebitQuestion): string | null {
  const ends = question.psams.map(({ terminal }) => signInEndMs(config, lot, terminal))
  if (ends.includes(null)) return 'notSignedIn'
  return ends.some((endMs) => question.nowMs > (endMs ?? 0)) ? 'signInExpired' : null
}

/** Checks the authorisation of the PSAMs as their frames, the lot file or the platform's sign-in state it. */
function authorisationBar(
  config: LotConfig,
  lot: LotState,
  question: CardDebitQuestion,
): string | null {
  const named = config.lanes.find(({ id }) => id === question.laneId)?.psams ?? []
  const joined = joinedPlatform(config) !== null
  // In a joined lot the platform states the authorisation: signInBar checks it below under its own reason word.
  const bar = psamBar(question.psams, named, () => joined)
  return bar ?? (joined ? signInBar(config, lot, question) : null)
}

/** No card-side debit on an old list (P18), and none without a list. */
function statusListBar({ caps }: LotConfig, { nowMs, listAsOfMs }: CardDebitQuestion) {
  if (listAsOfMs === null) return 'noStatusList'
  return nowMs - listAsOfMs > caps.blacklistAgeMin * 60_000 ? 'listTooOld' : null
}

/** The caps on debits that no platform can confirm now: not joined yet, or out of reach. */
function capsBar({ caps }: LotConfig, { queue, lot }: QueueAndLot, question: CardDebitQuestion) {
  const { nowMs, amountFen, cardNo } = question
  if (amountFen > caps.perChargeFen) return 'offlineAmount'
  if (exposureFen(queue, lot) + amountFen > caps.totalFen) return 'offlineTotal'
  const { records } = queue
  const oldestMs = records.oldestMs('upload') ?? nowMs
  if (records.uploadFenOf(cardNo) + amountFen > caps.perCardFen) return 'offlineCard'
  if (records.uploads >= caps.count) return 'offlineCount'
  if (nowMs - oldestMs > caps.oldestMin * 60_000) return 'offlineOldest'
  return null
}

/**
 * Reason against a card-side debit, first of all a missing destination; null: allowed. If the platform is out of reach the
 * policy of the lot applies. A platform that was never joined is not out of reach: the lot chose `later`, and charges within
 * its caps.
 */
export function cardDebitBar(
  config: LotConfig,
  state: QueueAndLot,
  question: CardDebitQuestion,
): string | null {
  const bar =
    (config.platform === null ? 'noDestination' : null) ??
    authorisationBar(config, state.lot, question) ??
    statusListBar(config, question)
  if (bar !== null) return bar
  if (question.platformUp) return null
  if (joinedPlatform(config) !== null && config.offline !== 'accept-within-caps')
    return 'platformDown'
  return capsBar(config, state, question)
}
