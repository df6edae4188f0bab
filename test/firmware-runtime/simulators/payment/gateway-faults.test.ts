// Every fault of payments-and-desk.md 1.7: what the simulated gateway does, and that the product's client accepts only
// answers that are signed, complete, recent and match its request.
import { describe, expect, it } from 'vitest'
import type { AttemptRequest } from '#money/ports/payment.ts'
import { Line, startMs } from './line.ts'

const attemptNo = 'ORDER-1P1'
const amountFen = 1_200
const charge: AttemptRequest = { ask: 'charge', attemptNo, amountFen, code: '130000000000000001' }
const offer: AttemptRequest = { ask: 'offer', attemptNo, amountFen, expiresMs: 120_000 }
const query: AttemptRequest = { ask: 'query', attemptNo }
const cancel: AttemptRequest = { ask: 'cancel', attemptNo }
const refund = { ask: 'refund', refundNo: `${attemptNo}R1`, attemptNo, amountFen } as const
const queryRefund = { ask: 'queryRefund', refundNo: `${attemptNo}R1`, attemptNo } as const
const at = {
  charge: 'POST /v1/charges',
  query: 'GET /v1/attempts/{attemptNo}',
  cancel: 'POST /v1/attempts/{attemptNo}/cancel',
  refund: 'POST /v1/refunds',
  bill: 'GET /v1/bills/{day}',
}

function pay(line: Line, fen = amountFen, anyway = false): boolean {
  const trade = line.trade(attemptNo)
  if (trade === undefined) throw new Error('no trade')
  return line.model.pay(trade, fen, line.nowMs, anyway)
}

describe('answers that are lost, late or not believed', () => {
  it.each([
    ['lost after charging', { when: 'after', do: 'drop' }],
    ['cut in the middle', { when: 'after', do: 'cut' }],
    ['hung up, and the gateway restarts from its books', { when: 'after', do: 'reboot' }],
    ['just above the time-out', { when: 'after', do: 'delay', ms: 5_000 }],
    ['signed ten minutes ago', { when: 'after', do: 'stale' }],
    ['signed over other bytes', { when: 'after', do: 'forge' }],
    ['flipped on the way', { when: 'after', do: 'flip', bits: 3 }],
    ['429 of a proxy', { when: 'after', do: 'status', status: 429 }],
    ['500', { when: 'after', do: 'status', status: 500 }],
    ['502', { when: 'after', do: 'status', status: 502 }],
  ])('%s: no answer, and the query says paid', async (_, fault) => {
    const line = new Line()
    line.faults.add({ at: at.charge, ...fault })
    expect(await line.attempt(charge)).toMatchObject({ kind: 'noAnswer' })
    expect(await line.attempt(query)).toMatchObject({ state: 'paid', paidFen: amountFen })
    // The same number again is the same charge.
    await line.attempt(charge)
    expect(line.trade(attemptNo)?.paidFen).toBe(amountFen)
  })
  it('just below the time-out is an answer', async () => {
    const line = new Line()
    line.faults.add({ at: at.charge, when: 'after', do: 'delay', ms: 4_999 })
    expect(await line.attempt(charge)).toMatchObject({ state: 'paid' })
  })
  it('a success that nobody signed is none, and nothing was charged', async () => {
    const line = new Line()
    line.faults.add({ at: at.charge, when: 'before', do: 'forge' })
    expect(await line.attempt(charge)).toEqual({ kind: 'noAnswer', reason: 'unsigned' })
    expect(await line.attempt(query)).toMatchObject({ kind: 'notFound' })
  })
  it.each([
    ['otherNumber', { attemptNo: 'OTHER-NUMBER' }],
    ['otherMerchant', { merchantNo: 'OTHER-MERCHANT' }],
    ['otherAmount', { amountFen: amountFen + 1 }],
  ])('%s is told as it was signed: the machine judges it', async (action, expected) => {
    const line = new Line()
    line.faults.add({ at: at.charge, when: 'after', do: action })
    expect(await line.attempt(charge)).toMatchObject({ kind: 'attempt', ...expected })
  })
  it.each([
    [360_000, 'CLOCK'],
    [-360_000, 'CLOCK'],
  ])('a gateway whose clock is %i ms off refuses, and is not believed either', async (skewMs) => {
    const line = new Line()
    line.skewMs = skewMs
    expect(await line.attempt(charge)).toEqual({ kind: 'noAnswer', reason: 'wrongTime' })
    expect(line.trade(attemptNo)).toBeUndefined()
    line.skewMs = Math.sign(skewMs) * 299_000
    expect(await line.attempt(charge)).toMatchObject({ state: 'paid' })
  })
  it('a key that changed overnight is known by nobody, and nothing is charged', async () => {
    const line = new Line()
    line.model.setKey('key-2', '00'.repeat(32))
    expect(await line.attempt(charge)).toEqual({ kind: 'noAnswer', reason: 'unknownKey' })
    expect(line.trade(attemptNo)).toBeUndefined()
  })
  it('a request that the network doubled has its effect once', async () => {
    const line = new Line()
    line.faults.add({ at: at.charge, when: 'before', do: 'duplicate' })
    expect(await line.attempt(charge)).toMatchObject({ state: 'paid' })
    expect(line.trade(attemptNo)?.paidFen).toBe(amountFen)
    line.faults.add({ at: at.query, when: 'after', do: 'duplicate' })
    expect(await line.attempt(query)).toMatchObject({ state: 'paid', paidFen: amountFen })
  })
})

