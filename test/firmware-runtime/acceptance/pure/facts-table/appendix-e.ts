// Table E.1: DSRC data conform, the interface exchanges what a charge needs, key fields are written correctly, and
// exceptions are handled as 8.3.1 a to d demand.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { cardFacts, onlineFacts } from '../scene.ts'
import { sentFacts } from '../sent-facts.ts'
import {
  again,
  body,
  both,
  facts,
  frame,
  frameAgain,
  frameAt,
  kind,
  later,
  movedBefore,
  rowOver,
  without,
  word,
  type Change,
} from './change.ts'
import type { Demand } from './example.ts'

/** Other members of the proof of the first charge. */
export const proofOf =
  (members: object): Change =>
  (all) => {
    const row = all.rows.find(kind('outcome'))
    const proof = row?.kind === 'outcome' ? row.body.proof : null
    return body(kind('outcome'), { proof: { ...proof, ...members } })(all)
  }

const etcPayment = kind('payment', ({ means }) => means === 'etc')
const cash = kind('payment', ({ means }) => means === 'cash')
const leaves = kind('pass', ({ cause }) => cause === 'etc')
const isOther = kind('pass', ({ cause }) => cause === 'other')
const message = kind('outbox', ({ op }) => op === 'exception')
const exceptionOf = (reason: string) => kind('exception', (of) => of.reason === reason)

/** A further car leaves with an order and without a payment. */
const unpaidCar: Change = (all) => {
  const stay = all.rows.find(isOther)?.stayId
  const copies = all.rows
    .filter(({ stayId, kind: of }) => stayId === stay && of !== 'payment' && of !== 'exception')
    .map((row): LedgerRow => {
      const { body: own } = row
      const named = 'passId' in own ? { ...own, passId: `${own.passId}-more` } : own
      return { ...row, stayId: 'n1-S999', body: named } as LedgerRow
    })
  const rows = [...all.rows, ...copies].map((row, i): LedgerRow => ({ ...row, seq: i + 1 }))
  return facts({ rows })(all)
}

const isHeard = kind('event', ({ type }) => type === 'partnerHeard')

const e1: readonly Demand[] = [
  {
    item: 'E1',
    demands: 'the card is read before it is debited, and is the one that is debited',
    lot: cardFacts,
    wrong: {
      'B4 of another OBU': frame('B4', { obuId: 'FFFFFFFF' }),
      'B4 with an error': frame('B4', { error: 'notDecrypted' }),
      'B4 shows another balance than was armed': frame('B4', { balance: 1 }),
      'B4 of another card than was armed': frame('B4', {
        card: { cardType: 22, network: '4501', cardNumber: '0000000000000009' },
      }),
      'B4 behind its C6': frameAt('B4', 30_000),
      'another OBU in C6 and B5 than in B4': both(
        frame('C6', { obuId: '99999999' }),
        frame('B5', { obuId: '99999999' }),
      ),
      'another OBU in the outcome': body(kind('outcome'), { obuId: '99999999' }),
      'another OBU was armed': body(kind('armed'), { obuId: '99999999' }),
    },
    absent: {
      'B4 of the first car': frame('B4', null),
      'B4 of the last car': frame('B4', null, 'last'),
      'OBU in B4': frame('B4', { obuId: undefined }),
      'all B4': frame('B4', null, 'all'),
    },
  },
  {
    item: 'E1',
    demands: 'C6 debits what the order asks for, once',
    lot: cardFacts,
    wrong: {
      'C6 with 1 fen': frame('C6', { amount: 1 }),
      'C6 with 0 fen': frame('C6', { amount: 0 }),
      'C6 of the last car with another amount': frame('C6', { amount: 600 }, 'last'),
      'C6 with text for an amount': frame('C6', { amount: '300' }),
      'C6 twice': frameAgain('C6'),
      'C6 of another OBU': frame('C6', { obuId: '99999999' }),
      'C6 with another time': frame('C6', { time: '20260302080001' }),
      'C6 writes another record': frame('C6', { station: `AA2900${'11'.repeat(40)}` }),
      'C6 writes zeros': frame('C6', { station: `AA2900${'00'.repeat(40)}` }),
    },
    absent: {
      'C6 of the first car': frame('C6', null),
      'C6 of the last car': frame('C6', null, 'last'),
      'amount in C6': frame('C6', { amount: undefined }),
      'OBU in C6': frame('C6', { obuId: undefined }),
      'time in C6': frame('C6', { time: undefined }),
      'all frames of one car': (all) => {
        const [first] = all.frames
        return facts({ frames: all.frames.filter(({ stayId }) => stayId !== first?.stayId) })(all)
      },
    },
  },
  {
    item: 'E1',
    demands: 'B5 answers that C6 with success, as the ledger has it',
    lot: cardFacts,
    wrong: {
      'B5 with cardFailed': frame('B5', { error: 'cardFailed' }),
      'B5 of the last car with an error': frame('B5', { error: 'timeout' }, 'last'),
      'B5 of another OBU': frame('B5', { obuId: 'FFFFFFFF' }),
      'B5 with another TAC': frame('B5', { tac: 'FFFFFFFF' }),
      'B5 with a TAC of zeros': frame('B5', { tac: '00000000' }),
      'B5 with another terminal': frame('B5', { psamTerminal: '370199999999' }),
      'B5 with another terminal number': frame('B5', { psamSerial: 77 }),
      'B5 with another card number': frame('B5', { cardSerial: 77 }),
      'B5 with another balance': frame('B5', { balanceAfter: 1 }),
      'B5 with another time': frame('B5', { time: '20260302090000' }),
      'B5 with another kind of transaction': frame('B5', { transType: '06' }),
      'B5 twice': frameAgain('B5', { psamSerial: 99 }),
      'B5 before its C6': frameAt('B5', -120_000),
    },
    absent: {
      'B5 of the first car': frame('B5', null),
      'B5 of the last car': frame('B5', null, 'last'),
      'error of B5': frame('B5', { error: undefined }),
      'TAC of B5': frame('B5', { tac: undefined }),
      'OBU of B5': frame('B5', { obuId: undefined }),
      'all that the antenna said': (all) =>
        facts({ frames: all.frames.filter(({ direction }) => direction === 'out') })(all),
      'all frames': facts({ frames: [] }),
    },
  },
]

