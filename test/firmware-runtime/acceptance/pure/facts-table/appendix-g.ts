// Table G.1: what is downloaded and uploaded, at each destination that the table names.
import type { ItemId } from '#acceptance/pure/items/ids.ts'
import type { BatchKind, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { AccessFact } from '#ledger/pure/facts.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { cardFacts, onlineFacts } from '../scene.ts'
import {
  access,
  again,
  body,
  both,
  facts,
  kind,
  later,
  rowOver,
  without,
  type Change,
  type RowFits,
  type Which,
} from './change.ts'
import type { Demand, Examples } from './example.ts'

const idOf = (row: LedgerRow | undefined): string =>
  row?.kind === 'outbox' ? row.body.outboxId : ''

/** The answer to a record: other members, or none. */
const answer =
  (fits: RowFits, members: object | null, which: Exclude<Which, 'all'> = 'first'): Change =>
  (all) => {
    const row = which === 'first' ? all.rows.find(fits) : all.rows.findLast(fits)
    const own = kind('outboxState', ({ outboxId }) => outboxId === idOf(row))
    return members === null ? without(own)(all) : body(own, members)(all)
  }

const online: readonly Demand[] = [
  {
    item: 'G1',
    demands: 'each exit transaction has its receipt, and the access that brought it',
    lot: cardFacts,
    wrong: {
      'the last access was 503': access(
        ({ interfaceId }) => interfaceId === 'charge',
        { status: 503, requestId: null },
        'last',
      ),
      'the first access was 500': access(
        ({ interfaceId }) => interfaceId === 'charge',
        { status: 500 },
        'first',
      ),
      'an access with another Request-ID': access(
        ({ interfaceId }) => interfaceId === 'charge',
        { requestId: 'other' },
        'first',
      ),
      'answered by the operator': access(
        ({ interfaceId }) => interfaceId === 'charge',
        { destination: 'operator' },
        'first',
      ),
      'refused in an answer with 200': access(
        ({ interfaceId }) => interfaceId === 'charge',
        { isRefused: true },
        'first',
      ),
      'two receipts of one answer': (all) => {
        const [first] = all.rows.filter(kind('outbox', ({ op }) => op === 'exitUpload'))
        const receipt = all.rows.find(
          (row) => row.kind === 'outboxState' && row.body.outboxId === idOf(first),
        )
        const requestId = receipt?.kind === 'outboxState' ? receipt.body.requestId : ''
        return answer(
          kind('outbox', ({ op }) => op === 'exitUpload'),
          { requestId },
          'last',
        )(all)
      },
    },
    absent: {
      'one access': access(({ interfaceId }) => interfaceId === 'charge', null, 'first'),
      'all accesses': access(({ interfaceId }) => interfaceId === 'charge', null),
      'Request-ID of a receipt': answer(
        kind('outbox', ({ op }) => op === 'exitUpload'),
        { requestId: null },
      ),
      'a transaction': without(kind('outbox', ({ op }) => op === 'exitUpload')),
      'the last transaction': without(
        kind('outbox', ({ op }) => op === 'exitUpload'),
        'last',
      ),
      'the receipt of one': answer(
        kind('outbox', ({ op }) => op === 'exitUpload'),
        null,
      ),
      'the receipt of the last': answer(
        kind('outbox', ({ op }) => op === 'exitUpload'),
        null,
        'last',
      ),
    },
  },
]

/** Cars pass on the next day too, on which nothing was downloaded. */
const nextDay: Change = (all) =>
  facts({
    rows: all.rows.map((row) =>
      row.kind === 'barrier' && row.seq > 100 ? { ...row, atMs: row.atMs + dayMs } : row,
    ),
  })(all)

const download = (item: ItemId, interfaceId: string, from: 'operator' | 'etcOperator'): Demand => {
  const own = (one: AccessFact): boolean => one.interfaceId === interfaceId
  const other = from === 'operator' ? 'etcOperator' : 'operator'
  return {
    item,
    demands: `${interfaceId} is answered by ${from} on each day with cars`,
    lot: cardFacts,
    wrong: {
      'answered 403': access(own, { status: 403, respCode: '400001' }),
      'answered 503': access(own, { status: 503, respCode: null }),
      'refused in an answer with 200': access(own, { status: 200, isRefused: true }),
      'answered by another platform': access(own, { destination: other }),
      'answered by the expansion platform': access(own, { destination: 'platform' }),
      'answered on another day': access(own, { atIso: '2026-03-05T08:00:00.000+08:00' }),
    },
    absent: {
      'all requests': access(own, null),
      answer: access(own, { status: null, respCode: null, requestId: null }),
      'requests of the next day with cars': nextDay,
    },
  }
}

const shift = kind('outbox', ({ op }) => op === 'shiftRecord')
const uploads = (one: AccessFact): boolean => one.interfaceId === 'shiftUpload'
const counted = kind('book', ({ row }) => row === 'counted')

const g4: Demand = {
  item: 'G4',
  demands: 'each shift that was counted is uploaded to the operator',
  lot: cardFacts,
  wrong: {
    'answered 503': access(uploads, { status: 503, respCode: null }),
    'answered 403': access(uploads, { status: 403, respCode: '400001' }),
    'refused in an answer with 200': access(uploads, { isRefused: true }),
    'uploaded to the expansion platform': access(uploads, { destination: 'platform' }),
    'queued for the expansion platform': body(shift, { destination: 'platform' }),
    'held for a person': answer(shift, { state: 'held' }),
    rejected: answer(shift, { state: 'rejected' }),
  },
  absent: {
    record: without(shift),
    'record of a second shift': again(counted),
    'its answer': answer(shift, null),
    'all accesses': access(uploads, null),
    answer: access(uploads, { status: null, respCode: null, requestId: null }),
  },
}

interface Kind {
  readonly item: ItemId
  readonly what: string
  readonly op: string
  readonly kind: BatchKind
  readonly to: DestinationName
}

const kinds: readonly Kind[] = [
  { item: 'G5', what: 'entry', op: 'entryRecord', kind: 'entry', to: 'operator' },
  { item: 'G7', what: 'entry plate', op: 'plateRecord', kind: 'entry-plate', to: 'operator' },
  { item: 'G10', what: 'exit', op: 'exitUpload', kind: 'exit', to: 'platform' },
  { item: 'G10', what: 'exit', op: 'exitRecord', kind: 'exit', to: 'operator' },
  { item: 'G12', what: 'exit plate', op: 'plateRecord', kind: 'exit-plate', to: 'platform' },
  { item: 'G12', what: 'exit plate', op: 'plateRecord', kind: 'exit-plate', to: 'operator' },
]

const recordOf = ({ op, kind: of, to }: Kind): RowFits =>
  kind('outbox', (own, { laneId }) => {
    const lane = of.startsWith('entry') ? 'entry' : 'exit'
    return own.op === op && own.destination === to && laneId === lane
  })

const badAnswers = (own: RowFits): Examples => ({
  rejected: answer(own, { state: 'rejected' }),
  'held for a person': answer(own, { state: 'held' }, 'last'),
  'the answer was 500': answer(own, { httpStatus: 500 }),
  'the answer was 503': answer(own, { httpStatus: 503, respCode: null }, 'last'),
  'not answered to this day': answer(own, { state: 'unknown' }),
})

const noAnswers = (own: RowFits): Examples => ({
  answer: answer(own, null),
  'answer to the last': answer(own, null, 'last'),
  'Request-ID': answer(own, { requestId: null }),
})

const recordDemand = (one: Kind): Demand => {
  const own = recordOf(one)
  const other = one.to === 'platform' ? 'operator' : 'etcOperator'
  return {
    item: one.item,
    demands: `each ${one.what} has its record at ${one.to}`,
    lot: cardFacts,
    wrong: {
      ...badAnswers(own),
      'of another car': both(
        rowOver(own, { stayId: 'n1-S0' }),
        ...(one.kind === 'exit' ? [rowOver(own, { deductionId: 'n1-S0.O.D1' })] : []),
      ),
      'queued an hour late': later(own, 3_600_000, 'last'),
      'queued for another platform': body(own, { destination: other }, 'last'),
    },
    absent: {
      'record of the first car': without(own),
      'record of the last car': without(own, 'last'),
      'all records but one': (all) => {
        const keep = all.rows.find(own)
        return without((row) => own(row) && row !== keep, 'all')(all)
      },
      'all records': without(own, 'all'),
      ...noAnswers(own),
    },
  }
}

const batches: readonly Kind[] = [
  { item: 'G6', what: 'entries', op: 'batch', kind: 'entry', to: 'operator' },
  { item: 'G8', what: 'entry plates', op: 'batch', kind: 'entry-plate', to: 'operator' },
  { item: 'G11', what: 'exits', op: 'batch', kind: 'exit', to: 'platform' },
  { item: 'G11', what: 'exits', op: 'batch', kind: 'exit', to: 'operator' },
  { item: 'G13', what: 'exit plates', op: 'batch', kind: 'exit-plate', to: 'platform' },
  { item: 'G13', what: 'exit plates', op: 'batch', kind: 'exit-plate', to: 'operator' },
]

const batchOf = ({ kind: of, to }: Kind): RowFits =>
  kind('outbox', ({ batch, destination }) => batch?.kind === of && destination === to)

const batchDemand = (one: Kind): Demand => {
  const own = batchOf(one)
  return {
    item: one.item,
    demands: `each hour of ${one.what} has its batch at ${one.to}`,
    lot: cardFacts,
    wrong: {
      ...badAnswers(own),
      'without its records': (all) => {
        const row = all.rows.find(own)
        const batch = row?.kind === 'outbox' ? row.body.batch : undefined
        return body(own, { batch: { ...batch, seqs: [] } })(all)
      },
      'without one of its records': (all) => {
        const row = all.rows.find(own)
        const batch = row?.kind === 'outbox' ? row.body.batch : undefined
        return body(own, { batch: { ...batch, seqs: batch?.seqs.slice(1) } })(all)
      },
      'of another hour': (all) => {
        const row = all.rows.find(own)
        const batch = row?.kind === 'outbox' ? row.body.batch : undefined
        return body(own, { batch: { ...batch, fromMs: 0 } })(all)
      },
      'made a day late': later(own, dayMs),
      'queued for another platform': body(own, { destination: 'etcOperator' }),
    },
    absent: {
      'batch of the first hour': without(own),
      'batch of the last hour': without(own, 'last'),
      'batch of an hour without cars': (all) => {
        const third = all.rows.filter(own)[2]
        return without((row) => row === third)(all)
      },
      'all batches but one': (all) => {
        const keep = all.rows.find(own)
        return without((row) => own(row) && row !== keep, 'all')(all)
      },
      'all batches': without(own, 'all'),
      ...noAnswers(own),
    },
  }
}

const monitoring = (item: ItemId, lane: string, to: DestinationName): Demand => {
  const own = (one: AccessFact): boolean =>
    one.interfaceId === 'monitor' && one.laneId === lane && one.destination === to
  const after = (one: AccessFact): boolean => own(one) && one.atIso > '2026-03-04'
  const twoDays = (one: AccessFact): boolean => after(one) && one.atIso < '2026-03-06'
  return {
    item,
    demands: `the lane of ${lane} reports to ${to} as long as it runs`,
    lot: cardFacts,
    wrong: {
      'answered 403': access(own, { status: 403, respCode: '400001' }),
      'answered 503': access(own, { status: 503, respCode: null }),
      'refused in an answer with 200': access(own, { isRefused: true }),
      'reported to the ETC operator': access(own, { destination: 'etcOperator' }),
      'reported for another lane': access(own, { laneId: 'other' }),
      'refused for two days': access(twoDays, { status: 503, respCode: null }),
    },
    absent: {
      'all heartbeats of this lane': access(own, null),
      'heartbeats of two days': access(twoDays, null),
      'heartbeats since the third day': access(after, null),
      'heartbeats but the first': (all) => {
        const keep = all.accesses.find(own)
        return access((one) => own(one) && one !== keep, null)(all)
      },
      answers: access(own, { status: null, respCode: null, requestId: null }),
      'heartbeats of a second lane': (all) =>
        facts({
          lanes: [
            ...all.lanes,
            ...all.lanes
              .filter(({ laneId }) => laneId === lane)
              .map((known) => ({ ...known, laneId: `${lane}2` })),
          ],
        })(all),
    },
  }
}

const chargeRecord = kind('outbox', ({ op }) => op === 'charge')
const onlineExit: Demand = {
  item: 'G10',
  demands: 'each online charge is the record of its exit',
  lot: onlineFacts,
  wrong: { 'the answer was 500': answer(chargeRecord, { httpStatus: 500 }) },
  absent: {
    'the last charge': without(chargeRecord, 'last'),
    'the record of the operator': without(
      kind('outbox', ({ op }) => op === 'exitRecord'),
      'last',
    ),
  },
}

export const appendixG: readonly Demand[] = [
  ...online,
  download('G2', 'shiftDownload', 'operator'),
  download('G3', 'configDownload', 'etcOperator'),
  g4,
  ...kinds.map(recordDemand),
  ...batches.map(batchDemand),
  onlineExit,
  ...(['platform', 'operator'] as const).flatMap((to) => [
    monitoring('G9', 'entry', to),
    monitoring('G14', 'exit', to),
  ]),
]
