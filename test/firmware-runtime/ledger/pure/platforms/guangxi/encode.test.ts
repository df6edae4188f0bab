// Ledger facts to frozen bodies: P11, P12, P14, P16. Exact texts, then every rule broken once.
// Every member is checked before a body is frozen; wrong ones are refused by name.
import { describe, expect, it } from 'vitest'
import {
  encodeException,
  encodeExitCharge,
  encodeRefund,
  encodeSignIn,
} from '#ledger/pure/platforms/guangxi/encode.ts'
import { plateText } from '#ledger/pure/platforms/guangxi/formats.ts'
import type {
  ExceptionRecord,
  ExitChargeRecord,
  RefundRecord,
  SignInRecord,
} from '#ledger/pure/platforms/guangxi/records.ts'
import { refusalOf } from '../../../../../kit/refusals.ts'
import { chargeFacts, debitOf, unitOf } from './exit-charge.ts'

const exAtMs = Date.UTC(2026, 10, 20, 6, 30, 0)
const facts = {
  ...chargeFacts('PX0120261120143000001', exAtMs),
  enAtMs: exAtMs - 3_723_400,
  discountFen: 300,
  realFen: 1200,
  entryNo: 'gx1-S12',
  listVersion: '20261120-01',
} as const
const unit = { ...unitOf(1, facts.plate), obuId: '0A0B0C0D' } as const
const debit = { ...debitOf(7), postBalanceFen: 8_800, terminalTransNo: '0000002A' } as const
const card: ExitChargeRecord = { ...facts, mode: 1, unit, debit }
const online: ExitChargeRecord = { ...facts, mode: 2, unit }

const faultOf = (act: () => unknown) => {
  const fault = refusalOf(act)
  return { code: fault?.code ?? 'none', field: fault?.field }
}

