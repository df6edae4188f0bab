// Waits of a payment through a gateway, in ms: reference payments-and-desk.md 1.6, the last table.
// Data only: the state machine sets its timers by them; a simulation may pass others.
export interface PayTimes {
  /** A charge without an answer for this long is queried. */
  readonly chargeAnswerMs: number
  readonly queryStepMs: number
  /** A charge that is not paid by then is cancelled. */
  readonly chargeGiveUpMs: number
  /** No charge is cancelled earlier after it was sent: the gateway refuses that. */
  readonly cancelAfterSendMs: number
  /** A payment code renews itself about every minute: then no charge of it can still arrive. */
  readonly chargeCodeLifeMs: number
  readonly offerShownMs: number
  readonly offerExpiresMs: number
  /** A code may still be paid for so long after it ran out. */
  readonly offerGraceMs: number
  /** The first waits between cancels; then the last, until `cancelItemMs`. */
  readonly cancelRetryMs: readonly number[]
  readonly cancelItemMs: number
  /** When an attempt that ended without money is queried again. */
  readonly lateWatchMs: readonly number[]
  /** The first waits between queries of a refund; then the last. */
  readonly refundStepMs: readonly number[]
  /** An idle gateway is polled after this time, so that a fault is noticed before a car waits. */
  readonly idleAskMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const standardPayTimes: PayTimes = {
  chargeAnswerMs: 5_000,
  queryStepMs: 3_000,
  chargeGiveUpMs: 30_000,
  cancelAfterSendMs: 15_000,
  chargeCodeLifeMs: minuteMs,
  offerShownMs: 90_000,
  offerExpiresMs: 120_000,
  offerGraceMs: 5_000,
  cancelRetryMs: [3_000, 5_000, 10_000, 20_000, 40_000, minuteMs],
  cancelItemMs: 24 * hourMs,
  lateWatchMs: [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs],
  refundStepMs: [3_000, 3_000, 5_000, 10_000, 20_000, minuteMs],
  idleAskMs: 15 * minuteMs,
}

/** The wait after `done` earlier ones. */
export const waitOf = (waits: readonly number[], done: number): number | null =>
  waits[done] ?? waits.at(-1) ?? null
