// Table F.1: sign-ins, entries, online charges, queries and refunds.
import { expect } from 'vitest'
import type { AccessFact } from '#ledger/pure/facts.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { startMs } from '../lot-scene.ts'
import { cardFacts, onlineFacts } from '../scene.ts'
import {
  access,
  body,
  both,
  facts,
  kind,
  later,
  movedBefore,
  rowOver,
  without,
  word,
  type Change,
} from './change.ts'
import type { Demand } from './example.ts'

const signInOf = (lane: string) => kind('signIn', (_body, { laneId }) => laneId === lane)
const askedBy = (lane: string) => (one: { interfaceId: string; laneId?: string }) =>
  one.interfaceId === 'signIn' && one.laneId === lane

/** A second lane of the direction with its cars, which never signed in. */
const secondLane =
  (direction: 'entry' | 'exit'): Change =>
  (all) => {
    const own = present(
      all.lanes.find((lane) => lane.direction === direction),
      direction,
    )
    const barrier = present(
      all.rows.find((row) => row.kind === 'barrier' && row.laneId === own.laneId),
      'a car',
    )
    const seq = all.rows.length + 1
    return facts({
      lanes: [...all.lanes, { ...own, laneId: `${direction}2` }],
      rows: [...all.rows, { ...barrier, laneId: `${direction}2`, seq }],
    })(all)
  }

const signIns = (item: 'F1' | 'F3', direction: 'entry' | 'exit'): Demand => ({
  item,
  demands: `each lane of ${direction} has a grant in force at each car`,
  lot: cardFacts,
  wrong: {
    'a grant of a month, used on the second day': (all) => {
      const cars = kind('barrier', (_body, { laneId }) => laneId === direction)
      return both(
        body(signInOf(direction), { validUntilMs: startMs + 30 * 86_400_000 }),
        later(cars, 2 * 86_400_000, 'last'),
      )(all)
    },
    'its PSAM signed in at another lane before the last car': (all) => {
      const row = all.rows.find(signInOf(direction))
      const last = all.rows.findLast((one) => one.kind === 'barrier' && one.laneId === direction)
      expect([row, last]).not.toContain(undefined)
      const other = { ...row, laneId: 'other', atMs: (last?.atMs ?? 0) - 1 } as LedgerRow
      return facts({ rows: [...all.rows, other] })(all)
    },
    'its PSAM signed in at two lanes in one millisecond': (all) => {
      const row = all.rows.find(signInOf(direction))
      const other = { ...row, laneId: 'other', seq: all.rows.length + 1 } as LedgerRow
      return facts({ rows: [...all.rows, other] })(all)
    },
    'PSAM on the black list': body(signInOf(direction), { status: 2 }),
    'PSAM locked': body(signInOf(direction), { status: 3 }),
    'a grant without an end': body(signInOf(direction), { validUntilMs: 0 }),
    'a grant that ended at 08:00:01': body(signInOf(direction), { validUntilMs: startMs + 1_000 }),
    'a grant that ended before the last car': body(signInOf(direction), {
      validUntilMs: startMs + 120_000,
    }),
    'a grant that came hours behind the cars': later(signInOf(direction), 6 * 3_600_000),
    'answered 403': access(askedBy(direction), { status: 403, respCode: '400001' }),
    'answered 503': access(askedBy(direction), { status: 503, respCode: null }),
    'refused in an answer with 200': access(askedBy(direction), { isRefused: true }),
    'answered by the operator': access(askedBy(direction), { destination: 'operator' }),
  },
  absent: {
    'its sign-in': without(signInOf(direction)),
    'the sign-in of a second lane': secondLane(direction),
    'the request in the access log': access(askedBy(direction), null),
    'its answer': access(askedBy(direction), { status: null, respCode: null, requestId: null }),
  },
})

