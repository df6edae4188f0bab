// Uploading the backlog in files: which records share one, what each answer means, and that no file is requested twice.
// The platform answers as the row says; the queue is a real one.
import { describe, expect, it } from 'vitest'
import { FileUploads } from '#lane/lot/queue/file-uploads.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { noRows, OutboxRecords, type OutboxRecord } from '#ledger/pure/queue/records.ts'
import type { FiledAnswer, FiledRecord } from '#ledger/ports/uploader.ts'

const recordOf = (n: number, over: Partial<OutboxRecord> = {}): OutboxRecord =>
  ({
    outboxId: `U${n}`,
    op: 'exitUpload',
    businessNo: `P${n}`,
    amountFen: 500,
    seq: n + 1,
    destination: 'platform',
    inFlight: null,
    ...over,
  }) as OutboxRecord

function scene(
  records: readonly OutboxRecord[],
  answer: (asked: readonly FiledRecord[]) => readonly FiledAnswer[] | string,
) {
  const map = new OutboxRecords(noRows)
  for (const one of records) map.add(one)
  const asked: (readonly FiledRecord[])[] = []
  const [took, failed, turns]: [string[], string[], (() => void)[]] = [[], [], []]
  const sizes: number[] = []
  let stopped = false
  let ends = 0
  const uploads = new FileUploads({
    files: { send: (all, _ms, done) => (asked.push(all), done(answer(all))) },
    mono: { after: (_ms, run) => (turns.push(run), () => undefined) },
    queue: { records: map } as unknown as QueueState,
    destination: 'platform',
    bodyOf: ({ businessNo }) => `{"outTradeNo":"${businessNo}"}`,
    took: (answered) => {
      sizes.push(answered.length)
      for (const { outboxId, verdict, record } of answered) {
        expect(record.outboxId).toBe(outboxId)
        took.push(`${outboxId} ${verdict.kind}`)
        if (verdict.kind === 'confirmed') map.delete(outboxId)
      }
    },
    failed: (why) => failed.push(why),
    isHeldBack: () => false,
    isStopped: () => stopped,
  })
  uploads.send(() => ends++)
  const turn = (): void => turns.shift()?.()
  const run = (): void => {
    while (turns.length > 0) turn()
  }
  return {
    map,
    sizes,
    asked,
    took,
    failed,
    turn,
    run,
    stop: () => (stopped = true),
    ends: () => ends,
  }
}
const confirmed = (all: readonly FiledRecord[]): FiledAnswer[] =>
  all.map(({ outboxId }) => ({
    outboxId,
    verdict: { kind: 'confirmed', tradeNo: null },
    meta: { httpStatus: 200, respCode: '100000', requestId: null },
  }))

describe('the backlog in files', () => {
  it('takes card-side records of its own platform that nobody is sending, with their frozen texts', () => {
    const others = [
      recordOf(1, { op: 'charge' }),
      recordOf(2, { op: 'refund' }),
      recordOf(3, { inFlight: 'post' }),
      recordOf(4, { destination: 'operator' }),
    ]
    const t = scene([...others, recordOf(5)], confirmed)
    t.run()
    expect(t.asked.map((all) => all.map(({ outboxId, body }) => [outboxId, body]))).toEqual([
      [['U5', '{"outTradeNo":"P5"}']],
    ])
    expect([t.took, t.ends()]).toEqual([['U5 confirmed'], 1])
  })
  it('goes in files of four hundred, and a turn of the lanes lies between fifty receipts', () => {
    const t = scene(
      Array.from({ length: 850 }, (_, n) => recordOf(n)),
      confirmed,
    )
    expect(t.took).toHaveLength(50)
    t.turn()
    expect(t.took).toHaveLength(100)
    t.run()
    expect(t.asked.map(({ length }) => length)).toEqual([400, 400, 50])
    expect(new Set(t.sizes)).toEqual(new Set([50]))
    expect([t.map.size, t.ends()]).toEqual([0, 1])
  })
  it('asks nothing twice of what an answer did not end', () => {
    const silent = (all: readonly FiledRecord[]): FiledAnswer[] =>
      confirmed(all).map((one) => ({
        ...one,
        verdict: { kind: 'silence', reason: 'x', sent: true },
      }))
    const t = scene([recordOf(1), recordOf(2)], silent)
    t.run()
    expect([t.asked.length, t.map.size, t.ends()]).toEqual([1, 2, 1])
  })
  it('a file without an answer leaves its records, and no other file is sent', () => {
    const t = scene(
      Array.from({ length: 300 }, (_, n) => recordOf(n)),
      () => 'timeout',
    )
    t.run()
    expect([t.asked.length, t.map.size, t.failed, t.ends()]).toEqual([1, 300, ['timeout'], 1])
  })
  it('leaves one that went alone meanwhile to its own answer', () => {
    const t = scene(
      Array.from({ length: 60 }, (_, n) => recordOf(n)),
      confirmed,
    )
    t.map.delete('U55')
    t.map.add(recordOf(55, { inFlight: 'post' }))
    t.run()
    expect(t.took).toHaveLength(59)
    expect([t.map.size, t.took.includes('U55 confirmed')]).toEqual([1, false])
  })
  it('ends with its lot', () => {
    const t = scene([recordOf(1), recordOf(2)], confirmed)
    t.stop()
    t.run()
    expect([t.took.length, t.ends()]).toEqual([2, 0])
  })
})
