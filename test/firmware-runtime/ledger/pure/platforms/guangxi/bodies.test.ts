// From ledger facts to frozen bodies: both charge modes, exceptions and refunds, by the rules of the encoders.
// The bodies are read back as JSON: members, units and what is left out.
import { describe, expect, it } from 'vitest'
import { exceptionBody, chargeBody, refundBody } from '#ledger/pure/platforms/guangxi/bodies.ts'
import type { CarObu, ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { ExceptionReport } from '#ledger/pure/lot/exception-reports.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { proofFor, startMs } from '../../../../lane/pure/lane-bench.ts'
import { charge as facts, obu } from '../charge-facts.ts'
import { lotFile } from '../../../../lane/lot/lot-kit.ts'
import { refusedField } from '../../../../../kit/refusals.ts'

const config: LotConfig = lotFile()
const bodyOf = (op: 'charge' | 'exitUpload', over: Partial<ChargeFacts> = {}): unknown =>
  JSON.parse(chargeBody(config, op, { ...facts, ...over }, '7'))
const withObu = (over: Partial<CarObu>): Partial<ChargeFacts> => ({ obu: { ...obu, ...over } })

describe('an online charge (mode 2)', () => {
  it('names stay, amounts, times and card', () => {
    expect(bodyOf('charge')).toMatchObject({
      mode: 2,
      outTradeNo: facts.businessNo,
      entryNo: 'n1-S1',
      parkId: 'GX00012',
      laneNo: 'exit',
      payFee: 500,
      realFee: 500,
      parkDuration: 4200,
      etcCardId: obu.cardNo,
      vehicleType: 1,
      offline: false,
    })
  })
  it('names what a coupon took off, beside what is charged (P12)', () => {
    const off = { discountFen: 300, couponNo: 'C1' }
    const members = { payFee: 800, discountFee: 300, realFee: 500, couponNo: 'C1' }
    expect(bodyOf('charge', off)).toMatchObject(members)
  })
  it.each([
    [undefined, 1],
    ['obu', 2],
    ['person', 4],
  ] as const)('a plate that %s said is of source %i (P12)', (plateBy, plateSource) => {
    const said = plateBy === undefined ? {} : { plateBy }
    expect(bodyOf('charge', said)).toMatchObject({ plateSource })
  })
  it('carries no detail of the debit', () => {
    expect(bodyOf('charge')).not.toHaveProperty('tac')
  })
  it('ends no earlier than it began, though the clock was set back', () => {
    expect(bodyOf('charge', { atMs: facts.enteredAtMs - 5000 })).toMatchObject({ parkDuration: 0 })
  })
  it.each([
    [1, 1],
    [4, 4],
    [5, 1],
    [11, 11],
    [16, 16],
    [17, 1],
    [0, 1],
  ])('class %i of the OBU is type %i of the platform', (vehicleClass, vehicleType) => {
    expect(bodyOf('charge', withObu({ vehicleClass }))).toMatchObject({ vehicleType })
  })
})

describe('a card-side charge (mode 1)', () => {
  const proof = proofFor(9500)
  it('carries the proof of the card, and the time inside the TAC', () => {
    expect(bodyOf('exitUpload', { proof })).toMatchObject({
      mode: 1,
      preBalance: 10_000,
      postBalance: 9500,
      transNo: 18,
      terminalNo: '010203040506',
      terminalTransNo: '0000002A',
      tac: 'A1B2C3D4',
      transType: '09',
      transTime: '2026-11-20T14:30:00.000+08:00',
    })
  })
  it.each([
    [{ cardSerial: null }, { transNo: 0, detail: '{"transNo":"notTold"}' }],
    [
      { cardSerial: null, psamSerial: null },
      {
        transNo: 0,
        terminalTransNo: '00000000',
        detail: '{"terminalTransNo":"notTold","transNo":"notTold"}',
      },
    ],
    [
      { cardSerial: null, psamSerialCounted: true },
      {
        transNo: 0,
        terminalTransNo: '0000002A',
        detail: '{"terminalTransNo":"counted","transNo":"notTold"}',
      },
    ],
  ] as const)('a recovered TAC says which counters nobody told: %o', (over, body) => {
    expect(bodyOf('exitUpload', { proof: { ...proof, ...over } })).toMatchObject(body)
  })
  it.each([
    [{}, { algorithmIdentifier: 1, keyVersion: 1 }, undefined],
    [{ algorithm: 'sm4', keyVersion: 3 }, { algorithmIdentifier: 2, keyVersion: 3 }, undefined],
    [
      { algorithm: '3des', keyVersion: null },
      { algorithmIdentifier: 1, keyVersion: 1 },
      '{"keyVersion":"assumed"}',
    ],
    [
      { algorithm: null, keyVersion: null },
      { algorithmIdentifier: 1, keyVersion: 1 },
      '{"algorithmIdentifier":"assumed","keyVersion":"assumed"}',
    ],
  ] as const)('by which the TAC was made is what the result told: %o', (over, members, detail) => {
    const body = bodyOf('exitUpload', { proof: { ...proof, ...over } })
    expect(body).toMatchObject(members)
    expect((body as { detail?: string }).detail).toBe(detail)
  })
  it('works out the balance that the result did not tell', () => {
    const untold = { ...proof, balanceAfterFen: null }
    expect(bodyOf('exitUpload', { proof: untold })).toMatchObject({ postBalance: 9500 })
  })
  it.each([
    ['a purse that moved by another amount', { proof: proofFor(9400) }, '/postBalance'],
    ['a TAC of zeros', { proof: { ...proof, tac: '00000000' } }, '/tac'],
    ['a card without an expiry date', { proof, ...withObu({ cardExpire: '' }) }, '/cardExpire'],
    ['a card number too short', { proof, ...withObu({ cardNo: '4501' }) }, '/etcCardId'],
    ['an OBU without a plate', { proof, ...withObu({ obuPlate: null }) }, '/obuPlate'],
  ])('%s cannot be uploaded, and the field is named', (_name, over, field) => {
    expect(refusedField(() => bodyOf('exitUpload', over))).toEqual(['UPLOAD-01', field])
  })
})

const report: ExceptionReport = {
  exceptionNo: 'n1-X9',
  exceptionType: 14,
  atMs: startMs,
  laneId: 'exit',
  stayId: 'n1-S1',
  orderId: 'n1-O2',
  outTradeNo: facts.outTradeNo,
  plate: '测A12345',
  obuId: obu.obuId,
  cardNo: obu.cardNo,
  paid: null,
  handling: 'retriedOk',
}

describe('an exception', () => {
  const exceptionOf = (over: Partial<ExceptionReport> = {}): unknown =>
    JSON.parse(exceptionBody(config, { ...report, ...over }))

  it.each([
    ['otherPayment', 1],
    ['manualRelease', 2],
    ['retriedOk', 3],
    ['leftUnpaid', 4],
  ] as const)('handled by %s is told as %i', (handling, code) => {
    expect(exceptionOf({ handling })).toMatchObject({
      exceptionNo: 'n1-X9',
      exceptionType: 14,
      handling: code,
    })
  })
  it('names the means of the other payment and its fen', () => {
    const paid = { means: 'cash', amountFen: 500 } as const
    expect(exceptionOf({ paid })).toMatchObject({ paidBy: 'cash', paidFee: 500 })
    expect(exceptionOf()).not.toHaveProperty('paidBy')
  })
  it('without plate, OBU and charge has none of their members', () => {
    const bare = { plate: null, obuId: null, cardNo: null, outTradeNo: null }
    expect(Object.keys(exceptionOf(bare) as object).sort()).toEqual([
      'exceptionNo',
      'exceptionType',
      'handling',
      'laneNo',
      'occurTime',
      'parkId',
    ])
  })
  it('with a card number that no record takes is told without it', () => {
    const body = exceptionOf({ cardNo: '4501' })
    expect(body).toMatchObject({ exceptionNo: 'n1-X9', handling: 3 })
    expect(body).not.toHaveProperty('etcCardId')
  })
})

it('a refund names the charge, the amount and the rule that approved it', () => {
  const deduction = {
    deductionId: 'n1-O2.D1',
    orderId: 'n1-O2',
    stayId: 'n1-S1',
    laneId: 'exit',
    amountFen: 500,
    chargeMode: 'online',
    outTradeNo: 'P1',
    state: 'paid',
    reason: '',
    obuId: null,
    cardNo: null,
    armed: null,
  } as const
  const refund = {
    refundId: 'n1-R9',
    deduction,
    amountFen: 500,
    reason: 'paid twice',
    atMs: startMs,
  }
  expect(JSON.parse(refundBody(refund))).toMatchObject({
    outRefundNo: 'n1-R9',
    outTradeNo: 'P1',
    refundFee: 500,
    totalFee: 500,
    approvedBy: 'rule P26',
  })
})
