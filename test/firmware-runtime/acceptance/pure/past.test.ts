// What binds the past of a ledger from outside, by day; and that nothing which lies in the folder alone passes an item.
import { describe, expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { judgedBy } from '#acceptance/pure/judged-there.ts'
import { pastOf } from '#acceptance/pure/past.ts'
import type { HeadStamp, Past, PastDay } from '#ledger/pure/past-facts.ts'
import type { PlatformWord } from '#ledger/pure/facts.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardFacts, onlineFacts } from './scene.ts'

const rowOf = (seq: number, kind: string, atIso: string, more: object = {}): LedgerRow =>
  ({
    nodeId: 'n1',
    seq,
    kind,
    atMs: Date.parse(atIso),
    body: {},
    stayId: 'n1-S1',
    ...more,
  }) as unknown as LedgerRow
const sent = (seq: number, atIso: string, amountFen: number | undefined = 300): LedgerRow =>
  rowOf(seq, 'outbox', atIso, { body: { businessNo: `P${seq}` }, amountFen })
const said = (seq: number, over: Partial<PlatformWord> = {}): PlatformWord => ({
  kind: 'charge',
  businessNo: `P${seq}`,
  says: 'has',
  state: 'SUCCESS',
  amountFen: 300,
  ...over,
})
const stamped = (seq: number, atIso: string | null, nodeId = 'n1'): HeadStamp => ({
  nodeId,
  seq,
  hash: '',
  token: '',
  held: atIso === null ? null : { atIso, by: 'TSA' },
})

const [monday, tuesday] = ['2026-03-02', '2026-03-03'] as const
const rows = [
  rowOf(1, 'boot', `${monday}T07:59:00+08:00`),
  rowOf(2, 'stayOpened', `${monday}T08:00:00+08:00`),
  sent(3, `${monday}T09:00:00+08:00`),
  // 23:30 of Beijing is the same day, although it is another one in UTC for the morning.
  rowOf(4, 'stayOpened', `${monday}T23:30:00+08:00`),
  sent(5, `${tuesday}T00:30:00+08:00`),
  rowOf(6, 'event', '2026-03-04T01:00:00+08:00', { stayId: undefined }),
]
const days = (mondayBy: PastDay['by'], tuesdayBy: PastDay['by']): readonly PastDay[] => [
  { day: monday, by: mondayBy },
  { day: tuesday, by: tuesdayBy },
]
const soon = `${tuesday}T00:10:00.000+08:00`

describe('a day is bound', () => {
  it.each<[string, readonly PlatformWord[], readonly HeadStamp[], readonly PastDay[]]>([
    ['by nothing', [], [], days([], [])],
    ['by a charge that the platform has', [said(3)], [], days(['platform'], [])],
    ['on each day that has one', [said(3), said(5)], [], days(['platform'], ['platform'])],
    [
      'also where the platform says no amount',
      [said(3, { amountFen: null })],
      [],
      days(['platform'], []),
    ],
    ['not by another amount', [said(3, { amountFen: 200 })], [], days([], [])],
    ['not by a charge that it has not', [said(3, { says: 'hasNot' })], [], days([], [])],
    ['not by a platform that did not answer', [said(3, { says: 'unasked' })], [], days([], [])],
    ['not by a number that no row has', [said(77)], [], days([], [])],
    ['by a stamp of the night behind it', [], [stamped(4, soon)], days(['timeStamp'], [])],
    [
      'by a stamp of a later row in time',
      [],
      [stamped(6, `${tuesday}T00:40:00.000+08:00`)],
      days(['timeStamp'], ['timeStamp']),
    ],
    ['not by a stamp before its last row', [], [stamped(3, soon)], days([], [])],
    [
      'not by a stamp of a week later',
      [],
      [stamped(6, '2026-03-09T00:10:00.000+08:00')],
      days([], []),
    ],
    [
      'not by a stamp before the rows under it',
      [],
      [stamped(4, `${monday}T20:00:00.000+08:00`)],
      days([], []),
    ],
    [
      'not by a stamp of the year before',
      [],
      [stamped(6, '2025-03-02T23:40:00.000+08:00')],
      days([], []),
    ],
    [
      'by a stamp of a clock that is two minutes behind',
      [],
      [stamped(4, `${monday}T23:28:00.000+08:00`)],
      days(['timeStamp'], []),
    ],
    ['not by a stamp of other rows', [], [stamped(6, null)], days([], [])],
    ['not by a stamp of another node', [], [stamped(6, soon, 'n2')], days([], [])],
    ['by both', [said(3)], [stamped(4, soon)], days(['platform', 'timeStamp'], [])],
  ])('%s', (_, words, stamps, expected) => {
    expect(pastOf(rows, { words, stamps }, true).days).toEqual(expected)
  })
})

describe.each([
  ['by card', cardFacts()],
  ['online', onlineFacts()],
])('a lot that charges %s', (_, facts) => {
  const passed = acceptanceItems.filter((item) => judgedBy(item, facts, false).verdict === 'pass')
  const inFolder = passed.filter((item) =>
    judgedBy(item, facts, false).evidence.some(({ source }) => /ledger|frame|access/.test(source)),
  )
  const verdicts = (past: Past) =>
    new Set(inFolder.map((item) => judgedBy(item, { ...facts, past }, false).verdict))

  it('passes where its platform binds it', () => {
    expect(inFolder.length).toBeGreaterThan(5)
    expect(verdicts(facts.past)).toEqual(new Set(['pass']))
  })
  it('passes by a time stamp of each night where no platform is asked', () => {
    const stamps = [stamped(Infinity, '2026-03-03T00:10:00.000+08:00')]
    expect(
      verdicts(
        pastOf(
          facts.rows.map((row) => ({ ...row, nodeId: 'n1' })),
          { words: [], stamps },
          true,
        ),
      ),
    ).toEqual(new Set(['pass']))
  })
  it.each<[string, Past]>([
    ['a ledger without a start', { ...facts.past, isStarted: false }],
    ['nobody outside who knows of it', pastOf(facts.rows, { words: [], stamps: [] }, true)],
    ['no row of a car', { isStarted: true, days: [], stamps: [], unrecorded: [] }],
  ])('passes nothing with %s', (_name, past) => {
    expect(verdicts(past)).toEqual(new Set(['incomplete']))
  })
  it('passes nothing of a platform whose certificate no row names', () => {
    const unrecorded = [{ channel: 'platform', fromIso: '2026-03-02T08:00:00.000+08:00' }]
    const past = { ...facts.past, unrecorded }
    const open = inFolder.filter(
      (item) => judgedBy(item, { ...facts, past }, false).verdict !== 'pass',
    )
    expect(open.length).toBeGreaterThan(2)
    for (const { id, needs } of open) {
      expect(id).not.toMatch(/^E/)
      expect(
        needs.some((name) => /^(platform|anyPlatform|recordsTo)$/.test(name)),
        id,
      ).toBe(true)
    }
  })
  it('stays failed, whatever is missing', () => {
    const none = { isStarted: false, days: [], stamps: [], unrecorded: [] }
    for (const item of acceptanceItems) {
      const [before, after] = [
        judgedBy(item, facts, false),
        judgedBy(item, { ...facts, past: none }, false),
      ]
      if (before.verdict === 'fail') expect(after.verdict, item.id).toBe('fail')
      expect(
        after.otherwise === 'pass' && after.evidence.some(({ source }) => source === 'ledger'),
      ).toBe(false)
    }
  })
})
