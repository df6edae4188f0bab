// Events in any order, in every state and both charge modes: no state table throws, no barrier is commanded before its pass
// is written, the money invariants hold, and a restart finds the same lot.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { laneStateNames } from '#lane/pure/lane.ts'
import type { LaneEvent, LaneStateName } from '#lane/pure/lane.ts'
import { violationsOf } from './lot/violations.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { ChargeMode, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import {
  act,
  b5,
  b8,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plate,
  plateEvent,
  proofFor,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import { arriving } from './effects-kit.ts'

/** Runs per property; `npm run test:full` may ask for more. */
const runs = Number(process.env.ETC_LANE_PROPERTY_RUNS ?? 600)

const means = ['cash', 'transfer', 'free', 'later'] as const

/** An event in whatever state the lane is. */
type Happening = (bench: LaneBench, n: number) => void
const tell =
  (...events: readonly LaneEvent[]): Happening =>
  (bench) =>
    void bench.give(...events)

const read = cardReadEvent()
const { vehicle: _, ...ofCard } = read
const sealedEvent: LaneEvent = {
  ...ofCard,
  type: 'vehicleSealed',
  sealed: { keyVersion: '01', algorithm: '04', random: '', cipher: '' },
}
const openedEvent = (vehicle: typeof read.vehicle | null): LaneEvent => ({
  type: 'vehicleOpened',
  obuId: read.obu.obuId,
  vehicle,
})

/** The platform answers an online charge, as lane/lot/queue/lot-uploads.ts passes it on. */
const platformAnswers =
  (result: ChargeResult): Happening =>
  (bench) => {
    const open = [...bench.lot.unsettled.values()].find((d) => d.chargeMode === 'online')
    if (open === undefined) return
    const { deductionId } = open
    const { name, car } = bench.state
    const waits = ['charging', 'waiting', 'manual'].includes(name)
    if (waits && car?.deduction?.deductionId === deductionId) {
      bench.give({ type: 'charge', deductionId, result, reason: 'word', receipt: null })
      return
    }
    if (result === 'noAnswerTwice' || result === 'held' || result === 'open') return
    bench.append(
      bench.lateRows({ deductionId, result, source: 'platform', reason: 'word', receipt: null }),
    )
  }

