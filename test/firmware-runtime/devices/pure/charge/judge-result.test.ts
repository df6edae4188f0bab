// Every way in which a debit result can differ from its C6, as rows: what counts as paid, what raises an alarm, and what
// leaves the money unknown for the evidence to decide.
import { describe, expect, it } from 'vitest'
import {
  isOfThisDebit,
  judgeResult,
  proofOfEvidence,
  type RequestedDebit,
  type Judgement,
  type ReportedDebit,
} from '#devices/pure/charge/judge-result.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'

const requested: RequestedDebit = {
  cardType: 22,
  amountFen: 500,
  balanceBeforeFen: 10_000,
  timeBcd: '20231115061320',
  resultTimeMs: 5000,
}
const whole: DebitProof = {
  tac: 'A1B2C3D4',
  cardSerial: 18,
  psamTerminal: '370100000001',
  psamSerial: 17,
  transType: '09',
  timeBcd: '20231115061320',
  balanceAfterFen: 9500,
}
const credit = { cardType: 23 }
const zero = { amountFen: 0 }
const hourOld = { timeBcd: '20231115051320' }

const fits: Judgement = { paid: true, alarm: null }
const paidButLate: Judgement = { paid: true, alarm: 'resultTime' }
const time: Judgement = { paid: false, alarm: 'resultTime' }
const purse: Judgement = { paid: false, alarm: 'resultPurse' }
const counter: Judgement = { paid: false, alarm: 'resultCounter' }

describe('a result against its C6', () => {
  it.each<
    [string, Partial<RequestedDebit>, Partial<DebitProof>, Omit<ReportedDebit, 'proof'>, Judgement]
  >([
    ['all of it fits', {}, {}, {}, fits],
    ['the antenna took five seconds', {}, { timeBcd: '20231115061325' }, {}, fits],
    ['six seconds, the purse fits', {}, { timeBcd: '20231115061326' }, {}, paidButLate],
    ['an hour old, the purse fits', {}, hourOld, {}, paidButLate],
    ['an hour old, the purse stood', {}, { ...hourOld, balanceAfterFen: 10_000 }, {}, purse],
    ['an hour old, the purse not read', {}, { ...hourOld, balanceAfterFen: null }, {}, time],
    ['an hour old, the purse computed', {}, hourOld, { balanceDerived: true }, time],
    ['an hour old, of a credit card', credit, hourOld, {}, time],
    ['an hour old, nothing asked', zero, { ...hourOld, balanceAfterFen: 10_000 }, {}, time],
    ['no time of this calendar', {}, { timeBcd: '20231315061320' }, {}, paidButLate],
    ['no time of this calendar, credit', credit, { timeBcd: '00000000000000' }, {}, time],
    ['a firmware that is an hour off', { resultTimeMs: 3_600_000 }, hourOld, {}, fits],
    ['a firmware that tells no time', {}, { timeBcd: null }, {}, fits],
    ['the card was never debited', {}, { balanceAfterFen: 10_000 }, {}, purse],
    ['more was taken than asked', {}, { balanceAfterFen: 5_000 }, {}, purse],
    ['less was taken than asked', {}, { balanceAfterFen: 9_501 }, {}, purse],
    ['nothing asked, a purse that moved', zero, { balanceAfterFen: 9_500 }, {}, purse],
    ['nothing asked, nothing taken', zero, { balanceAfterFen: 10_000 }, {}, fits],
    ['a credit card shows anything', credit, { balanceAfterFen: 0xfa0a1dcf }, {}, fits],
    ['the balance could not be read', {}, { balanceAfterFen: null }, {}, fits],
    ['counters that moved', {}, {}, { serialsBefore: { card: 17, psam: 16 } }, fits],
    ['counters that began anew', {}, {}, { serialsBefore: { card: 65_535, psam: 40 } }, fits],
    ['the card counter stood', {}, {}, { serialsBefore: { card: 18, psam: 16 } }, counter],
    [
      'the terminal counter stood',
      credit,
      {},
      { serialsBefore: { card: null, psam: 17 } },
      counter,
    ],
  ])('%s', (_, of, proof, more, judged) => {
    const reported = { proof: { ...whole, ...proof }, ...more }
    expect(judgeResult({ ...requested, ...of }, reported)).toEqual(judged)
  })

  it.each<[string, Partial<RequestedDebit>, Partial<DebitProof>, boolean]>([
    ['time and purse are its own', {}, {}, true],
    ['the time of another second', {}, { timeBcd: '20231115061321' }, false],
    ['no purse told', {}, { balanceAfterFen: null }, false],
    ['the purse of before', {}, { balanceAfterFen: 10_000 }, false],
    ['a credit card', credit, {}, false],
    ['nothing asked', zero, { balanceAfterFen: 10_000 }, false],
  ])('where older bytes may stand: %s', (_, of, proof, own) => {
    expect(isOfThisDebit({ ...requested, ...of }, { proof: { ...whole, ...proof } })).toBe(own)
  })
})

describe('the proof of a payment that the card shows', () => {
  const more = { ...whole, balanceAfterFen: 5_000 }
  const byKey = { ...more, algorithm: 'sm4', keyVersion: 3 } as const
  const fetched = { ...more, cardSerial: null, psamSerial: null, psamTerminal: null }

  it.each<[string, readonly DebitProof[], Partial<RequestedDebit>, DebitProof | null]>([
    ['the result that told the same purse', [more], {}, more],
    ['none was told', [], {}, null],
    ['another purse was told', [whole], {}, null],
    ['the same purse at another time', [{ ...more, ...hourOld }], {}, null],
    ['a fetched TAC takes the counters of its B5', [more, fetched], {}, more],
    ['a fetched TAC takes the algorithm and key version of its B5', [byKey, fetched], {}, byKey],
    ['a fetched TAC of another B5', [{ ...more, tac: '00000001' }, fetched], {}, fetched],
    ['a credit card shows no purse', [more], credit, null],
  ])('%s', (_, reported, of, proof) => {
    expect(proofOfEvidence({ ...requested, ...of }, reported, 5_000)).toEqual(proof)
  })
})
