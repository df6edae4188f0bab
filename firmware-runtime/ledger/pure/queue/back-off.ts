// How long a record waits after a try without a result (D.2 rule 5).
import { queueTimes } from './destination.ts'
import type { QueueEnv } from './queue.ts'
import type { OutboxRecord } from './records.ts'
import { isOpenOrder } from './two-step.ts'

/** 50 to 100 % of the delay, deterministic per record and round. */
function jittered(delayMs: number, record: OutboxRecord): number {
  let h = 2166136261
  for (const c of `${record.outboxId}:${record.rounds}`)
    h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0
  return Math.round(delayMs * (0.5 + (h % 1000) / 2000))
}

export function backOffMs(record: OutboxRecord): number {
  const { backOffSec, laterSec, hourlySec, hourlyAfter } = queueTimes
  const sec =
    record.rounds > hourlyAfter
      ? hourlySec
      : (backOffSec[Math.max(0, record.rounds - 1)] ?? laterSec)
  return jittered(sec * 1000, record)
}

/** An order that is not ended keeps its lane at the access system from the next car. */
export const pauseMs = (record: OutboxRecord, env: Pick<QueueEnv, 'byOrder'>): number =>
  Math.min(backOffMs(record), isOpenOrder(record, env) ? queueTimes.orderMs : Infinity)
