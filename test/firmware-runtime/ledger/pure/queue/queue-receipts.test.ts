// What the offline queue writes when a record is settled, what a receipt by offline transfer does to a record in flight,
// and that "processing" settles nothing.
import { describe, expect, it } from 'vitest'
import { answered } from '#ledger/pure/queue/answer.ts'
import { type QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { queueTimes } from '#ledger/pure/queue/destination.ts'
import { isAtRisk } from '#ledger/pure/queue/records.ts'
import { benchCard, benchOf, dest, notFound, ok, receipt, silence } from './queue-bench.ts'

const held: QueueVerdict = { kind: 'held', reason: '200004 range' }

describe('a receipt', () => {
  it.each([
    ['confirmed', ok, { state: 'confirmed', tradeNo: 'T1' }],
    ['refused', { kind: 'refused', reason: 'tacWrong' }, { state: 'rejected', note: 'tacWrong' }],
    ['held', held, { state: 'held', note: '200004 range' }],
  ] as const)('%s names stay, charge, try and cause', (_name, verdict, body) => {
    const bench = benchOf(['exitUpload'])
    bench.pump()
    const meta = { httpStatus: 200, respCode: '100000', requestId: 'R1' }
    const effects = answered(bench.queue, { outboxId: 'U1', tryNo: 1 }, verdict, bench.env(), meta)
    expect(effects).toMatchObject([
      {
        do: 'row',
        row: {
          kind: 'outboxState',
          atMs: bench.monoMs,
          stayId: 'S1',
          deductionId: 'D1',
          body: { outboxId: 'U1', attempt: 1, ...meta, ...body },
        },
      },
    ])
  })
  it('of a charge that nobody knows says so', () => {
    const bench = benchOf(['charge'])
    bench.mayRepost = false
    expect(bench.pump()).toEqual(['query U1 10000'])
    // It was never posted, so "not found" is final at once.
    bench.answer('U1', notFound)
    expect(bench.charges).toEqual(['D1 refused notFound'])
    expect(bench.rows.at(-1)).toMatchObject({ body: { state: 'rejected', note: 'notFound' } })
  })
  it('that a full disk refused is asked for again after 30 s', () => {
    for (const verdict of [ok, held, { kind: 'refused', reason: 'tac' } as const]) {
      const bench = benchOf(['exitUpload'])
      bench.pump()
      bench.diskFull = true
      bench.answer('U1', verdict)
      expect([bench.state('U1'), bench.charges]).toEqual(['unknown', []])
      expect(bench.wait()).toEqual({ afterMs: queueTimes.receiptMs, sent: ['query U1 10000'] })
    }
  })
  it.each(['exitUpload', 'refund', 'exception'] as const)(
    'of a %s is no outcome of a charge',
    (op) => {
      for (const verdict of [ok, held, { kind: 'refused', reason: 'tac' } as const]) {
        const bench = benchOf([op])
        bench.pump()
        bench.answer('U1', verdict)
        expect(bench.charges).toEqual([])
      }
    },
  )
  it('of a courier settles what waits, what is on the way, and nothing else', () => {
    const bench = benchOf(['exitUpload', 'exitUpload', 'exitUpload'], true)
    expect(bench.pump()).toEqual(['post U1 10000'])
    receipt(bench, 'U3', 'confirmed')
    // U1 is still in flight, so nothing else is sent.
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
    receipt(bench, 'U1', 'confirmed')
    expect(bench.pump(queueTimes.paceMs)).toEqual(['post U2 10000'])
    // The late answer to U1 matches no record.
    expect(bench.answer('U1', held)).toEqual([])
    bench.answer('U2', ok)
    expect([bench.queue.confirmed, bench.queue.records.size]).toEqual([3, 0])
    expect(bench.wait()).toEqual({ afterMs: null, sent: [] })
  })
  it('of a courier that is taken back and given again frees one place, not two', () => {
    const bench = benchOf(['exitUpload', 'exitUpload', 'exitUpload'], true)
    expect(bench.pump()).toEqual(['post U1 10000'])
    for (const state of ['held', 'unknown', 'confirmed'] as const) receipt(bench, 'U1', state)
    expect(bench.pump(queueTimes.paceMs)).toEqual(['post U2 10000'])
    expect(bench.pump(queueTimes.paceMs)).toEqual([])
  })
  it('of a courier leaves nobody awake for a record that is gone', () => {
    const bench = benchOf(['exitUpload'], true)
    receipt(bench, 'U1', 'confirmed')
    expect(bench.wait().afterMs).toBeNull()
    const silent = benchOf(['exitUpload'])
    silent.pump()
    silent.answer('U1', silence)
    receipt(silent, 'U1', 'confirmed')
    expect(silent.wait().afterMs).toBeNull()
  })
  it('counts no try away', () => {
    const bench = benchOf(['exitUpload'])
    bench.pump()
    bench.answer('U1', held)
    receipt(bench, 'U1', 'unknown', 4)
    expect(bench.queue.records.get('U1')).toMatchObject({ attempts: 4, lastNote: '' })
    receipt(bench, 'U1', 'unknown', 2)
    expect(bench.queue.records.get('U1')?.attempts).toBe(4)
  })
  it('of an older record of the same charge does not lose the newer one', () => {
    const bench = benchOf(['charge'])
    bench.pump()
    const body = { destination: dest, op: 'charge', businessNo: 'P9', body: '{}', bodySm3: '' }
    bench.write({
      kind: 'outbox',
      atMs: 1,
      deductionId: 'D1',
      body: { ...body, op: 'charge', outboxId: 'U9' },
    })
    receipt(bench, 'U1', 'confirmed')
    expect(bench.queue.byDeduction.get('D1')).toBe('U9')
    receipt(bench, 'U9', 'confirmed')
    expect(bench.queue.byDeduction.size).toBe(0)
  })
})

describe('"processing" is no payment', () => {
  const processing: QueueVerdict = { kind: 'processing' }
  it.each(['charge', 'exitUpload', 'refund', 'exception'] as const)(
    'settles no %s: it stays, unknown, and is asked for again',
    (op) => {
      const bench = benchOf([])
      bench.add(1, op)
      bench.pump()
      const rows = bench.rows.length
      for (let i = 0; i < 3; i++) {
        expect(bench.answer('U1', processing)).toEqual([])
        expect([bench.charges, bench.rows.length, bench.queue.confirmed]).toEqual([[], rows, 0])
        expect(bench.queue.records.get('U1')).toMatchObject({
          state: 'unknown',
          lastNote: 'processing',
          rounds: i + 1,
        })
        expect(bench.wait().sent).toEqual(['query U1 10000'])
      }
      bench.answer('U1', ok)
      expect([bench.queue.records.size, bench.queue.confirmed]).toEqual([0, 1])
    },
  )
  it('opens at none of the three steps, and the barrier is told that nobody knows', () => {
    const bench = benchOf([])
    bench.add(1, 'charge')
    expect(bench.kick(1)).toEqual(['post U1 3000'])
    expect([bench.answer('U1', processing), bench.charges]).toEqual([['query U1 1000'], []])
    expect([bench.answer('U1', processing), bench.charges]).toEqual([['post U1 3000'], []])
    expect(bench.answer('U1', processing)).toEqual([])
    expect(bench.charges).toEqual(['D1 noAnswerTwice processing'])
    expect([bench.state('U1'), bench.queue.confirmed]).toEqual(['unknown', 0])
  })
})

describe('a record', () => {
  it.each([
    ['charge', 'n1-O1.1', true],
    ['exitUpload', 'n1-O1.1', true],
    ['exitUpload', null, true],
    ['exception', 'n1-O1.1', false],
    ['refund', 'n1-O1.1', false],
    ['charge', 'n1-T1.1', false],
    ['exitUpload', 'n1-T12.3', false],
  ] as const)('of kind %s for %s is money at risk: %s', (op, deductionId, isRisk) => {
    expect(isAtRisk({ op, deductionId })).toBe(isRisk)
  })
  it('that rested through a restart is the same, with or without its names', () => {
    const bench = benchOf(['exitUpload'])
    const body = { destination: dest, op: 'exception', businessNo: 'P9', body: '{}', bodySm3: '' }
    bench.write({ kind: 'outbox', atMs: 9, body: { ...body, op: 'exception', outboxId: 'U9' } })
    const before = [...bench.queue.records.values()]
    bench.restart()
    const rested = { state: 'unknown', lastPostMs: bench.monoMs, attempts: 0, inFlight: null }
    expect([...bench.queue.records.values()]).toEqual(before.map((r) => ({ ...r, ...rested })))
    for (const { outboxId, ...names } of before)
      expect(bench.queue.records.get(outboxId)).toEqual({ outboxId, ...names, ...rested })
  })
  it('knows the card only of a card-side debit', () => {
    const bench = benchOf(['exitUpload', 'charge', 'refund', 'exception'])
    expect([...bench.queue.records.values()].map((r) => [r.cardNo, r.lastNote])).toEqual([
      [benchCard, ''],
      [null, ''],
      [null, ''],
      [null, ''],
    ])
  })
  it.each(['exitUpload', 'refund', 'exception'] as const)(
    'of kind %s is no charge to wait for',
    (op) => {
      const bench = benchOf([op])
      expect(bench.kick(1)).toEqual([])
      expect(bench.queue.byDeduction.size).toBe(0)
    },
  )
  it('counts posts, not queries', () => {
    const bench = benchOf(['exitUpload'])
    bench.pump()
    for (let i = 0; i < 3; i++) {
      bench.answer('U1', silence)
      expect(bench.wait().sent).toEqual(['query U1 10000'])
    }
    expect(bench.queue.records.get('U1')?.attempts).toBe(1)
  })
  it('that is aside leaves when a person booked its charge, and only that one', () => {
    const bench = benchOf(['exitUpload', 'exitUpload', 'exception'])
    bench.pump()
    for (const id of ['U1', 'U2', 'U3']) bench.answer(id, held)
    // A refund of the booked charge is held too, but is not affected.
    const refund = { destination: dest, op: 'refund', businessNo: 'R1', body: '{}', bodySm3: '' }
    bench.write({
      kind: 'outbox',
      atMs: 1,
      deductionId: 'D1',
      body: { ...refund, op: 'refund', outboxId: 'U4' },
    })
    receipt(bench, 'U4', 'held')
    const act = (text: string): void =>
      bench.write({
        kind: 'audit',
        atMs: 1,
        deductionId: 'D1',
        body: { person: 'A', role: 'owner', act: text, reason: 'on the bill' },
      } as never)
    act('charges.settle D1 lost')
    expect([...bench.queue.aside.keys()]).toEqual(['U1', 'U2', 'U3', 'U4'])
    act('charges.settle D1 booked')
    expect([...bench.queue.aside.keys()]).toEqual(['U2', 'U3', 'U4'])
  })
})