const happenings: Readonly<Record<string, Happening>> = {
  arriveOn: tell(loop('arrive', 'on')),
  arriveOff: tell(loop('arrive', 'off')),
  underOn: tell(loop('under', 'on')),
  underOff: tell(loop('under', 'off')),
  plate: tell(plateEvent(plate)),
  otherPlate: tell(plateEvent(otherPlate)),
  noPlate: tell(plateEvent(null)),
  carComes: tell(loop('arrive', 'on'), plateEvent(plate)),
  cardRead: tell(cardReadEvent()),
  poorCard: tell(cardReadEvent({ balanceFen: 1 })),
  otherCard: tell(cardReadEvent({ card: { cardNo: '45010000000000000002' } })),
  otherObu: tell(cardReadEvent({ plate: otherPlate, obuId: '22222222' })),
  sealed: tell(sealedEvent),
  opened: tell(openedEvent(read.vehicle)),
  notOpened: tell(openedEvent(null)),
  otherOpened: tell(openedEvent({ ...read.vehicle, plate: otherPlate })),
  written: (bench) =>
    void bench.give(
      cardReadEvent({
        balanceFen: 10_000 - (bench.lastC6?.amountFen ?? 0),
        station0019Hex: bench.lastC6?.stationHex ?? '',
      }),
    ),
  b5Paid: tell(b5('paid', proofFor(9500))),
  b5Stood: tell(b5('paid', proofFor(10_000))),
  b5More: tell(b5('paid', proofFor(5000))),
  b5Old: tell(b5('paid', { ...proofFor(9500), timeBcd: '20261120133000' })),
  lostMore: (bench) =>
    void bench.give(
      cardReadEvent({ balanceFen: 5000, station0019Hex: bench.lastC6?.stationHex ?? '' }),
    ),
  b5Unpaid: tell(b5('unpaid')),
  b5Unknown: tell(b5('unknown')),
  b5Foreign: tell({ ...b5('paid'), obuId: '22222222' } as LaneEvent),
  b8Paid: tell(b8('paid', proofFor(9500))),
  b8Unknown: tell(b8('unknown')),
  rsuDown: tell({ type: 'rsuDown', reason: 'link' }),
  rsuUp: tell({ type: 'rsuUp', psamTerminals: [], rsuId: '' }),
  barrierDown: tell({ type: 'barrierDown', reason: 'link' }),
  barrierUp: tell({ type: 'barrierUp' }, loop('arrive', 'off'), loop('under', 'off')),
  open: tell({ type: 'position', position: 'open' }),
  fault: tell({ type: 'barrierFault', fault: 'openTimeout' }),
  passed: (bench) => {
    const passId = bench.state.car?.pass?.passId ?? 'none'
    bench.give({ type: 'passed', passId })
  },
  timers: (bench, n) => {
    const name = [...bench.timers][n % Math.max(1, bench.timers.size)] ?? 'plate'
    bench.timers.delete(name)
    bench.give(timerEvent(name))
  },
  settle: (bench, n) => {
    const by = means[n % means.length] ?? 'cash'
    const { name } = bench.state
    if (!['manual', 'asking', 'waiting'].includes(name)) return
    bench.give({ type: 'settle', means: by, amountFen: null, act: act(`c${bench.rows.length}`) })
  },
  doubt: (bench) => {
    if (bench.options.chargeMode === 'card')
      bench.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent(), b5('unknown'))
    if (bench.state.name === 'suspect') bench.give(timerEvent('suspect'))
  },
  cashUnderDoubt: (bench) => {
    happenings.doubt?.(bench, 0)
    happenings.settle?.(bench, 0)
  },
  /** The car left while the platform was asked, and returns. */
  comesBack: (bench) => {
    bench.give(loop('arrive', 'off'), loop('under', 'off'), loop('arrive', 'on'))
    bench.give(plateEvent(plate))
  },
  openByHand: (bench) => void bench.give({ type: 'openByHand', act: act(`h${bench.rows.length}`) }),
  paid: platformAnswers('paid'),
  refused: platformAnswers('refused'),
  silent: platformAnswers('noAnswerTwice'),
  stillOpen: platformAnswers('open'),
  held: platformAnswers('held'),
  platformDown: (bench) => void (bench.platformUp = false),
  platformUp: (bench) => void (bench.platformUp = true),
  late: (bench) => void (bench.debitLate = !bench.debitLate),
  diskFull: (bench) => void (bench.failAppends = bench.platformUp ? 1 : 0),
  minutes: (bench, n) => void (bench.nowMs += (n % 40) * 60_000),
  enters: (bench, n) => {
    const of = n % 3 === 0 ? otherPlate : plate
    if (!bench.lot.byPlate.has(of)) bench.entered(n % 400, of)
  },
}

/** Events that move a car forward are drawn more often than disturbances. */
const often = [
  ...Array.from({ length: 6 }, () => [
    'carComes',
    'cardRead',
    'b5Paid',
    'b5Unknown',
    'paid',
  ]).flat(),
]

const steps = fc.array(
  fc.tuple(fc.constantFrom(...Object.keys(happenings), ...often), fc.nat({ max: 10_000 })),
  { minLength: 20, maxLength: 80 },
)
const options: fc.Arbitrary<BenchOptions> = fc
  .record({
    chargeMode: fc.constantFrom<ChargeMode>('card', 'online'),
    byOrder: fc.boolean(),
    offline: fc.constantFrom('other-payment' as const, 'settle-later' as const),
    hasPlatform: fc.constant(true),
    rsuHasProof: fc.boolean(),
    largeAmountFen: fc.constantFrom(400, 100_000),
  })
  .map((one) => (one.chargeMode === 'card' ? { ...one, byOrder: false } : one))

