// Platform messages become work items of a lot, in virtual time, against a platform that keeps them in order. Each message
// is one item, even when answers are repeated or lost or the numbering restarts; a closed item stays closed.
import { beforeEach, expect, it } from 'vitest'
import { FeedbackPull } from '#lane/lot/queue/feedback-pull.ts'
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { FeedbackMessage } from '#base/pure/values/feedback.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { PlatformFeedback } from '#ledger/ports/platform-feedback.ts'
import { passMinutes, sideTasks } from '../../../../kit/side-tasks.ts'

type Answer = Parameters<Parameters<PlatformFeedback['after']>[1]>[0]

const startMs = Date.parse('2026-11-20T10:00:00+08:00')
let time: VirtualTime
let rows: RowDraft[]
let traced: string[]
let asked: number[]
let at: Omit<FeedbackMessage, 'seq'>[]
let instead: Answer | null
/** Number of the last message by the platform, where it is wrong. */
let said: number | null

const message = (no: string, over: Partial<FeedbackMessage> = {}) =>
  ({
    no,
    what: 'payment',
    atMs: startMs,
    outTradeNo: null,
    feeFen: null,
    text: `支付失败 ${no}`,
    resend: null,
    ...over,
  }) as const

function begin(): FeedbackPull {
  return new FeedbackPull({
    runtime: {
      nowMs: () => startMs + time.nowUs / 1_000,
      append: (drafts) => {
        rows.push(...drafts)
        return []
      },
      trace: (_lane, _stay, _type, text) => void traced.push(text ?? ''),
    },
    tasks: sideTasks(time.clock),
    service: {
      dayTally: () => Promise.resolve({ books: rows as LedgerRow[] } as never),
      etcOfDay: () => Promise.resolve([{ outTradeNo: 'P1', stayId: 'n1-S1' }] as never),
    },
    feedback: {
      after: (seq, done) => {
        asked.push(seq)
        const messages = at.map((one, n) => ({ seq: n + 1, ...one })).slice(seq, seq + 2)
        done(instead ?? { kind: 'messages', lastSeq: said ?? at.length, messages })
      },
    },
  })
}
const pass = (minutes: number): Promise<void> => passMinutes(time, minutes)
const items = () => [...tallyOf(rows as LedgerRow[]).items.values()]

beforeEach(() => {
  time = new VirtualTime()
  ;[rows, traced, asked, at, instead, said] = [[], [], [], [], null, null]
})

it('makes an item of each message, nobody yet and of no sum, and finds the stay of its charge', async () => {
  at = [message('F1', { outTradeNo: 'P1', feeFen: 1_500 }), message('F2'), message('F3')]
  begin()
  await pass(1)
  expect(items()).toMatchObject([
    {
      kind: 'feedback',
      ref: 'P1',
      stayId: 'n1-S1',
      owner: '',
      expectedFen: 0,
      foundFen: 0,
      end: null,
    },
    { ref: 'F2', day: '2026-11-20' },
    { ref: 'F3' },
  ])
  expect(items()[0]?.feedback).toMatchObject({ seq: 1, feeFen: 1_500, text: '支付失败 F1' })
  expect(asked).toEqual([0, 2])
  expect(traced).toEqual(['feedback 2', 'feedback 1'])
})

it('makes none twice over a restart, and what ended stays ended', async () => {
  at = [message('F1'), message('F2')]
  const first = begin()
  await pass(1)
  first.stop()
  const end = {
    row: 'end',
    itemId: 'feedback F1',
    how: 'explained',
    by: '店主',
    approvedBy: null,
    reason: '已补',
  } as const
  rows.push({ kind: 'book', atMs: startMs, body: end })
  at = [...at, message('F3')]
  begin()
  await pass(1)
  expect(asked).toEqual([0, 0, 2])
  expect(items().map(({ ref, end: ended }) => [ref, ended?.how])).toEqual([
    ['F1', 'explained'],
    ['F2', undefined],
    ['F3', undefined],
  ])
  await pass(30)
  expect(rows).toHaveLength(4)
})