const entry = kind('outbox', ({ op }) => op === 'entryRecord')
const stateOf =
  (op: string, members: object | null, which: 'first' | 'last' = 'first'): Change =>
  (all) => {
    const fits = kind('outbox', (of) => of.op === op)
    const row = which === 'first' ? all.rows.find(fits) : all.rows.findLast(fits)
    const id = row?.kind === 'outbox' ? row.body.outboxId : ''
    const own = kind('outboxState', (of) => of.outboxId === id)
    return members === null ? without(own)(all) : body(own, members)(all)
  }

/** The access of the answer to the first record of a kind. */
const accessOf =
  (op: string, members: Partial<AccessFact> | null): Change =>
  (all) => {
    const row = all.rows.find(kind('outbox', (of) => of.op === op))
    const id = row?.kind === 'outbox' ? row.body.outboxId : ''
    const state = all.rows.find(kind('outboxState', (of) => of.outboxId === id))
    const no = state?.kind === 'outboxState' ? state.body.requestId : ''
    return access(({ requestId }) => requestId === no, members)(all)
  }

const f2: Demand = {
  item: 'F2',
  demands: 'each car that is sensed is uploaded in time',
  lot: cardFacts,
  wrong: {
    'queued ten minutes late, and answered at once': (all) => {
      const row = all.rows.find(entry)
      const id = row?.kind === 'outbox' ? row.body.outboxId : ''
      return both(
        later(entry, 600_000),
        later(
          kind('outboxState', (of) => of.outboxId === id),
          600_000,
        ),
      )(all)
    },
    'answered ten seconds late': (all) => {
      const row = all.rows.find(entry)
      const id = row?.kind === 'outbox' ? row.body.outboxId : ''
      return later(
        kind('outboxState', (of) => of.outboxId === id),
        10_000,
      )(all)
    },
    refused: stateOf('entryRecord', { state: 'rejected' }),
    'held for a person': stateOf('entryRecord', { state: 'held' }),
    'the answer was 500': stateOf('entryRecord', { httpStatus: 500 }),
    'sent to the expansion platform': body(entry, { destination: 'platform' }),
    'of another car': rowOver(entry, { stayId: 'n1-S0' }),
    'the answer was 404': stateOf('entryRecord', { httpStatus: 404 }),
    'the answer was a redirect': stateOf('entryRecord', { httpStatus: 302 }),
    'the access of its Request-ID was refused': accessOf('entryRecord', { status: 422 }),
    'the access of its Request-ID had an error in its body': accessOf('entryRecord', {
      isRefused: true,
    }),
    'the access of its Request-ID went to another platform': accessOf('entryRecord', {
      destination: 'etcOperator',
    }),
    'one number for two cars': (all) => {
      const [, two] = all.rows.filter(entry)
      const no = two?.kind === 'outbox' ? two.body.businessNo : ''
      return body(entry, { businessNo: no })(all)
    },
  },
  absent: {
    'the access of its Request-ID': accessOf('entryRecord', null),
    'record of the first car': without(entry),
    'record of the last car': without(entry, 'last'),
    'all records': without(entry, 'all'),
    answer: stateOf('entryRecord', null),
    'answer to the last': stateOf('entryRecord', null, 'last'),
    'Request-ID': stateOf('entryRecord', { requestId: null }),
  },
}

const charge = kind('outbox', ({ op }) => op === 'charge')
const etcPass = kind('pass', ({ cause }) => cause === 'etc')
const otherPass = kind('pass', ({ cause }) => cause === 'other')
const exitBoom = kind('barrier', (_body, { laneId }) => laneId === 'exit')
const cash = kind('payment', ({ means }) => means === 'cash')
const etcPaid = kind('payment', ({ means }) => means === 'etc')
const paid = kind('outcome', ({ state }) => state === 'paid')
const refused = kind('outcome', ({ state }) => state === 'refused')
const second =
  (members: object): Change =>
  (all) =>
    facts({ words: all.words.map((one, i) => (i === 1 ? { ...one, ...members } : one)) })(all)

