// The first real car of a lane: one car, named by its plate, is charged one fen and gets it back.
// A fold over ledger rows and the refund that follows from it, so any restart goes on where it was.
import { note } from '#base/pure/words/notes.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import { isNoTac } from '#base/pure/words/exception-words.ts'
import type { RowRequest, NumberedRows } from '#devices/pure/charge/freeze-row.ts'
import { numbered, type GivenOut, type Minting } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isTestOrder, testOrderFen } from '#base/pure/values/test-order.ts'

/** Rows of the kind `event` by which a person starts the test and cancels it. */
export const firstCarEvents = { asked: 'firstCarAsked', stopped: 'firstCarStopped' } as const

/**
 * `byHand`: paid, and the refund cannot be requested from a platform. `notCharged`: the car left without paying by ETC.
 * An unknown outcome is always `unknown`.
 */
export type FirstCarPhase =
  | 'armed'
  | 'ordered'
  | 'charging'
  | 'unknown'
  | 'refused'
  | 'paid'
  | 'refundAsked'
  | 'refunded'
  | 'refundRejected'
  | 'byHand'
  | 'notCharged'
  | 'stopped'

export interface FirstCar {
  readonly testId: string
  readonly laneId: string
  readonly plate: string
  readonly by: string
  readonly reason: string
  readonly askedAtMs: InstantMs
  phase: FirstCarPhase
  /** When the phase began. */
  sinceMs: InstantMs
  stayId: string | null
  orderId: string | null
  deductionId: string | null
  outTradeNo: string | null
  /** Outbox row of the charge or of its upload; the refund is requested only after its confirmation (8.3.2 d). */
  uploadId: string | null
  uploaded: boolean
  refundId: string | null
}

/** Newest of each lane. */
export type FirstCars = Map<string, FirstCar>

/** Time-out of the test: a later car may be any car. */
export const firstCarWaitsMs = 1_800_000

const waiting: readonly FirstCarPhase[] = ['armed', 'ordered', 'refused']
const over: readonly FirstCarPhase[] = [
  'refunded',
  'refundRejected',
  'byHand',
  'notCharged',
  'stopped',
]

const inTime = (test: FirstCar, nowMs: InstantMs): boolean =>
  nowMs >= test.askedAtMs && nowMs - test.askedAtMs <= firstCarWaitsMs

/** The test that this car in this lane is, or null: it is a car like any other. */
export function testOf(
  tests: FirstCars,
  at: { readonly laneId: string; readonly plate: string; readonly nowMs: InstantMs },
): FirstCar | null {
  const test = tests.get(at.laneId)
  if (test === undefined || test.plate !== at.plate) return null
  return waiting.includes(test.phase) && inTime(test, at.nowMs) ? test : null
}

/** Null when another may begin; else the one that is not over yet. */
export function unfinishedTest(
  tests: FirstCars,
  laneId: string,
  nowMs: InstantMs,
): FirstCar | null {
  const test = tests.get(laneId)
  if (test === undefined || over.includes(test.phase)) return null
  return waiting.includes(test.phase) && !inTime(test, nowMs) ? null : test
}

interface FirstCarRequest {
  readonly testId: string
  readonly plate: string
  readonly by: string
  readonly reason: string
}

export const firstCarRow = (
  laneId: string,
  atMs: InstantMs,
  firstCarRequest: FirstCarRequest,
): RowDraft => ({
  kind: 'event',
  atMs,
  laneId,
  body: { type: firstCarEvents.asked, detail: canonicalJson(firstCarRequest) },
})

export const stoppedRow = (laneId: string, atMs: InstantMs): RowDraft => ({
  kind: 'event',
  atMs,
  laneId,
  body: { type: firstCarEvents.stopped, detail: '' },
})

function become(test: FirstCar, phase: FirstCarPhase, atMs: InstantMs): void {
  test.phase = phase
  test.sinceMs = atMs
}

function onRequestRow(tests: FirstCars, row: Extract<LedgerRow, { kind: 'event' }>): void {
  const laneId = row.laneId ?? ''
  tests.set(laneId, {
    ...(JSON.parse(row.body.detail) as FirstCarRequest),
    laneId,
    askedAtMs: row.atMs,
    phase: 'armed',
    sinceMs: row.atMs,
    stayId: null,
    orderId: null,
    deductionId: null,
    outTradeNo: null,
    uploadId: null,
    uploaded: false,
    refundId: null,
  })
}

/** Phases without moved money: if the car leaves in one of them, the test ends. */
const unpaid: readonly FirstCarPhase[] = ['ordered', 'refused']