/** The state that a restart folds from these rows; ids that were minted but never written are excluded. */
const folded = (rows: readonly LedgerRow[]) => {
  const lot = emptyLot()
  for (const row of rows) foldRow(lot, row)
  return { ...lot, lastId: 0 }
}

function judge(bench: LaneBench): void {
  expect(violationsOf(bench.rows)).toEqual([])
  expect({ ...bench.lot, lastId: 0 }).toEqual(folded(bench.rows))
}

const reached = new Map<string, number>()
const count = (word: string): void => void reached.set(word, (reached.get(word) ?? 0) + 1)

describe('any order of events', () => {
  it('never breaks a money invariant, and a restart finds the same lot', () => {
    fc.assert(
      fc.property(options, steps, (given, sequence) => {
        const bench = new LaneBench(given).entered(sequence.length % 5 === 0 ? 5 : 70)
        for (const [name, n] of sequence) {
          happenings[name]?.(bench, n)
          count(bench.state.name)
        }
        for (const row of bench.rows)
          count(row.kind === 'pass' ? row.body.cause : row.kind === 'refund' ? 'refund' : '')
        judge(bench)
      }),
      { numRuns: runs },
    )
  })

  it('tells no barrier before its pass is written, unless by hand on a full disk', () => {
    fc.assert(
      fc.property(options, steps, (given, sequence) => {
        const bench = new LaneBench(given).entered()
        for (const [name, n] of sequence) if (name !== 'diskFull') happenings[name]?.(bench, n)
        expect(bench.opens.filter((written) => !written)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  it('a board over the lane was told exactly what the lane says it shows', () => {
    fc.assert(
      fc.property(options, steps, (given, sequence) => {
        const bench = new LaneBench(given).entered()
        for (const [name, n] of sequence) {
          if (name === 'diskFull') continue
          happenings[name]?.(bench, n)
          expect(bench.onBoard).toBe(bench.state.shown.zh)
        }
      }),
      { numRuns: runs },
    )
  })

  it('a failing append is never followed by what stands behind it', () => {
    fc.assert(
      fc.property(options, steps, (given, sequence) => {
        const bench = new LaneBench(given).entered()
        for (const [name, n] of sequence) {
          bench.failAppends = name === 'openByHand' ? 0 : 1
          bench.done()
          // One event at a time, as a second one may find room on the disk again.
          const isSeveral = /doubt|comes/i.test(name)
          if (!isSeveral || (name === 'carComes' && given.byOrder !== true))
            happenings[name]?.(bench, n)
          const log = bench.done()
          const failedAt = log.indexOf('append failed')
          if (failedAt < 0 || bench.failAppends > 0) continue
          expect(log.slice(failedAt)).not.toContain('debit')
          expect(log.slice(failedAt)).not.toContain('charge')
          bench.failAppends = 0
        }
        judge(bench)
      }),
      { numRuns: runs },
    )
  })

  it('charges a stay once over all means, however often it comes and goes', () => {
    fc.assert(
      fc.property(options, steps, (given, sequence) => {
        const bench = new LaneBench(given).entered()
        for (const [name, n] of sequence)
          if (name !== 'minutes' && name !== 'enters') happenings[name]?.(bench, n)
        const etc = bench.rows.filter((r) => r.kind === 'payment' && r.body.means === 'etc').length
        const refunds = bench.rows.filter((r) => r.kind === 'refund').length
        expect(etc - refunds).toBeLessThanOrEqual(1)
        if (given.chargeMode === 'online')
          expect(bench.rows.filter((r) => r.kind === 'armed')).toEqual([])
      }),
      { numRuns: runs },
    )
  })
  it('gets everywhere in these sequences, which are worth nothing else', () => {
    for (const name of laneStateNames) expect(reached.get(name) ?? 0, name).toBeGreaterThan(0)
    for (const cause of ['etc', 'other', 'later', 'emergency', 'free', 'refund'])
      expect(reached.get(cause) ?? 0, cause).toBeGreaterThan(0)
  })
})

describe('every cell', () => {
  const events: readonly LaneEvent[] = [
    loop('arrive', 'on'),
    loop('arrive', 'off'),
    loop('under', 'on'),
    loop('under', 'off'),
    plateEvent(plate),
    plateEvent(null),
    timerEvent('plate'),
    timerEvent('obu'),
    timerEvent('settle'),
    timerEvent('suspect'),
    timerEvent('gone'),
    timerEvent('early'),
    timerEvent('no such timer'),
    cardReadEvent(),
    sealedEvent,
    openedEvent(null),
    timerEvent('vehicle'),
    b5('paid'),
    b5('unknown'),
    b8('paid'),
    { type: 'obuSeen', obu: cardReadEvent().obu },
    { type: 'obuUnreadable', obuId: '0A0B0C0D', code: 1, reason: 'x' },
    { ...b5('paid'), type: 'orphanResult' } as LaneEvent,
    { type: 'rsuUp', psamTerminals: [], rsuId: '' },
    { type: 'rsuDown', reason: 'x' },
    { type: 'rsuFault', status: 1, reason: 'x' },
    { type: 'barrierUp' },
    { type: 'barrierDown', reason: 'x' },
    { type: 'position', position: 'open' },
    { type: 'passed', passId: 'x' },
    { type: 'barrierFault', fault: 'loopStuck' },
    { type: 'closeBlocked', why: 'x' },
    { type: 'claimed', answer: { kind: 'noStay', candidates: [] } },
    { type: 'debitTooLate', deductionId: 'x' },
    { type: 'charge', deductionId: 'x', result: 'paid', reason: 'x', receipt: null },
    { type: 'openByHand', act: act() },
    { type: 'ledgerStopped' },
  ]
  const lost = [...arriving, cardReadEvent(), b5('unknown')]
  const ways: readonly (readonly [LaneStateName, readonly LaneEvent[], BenchOptions, number?])[] = [
    ['idle', [], {}],
    ['idle', [], { direction: 'entry' }],
    ['reading', [loop('arrive', 'on')], {}],
    ['reading', [loop('arrive', 'on')], { direction: 'entry' }],
    ['searching', arriving, { chargeMode: 'card' }],
    ['searching', arriving, { chargeMode: 'online' }],
    ['debiting', [...arriving, cardReadEvent()], {}],
    ['suspect', lost, {}],
    ['suspect', lost, { rsuHasProof: true }],
    ['asking', [...lost, timerEvent('suspect')], {}],
    ['charging', [...arriving, cardReadEvent()], { chargeMode: 'online' }],
    ['manual', [...arriving, timerEvent('obu')], { chargeMode: 'online' }],
    ['manual', [...arriving, timerEvent('obu')], { chargeMode: 'card' }],
    ['manual', [loop('arrive', 'on'), timerEvent('plate')], {}],
    ['opening', arriving, {}, 5],
    ['opening', arriving, { direction: 'entry' }],
  ]
  it.each(ways.map((way) => ({ name: way[0], way })))('takes any event: $name', ({ way: row }) => {
    const [name, way, given, minutes] = row
    for (const event of events) {
      const bench = new LaneBench(given).entered(minutes ?? 70).give(...way)
      expect(bench.state.name).toBe(name)
      bench.give(event)
      expect(bench.state.car === null).toBe(bench.state.name === 'idle')
      judge(bench)
    }
  })
  it('is reached for every state but one, which needs a restart', () => {
    const reached = new Set(ways.map(([name]) => name))
    expect(laneStateNames.filter((name) => !reached.has(name))).toEqual(['waiting'])
  })
})