it('passes over none of another platform, whose numbers are its own', async () => {
  at = [message('F1'), message('F2')]
  const first = begin()
  await pass(1)
  first.stop()
  at = [message('G1'), message('G2'), message('G3')]
  begin()
  await pass(1)
  expect(items().map(({ ref }) => ref)).toEqual(['F1', 'F2', 'G1', 'G2', 'G3'])
})

it('takes none twice of a platform whose numbers begin anew, and passes over none', async () => {
  at = [message('F1'), message('F2')]
  begin()
  await pass(1)
  at = [message('F2')]
  await pass(6)
  expect(rows).toHaveLength(2)
  at = [message('F5')]
  await pass(6)
  expect(items().map(({ ref }) => ref)).toEqual(['F1', 'F2', 'F5'])
  at = [message('F5'), message('F2')]
  await pass(6)
  expect(rows).toHaveLength(3)
  at = [message('F5'), message('F2'), message('F1', { text: '另一条', atMs: startMs + 1 })]
  await pass(6)
  expect(items().map(({ ref }) => ref)).toEqual(['F1', 'F2', 'F5', 'F1'])
  instead = { kind: 'messages', lastSeq: 1, messages: [{ ...message('F9'), seq: 5 }] }
  const before = asked.length
  await pass(6)
  expect(asked.length - before).toBeLessThanOrEqual(4)
})

it('names messages that break their rule once, and a silence that lasts, and goes on behind both', async () => {
  instead = {
    kind: 'wrong',
    fault: new LaneFault('FEED-01', { field: '/data/lastSeq', value: 'x' }),
  }
  const pull = begin()
  await pass(12)
  expect(traced).toEqual(['FEED-01 /data/lastSeq x'])
  instead = { kind: 'silent', reason: 'timeout' }
  await pass(15)
  expect(pull.notices()).toMatchObject([{ code: 'FEED-02' }])
  instead = null
  at = [message('F1')]
  await pass(6)
  expect([pull.notices(), items().length]).toEqual([[], 1])
})

it('asks nobody again that has no such interface', async () => {
  instead = { kind: 'none', reason: '400004' }
  begin()
  await pass(30)
  expect(asked).toEqual([0])
})

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5_000; turn++) await Promise.resolve()
}

it('a number of the last message that is far away is a doubt, and costs 25 questions a look', async () => {
  const all = Array.from({ length: 120 }, (_, n) => message(`F${n + 1}`))
  at = all
  const claimed = [Number.MAX_SAFE_INTEGER, 50_000, 121]
  for (const lastSeq of claimed) {
    ;[rows, asked, traced] = [[], [], []]
    time = new VirtualTime()
    said = lastSeq
    const pull = begin()
    await pass(1)
    await turns()
    expect(asked).toHaveLength(25)
    expect(pull.notices().map(({ code }) => code)).toEqual(['FEED-05'])
    await pass(5)
    await turns()
    expect(asked).toHaveLength(50)
    expect(asked[25]).toBe(50)
    said = null
    await pass(5)
    await turns()
    expect(pull.notices()).toEqual([])
    expect(items()).toHaveLength(120)
    await pass(10)
    await turns()
    expect(items()).toHaveLength(120)
    pull.stop()
  }
})

it.each([
  0,
  Date.parse('1999-12-31T00:00:00Z'),
  Date.parse('9999-12-31T00:00:00Z'),
  startMs + 90_000_000,
])(
  'a message of the time %d is an item of today, once over a restart on another day',
  async (atMs) => {
    at = [message('F1', { atMs }), message('F2', { atMs: startMs - 86_400_000 })]
    const first = begin()
    await pass(1)
    first.stop()
    const found = () => items().map(({ day, feedback }) => [day, feedback?.atMs])
    expect(found()).toEqual([
      ['2026-11-20', atMs],
      ['2026-11-19', startMs - 86_400_000],
    ])
    const second = begin()
    await pass(1_500)
    second.stop()
    expect(found()).toHaveLength(2)
  },
)
