// What a person may correct in a held record, and what nothing may change: by the rules of each dialect, for each kind of
// record. Atomic: a refusal names the member, and the frozen text is unchanged.
import { describe, expect, it } from 'vitest'
import { bodyMembers, mendBar, mended, type MemberRow } from '#ledger/pure/queue/mend.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { inventedRow } from '../platforms/by-table/invented-row.ts'

const guangxi = dialectOf({ provinceCode: '4501' })
const liaoning = dialectOf({ provinceCode: '2101' })
const body = JSON.stringify({
  outTradeNo: 'P1',
  deviceId: 'LOT-exit',
  serviceType: 2,
  vehicleColor: 0,
  realFee: 500,
  offline: false,
  tac: '1A2B3C4D',
  new: 1,
})
const rows = guangxi.membersOf('exitUpload')
const faultOf = (members: Parameters<typeof mended>[2], of: readonly MemberRow[] = rows) => {
  const made = mended(body, of, members)
  return made.ok ? null : [made.fault.why, made.fault.member]
}

describe('a mended body', () => {
  it('has the new values in the old order, and says what they were', () => {
    const made = mended(body, rows, { deviceId: 'GX-1', serviceType: '3', merchantId: 'M1' })
    expect(made).toMatchObject({
      ok: true,
      body: '{"outTradeNo":"P1","deviceId":"GX-1","serviceType":3,"vehicleColor":0,"realFee":500,"offline":false,"tac":"1A2B3C4D","new":1,"merchantId":"M1"}',
      members: [
        { member: 'deviceId', from: 'LOT-exit', to: 'GX-1' },
        { member: 'serviceType', from: 2, to: 3 },
        { member: 'merchantId', from: null, to: 'M1' },
      ],
    })
  })

  it.each([
    [{ realFee: 1 }, ['sealed', 'realFee']],
    [{ tac: '00000001' }, ['sealed', 'tac']],
    [{ outTradeNo: 'P2' }, ['sealed', 'outTradeNo']],
    [{ etcCardId: '1' }, ['sealed', 'etcCardId']],
    [{ new: 2 }, ['unknown', 'new']],
    [{ nobody: 'x' }, ['unknown', 'nobody']],
    [{ deviceId: 'LOT-exit' }, ['unchanged', 'deviceId']],
    [{ serviceType: '2' }, ['unchanged', 'serviceType']],
    [{}, ['unchanged', '']],
    [{ deviceId: null }, ['needed', 'deviceId']],
    [{ deviceId: ' ' }, ['shape', 'deviceId']],
    [{ deviceId: 7 }, ['shape', 'deviceId']],
    [{ deviceId: 'x'.repeat(61) }, ['shape', 'deviceId']],
    [{ serviceType: '2.5' }, ['shape', 'serviceType']],
    [{ serviceType: 10_000 }, ['shape', 'serviceType']],
    [{ vehicleColor: 8 }, ['shape', 'vehicleColor']],
    [{ deviceId: 'GX-1', realFee: 1 }, ['sealed', 'realFee']],
  ] as const)('is not made of %j', (members, fault) => {
    expect(faultOf(members)).toEqual(fault)
  })

  it('shows every member, and those that may be added', () => {
    const shown = bodyMembers(body, rows).map(({ name }) => name)
    expect(shown.slice(0, 8)).toEqual(Object.keys(JSON.parse(body) as object))
    expect(shown).toContain('merchantId')
    expect(shown).not.toContain('etcCardId')
  })
})

describe('the rows of a dialect', () => {
  const ops: OutboxKind[] = ['exitUpload', 'exception', 'entryRecord', 'plateRecord', 'shiftRecord']
  it.each(ops)('of %s seal the number and let something be mended', (op) => {
    const all = guangxi.membersOf(op)
    expect(all.some((row) => 'takes' in row)).toBe(true)
    expect(all.some((row) => 'sealed' in row && row.sealed.why === 'number')).toBe(true)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  })

  it('seal what moves money, and what counts others, as a whole', () => {
    expect([guangxi.membersOf('charge'), guangxi.membersOf('refund')]).toEqual([[], []])
    expect(guangxi.membersOf('batch').every((row) => 'sealed' in row)).toBe(true)
  })

  it('all that the TAC is over is sealed by it', () => {
    const over = ['realFee', 'transType', 'terminalNo', 'terminalTransNo', 'transTime', 'tac']
    const of = rows.filter(({ name }) => over.includes(name))
    expect(of).toHaveLength(over.length)
    for (const row of of) expect(row).toMatchObject({ sealed: { why: 'tac', clause: 'P12' } })
  })

  it('of a province by table have its names, and what it seals beside', () => {
    const sealedHere = liaoning.membersOf('exitUpload').find(({ name }) => name === 'obuIssuer')
    expect(sealedHere).toMatchObject({ sealed: { why: 'evidence', clause: 'A.2.3 a 4' } })
    expect(rows.find(({ name }) => name === 'obuIssuer')).toHaveProperty('takes')
    const invented = inventedRow.dialect.membersOf('exitUpload')
    expect(invented.find(({ name }) => name === 'deviceId')).toMatchObject({
      sealed: { clause: 'Z.4' },
    })
    expect(invented.some(({ name }) => name === 'outTradeNo')).toBe(false)
  })
})

it.each([
  ['exitUpload', 'held', '200005 characters', null, null],
  ['exitUpload', 'held', 'filterStops expired 8.3.1 a', 'filter', null],
  ['exitUpload', 'rejected', 'tacWrong', 'notHeld', 'notHeld'],
  ['charge', 'held', '200005 characters', 'movesMoney', 'movesMoney'],
  ['refund', 'held', '200005 characters', 'movesMoney', 'movesMoney'],
] as const)('%s that is %s (%s): mend %s, send %s', (op, state, lastNote, mend, release) => {
  const record = { op, state, lastNote }
  expect([mendBar(record, 'mend'), mendBar(record, 'release')]).toEqual([mend, release])
})