const f4: Demand = {
  item: 'F4',
  demands: 'the barrier follows the answer to the charge',
  lot: onlineFacts,
  wrong: {
    'opened as ETC after a refusal': body(otherPass, { cause: 'etc' }),
    'boom before the result': movedBefore(
      exitBoom,
      (row) => (one) => one.kind === 'outcome' && one.stayId === row.stayId,
    ),
    'the platform charged another amount': word('charge', { amountFen: 900 }),
    'FAILED at the platform': word('charge', { state: 'FAILED' }),
    'REFUNDED at the platform': word('charge', { state: 'REFUNDED' }),
    'CLOSED at the platform': word('charge', { state: 'CLOSED' }),
    'not at the platform': word('charge', { says: 'hasNot', state: 'notFound', amountFen: null }),
    'refused, and charged there': second({ state: 'SUCCESS', amountFen: 300 }),
    'the boom failed to open': body(exitBoom, { result: 'failed' }),
    'the charge went to the operator': body(charge, { destination: 'operator' }),
    'the charge was of another amount': rowOver(charge, { amountFen: 1 }),
    'the refused car paid 1 fen': rowOver(cash, { amountFen: 1 }),
    'the outcome is of another amount': rowOver(paid, { amountFen: 1 }),
    'the answer was 500': stateOf('charge', { httpStatus: 500 }),
    'the order was of more': rowOver(kind('orderMade'), { amountFen: 500 }),
    'more is called paid than was charged': rowOver(etcPaid, { amountFen: 301 }),
  },
  absent: {
    'the boom of a paid car': without(exitBoom),
    'the pass of a paid car': without(etcPass),
    'the payment of a refused car': without(cash),
    'a request': without(charge),
    'the last request': without(charge, 'last'),
    'the answer': stateOf('charge', null),
    'all successful charges': without(paid, 'all'),
    'a refused charge': without(refused),
    'a refusal: the platform never had it': body(refused, { reason: 'notFound' }),
    'a refusal: the lane took it back': body(refused, { reason: 'cancelled' }),
    'the answer of the platform about one': word('charge', {
      says: 'unasked',
      state: 'silence',
      amountFen: null,
    }),
    'the answers of the platform': facts({ words: [] }),
    'amount at the platform': word('charge', { amountFen: null }),
  },
}

const queries = (one: { interfaceId: string }) => one.interfaceId === 'chargeQuery'

const f5: Demand = {
  item: 'F5',
  demands: 'without an answer the result is queried, and decides',
  lot: onlineFacts,
  wrong: {
    'answered 500': access(queries, { status: 500, respCode: null }),
    'answered 503': access(queries, { status: 503, respCode: null }),
    'answered 404': access(queries, { status: 404, respCode: null }),
    'refused with 300012': access(queries, { respCode: '300012', isRefused: true }),
    'answered by the operator': access(queries, { destination: 'operator' }),
    'answered by the ETC operator': access(queries, { destination: 'etcOperator' }),
    'queried an hour before': access(queries, { atIso: '2026-03-02T07:00:00.000+08:00' }),
    'queried an hour behind': access(queries, { atIso: '2026-03-02T10:00:00.000+08:00' }),
    'the platform does not have it': word('charge', { says: 'hasNot', amountFen: null }, 'last'),
    'FAILED at the platform': (all) =>
      facts({ words: all.words.map((one, i) => (i === 2 ? { ...one, state: 'FAILED' } : one)) })(
        all,
      ),
    'another amount at the platform': (all) =>
      facts({ words: all.words.map((one, i) => (i === 2 ? { ...one, amountFen: 1 } : one)) })(all),
    'opened although it was not paid': body(paid, { state: 'refused' }, 'last'),
  },
  absent: {
    'the query': access(queries, null),
    'its answer': access(queries, { status: null, respCode: null, requestId: null }),
    'the outcome': without(paid, 'last'),
    'the boom': without(exitBoom, 'all'),
    'the answers of the platform': facts({ words: [] }),
    'the answer about it': (all) =>
      facts({
        words: all.words.map((one, i) =>
          i === 2 ? { ...one, says: 'unasked' as const, state: 'silence', amountFen: null } : one,
        ),
      })(all),
  },
}

