// Records of one number: what a destination that misses it gets, for every way in which the records of the number may
// stand, live and behind a restart; and when another content under the number is left to a person.
import { describe, expect, it } from 'vitest'
import { confirmedKin, endOf, kinUnderWay, missedOf } from '#ledger/pure/queue/kin.ts'
import { note } from '#base/pure/words/notes.ts'
import type { OutboxKind, OutboxState } from '#base/pure/rows/ledger-row.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { ok, QueueBench } from './queue-bench.ts'

type Step =
  | readonly [id: string, state: OutboxState, note?: string]
  | readonly [id: string, of: 'resends' | 'replaces', before: string]

/** U1 is the record; the steps say what became of it and of those made of it. */
function benchOf(steps: readonly Step[], op: OutboxKind = 'exitRecord'): QueueBench {
  const bench = new QueueBench()
  bench.add(1, op, 'operator')
  for (const [outboxId, what, more] of steps)
    if (what === 'resends' || what === 'replaces')
      bench.write({
        kind: 'outbox',
        atMs: bench.monoMs,
        stayId: 'S1',
        deductionId: 'D1',
        amountFen: 100,
        body: {
          outboxId,
          destination: 'operator',
          op,
          businessNo: 'P1',
          body: '{}',
          bodySm3: '',
          [what]: more,
        },
      })
    else
      bench.write({
        kind: 'outboxState',
        atMs: bench.monoMs,
        stayId: 'S1',
        deductionId: 'D1',
        body: {
          outboxId,
          state: what,
          attempt: 1,
          httpStatus: null,
          respCode: null,
          requestId: null,
          tradeNo: null,
          note: more ?? null,
        },
      })
  return bench
}

const held: Step = ['U1', 'held']
const mended: readonly Step[] = [held, ['U1', 'replaced', 'U2'], ['U2', 'replaces', 'U1']]
/** As an older version left it: a held record was sent again under another id, and is held as well. */
const twins: readonly Step[] = [held, ['U2', 'resends', 'U1'], ['U2', 'held']]
const mendedTwin: readonly Step[] = [...twins, ['U1', 'replaced', 'U3'], ['U3', 'replaces', 'U1']]

describe.each([
  ['new', [], 'U1', 'underWay'],
  ['confirmed', [['U1', 'confirmed']], 'U1', 'gone'],
  ['held', [held], 'U1', 'held'],
  ['released', [held, ['U1', 'new']], 'U1', 'underWay'],
  ['refused', [['U1', 'rejected']], 'U1', 'refused'],
  ['corrected', mended, 'U2', 'underWay'],
  ['corrected and held again', [...mended, ['U2', 'held']], 'U2', 'held'],
  ['corrected and confirmed', [...mended, ['U2', 'confirmed']], 'U2', 'gone'],
  [
    'sent again',
    [
      ['U1', 'confirmed'],
      ['U2', 'resends', 'U1'],
    ],
    'U1',
    'underWay',
  ],
  [
    'sent again and held',
    [
      ['U1', 'confirmed'],
      ['U2', 'resends', 'U1'],
      ['U2', 'held'],
    ],
    'U1',
    'held',
  ],
  [
    'refused twice',
    [
      ['U1', 'rejected'],
      ['U2', 'resends', 'U1'],
      ['U2', 'rejected'],
    ],
    'U1',
    'ended',
  ],
  ['held twice', twins, 'U1', 'held'],
  ['one of two corrected', mendedTwin, 'U3', 'underWay'],
  ['one of two done', [...mendedTwin, ['U3', 'confirmed']], 'U3', 'held'],
  [
    'one of two done, the other ended',
    [...mendedTwin, ['U3', 'confirmed'], ['U2', 'replaced', 'numberDone U3']],
    'U3',
    'gone',
  ],
] as const)('a number whose record is %s', (_state, steps, id, is) => {
  it(`is ${is} for its hour, live and behind a restart`, () => {
    const bench = benchOf(steps as readonly Step[])
    expect(missedOf(bench.queue, id).is).toBe(is)
    bench.restart()
    expect(missedOf(bench.queue, id).is).toBe(is)
  })
})

it.each([
  [twins, null, null, null],
  [mendedTwin, 'U3', null, null],
  [[...mendedTwin, ['U3', 'confirmed']], null, 'U3', 'U3'],
  [[...mendedTwin, ['U3', 'held']], null, null, null],
] as const)('the other held record knows it: %j', (steps, underWay, done, end) => {
  const bench = benchOf(steps as readonly Step[])
  const record = bench.queue.aside.get('U2')
  expect([
    kinUnderWay(bench.queue, 'U2'),
    confirmedKin(bench.queue, 'U2'),
    record === undefined ? 'none' : endOf(bench.queue, record),
  ]).toEqual([underWay, done, end])
})

it('a booked upload is ended: its hour does not send it again', () => {
  const bench = benchOf([held], 'exitUpload')
  bench.write({
    kind: 'audit',
    atMs: 0,
    deductionId: 'D1',
    body: {
      act: 'charges.settle D1 booked',
      by: '甲',
      role: 'owner',
      reason: '已入账',
      commandId: 'c1',
      result: 'done',
    },
  })
  expect(missedOf(bench.queue, 'U1')).toEqual({ is: 'ended' })
})

describe('another content under the number', () => {
  const other: QueueVerdict = { kind: 'unclear', reason: note('otherContent') }
  const answers = (op: OutboxKind, verdicts: readonly QueueVerdict[]): QueueBench => {
    const bench = new QueueBench()
    bench.add(1, op)
    bench.pump()
    for (const verdict of verdicts) {
      bench.answer('U1', verdict, 100)
      bench.wait()
    }
    return bench
  }
  it.each<OutboxKind>([
    ...(['entryRecord', 'plateRecord', 'exitRecord', 'shiftRecord'] as const),
    ...(['exception', 'feedback', 'feedbackState', 'batch'] as const),
  ])('twice: %s is held for a person, who may end it', (op) => {
    expect(answers(op, [other]).state('U1')).toBe('unknown')
    const bench = answers(op, [other, other])
    expect(bench.state('U1')).toBe('held')
    const record = bench.queue.aside.get('U1')
    expect(record === undefined ? null : endOf(bench.queue, record)).toBe('-')
  })
  it.each<OutboxKind>(['charge', 'exitUpload', 'refund'])('%s is asked for on', (op) => {
    const bench = answers(op, [other, other, other])
    expect(bench.state('U1')).toBe('unknown')
  })
  it('once, and then accepted, is confirmed', () => {
    expect(answers('plateRecord', [other, ok]).queue.confirmed).toBe(1)
  })
})