describe('customers', () => {
  it.each([1, 29, 31, 44, 46])('is asked for his password and pays after %i s', async (sec) => {
    const line = new Line()
    line.model.policy.charges = 'paying'
    expect(await line.attempt(charge)).toMatchObject({ state: 'paying', paidFen: 0 })
    const plan = { t: 'plan', no: attemptNo, fen: amountFen, atMs: line.nowMs + sec * 1_000 }
    line.model.record(plan as never)
    line.nowMs += sec * 1_000 - 1
    expect(await line.attempt(query)).toMatchObject({ state: 'paying' })
    line.nowMs += 1
    expect(await line.attempt(query)).toMatchObject({ state: 'paid' })
  })
  it('pays between the last query and the cancel', async () => {
    const line = new Line()
    await line.attempt(offer)
    line.faults.add({ at: at.cancel, when: 'before', do: 'pay' })
    expect(await line.attempt(cancel)).toMatchObject({ state: 'paid' })
  })
  it('is still paying when the cancel comes, and then not', async () => {
    const line = new Line()
    await line.attempt(offer)
    line.faults.add({ at: at.cancel, when: 'after', do: 'userPaying' })
    expect(await line.attempt(cancel)).toMatchObject({ state: 'paying' })
    expect(await line.attempt(cancel)).toMatchObject({ state: 'closed' })
  })
  it('pays what was closed', async () => {
    const line = new Line()
    await line.attempt(offer)
    line.faults.add({ at: at.cancel, when: 'after', do: 'payAfter' })
    expect(await line.attempt(cancel)).toMatchObject({ state: 'closed' })
    expect(await line.attempt(query)).toMatchObject({ state: 'paid' })
  })
  it.each([
    ['refuse', { state: 'paid' }, 0],
    ['reverse', { state: 'reversed' }, amountFen],
  ] as const)('a cancel of what was paid: %s', async (cancelPaid, expected, backFen) => {
    const line = new Line()
    line.model.policy.cancelPaid = cancelPaid
    await line.attempt(charge)
    expect(await line.attempt(cancel)).toMatchObject(expected)
    expect(line.trade(attemptNo)?.refundedFen).toBe(backFen)
  })
  it('is found by nobody before his scan, where that makes the trade', async () => {
    const line = new Line()
    line.model.policy.foundBeforeScan = false
    expect(await line.attempt(offer)).toMatchObject({
      qrText: `https://pay.invalid/q/${attemptNo}`,
    })
    expect(await line.attempt(query)).toMatchObject({ kind: 'notFound' })
    expect(await line.attempt(cancel)).toMatchObject({ kind: 'notFound' })
    pay(line)
    expect(await line.attempt(query)).toMatchObject({ state: 'paid' })
  })
  it.each([
    [-1_000, true],
    [0, true],
    [1_000, false],
  ])('scans %i ms from the end of an offer: paid %s', async (fromEndMs, isPaid) => {
    const line = new Line()
    await line.attempt(offer)
    line.nowMs += 120_000 + fromEndMs
    expect(pay(line)).toBe(isPaid)
    expect(await line.attempt(query)).toMatchObject({ state: isPaid ? 'paid' : 'open' })
  })
  it('pays twice, or another amount: the books say so, and each payment is notified', async () => {
    const line = new Line()
    await line.attempt(offer)
    pay(line)
    pay(line)
    expect(await line.attempt(query)).toMatchObject({ paidFen: 2 * amountFen })
    expect(line.notified).toEqual([attemptNo, attemptNo])
  })
  it('shows a code twice: the second charge is refused', async () => {
    const line = new Line()
    await line.attempt(charge)
    const again: AttemptRequest = { ...charge, attemptNo: 'ORDER-1P2' }
    expect(await line.attempt(again)).toEqual({ kind: 'refused', reason: 'CODE_INVALID' })
  })
  it('is asked for another amount under the same number: refused', async () => {
    const line = new Line()
    await line.attempt(offer)
    const other: AttemptRequest = { ...offer, amountFen: amountFen + 1 }
    expect(await line.attempt(other)).toEqual({ kind: 'refused', reason: 'CONFLICT' })
  })
})

