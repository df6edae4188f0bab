// Clause 10.3.2: response times, service without interruption, throughput, screens.
import actCounts from '#acceptance/pure/act-counts.json' with { type: 'json' }
import type { AccessFact } from '#ledger/pure/facts.ts'
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import { isStopRow } from '#base/pure/rows/stop-row.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { cardFacts } from '../scene.ts'
import { access, facts, kind, later, stops, type Change } from './change.ts'
import type { Demand } from './example.ts'

/** One in ten of an interface. */
const tenth =
  (interfaceId: string, members: Partial<AccessFact>): Change =>
  (all) => {
    const own = all.accesses.filter((one) => one.interfaceId === interfaceId)
    const some = own.filter((_one, i) => i % 10 === 0)
    return access((one) => some.includes(one), members)(all)
  }

const response = (item: ItemId, main: string, small: string, limitMs: number): Demand => {
  const own = (one: AccessFact): boolean => one.interfaceId === main
  const other = (one: AccessFact): boolean => one.interfaceId === small
  return {
    item,
    demands: `each kind is answered within ${limitMs} ms, by an answer that did the work`,
    lot: cardFacts,
    wrong: {
      'one in ten late': tenth(main, { tookMs: limitMs + 100 }),
      'all late': access(own, { tookMs: limitMs + 1 }),
      'another kind late': access(other, { tookMs: limitMs + 1_000 }),
      '503 in 0.1 s': access(own, { status: 503, respCode: null, tookMs: 100 }),
      'one in ten 503 in 0.1 s': tenth(main, { status: 503, respCode: null, tookMs: 100 }),
      'one in ten 500 in 0.1 s': tenth(main, { status: 500, respCode: null, tookMs: 100 }),
      'one in ten 429 in 0.1 s': tenth(main, { status: 429, respCode: null, tookMs: 100 }),
      'one in ten silent': tenth(main, { status: null, respCode: null, requestId: null }),
      'all refused with 403': access(own, { status: 403, respCode: '400001', tookMs: 100 }),
      'all refused in answers with 200': access(own, { isRefused: true, tookMs: 100 }),
      'another kind answered 503': access(other, { status: 503, respCode: null, tookMs: 100 }),
      'another kind silent': access(other, { status: null, respCode: null }),
    },
    absent: {
      'all samples': access(own, null),
      'times of the samples': access(own, { tookMs: undefined }),
      'all samples but 90': (all) => {
        const keep = all.accesses.filter(own).slice(0, 10)
        return access((one) => own(one) && !keep.includes(one), null)(all)
      },
    },
  }
}

const boot = kind('boot')
const beatsOf =
  (lane: string | null, from: string, to: string) =>
  (one: AccessFact): boolean =>
    one.interfaceId === 'monitor' &&
    (lane === null || one.laneId === lane) &&
    one.atIso > from &&
    one.atIso < to

const r3: Demand = {
  item: 'R3',
  demands: 'all lanes serve for seven days without a stop',
  lot: cardFacts,
  wrong: {
    'half of a day down in pieces of 119 s': stops(363, 4, 119),
    'ten stops of 110 s a day': stops(80, 140, 110),
    'an hour of stops of a minute': stops(30, 2, 60),
    'stopped for a night': later(boot, 8 * 3_600_000, 'last'),
    'stopped for three minutes': later(boot, 180_000, 'last'),
    'stopped to this day': (all) => {
      const stop = all.rows.find(isStopRow)
      return facts({ rows: all.rows.filter(({ seq }) => seq <= (stop?.seq ?? 0)) })(all)
    },
    'all lanes dead for three days': access(beatsOf(null, '2026-03-04', '2026-03-07'), null),
    'one lane dead for three days': access(beatsOf('exit', '2026-03-04', '2026-03-07'), null),
    'the other lane dead for three days': access(
      beatsOf('entry', '2026-03-04', '2026-03-07'),
      null,
    ),
    'one lane dead for half a day': access(beatsOf('exit', '2026-03-04T00', '2026-03-04T12'), null),
    'one lane dead since the fourth day': access(beatsOf('exit', '2026-03-05', '2027'), null),
    'a second lane that never lived': (all) =>
      facts({
        lanes: [...all.lanes, ...all.lanes.slice(0, 1).map((one) => ({ ...one, laneId: 'new' }))],
      })(all),
  },
  absent: {
    'a row of the stop, after a quiet night': (all) => {
      const stop = all.rows.find(isStopRow)
      const quiet = all.rows.filter(
        ({ seq, atMs }) =>
          seq > (stop?.seq ?? 0) ||
          (seq < (stop?.seq ?? 0) && atMs < (stop?.atMs ?? 0) - dayMs / 2),
      )
      return facts({ rows: quiet })(all)
    },
    'all rows of three days': (all) =>
      facts({
        rows: all.rows.filter(
          ({ atMs }) =>
            atMs < Date.parse('2026-03-04T00:00:00+08:00') ||
            atMs > Date.parse('2026-03-07T00:00:00+08:00'),
        ),
      })(all),
    'rows before the last day': (all) =>
      facts({ rows: all.rows.filter(({ atMs }) => atMs > all.nowMs - dayMs) })(all),
    'all rows': facts({ rows: [] }),
    'all heartbeats': access(({ interfaceId }) => interfaceId === 'monitor', null),
  },
}

const r4: Demand = {
  item: 'R4',
  demands: 'the busiest minute has the share of the lot',
  lot: cardFacts,
  wrong: {
    'answered one in eight': (all) =>
      facts({
        accesses: all.accesses.map((one, i) => (i % 8 === 0 ? one : { ...one, status: null })),
      })(all),
    'turned away with 429': (all) =>
      facts({ accesses: all.accesses.map((one, i) => (i < 60 ? one : { ...one, status: 429 })) })(
        all,
      ),
    'answered 503': access(() => true, { status: 503 }),
    'refused in answers with 200': access(() => true, { isRefused: true }),
    'answered by the operator': access(() => true, { destination: 'operator' }),
    'answered by the ETC operator': access(() => true, { destination: 'etcOperator' }),
  },
  absent: {
    accesses: facts({ accesses: [] }),
    'answers to all': access(() => true, { status: null }),
    'all but ninety': (all) => facts({ accesses: all.accesses.slice(0, 90) })(all),
  },
}

const r5: Demand = {
  item: 'R5',
  demands: 'the set-up takes at most 60 actions',
  lot: cardFacts,
  wrong: {
    'an action more': facts({ acts: { ...actCounts, setup: 61 } }),
    'not a number': facts({ acts: { ...actCounts, setup: Number.NaN } }),
    'a negative number': facts({ acts: { ...actCounts, setup: -1 } }),
    'no action at all': facts({ acts: { ...actCounts, setup: 0 } }),
  },
  absent: { counts: facts({ acts: null }) },
}

export const performance: readonly Demand[] = [
  response('R1', 'signIn', 'charge', 3_000),
  response('R2', 'list', 'refundQuery', 10_000),
  r3,
  r4,
  r5,
]