const e2: readonly Demand[] = [
  {
    item: 'E2',
    demands: 'each charge follows an order of its amount and is one payment',
    lot: sentFacts,
    wrong: {
      'order of 299 fen': rowOver(kind('orderMade'), { amountFen: 299 }),
      'order behind the charge': movedBefore(
        kind('intent'),
        (row) => (one) => one.kind === 'orderMade' && one.orderId === row.orderId,
      ),
      'payment of another amount': rowOver(etcPayment, { amountFen: 1 }),
      'payment twice': again(etcPayment, { paymentId: 'again' }),
      'payment of another charge': rowOver(etcPayment, { deductionId: 'other.D1' }),
      'payment without a charge': body(kind('outcome'), { state: 'refused' }),
      'payment before its result': movedBefore(
        etcPayment,
        (row) => (one) => one.kind === 'outcome' && one.deductionId === row.deductionId,
      ),
      'outcome of another amount': rowOver(kind('outcome'), { amountFen: 900 }),
    },
    absent: {
      'the first order': without(kind('orderMade')),
      'the order of the last charge': (all) => {
        const last = all.rows.findLast(kind('intent'))
        return without((row) => row.kind === 'orderMade' && row.orderId === last?.orderId)(all)
      },
      'the first payment': without(etcPayment),
      'the last payment': without(etcPayment, 'last'),
    },
  },
  {
    item: 'E2',
    demands: 'order and result of a charge go over the published interface',
    lot: sentFacts,
    wrong: {
      'results fetched an hour later': later(isHeard, 3_600_000, 'all'),
      'results fetched by another billing system': body(isHeard, { detail: 'other 999' }, 'all'),
    },
    absent: {
      'all results': without(isHeard, 'all'),
      'orders over the interface': () => cardFacts(),
    },
  },
]