describe('refunds', () => {
  it('are accepted, then done; twice under one number is once', async () => {
    const line = new Line()
    await line.attempt(charge)
    expect(await line.refund(refund)).toMatchObject({ state: 'accepted' })
    expect(line.trade(attemptNo)?.refundedFen).toBe(0)
    expect(await line.refund(queryRefund)).toMatchObject({ state: 'done', amountFen })
    expect(await line.refund(refund)).toMatchObject({ state: 'done' })
    expect(line.trade(attemptNo)?.refundedFen).toBe(amountFen)
  })
  it('that failed are tried again under their number', async () => {
    const line = new Line()
    await line.attempt(charge)
    line.model.policy.refunds = 'failed'
    await line.refund(refund)
    expect(await line.refund(queryRefund)).toMatchObject({ state: 'failed' })
    line.model.policy.refunds = 'done'
    expect(await line.refund(refund)).toMatchObject({ state: 'accepted' })
    expect(await line.refund(queryRefund)).toMatchObject({ state: 'done' })
    expect(line.trade(attemptNo)?.refundedFen).toBe(amountFen)
  })
  it('that are throttled say nothing', async () => {
    const line = new Line()
    await line.attempt(charge)
    line.faults.add({ at: at.refund, when: 'before', do: 'status', status: 429 })
    expect(await line.refund(refund)).toMatchObject({ kind: 'noAnswer' })
    expect(await line.refund(queryRefund)).toMatchObject({ kind: 'notFound' })
  })
  it('above what was paid are refused, under any number', async () => {
    const line = new Line()
    await line.attempt(charge)
    await line.refund(refund)
    const more = { ...refund, refundNo: `${attemptNo}R2`, amountFen: 1 }
    expect(await line.refund(more)).toEqual({ kind: 'refused', reason: 'TOO_MUCH' })
  })
})

describe('the bill', () => {
  const day = new Date(startMs + 8 * 3_600_000).toISOString().slice(0, 10)
  it('names every payment of its day', async () => {
    const line = new Line()
    await line.attempt(charge)
    const rows = [{ attemptNo, paidFen: amountFen, refundedFen: 0 }]
    expect(await line.bill(day)).toEqual({ day, rows })
  })
  it('is late, or cut', async () => {
    const line = new Line()
    line.model.policy.billReady = false
    expect(await line.bill(day)).toEqual({ kind: 'notFound', reason: 'NOT_READY' })
    line.model.policy.billReady = true
    line.faults.add({ at: at.bill, when: 'after', do: 'cut' })
    expect(await line.bill(day)).toMatchObject({ kind: 'noAnswer' })
  })
  it('has a row that nobody knows, and lacks one that is known', async () => {
    const line = new Line()
    await line.attempt(charge)
    line.model.billAdds = ['FOREIGN-1']
    line.model.billLacks = [attemptNo]
    const rows = [{ attemptNo: 'FOREIGN-1', paidFen: 100, refundedFen: 0 }]
    expect(await line.bill(day)).toEqual({ day, rows })
  })
})

it('a restart from the books knows every trade, refund and used code', async () => {
  const line = new Line()
  await line.attempt(charge)
  await line.refund(refund)
  await line.refund(queryRefund)
  line.restart()
  expect(await line.attempt(query)).toMatchObject({ state: 'paid', paidFen: amountFen })
  expect(await line.refund(queryRefund)).toMatchObject({ state: 'done' })
  const again: AttemptRequest = { ...charge, attemptNo: 'ORDER-1P2' }
  expect(await line.attempt(again)).toEqual({ kind: 'refused', reason: 'CODE_INVALID' })
})