describe('P12', () => {
  const shared =
    '"parkId":"450100001","laneNo":"X01","deviceId":"RSU-1","serviceType":2,' +
    '"enTime":"2026-11-20T13:27:56.600+08:00","exTime":"2026-11-20T14:30:00.000+08:00",' +
    '"transTime":"2026-11-20T14:30:00.000+08:00","parkDuration":3723,' +
    '"vehiclePlate":"测A12345","vehicleColor":0,"vehicleType":1,"plateSource":1,' +
    '"payFee":1500,"discountFee":300,"realFee":1200,"entryNo":"gx1-S12"'
  const units =
    '"obuId":"0A0B0C0D","obuIssuer":"B9E3CEF745010001","obuVersion":"64","obuStatus":"0000",' +
    '"obuPlate":"测A12345","etcCardId":"45010000000000000001","cardNetNo":"4501","cardType":22,' +
    '"cardVersion":64,"cardPlate":"测A12345","cardExpire":"2030-12-31"'
  it('mode 1 is this text', () => {
    expect(encodeExitCharge(card)).toBe(
      `{"outTradeNo":"PX0120261120143000001","mode":1,${shared},${units},` +
        '"preBalance":10000,"postBalance":8800,"transNo":7,"terminalNo":"010203040506",' +
        '"terminalTransNo":"0000002A","transType":"09","tac":"1A2B3C4D",' +
        '"algorithmIdentifier":1,"keyVersion":1,"tacSource":1,"listVersion":"20261120-01",' +
        '"offline":false}',
    )
  })
  it('mode 2 is this text', () => {
    expect(encodeExitCharge(online)).toBe(
      `{"outTradeNo":"PX0120261120143000001","mode":2,${shared},${units},` +
        '"tacSource":2,"listVersion":"20261120-01","offline":false}',
    )
  })
  it('mode 2 by plate has no unit at all', () => {
    const text = encodeExitCharge({ ...facts, mode: 2, unit: null })
    expect(text).not.toMatch(/obu|card|Card/)
  })
  it('the same facts always give the same bytes', () => {
    expect(encodeExitCharge({ ...card })).toBe(encodeExitCharge(card))
  })
  it('a coupon and a detail are taken along', () => {
    const body: unknown = JSON.parse(encodeExitCharge({ ...online, couponNo: 'C1', detail: 'd' }))
    expect(body).toMatchObject({ couponNo: 'C1', detail: 'd' })
  })
  it('a credit card has no balance to compare', () => {
    const credit = { ...unit, cardType: 23 }
    const flat = { ...debit, preBalanceFen: 0, postBalanceFen: 0 }
    expect(encodeExitCharge({ ...facts, mode: 1, unit: credit, debit: flat })).toContain('"tac"')
  })

  const rows: readonly (readonly [string, ExitChargeRecord])[] = [
    ['/outTradeNo', { ...online, outTradeNo: '' }],
    ['/outTradeNo', { ...online, outTradeNo: 'P'.repeat(33) }],
    ['/outTradeNo', { ...online, outTradeNo: 'P/1' }],
    ['/exTime', { ...online, exAtMs: facts.enAtMs - 1 }],
    ['/exTime', { ...online, exAtMs: Number.NaN }],
    ['/enTime', { ...online, enAtMs: 0 }],
    ['/exTime', { ...online, exAtMs: Date.UTC(2101, 0, 1) }],
    ['/transTime', { ...card, transAtMs: exAtMs + 1 }],
    ['/payFee', { ...online, payFen: 1501 }],
    ['/payFee', { ...online, discountFen: 0 }],
    ['/realFee', { ...online, payFen: 299, realFen: -1 }],
    ['/payFee', { ...online, payFen: 300.5, realFen: 0.5 }],
    ['/payFee', { ...online, payFen: 100_000_001, discountFen: 0, realFen: 100_000_001 }],
    ['/parkId', { ...online, parkId: '' }],
    ['/laneNo', { ...online, laneNo: 'x'.repeat(21) }],
    ['/deviceId', { ...online, deviceId: 'x'.repeat(61) }],
    ['/serviceType', { ...online, serviceType: -1 }],
    ['/vehiclePlate', { ...online, plate: '' }],
    ['/vehiclePlate', { ...online, plate: 'x'.repeat(21) }],
    ['/vehicleType', { ...online, vehicleType: 5 }],
    ['/entryNo', { ...online, entryNo: '' }],
    ['/entryNo', { ...online, entryNo: 'S/1' }],
    ['/entryNo', { ...online, entryNo: 'S'.repeat(33) }],
    ['/listVersion', { ...online, listVersion: '' }],
    ['/couponNo', { ...online, couponNo: 'x'.repeat(65) }],
    ['/detail', { ...online, detail: 'x'.repeat(4001) }],
    ['/obuId', { ...online, unit: { ...unit, obuId: '0a0b0c0d' } }],
    ['/obuId', { ...online, unit: { ...unit, obuId: '0A0B0C' } }],
    ['/obuStatus', { ...online, unit: { ...unit, obuStatus: '00' } }],
    ['/etcCardId', { ...online, unit: { ...unit, etcCardId: '4501' } }],
    ['/etcCardId', { ...online, unit: { ...unit, etcCardId: '4501000000000000000A' } }],
    ['/cardType', { ...online, unit: { ...unit, cardType: 24 } }],
    ['/cardVersion', { ...online, unit: { ...unit, cardVersion: 256 } }],
    ['/cardExpire', { ...online, unit: { ...unit, cardExpire: '20301331' } }],
    ['/cardExpire', { ...online, unit: { ...unit, cardExpire: '2030-12-31' } }],
    ['/tac', { ...card, debit: { ...debit, tac: '00000000' } }],
    ['/tac', { ...card, debit: { ...debit, tac: '1a2b3c4d' } }],
    ['/tac', { ...card, debit: { ...debit, tac: '' } }],
    ['/postBalance', { ...card, debit: { ...debit, postBalanceFen: 8_801 } }],
    ['/preBalance', { ...card, debit: { ...debit, preBalanceFen: -1, postBalanceFen: -1201 } }],
    ['/transNo', { ...card, debit: { ...debit, transNo: 65_536 } }],
    ['/terminalNo', { ...card, debit: { ...debit, terminalNo: '0102' } }],
    ['/terminalTransNo', { ...card, debit: { ...debit, terminalTransNo: '2A' } }],
    ['/algorithmIdentifier', { ...card, debit: { ...debit, algorithmIdentifier: 3 } }],
    ['/keyVersion', { ...card, debit: { ...debit, keyVersion: 256 } }],
  ]
  it.each(rows)('%s is refused when it breaks its rule', (field, record) => {
    expect(faultOf(() => encodeExitCharge(record))).toEqual({ code: 'UPLOAD-01', field })
  })
  it.each([
    ['/vehiclePlate', { ...online, plate: '测A😀' }],
    ['/detail', { ...online, detail: 'x\ud800' }],
    ['/cardPlate', { ...online, unit: { ...unit, cardPlate: '𠮷A1' } }],
  ])('%s with a four-byte character is refused', (field, record) => {
    expect(faultOf(() => encodeExitCharge(record))).toEqual({ code: 'UPLOAD-02', field })
  })
  it('knows the plate with its colour as one text (P5)', () => {
    expect(plateText('测A12345', 'yellowGreen')).toBe('测A12345_5')
  })
})

