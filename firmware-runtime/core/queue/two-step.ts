// A charge in two steps (5.2.3 d, P34): an application that moves no money, then its confirmation under the number of the charge,
// which does. Both have the times of P26. After a crash nothing is known of an application: it is made again under the same number.
import type { Consumption, OutboxRecord, SendOp } from './records.ts'

interface StepEnv {
  readonly nowMs: number
  /** True where a charge is applied for before it is made. Absent: nowhere. */
  readonly twoStep?: (destination: string) => boolean
}

/** So many applications in a row that end unconfirmed are enough for one look: a clock is wrong. */
export const lapsesAtOnce = 3

const first: Consumption = { no: 1, untilMs: null, tries: 0 }

const inTwo = (record: OutboxRecord, { twoStep }: StepEnv): boolean =>
  record.op === 'charge' && twoStep?.(record.destination) === true

/** What is sent where a charge is to be posted: an application that is over is taken back before the next one. */
export function postStep(record: OutboxRecord, env: StepEnv | undefined): SendOp {
  if (env === undefined || !inTwo(record, env)) return 'post'
  const { untilMs } = record.consumption ?? first
  if (untilMs === null) return 'apply'
  return untilMs > env.nowMs ? 'post' : 'cancel'
}

/** An application that nobody is to confirm any more: it is taken back, which also proves that it charged nothing. */
export const mayCancel = (record: OutboxRecord, env: StepEnv): boolean =>
  inTwo(record, env) && record.consumption !== undefined

/** Written when a step goes out. */
export function countApplied(record: OutboxRecord): void {
  const { no, untilMs, tries } = record.consumption ?? first
  record.consumption = { no, untilMs, tries: tries + 1 }
}

export function allow(record: OutboxRecord, untilMs: number): void {
  record.consumption = { ...(record.consumption ?? first), untilMs }
}

/** The application is over: the next one has a number of its own. */
export function nextApplication(record: OutboxRecord): void {
  record.consumption = { ...first, no: (record.consumption ?? first).no + 1 }
}

/** Somebody waits for it anew. */
export function beginSteps(record: OutboxRecord): void {
  if (record.consumption !== undefined) record.consumption = { ...record.consumption, tries: 0 }
}