const e3: readonly Demand[] = [
  {
    item: 'E3',
    demands: 'balance, time, terminal and TAC of the card are those of the charge',
    lot: cardFacts,
    wrong: {
      'the balance did not go down': proofOf({ balanceAfterFen: 50_000 }),
      'the balance went down too far': proofOf({ balanceAfterFen: 1 }),
      'another time': proofOf({ timeBcd: '20260101000000' }),
      'a TAC of zeros': proofOf({ tac: '00000000' }),
      'a TAC of seven digits': proofOf({ tac: '1234567' }),
      'a terminal that signed in nowhere': proofOf({ psamTerminal: '370199999999' }),
      'a terminal of zeros': proofOf({ psamTerminal: '000000000000' }),
      'the proof of the next charge': proofOf({ psamSerial: 2 }),
      'another kind of transaction': proofOf({ transType: '06' }),
      'another card than was armed': body(kind('outcome'), { cardNo: '45012299000000019999' }),
      'another amount than the intent': rowOver(kind('outcome'), { amountFen: 299 }),
    },
    absent: {
      proof: body(kind('outcome'), { proof: null }),
      'proof of the last car': body(kind('outcome'), { proof: null }, 'last'),
      TAC: proofOf({ tac: null }),
      terminal: proofOf({ psamTerminal: null }),
      'number of the terminal': proofOf({ psamSerial: null }),
      'balance of a stored-value card': proofOf({ balanceAfterFen: null }),
      time: proofOf({ timeBcd: null }),
      'reading before the debit': without(kind('armed')),
      'reading before the last debit': without(kind('armed'), 'last'),
      'sign-in of the terminal': without(kind('signIn', (_body, { laneId }) => laneId === 'exit')),
    },
  },
  {
    item: 'E3',
    demands: 'file 0019 is written with the order, and reads so at the next charge',
    lot: cardFacts,
    wrong: {
      zeros: body(kind('armed'), { writeHex: '00'.repeat(43) }),
      'zeros behind the head': body(kind('armed'), { writeHex: `AA2900${'00'.repeat(40)}` }),
      'another time than the charge': (all) => {
        const row = all.rows.find(kind('armed'))
        const hex = row?.kind === 'armed' ? row.body.writeHex : ''
        const other = `${hex.slice(0, 16)}00000001${hex.slice(24)}`
        return body(kind('armed'), { writeHex: other })(all)
      },
      'the card reads another record': (all) => {
        const [first, second] = all.rows.filter(kind('armed'))
        const cardNo = first?.kind === 'armed' ? first.body.cardNo : ''
        return both(
          body((one) => one.seq === second?.seq, { cardNo }),
          body((one) => one.kind === 'outcome' && one.deductionId === second?.deductionId, {
            cardNo,
          }),
        )(all)
      },
    },
    absent: { 'record that was written': body(kind('armed'), { writeHex: '' }) },
  },
  {
    item: 'E3',
    demands: 'the platform has each charge as the ledger has it',
    lot: cardFacts,
    wrong: {
      FAILED: word('charge', { state: 'FAILED' }),
      REFUNDED: word('charge', { state: 'REFUNDED' }, 'last'),
      CLOSED: word('charge', { state: 'CLOSED' }),
      'another amount': word('charge', { amountFen: 1 }),
      'no such charge': word('charge', { says: 'hasNot', amountFen: null }),
      'no such charge, the last': word('charge', { says: 'hasNot', amountFen: null }, 'last'),
      'refused there': word('charge', { state: '300010 insufficient', amountFen: null }),
    },
    absent: {
      amount: word('charge', { amountFen: null }),
      'answer about one': word('charge', { says: 'unasked', state: 'silence', amountFen: null }),
      'all answers': facts({ words: [] }),
      'all frames': facts({ frames: [] }),
      'a combination': (all) => {
        const [first] = all.rows.filter(kind('intent'))
        return facts({ rows: all.rows.filter(({ stayId }) => stayId !== first?.stayId) })(all)
      },
    },
  },
]

