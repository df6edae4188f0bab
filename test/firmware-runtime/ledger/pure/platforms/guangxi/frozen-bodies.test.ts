// Bodies that a platform has on record were frozen byte for byte: the same facts must always give the same text.
// A variety of facts, and the digest of all their bodies; a changed digest means a changed record.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { ExceptionReport, Handling } from '#ledger/pure/lot/exception-reports.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import { plateColours } from '#base/pure/plates/plate.ts'
import { lotFile } from '../../../../lane/lot/lot-kit.ts'
import { proofFor, startMs } from '../../../../lane/pure/lane-bench.ts'
import { charge as base, exception, obu } from '../charge-facts.ts'

const config = lotFile()
const proof = proofFor(9500)

const charges: readonly Partial<ChargeFacts>[] = [
  {},
  { offline: true },
  { obu: null },
  { atMs: base.enteredAtMs - 5000 },
  { orderId: 'n1-O9.T' },
  ...plateColours.map((colour) => ({ colour })),
  ...[0, 1, 4, 5, 11, 16, 17].map((vehicleClass) => ({ obu: { ...obu, vehicleClass } })),
]
const uploads: readonly Partial<ChargeFacts>[] = [
  { proof },
  { proof: { ...proof, cardSerial: null } },
  { proof: { ...proof, psamSerial: null } },
  { proof: { ...proof, psamSerialCounted: true } },
  { proof: { ...proof, balanceAfterFen: null } },
  { proof: { ...proof, transType: '06' } },
  { obu: { ...obu, cardType: 23, balanceFen: 0xfa0a1e33 }, proof: proofFor(0xfa0a1dcf) },
]
const handlings: readonly Handling[] = ['otherPayment', 'manualRelease', 'retriedOk', 'leftUnpaid']
const report: ExceptionReport = { ...exception, paid: null, handling: 'retriedOk' }

/** The digest of the texts as they have been sent so far. */
const digest = '18d81ccf80e162fedd6ccc311fe1c4ac745fda74b2d6a96353202412edba38d8'

it('is the text that it always was', () => {
  const bodies = [
    ...charges.map((over) => guangxi.chargeBody(config, 'charge', { ...base, ...over }, '7')),
    ...uploads.map((over) => guangxi.chargeBody(config, 'exitUpload', { ...base, ...over }, '7')),
    ...handlings.map((handling) => guangxi.exceptionBody(config, { ...report, handling })),
    guangxi.exceptionBody(config, { ...report, paid: { means: 'cash', amountFen: 500 } }),
    guangxi.exceptionBody(config, { ...report, cardNo: 'no number', plate: null }),
    guangxi.refundBody({
      refundId: 'n1-R1',
      amountFen: 500,
      reason: 'paid twice',
      atMs: startMs,
      deduction: { ...base, deductionId: 'n1-O2.D1', orderId: 'n1-O2' },
    } as unknown as Parameters<typeof guangxi.refundBody>[0]),
  ]
  expect(new Set(bodies).size).toBeGreaterThan(25)
  expect(createHash('sha256').update(bodies.join('\n')).digest('hex')).toBe(digest)
})

const numbers: Record<ExceptionWord, number> = {
  obuNotRead: 1,
  obuUnreadable: 2,
  cardUnreadable: 3,
  plateMismatch: 4,
  blacklisted: 5,
  expired: 6,
  insufficient: 7,
  debitFailed: 9,
  noTac: 10,
  psamFault: 12,
  severalTags: 13,
  noAnswerTwice: 14,
  refused: 15,
  largeAmount: 16,
  repeatSuspected: 17,
  listTooOld: 19,
  other: 99,
}

it('calls each exception by its number of P14, as rows of before did', () => {
  for (const [word, number] of Object.entries(numbers)) {
    const body = guangxi.exceptionBody(config, { ...report, exceptionType: word as ExceptionWord })
    expect(body).toContain(`"exceptionType":${number},`)
    expect(guangxi.exceptionBody(config, { ...report, exceptionType: number })).toBe(body)
  }
})
