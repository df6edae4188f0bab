// A two-step charge (5.2.3 d, P34): an application that moves no money, then its confirmation under the number of the charge,
// which does. Both have the times of P26. After a crash the application is unknown: it is repeated under the same number.
import type { Consumption, OutboxRecord, SendOp } from './records.ts'

interface StepEnv {
  readonly nowMs: number
  /** True where a charge is applied for before it is made. Absent: nowhere. */
  readonly twoStep?: (destination: string) => boolean
}

/** After this many consecutive unconfirmed applications the queue backs off: probably a wrong clock. */
export const lapsesAtOnce = 3

const first: Consumption = { no: 1, untilMs: null, tries: 0 }

const inTwo = (record: OutboxRecord, { twoStep }: StepEnv): boolean =>
  record.op === 'charge' && twoStep?.(record.destination) === true

/** True for a charge that is an order of an access system, which ends only when it is paid or taken back (ADR 411). */
export const isOpenOrder = (
  { op, destination }: Pick<OutboxRecord, 'op' | 'destination'>,
  { byOrder }: { readonly byOrder?: (destination: string) => boolean },
): boolean => op === 'charge' && byOrder?.(destination) === true

/** Next request of a charge to be posted: an expired application is cancelled before the next one. */
export function postStep(record: OutboxRecord, env: StepEnv | undefined): SendOp {
  if (env === undefined || !inTwo(record, env)) return 'post'
  const { untilMs } = record.consumption ?? first
  if (untilMs === null) return 'apply'
  return untilMs > env.nowMs ? 'post' : 'cancel'
}

/** True for an application that will not be confirmed: cancelling it also proves that it charged nothing. */
export const mayCancel = (record: OutboxRecord, env: StepEnv): boolean =>
  inTwo(record, env) && record.consumption !== undefined

/** Row written when a step is sent. */
export function countApplied(record: OutboxRecord): void {
  const { no, untilMs, tries } = record.consumption ?? first
  record.consumption = { no, untilMs, tries: tries + 1 }
}

export function allow(record: OutboxRecord, untilMs: number): void {
  record.consumption = { ...(record.consumption ?? first), untilMs }
}

/** The application has ended: the next one gets its own number. */
export function nextApplication(record: OutboxRecord): void {
  record.consumption = { ...first, no: (record.consumption ?? first).no + 1 }
}

/** A car waits for it again: resets the tries. */
export function beginSteps(record: OutboxRecord): void {
  if (record.consumption !== undefined) record.consumption = { ...record.consumption, tries: 0 }
}