const e4: readonly Demand[] = [
  {
    item: 'E4',
    demands: 'no car leaves unpaid',
    lot: cardFacts,
    wrong: {
      '1 fen of 300': rowOver(cash, { amountFen: 1 }),
      '1 fen of 300 by the last car': rowOver(cash, { amountFen: 1 }, 'last'),
      'let out as ETC without a charge': body(isOther, { cause: 'etc' }),
      'ended as ETC without a charge': both(
        body(
          kind('stayClosed', ({ end }) => end === 'other'),
          { end: 'etc' },
        ),
        without(cash),
      ),
      'the charge had failed': body(kind('outcome'), { state: 'refused' }),
      'the charge is not known': body(kind('outcome'), { state: 'unknown' }, 'last'),
      'boom before the charge': movedBefore(
        kind('barrier', (_body, { laneId }) => laneId === 'exit'),
        (row) => (one) => one.kind === 'outcome' && one.stayId === row.stayId,
      ),
      'boom before the cash': (all) => {
        const paid = all.rows.findLast(cash)
        return movedBefore(
          (one) => one.kind === 'barrier' && one.laneId === 'exit' && one.stayId === paid?.stayId,
          () => (one) => one.seq === paid?.seq,
        )(all)
      },
      'pass before the cash': (all) => {
        const paid = all.rows.findLast(cash)
        return movedBefore(
          (one) => one.kind === 'pass' && one.laneId === 'exit' && one.stayId === paid?.stayId,
          () => (one) => one.seq === paid?.seq,
        )(all)
      },
      'free of charge with a fee': rowOver(
        kind('orderMade', (_body, { amountFen }) => amountFen === 0),
        { amountFen: 300 },
      ),
      'boom without a pass': body(
        kind('barrier', (_body, { laneId }) => laneId === 'exit'),
        { passId: 'other' },
      ),
    },
    absent: {
      'the first cash payment': without(cash),
      'the last cash payment': without(cash, 'last'),
      'an ETC payment': both(without(etcPayment), without(kind('outcome'))),
      'the payment of a further car': unpaidCar,
      'the outcome of a charge': without(kind('outcome')),
      'the pass of a boom': without(leaves),
    },
  },
  {
    item: 'E4',
    demands: 'the message of each exception reaches the platform',
    lot: cardFacts,
    wrong: {
      'refused there': (all) => {
        const row = all.rows.find(message)
        const id = row?.kind === 'outbox' ? row.body.outboxId : ''
        return body(
          kind('outboxState', (of) => of.outboxId === id),
          { state: 'rejected' },
        )(all)
      },
      'held for a person': (all) => {
        const row = all.rows.find(message)
        const id = row?.kind === 'outbox' ? row.body.outboxId : ''
        return body(
          kind('outboxState', (of) => of.outboxId === id),
          { state: 'held' },
        )(all)
      },
      'sent to the operator': body(message, { destination: 'operator' }),
      'of another exception': body(message, { businessNo: 'X0' }),
    },
    absent: {
      'the first message': without(message),
      'the last message': without(message, 'last'),
      'its answer': (all) => {
        const row = all.rows.find(message)
        const id = row?.kind === 'outbox' ? row.body.outboxId : ''
        return without(kind('outboxState', (of) => of.outboxId === id))(all)
      },
      'the answer to the last': (all) => {
        const row = all.rows.findLast(message)
        const id = row?.kind === 'outbox' ? row.body.outboxId : ''
        return without(kind('outboxState', (of) => of.outboxId === id))(all)
      },
    },
  },
  {
    item: 'E4',
    demands: '8.3.1 a, c and d happened, and each car was settled',
    lot: cardFacts,
    wrong: {
      'a plate was not read, and no person acted': (all) => {
        const row = all.rows.find(exceptionOf('plateNotRead'))
        return body((one) => one.kind === 'payment' && one.seq > (row?.seq ?? 0), { by: null })(all)
      },
    },
    absent: {
      'a refused card': without(exceptionOf('refused'), 'all'),
      'an OBU that was not read': without(exceptionOf('obuNotRead'), 'all'),
      'a plate that was not read': without(exceptionOf('plateNotRead'), 'all'),
    },
  },
  {
    item: 'E4',
    demands: '8.3.1 b: after two missing answers another payment and a message',
    lot: onlineFacts,
    wrong: {
      'paid 1 fen': rowOver(cash, { amountFen: 1 }, 'last'),
      'message late by an hour': later(message, 3_600_000, 'last'),
    },
    absent: {
      'the exception': without(exceptionOf('noAnswerTwice')),
      'the payment': without(cash, 'last'),
      'the message': without(message, 'last'),
    },
  },
]

export const appendixE: readonly Demand[] = [...e1, ...e2, ...e3, ...e4]
