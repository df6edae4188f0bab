// The charges of the ledger, each with everything that belongs to it: order, intent, card, outcome, barrier, records of
// the platform, and antenna frames. Pure: the same rows always give the same charges.
import type { Fen } from '#base/pure/values/fen.ts'
import {
  bcdDateTimeOf,
  isoOf,
  minuteMs,
  parseIso,
  type InstantMs,
} from '#base/pure/values/instant.ts'
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { AcceptanceFacts, FrameFact, PlatformWord } from '#ledger/pure/facts.ts'

export type RowOf<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>

export interface Charge {
  readonly intent: RowOf<'intent'>
  readonly order: RowOf<'orderMade'> | null
  readonly armed: RowOf<'armed'> | null
  /** The last outcome; null while the charge is in progress. */
  readonly outcome: RowOf<'outcome'> | null
  readonly outcomes: readonly RowOf<'outcome'>[]
  readonly payments: readonly RowOf<'payment'>[]
  readonly passes: readonly RowOf<'pass'>[]
  readonly barriers: readonly RowOf<'barrier'>[]
  readonly closed: RowOf<'stayClosed'> | null
  readonly uploads: readonly RowOf<'outbox'>[]
  readonly uploadStates: readonly RowOf<'outboxState'>[]
  readonly refunds: readonly RowOf<'refund'>[]
  readonly frames: readonly FrameFact[]
  readonly word: PlatformWord | null
}

export const ofKind = <K extends LedgerRow['kind']>(
  rows: readonly LedgerRow[],
  kind: K,
): readonly RowOf<K>[] => rows.filter((row): row is RowOf<K> => row.kind === kind)

/** Debits and their results: they belong to the last intent before them, when a stay has several. */
const ofDebit = new Set(['C6', 'C8', 'B5', 'B8'])

/** The frames of one intent: readings of the stay, and its own debit. */
function ownFrames(
  intent: RowOf<'intent'>,
  all: readonly FrameFact[],
  intents: readonly RowOf<'intent'>[],
): readonly FrameFact[] {
  if (intents.length < 2) return all
  const from = isoOf(intent.atMs)
  const next = intents.find(({ seq }) => seq > intent.seq)
  const to = next === undefined ? null : isoOf(next.atMs)
  return all.filter(
    ({ type, atIso }) => !ofDebit.has(type) || (atIso >= from && (to === null || atIso < to)),
  )
}

export function chargesOf({ rows, before, frames, words }: AcceptanceFacts): readonly Charge[] {
  const byStay = Map.groupBy(rows, ({ stayId }) => stayId ?? '')
  const orders = ofKind([...before, ...rows], 'orderMade')
  const orderOf = new Map(orders.map((row) => [row.orderId, row]))
  const framesByStay = Map.groupBy(frames, ({ stayId }) => stayId)
  return ofKind(rows, 'intent').map((intent) => {
    const { deductionId, stayId = '', orderId } = intent
    const stay = byStay.get(stayId) ?? []
    const own = stay.filter((row) => row.deductionId === deductionId)
    const uploads = ofKind(own, 'outbox').filter(({ body }) => body.op !== 'refund')
    const ids = uploads.map(({ body }) => body.outboxId)
    const outcomes = ofKind(own, 'outcome')
    return {
      intent,
      order: orderOf.get(orderId) ?? null,
      armed: ofKind(own, 'armed').at(-1) ?? null,
      outcome: outcomes.at(-1) ?? null,
      outcomes,
      payments: ofKind(stay, 'payment'),
      passes: ofKind(stay, 'pass').filter(({ body }) => body.cause !== 'entry'),
      barriers: ofKind(stay, 'barrier'),
      closed: ofKind(stay, 'stayClosed').at(-1) ?? null,
      uploads,
      uploadStates: ofKind(stay, 'outboxState').filter(({ body }) => ids.includes(body.outboxId)),
      refunds: ofKind(own, 'refund'),
      frames: ownFrames(intent, framesByStay.get(stayId) ?? [], ofKind(stay, 'intent')),
      word:
        words.findLast(
          (word) => word.kind === 'charge' && word.businessNo === intent.body.outTradeNo,
        ) ?? null,
    }
  })
}

/** What was taken: the amount of the last outcome that names one. */
export const chargedFen = ({ intent, outcomes }: Charge): Fen =>
  outcomes.findLast(({ amountFen }) => amountFen !== undefined)?.amountFen ?? intent.amountFen ?? 0

/** A card that lost more than was asked for gets the excess back: a refund of that amount exists. */
export function isAsOrdered(charge: Charge): boolean {
  const moreFen = chargedFen(charge) - (charge.intent.amountFen ?? 0)
  if (moreFen === 0) return true
  return charge.refunds.some(
    ({ amountFen, body }) => amountFen === moreFen && body.reason === overchargedReason,
  )
}

export const isPaid = ({ outcome }: Charge): boolean => outcome?.body.state === 'paid'
const stayOf = ({ intent }: Charge): string => intent.stayId ?? ''
/** Name of a car for people: the plate, else the stay. */
export const carOf = (charge: Charge): string => charge.intent.body.plate ?? stayOf(charge)

/** The command to the card and its result; for a charge that writes no card, the frames that were read. */
export function framesShown({ frames }: Charge): readonly FrameFact[] {
  const last = (of: 'in' | 'out', ...types: readonly string[]) =>
    frames.findLast(({ direction, type }) => direction === of && types.includes(type))
  const written = [last('out', 'C6'), last('in', 'B5', 'B8')].filter((one) => one !== undefined)
  return written.length > 0 ? written : [last('in', 'B4')].filter((one) => one !== undefined)
}

/** 14 digits of +08:00. */
export const bcdOf = (atMs: number): string => (Number.isFinite(atMs) ? bcdDateTimeOf(atMs) : '')

/** A debit, its card and its frames are that near to the row of its charge (assumed). */
const chargeWithinMs = 5 * minuteMs

export const isNear = (atMs: InstantMs, { intent }: Charge): boolean =>
  Math.abs(atMs - intent.atMs) <= chargeWithinMs

/** Null: not 14 digits of a time. */
export function instantOfBcd(bcd: string): InstantMs | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(bcd) ?? []
  return year === undefined
    ? null
    : parseIso(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
}

/** Digits that are all zero stand for no value. */
export const isZeros = (value: unknown): boolean => typeof value === 'string' && /^0+$/.test(value)