describe('P14', () => {
  const record: ExceptionRecord = {
    exceptionNo: 'E1',
    outTradeNo: 'P1',
    parkId: '450100001',
    laneNo: 'X01',
    occurredAtMs: exAtMs,
    exceptionType: 14,
    plate: '测A12345',
    obuId: '0A0B0C0D',
    etcCardId: '45010000000000000001',
    handling: 'otherPayment',
    paidBy: 'cash',
    paidFen: 1200,
  }
  it('is this text', () => {
    expect(encodeException(record)).toBe(
      '{"exceptionNo":"E1","outTradeNo":"P1","parkId":"450100001","laneNo":"X01",' +
        '"occurTime":"2026-11-20T14:30:00.000+08:00","exceptionType":14,' +
        '"vehiclePlate":"测A12345","obuId":"0A0B0C0D","etcCardId":"45010000000000000001",' +
        '"handling":1,"paidBy":"cash","paidFee":1200}',
    )
  })
  it('leaves out what is not known', () => {
    const none = { outTradeNo: null, plate: null, obuId: null, etcCardId: null }
    const text = encodeException({ ...record, ...none, paidBy: null, paidFen: null })
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      'exceptionNo',
      'parkId',
      'laneNo',
      'occurTime',
      'exceptionType',
      'handling',
    ])
  })
  it.each([
    ['/exceptionType', { exceptionType: 0 }],
    ['/exceptionType', { exceptionType: 21 }],
    ['/exceptionNo', { exceptionNo: 'a b' }],
    ['/outTradeNo', { outTradeNo: '' }],
    ['/obuId', { obuId: 'XX' }],
    ['/paidFee', { paidFen: -1 }],
  ])('%s is refused', (field, over) => {
    expect(faultOf(() => encodeException({ ...record, ...over }))).toMatchObject({ field })
  })
})

describe('P16', () => {
  const record: RefundRecord = {
    outRefundNo: 'R1',
    outTradeNo: 'P1',
    refundFen: 1200,
    totalFen: 1200,
    reason: 'paid twice',
    operator: 'lane',
    approvedBy: 'owner',
  }
  it('is this text', () => {
    expect(encodeRefund(record)).toBe(
      '{"outRefundNo":"R1","outTradeNo":"P1","refundFee":1200,"totalFee":1200,' +
        '"reason":"paid twice","operator":"lane","approvedBy":"owner"}',
    )
  })
  it.each([
    ['/refundFee', { refundFen: 0 }],
    ['/refundFee', { refundFen: 1201 }],
    ['/approvedBy', { approvedBy: '' }],
    ['/reason', { reason: 'x'.repeat(201) }],
    ['/outRefundNo', { outRefundNo: 'R'.repeat(33) }],
  ])('%s is refused', (field, over) => {
    const fault = faultOf(() => encodeRefund({ ...record, ...over }))
    expect(fault).toEqual({ code: 'UPLOAD-01', field })
  })
})

describe('P11', () => {
  const record: SignInRecord = {
    listNo: '0190f0a0-0000-7000-8000-000000000001',
    psamNo: '45010000000000000001',
    terminalNo: '010203040506',
    provinceCode: '4501',
    parkId: '450100001',
    parkName: '示例停车场',
    laneNo: 'X01',
    laneType: 'exit',
    terminalAtMs: exAtMs,
  }
  it('is this text', () => {
    expect(encodeSignIn(record)).toBe(
      '{"listNo":"0190f0a0-0000-7000-8000-000000000001","psamNo":"45010000000000000001",' +
        '"terminalNo":"010203040506","provinceCode":"4501","parkId":"450100001",' +
        '"parkName":"示例停车场","laneNo":"X01","laneType":"02",' +
        '"terminalTime":"2026-11-20T14:30:00.000+08:00"}',
    )
  })
  it.each([
    ['/listNo', { listNo: 'x'.repeat(37) }],
    ['/psamNo', { psamNo: '123' }],
    ['/terminalNo', { terminalNo: '01020304050' }],
    ['/provinceCode', { provinceCode: '45' }],
    ['/parkName', { parkName: '' }],
    ['/terminalTime', { terminalAtMs: -1 }],
  ])('%s is refused', (field, over) => {
    const fault = faultOf(() => encodeSignIn({ ...record, ...over }))
    expect(fault).toEqual({ code: 'UPLOAD-01', field })
  })
})