function foldOf(test: FirstCar, row: LedgerRow): void {
  const { atMs } = row
  switch (row.kind) {
    case 'intent':
      test.deductionId = row.deductionId ?? null
      test.outTradeNo = row.body.outTradeNo
      test.uploadId = null
      test.uploaded = false
      return become(test, 'charging', atMs)
    case 'outcome':
      if (row.deductionId === test.deductionId) become(test, row.body.state, atMs)
      return
    case 'payment':
      if (takesOf(row.body.means) === 'nothing') return become(test, 'notCharged', atMs)
      return become(test, row.body.means === 'etc' ? 'paid' : 'byHand', atMs)
    // Proven without a TAC: no platform receives this charge, so none can refund it (ADR 4).
    case 'exception':
      if (isNoTac(row.body.exceptionType) && test.phase === 'paid') become(test, 'byHand', atMs)
      return
    case 'refund':
      test.refundId = row.body.refundId
      return become(test, 'byHand', atMs)
    case 'outbox':
      if (row.body.op === 'refund') return become(test, 'refundAsked', atMs)
      if (row.body.op !== 'exception') test.uploadId = row.body.outboxId
      return
    case 'stayClosed':
      if (unpaid.includes(test.phase)) become(test, 'notCharged', atMs)
      return
    default:
      return
  }
}

/** Rows that speak of an order by its upload, its refund or its stay, without its number. */
function foldByNumber(tests: FirstCars, row: LedgerRow): void {
  for (const test of tests.values()) {
    if (row.kind === 'outboxState' && row.body.outboxId === test.uploadId)
      test.uploaded ||= row.body.state === 'confirmed'
    if (row.kind === 'refundState' && row.body.refundId === test.refundId)
      if (row.body.state === 'success') become(test, 'refunded', row.atMs)
      else if (row.body.state === 'rejected') become(test, 'refundRejected', row.atMs)
    if (row.kind === 'stayClosed' && test.orderId !== null && row.stayId === test.stayId)
      foldOf(test, row)
  }
}

export function foldFirstCar(tests: FirstCars, row: LedgerRow): void {
  if (row.kind === 'event' && row.body.type === firstCarEvents.asked)
    return onRequestRow(tests, row)
  if (tests.size === 0) return
  if (row.kind === 'event') {
    const test = tests.get(row.laneId ?? '')
    if (test !== undefined && row.body.type === firstCarEvents.stopped)
      become(test, 'stopped', row.atMs)
    return
  }
  if (row.kind === 'orderMade' && isTestOrder(row.orderId)) {
    const test = tests.get(row.laneId ?? '')
    if (test === undefined) return
    test.stayId = row.stayId ?? null
    test.orderId = row.orderId ?? null
    return become(test, 'ordered', row.atMs)
  }
  if (!isTestOrder(row.orderId)) return foldByNumber(tests, row)
  for (const test of tests.values()) if (test.orderId === row.orderId) foldOf(test, row)
}

interface FirstCarEnv extends GivenOut {
  readonly nowMs: InstantMs
  readonly hasPlatform: boolean
}

/** Also who approves it: the rule of the test, since nobody approves a refund of their own (5.2.1 c). */
const refundReason = note('firstCarTest')

/**
 * The refunds that are due now. The platform must have the charge first (8.3.2 d); without a platform the row says
 * that the refund is made by hand.
 */
export const firstCarRefunds = (tests: FirstCars, env: FirstCarEnv): NumberedRows =>
  numbered(env, (step) => ({ rows: refundRows(tests, step) }))

const refundRows = (tests: FirstCars, env: FirstCarEnv & Minting): RowRequest[] =>
  [...tests.values()].flatMap((test) => {
    const { phase, deductionId, orderId, stayId, outTradeNo, laneId } = test
    if (phase !== 'paid' || (env.hasPlatform && !test.uploaded)) return []
    if (deductionId === null || orderId === null || stayId === null || outTradeNo === null)
      return []
    const refundId = env.mint('R')
    const refs = { laneId, stayId, orderId, deductionId, amountFen: testOrderFen }
    const row: RowDraft = {
      kind: 'refund',
      atMs: env.nowMs,
      ...refs,
      body: {
        refundId,
        outTradeNo,
        reason: refundReason,
        operator: test.by,
        approvedBy: refundReason,
      },
    }
    if (!env.hasPlatform) return [row]
    const facts = {
      refundId,
      deduction: { ...refs, outTradeNo },
      amountFen: testOrderFen,
      reason: refundReason,
      atMs: env.nowMs,
      operator: test.by,
      approvedBy: refundReason,
    }
    const { nowMs: atMs } = env
    return [row, { kind: 'freeze', atMs, outboxId: env.mint('U'), op: 'refund', facts }]
  })
