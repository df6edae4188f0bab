// Like planted.ts, for tables E.1 and F.1: faults in how antenna, lane and platform handle a charge or a refund.
import {
  exceptionNoOf,
  isUnread,
  row,
  ofKind,
  word,
  frame,
  lastBalance,
  refusedUpload,
  refusedMessage,
  refusedSignIn,
  type Planted,
} from './plants.ts'
import { cardFacts, onlineFacts } from './scene.ts'

export const plantedCharges: Readonly<Record<string, readonly Planted[]>> = {
  E1: [
    {
      what: 'C6 names another amount',
      facts: cardFacts,
      plant: frame('C6', { amount: 1 }),
      says: 'C6 names amountFen 1, but it should be 300',
      fails: 'debitAmount',
    },
    {
      what: 'B5 is of another OBU',
      facts: cardFacts,
      plant: frame('B5', { obuId: 'FFFFFFFF' }),
      says: 'B5 names OBU FFFFFFFF, but it should be 1A2B3C4D',
      fails: 'resultObu',
    },
    {
      what: 'B5 has another TAC',
      facts: cardFacts,
      plant: frame('B5', { tac: 'FFFFFFFF' }),
      says: 'B5 names TAC FFFFFFFF, but it should be 0A1B2C3D',
      fails: 'resultTac',
    },
    {
      what: 'no B5 came',
      facts: cardFacts,
      plant: frame('B5', null),
      says: 'but there is no B5 frame',
    },
    {
      what: 'no card was read',
      facts: cardFacts,
      plant: frame('B4', null),
      says: 'there is no B4 frame',
    },
    {
      what: 'B4 has an error',
      facts: cardFacts,
      plant: frame('B4', { error: 'notDecrypted' }),
      says: 'B4 names error notDecrypted, but it should be ok',
      fails: 'readError',
    },
    {
      what: 'no C6 left',
      facts: cardFacts,
      plant: frame('C6', null),
      says: 'charged without a C6 frame',
    },
  ],
  E2: [
    {
      what: 'an order is gone',
      facts: cardFacts,
      plant: row(ofKind('orderMade'), null),
      says: 'the charge has no order',
    },
    {
      what: 'billing has no payment',
      facts: cardFacts,
      plant: row((one) => one.kind === 'payment' && one.body.means === 'etc', null),
      says: 'billing has 0 ETC payments',
    },
    {
      what: 'the order has another amount',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        rows: facts.rows.map((one) =>
          one.kind === 'orderMade' ? { ...one, amountFen: 299 } : one,
        ),
      }),
      says: 'the order is 299 fen, but the charge is 300 fen',
    },
  ],
  E3: [
    {
      what: 'the balance did not go down',
      facts: cardFacts,
      plant: row(ofKind('outcome'), { proof: { ...lastBalance, balanceAfterFen: 50_000 } }),
      says: 'the balance should be 49700 fen',
    },
    {
      what: 'no TAC',
      facts: cardFacts,
      plant: row(ofKind('outcome'), { proof: { ...lastBalance, balanceAfterFen: 49_700 } }),
      says: 'B5 has no tac',
    },
    {
      what: 'the platform has another amount',
      facts: cardFacts,
      plant: word('charge', { amountFen: 1 }),
      says: 'the platform has 1, but the ledger has 300 fen',
    },
    {
      what: 'the platform does not have it',
      facts: cardFacts,
      plant: word('charge', { says: 'hasNot', amountFen: null }),
      says: 'the platform does not have this charge',
    },
    {
      what: 'the record was not written',
      facts: cardFacts,
      plant: (facts) => {
        const armed = facts.rows.filter(ofKind('armed'))
        const [first] = armed
        const cardNo = first?.kind === 'armed' ? first.body.cardNo : ''
        return row((one) => one.seq === armed[1]?.seq, { cardNo })(facts)
      },
      says: '0019 was written',
    },
  ],
  E4: [
    {
      what: 'let out as paid without a charge',
      facts: cardFacts,
      plant: row((one) => one.kind === 'pass' && one.body.cause === 'other', { cause: 'etc' }),
      says: 'the car was let out as paid by ETC, but no charge succeeded',
    },
    {
      what: 'an exception that nobody paid for',
      facts: cardFacts,
      plant: (facts) =>
        row((one) => one.kind === 'stayClosed' && one.body.end === 'other', { end: 'etc' })(
          row((one) => one.kind === 'payment' && one.body.means === 'cash', null)(facts),
        ),
      says: 'nothing was paid before the car was let out',
      fails: 'unpaid',
    },
    {
      what: 'two answers were missing, its car is gone, and no message was made',
      facts: onlineFacts,
      plant: (facts) => {
        const no = exceptionNoOf(facts, 'noAnswerTwice')
        return row((one) => one.kind === 'outbox' && one.body.businessNo === no, null)(facts)
      },
      says: 'but no message was sent',
      fails: 'messageMissing',
    },
    {
      what: 'a plate was not read, and nobody let its car out',
      facts: cardFacts,
      plant: (facts) => {
        const exception = facts.rows.find(isUnread)
        return row(
          (one) => one.kind === 'payment' && one.seq > (exception?.seq ?? Infinity),
          null,
        )(facts)
      },
      says: 'nothing was paid before the car was let out',
      fails: 'noPerson',
    },
    {
      what: 'the platform does not take the message of an exception',
      facts: cardFacts,
      plant: refusedMessage,
      says: 'the platform refused the message of exception',
      fails: 'messageRefused',
    },
  ],
  F1: [
    {
      what: 'a PSAM is blacklisted',
      facts: cardFacts,
      plant: row((one) => one.kind === 'signIn' && one.laneId === 'entry', { status: 2 }),
      says: 'at entry has status 2',
    },
    ...refusedSignIn('entry'),
  ],
  F2: [
    refusedUpload('entryRecord', 'operator', 'entry'),
    {
      what: 'an entry was not uploaded',
      facts: cardFacts,
      plant: row((one) => one.kind === 'outbox' && String(one.body.op) === 'entryRecord', null),
      says: 'was never queued for',
      fails: 'neverQueued',
    },
    {
      what: 'an entry has no answer, and others do',
      facts: cardFacts,
      plant: row((one) => one.kind === 'outboxState' && one.laneId === 'entry', null),
      says: 'has no answer after',
      fails: 'late',
    },
    {
      what: 'an entry came late',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        rows: facts.rows.map((one) =>
          one.kind === 'outboxState' && one.laneId === 'entry'
            ? { ...one, atMs: one.atMs + 9_000 }
            : one,
        ),
      }),
      says: 'took 9.5 s, more than 5 s',
    },
  ],
  F3: [
    {
      what: 'the day has no sign-in in force',
      facts: cardFacts,
      plant: row((one) => one.kind === 'signIn' && one.laneId === 'exit', { validUntilMs: 1 }),
      says: 'without a valid sign-in',
    },
    {
      what: 'a PSAM is locked',
      facts: cardFacts,
      plant: row((one) => one.kind === 'signIn' && one.laneId === 'exit', { status: 3 }),
      says: 'at exit has status 3',
    },
    ...refusedSignIn('exit'),
  ],
  F4: [
    {
      what: 'the barrier rose on a refusal',
      facts: onlineFacts,
      plant: row((one) => one.kind === 'pass' && one.body.cause === 'other', { cause: 'etc' }),
      says: 'the barrier opened as ETC',
    },
    {
      what: 'the barrier stayed down',
      facts: onlineFacts,
      plant: row((one) => one.kind === 'pass' && one.body.cause === 'etc', null),
      says: 'the barrier stayed down',
    },
    {
      what: 'the platform did not charge it',
      facts: onlineFacts,
      plant: word('charge', { says: 'hasNot', state: 'notFound', amountFen: null }),
      says: 'the ledger calls it paid, but the platform says notFound',
    },
    {
      what: 'the platform charged another amount',
      facts: onlineFacts,
      plant: word('charge', { amountFen: 900 }),
      says: 'the platform has 900 fen',
    },
    {
      what: 'the barrier rose before the outcome',
      facts: onlineFacts,
      plant: (facts) => ({
        ...facts,
        rows: facts.rows.map((one) => (one.kind === 'barrier' ? { ...one, seq: 0 } : one)),
      }),
      says: 'before the charge result',
    },
  ],
  F5: [
    {
      what: 'the platform does not have what was asked for',
      facts: onlineFacts,
      plant: (facts) => ({
        ...facts,
        words: facts.words.map((one, i) => (i === 2 ? { ...one, says: 'hasNot' as const } : one)),
      }),
      says: 'called paid after a query, but the platform does not have it',
    },
    {
      what: 'the same stay was charged under a second number',
      facts: onlineFacts,
      plant: (facts) => {
        const intents = facts.rows.filter(ofKind('intent'))
        const [first, last] = [intents[0], intents.at(-1)]
        return row(
          (one) => one.seq === first?.seq,
          {},
        )({
          ...facts,
          rows: facts.rows.map((one) =>
            one.seq === first?.seq && last?.stayId !== undefined
              ? { ...one, stayId: last.stayId }
              : one,
          ),
        })
      },
      says: 'the platform charged the same stay 2 times',
    },
  ],
  F6: [
    {
      what: 'the platform did not give it back',
      facts: cardFacts,
      plant: word('refund', { says: 'hasNot' }),
      says: 'the platform does not have it',
    },
    {
      what: 'the platform gave back less',
      facts: cardFacts,
      plant: word('refund', { amountFen: 1 }),
      says: 'the platform has 1 fen',
    },
    {
      what: 'the platform rejected it',
      facts: cardFacts,
      plant: word('refund', { state: 'REJECTED' }),
      says: 'the platform says REJECTED',
    },
    {
      what: 'it was asked for although nothing was paid',
      facts: cardFacts,
      plant: row(ofKind('outcome'), { state: 'refused' }),
      says: 'before the charge succeeded',
      fails: 'notPaidBefore',
    },
    {
      what: 'it was called done and then approved',
      facts: cardFacts,
      plant: row((one) => one.kind === 'refundState' && one.body.state === 'pending', {
        state: 'success',
      }),
      says: 'it became approved after success',
      fails: 'stateOrder',
    },
    {
      what: 'no request for it went out',
      facts: cardFacts,
      plant: row((one) => one.kind === 'outbox' && one.body.op === 'refund', null),
      says: 'it was not requested through the interface',
      fails: 'notByInterface',
    },
    {
      what: 'nobody asked for its progress',
      facts: cardFacts,
      plant: (facts) => ({
        ...facts,
        accesses: facts.accesses.filter(({ interfaceId }) => interfaceId !== 'refundQuery'),
      }),
      says: 'its progress was never queried',
      fails: 'progressNotAsked',
    },
    {
      what: 'people gave it back in cash, and the platform was not asked',
      facts: cardFacts,
      plant: (facts) =>
        row((one) => one.kind === 'refundState' && one.body.state === 'success', { means: 'cash' })(
          row((one) => one.kind === 'outbox' && one.body.op === 'refund', null)(facts),
        ),
      says: 'given back as cash without a request',
      fails: 'otherWay',
    },
  ],
}