const refund = kind('refund')
const request = kind('outbox', ({ op }) => op === 'refund')
const done = kind('refundState', ({ state }) => state === 'success')

/** Refund rows a second time, under a number of their own. */
const twice: Change = (all) => {
  const no = 'Fagain'
  const own = all.rows.filter((row) => refund(row) || row.kind === 'refundState' || request(row))
  const copies = own.map((row, i) => ({
    ...row,
    seq: all.rows.length + i + 1,
    body: row.kind === 'outbox' ? { ...row.body, businessNo: no } : { ...row.body, refundId: no },
  }))
  const words = all.words.filter(({ kind: of }) => of === 'refund')
  return facts({
    rows: [...all.rows, ...copies] as typeof all.rows,
    words: [...all.words, ...words.map((one) => ({ ...one, businessNo: no }))],
  })(all)
}

const f6: Demand = {
  item: 'F6',
  demands: 'a paid charge is refunded once, by two people, through the interface',
  lot: cardFacts,
  wrong: {
    '900 of 300': both(
      rowOver(refund, { amountFen: 900 }),
      rowOver(request, { amountFen: 900 }),
      word('refund', { amountFen: 900 }),
    ),
    twice,
    'approved by its operator': body(refund, { approvedBy: 'a' }),
    'approved by its operator in another case': body(refund, {
      operator: 'Li Si',
      approvedBy: 'LI SI',
    }),
    'approved by its operator with blanks': body(refund, {
      operator: '李四',
      approvedBy: ' 李 四',
    }),
    'approved by its operator with a mark': body(refund, { operator: '李四', approvedBy: '李四.' }),
    'the charge was refused': body(kind('outcome'), { state: 'refused' }),
    'done, then approved': body(
      kind('refundState', ({ state }) => state === 'pending'),
      { state: 'success' },
    ),
    'the request named another amount': rowOver(request, { amountFen: 1 }),
    'the request went to the operator': body(request, { destination: 'operator' }),
    'the platform does not have it': word('refund', { says: 'hasNot' }),
    'the platform gave back 1 fen': word('refund', { amountFen: 1 }),
    'REJECTED at the platform': word('refund', { state: 'REJECTED' }),
    'FAILED at the platform': word('refund', { state: 'FAILED' }),
    'PROCESSING at the platform': word('refund', { state: 'PROCESSING' }),
    'given back in cash without a request': both(body(done, { means: 'cash' }), without(request)),
    'the answer to the request was 500': stateOf('refund', { httpStatus: 500 }),
    'progress answered 500': access(({ interfaceId }) => interfaceId === 'refundQuery', {
      status: 500,
      respCode: null,
    }),
    'progress asked of the operator': access(({ interfaceId }) => interfaceId === 'refundQuery', {
      destination: 'operator',
    }),
  },
  absent: {
    'second person': body(refund, { approvedBy: null, byPeople: true }),
    'first person': body(refund, { operator: '' }),
    'its charge': body(refund, { outTradeNo: 'P0' }),
    request: without(request),
    'answer to the request': stateOf('refund', null),
    'end of the refund': without(done),
    'all its states': without(kind('refundState'), 'all'),
    'progress query': access(({ interfaceId }) => interfaceId === 'refundQuery', null),
    'answer of the platform': word('refund', { says: 'unasked', state: 'silence' }),
    'the refund': without(refund),
  },
}

export const appendixF: readonly Demand[] = [
  signIns('F1', 'entry'),
  f2,
  signIns('F3', 'exit'),
  f4,
  f5,
  f6,
]
