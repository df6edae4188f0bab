// Shifts and the running configuration as the dialect encodes them (P21): the content of a correct answer, and each invalid
// member by its name. An answer is accepted whole or not at all.
import { describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { requestFor } from '#ledger/pure/platforms/guangxi/requests.ts'
import { refusalOf } from '../../../../../kit/refusals.ts'
import { answer } from './signed-answer.ts'

const duty = present(guangxi.duty, 'this dialect has duty')
const lot = { lotId: 'GX00012', provinceCode: '4501' }
const day = '2026-11-20'

const shift = {
  shiftNo: 'B1',
  staffId: '李四',
  laneNo: 'exit',
  onTime: '2026-11-20T08:00:00.000+08:00',
  offTime: '2026-11-20T20:00:00.000+08:00',
}
const planned = (...shifts: object[]) => ({ parkId: 'GX00012', date: day, version: 'S1', shifts })
const settled = (settings: unknown) => ({ parkId: 'GX00012', version: 'C2', settings })

function refusal(read: () => unknown): string {
  const fault = refusalOf(read)
  return fault === null ? 'taken' : `${fault.code} ${fault.field ?? ''} ${fault.value ?? ''}`
}

describe('shifts of a day', () => {
  it('are asked for by the version that is here, and an answer without a body says that it is the newest', () => {
    expect(duty.shifts(lot, day, 'S7')).toMatchObject({ version: 'S7' })
    const unchanged = { ...answer({}), status: 304, body: new Uint8Array() }
    expect(duty.readShifts(lot, day, unchanged)).toEqual({ kind: 'same' })
    expect(duty.readShifts(lot, day, { ...unchanged, verified: 'unsigned' }).kind).not.toBe('same')
  })
  it('are asked for by lot and day, and taken with their times', () => {
    expect(duty.shifts(lot, day, null)).toMatchObject({
      method: 'GET',
      path: `/v1/shifts?parkId=GX00012&date=${day}`,
      bodyText: '',
    })
    const { laneNo: _, ...whole } = { ...shift, shiftNo: 'B2' }
    expect(duty.readShifts(lot, day, answer(planned(shift, whole)))).toEqual({
      kind: 'plan',
      plan: {
        day,
        version: 'S1',
        shifts: [
          {
            shiftNo: 'B1',
            staffId: '李四',
            laneId: 'exit',
            onMs: Date.parse(shift.onTime),
            offMs: Date.parse(shift.offTime),
          },
          expect.objectContaining({ shiftNo: 'B2', laneId: null }),
        ],
      },
    })
  })

  it.each([
    [{ ...planned(shift), parkId: 'OTHER' }, 'DUTY-01 /data/parkId "OTHER"'],
    [{ ...planned(shift), date: '2026-11-21' }, 'DUTY-01 /data/date "2026-11-21"'],
    [{ ...planned(shift), version: '' }, 'DUTY-01 /data/version ""'],
    [{ ...planned(), shifts: 7 }, 'DUTY-01 /data/shifts 7'],
    [planned(shift, { ...shift, shiftNo: 'B/2' }), 'DUTY-01 /data/shifts/1/shiftNo "B/2"'],
    [planned(shift, shift), 'DUTY-01 /data/shifts/1/shiftNo B1'],
    [planned({ ...shift, staffId: '' }), 'DUTY-01 /data/shifts/0/staffId ""'],
    [planned({ ...shift, laneNo: 'Exit 1' }), 'DUTY-01 /data/shifts/0/laneNo "Exit 1"'],
    [planned({ ...shift, laneNo: null }), 'DUTY-01 /data/shifts/0/laneNo null'],
    [planned({ ...shift, onTime: 'soon' }), 'DUTY-01 /data/shifts/0/onTime "soon"'],
    [
      planned({ ...shift, onTime: '2026-11-19T23:59:59+08:00' }),
      'DUTY-01 /data/shifts/0/onTime "2026-11-19T23:59:59+08:00"',
    ],
    [
      planned({ ...shift, offTime: shift.onTime }),
      `DUTY-01 /data/shifts/0/offTime "${shift.onTime}"`,
    ],
    [
      planned({ ...shift, offTime: '2026-11-21T08:00:01+08:00' }),
      'DUTY-01 /data/shifts/0/offTime "2026-11-21T08:00:01+08:00"',
    ],
  ])('name what breaks its rule: %j', (data, said) => {
    expect(refusal(() => duty.readShifts(lot, day, answer(data)))).toBe(said)
  })

  it.each([
    [{ verified: 'badSignature' as const }, 'silent', 'badSignature'],
    [{ status: 503 }, 'silent', 'status 503'],
    [{ status: 302 }, 'silent', 'redirected 302'],
    [{ body: Uint8Array.of(0xff) }, 'silent', 'bodyNotJson'],
    [{ status: 403, body: new TextEncoder().encode('{"respCode":"400004"}') }, 'none', '400004'],
  ])('are none in an answer that is none: %j', (over, kind, reason) => {
    expect(duty.readShifts(lot, day, answer(planned(shift), over))).toEqual({ kind, reason })
  })
})

const sealedNames = new Set(guangxi.sensitive.members.map(({ member }) => member))

describe('a shift that ended', () => {
  const facts = {
    shiftNo: 'GX00012-gx1-G7',
    staffId: '李四',
    planNo: 'B1',
    onMs: Date.parse(shift.onTime),
    offMs: Date.parse(shift.offTime),
    cashFen: -300,
    etcCount: 2,
    etcFen: 2_400,
  }
  it('is told with what cash and ETC took in it', () => {
    expect(JSON.parse(duty.shiftBody(lot, facts))).toEqual({
      shiftNo: facts.shiftNo,
      parkId: 'GX00012',
      staffId: '李四',
      staffName: '李四',
      planNo: 'B1',
      onTime: shift.onTime,
      offTime: shift.offTime,
      cashFee: -300,
      etcCount: 2,
      etcFee: 2_400,
    })
  })
  it('that no plan has names its person in the sealed member alone', () => {
    const body = JSON.parse(duty.shiftBody(lot, { ...facts, planNo: null })) as object
    expect(body).toMatchObject({ staffName: '李四' })
    expect(body).not.toHaveProperty('planNo')
    const clear = Object.entries(body).filter(([name]) => !sealedNames.has(name))
    expect(JSON.stringify(clear)).not.toContain('李四')
  })
  it('is put under its number, what was frozen before as well', () => {
    const frozen = '{"shiftNo":"GX00012-gx1-G7"}'
    expect(
      requestFor({ op: 'shiftRecord', businessNo: facts.shiftNo, body: frozen, amountFen: null }),
    ).toMatchObject({
      method: 'PUT',
      path: `/v1/shifts/${facts.shiftNo}`,
      bodyText: frozen,
      idempotencyKey: facts.shiftNo,
    })
  })
  it('is none without who had it, or with text that no platform takes', () => {
    expect(refusal(() => duty.shiftBody(lot, { ...facts, staffId: '' }))).toBe(
      'UPLOAD-01 /staffId ',
    )
    expect(refusal(() => duty.shiftBody(lot, { ...facts, staffId: '😀' }))).toMatch(/^UPLOAD-02/)
  })
})

describe('the running configuration', () => {
  it('is asked for by the version that is here, and taken whole', () => {
    expect(duty.configuration(lot, null)).not.toHaveProperty('version')
    expect(duty.configuration(lot, 'C1')).toMatchObject({ method: 'GET', version: 'C1' })
    const data = settled({ largeFee: 8_000, offlineFee: 0 })
    expect(duty.readConfiguration(lot, answer(data))).toEqual({
      kind: 'configuration',
      configuration: { version: 'C2', settings: { largeAmountFen: 8_000, offlineFen: 0 } },
    })
    expect(duty.readConfiguration(lot, answer(settled({})))).toMatchObject({
      configuration: { settings: {} },
    })
  })

  it('is the same only where the platform signed that it is', () => {
    const none = { status: 304, body: new Uint8Array() }
    expect(duty.readConfiguration(lot, answer({}, none))).toEqual({ kind: 'same' })
    expect(duty.readConfiguration(lot, answer({}, { ...none, verified: 'unsigned' }))).toEqual({
      kind: 'silent',
      reason: 'unsigned',
    })
  })

  it.each([
    [{ ...settled({}), parkId: undefined }, 'DUTY-03 /data/parkId '],
    [{ ...settled({}), version: 'a b' }, 'DUTY-03 /data/version "a b"'],
    [settled([]), 'DUTY-03 /data/settings []'],
    [settled({ largeFee: 0 }), 'DUTY-03 /data/settings/largeFee 0'],
    [settled({ largeFee: '8000' }), 'DUTY-03 /data/settings/largeFee "8000"'],
    [settled({ offlineFee: -1 }), 'DUTY-03 /data/settings/offlineFee -1'],
    [settled({ offlineFee: 1.5 }), 'DUTY-03 /data/settings/offlineFee 1.5'],
    [settled({ largeFee: 8_000, openAll: true }), 'DUTY-03 /data/settings/openAll true'],
    [settled({ constructor: 1 }), 'DUTY-03 /data/settings/constructor 1'],
  ])('names what breaks its rule: %j', (data, said) => {
    expect(refusal(() => duty.readConfiguration(lot, answer(data)))).toBe(said)
  })
})
