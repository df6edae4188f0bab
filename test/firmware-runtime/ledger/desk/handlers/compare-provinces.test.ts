// Two provinces side by side: each rule of either appears once with its value in both, also for an invented province; what
// a lot must change when it moves is computed from its own settings.
import { expect, it } from 'vitest'
import { compareProvinces } from '#ledger/desk/handlers/compare-provinces.ts'
import { provinces, type ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import type { ComparedRule } from '#base/calls/rules-views.ts'
import { present } from '#base/pure/values/must.ts'
import { inventedRow } from '../../pure/platforms/by-table/invented-row.ts'
import { lotFile } from '../../../lane/lot/lot-kit.ts'

const of = (digits: string): ProvinceRow =>
  present(
    provinces.find(({ province }) => province === digits),
    'it is built',
  )
const [guangxi, liaoning] = [of('45'), of('21')]
const rowOf = (rows: readonly ComparedRule[], group: string, id: string) =>
  rows.find((row) => row.group === group && row.id === id)

it('says what is new, gone, other and the same between two provinces', () => {
  const { rows, counts, lot } = compareProvinces(guangxi, liaoning, null)
  expect(lot).toBeNull()
  expect(rowOf(rows, 'interface', 'charge')).toMatchObject({
    from: 'POST /v1/etc/exit-charges',
    to: 'POST /access/trades',
    change: 'changed',
  })
  expect(rowOf(rows, 'interface', 'bill')).toMatchObject({ to: null, change: 'dropped' })
  expect(rowOf(rows, 'code', '300003')).toMatchObject({ from: '300003', to: '23003' })
  expect(rowOf(rows, 'filter', 'network')).toMatchObject({ from: null, change: 'added' })
  expect(rowOf(rows, 'credential', 'accessCode')).toMatchObject({ from: null, change: 'added' })
  expect(rowOf(rows, 'credential', 'clientCertificate')).toMatchObject({ change: 'same' })
  expect(rowOf(rows, 'timing', 'listEveryMin')).toMatchObject({ change: 'same', to: '15' })
  const sum = Object.values(counts).reduce((total, count) => total + count, 0)
  expect(sum).toBe(rows.length)
  const keys = rows.map(({ group, id }) => `${group} ${id}`)
  expect(new Set(keys).size).toBe(keys.length)
})

it.each([guangxi, liaoning, inventedRow])('is all the same with itself: $en', (row) => {
  const { rows, counts } = compareProvinces(row, row, null)
  expect(counts).toEqual({ same: rows.length, changed: 0, added: 0, dropped: 0 })
})

it('has every interface, code and filter of both, and turned round it is the other way round', () => {
  for (const [from, to] of [
    [guangxi, liaoning],
    [liaoning, inventedRow],
  ] as const) {
    const there = compareProvinces(from, to, null).rows
    const back = compareProvinces(to, from, null).rows
    expect(back.length).toBe(there.length)
    for (const row of there) {
      const other = present(rowOf(back, row.group, row.id), 'it is there as well')
      expect([other.from, other.to]).toEqual([row.to, row.from])
    }
    for (const { dialect } of [from, to]) {
      for (const { id } of dialect.interfaces) expect(rowOf(there, 'interface', id)).toBeDefined()
      for (const { means } of dialect.codes) expect(rowOf(there, 'code', means)).toBeDefined()
      for (const { id } of dialect.rules.filters) expect(rowOf(there, 'filter', id)).toBeDefined()
    }
  }
})

const fields = (to: ProvinceRow, lot = {}) =>
  present(compareProvinces(guangxi, to, { ...lotFile(), ...lot }).lot, 'a lot').changes.map(
    ({ field, from }) => `${field} ${from}`,
  )

it('says what this lot changes: its own settings, the files of its folder, and its queue first', () => {
  expect(fields(liaoning)).toEqual([
    'queue -',
    '/provinceCode 4501',
    '/platform https://127.0.0.1:8443 APP1',
    '/cardNetworks -',
    'certs/client.pem null',
    'certs/platform.pem null',
    'certs/access.code null',
    'IP -',
  ])
  expect(fields(liaoning, { cardNetworks: ['4501'] })).toContain('/cardNetworks 4501')
  expect(fields(guangxi)).toEqual([
    '/provinceCode 4501',
    '/platform https://127.0.0.1:8443 APP1',
    'certs/client.pem null',
    'certs/platform.pem null',
  ])
  const { dialect } = inventedRow
  const rules = { ...dialect.rules, chargeModes: ['online'] as const }
  const cardless = { ...inventedRow, dialect: { ...dialect, rules } }
  expect(fields(cardless)).toContain('/chargeMode card')
  expect(fields(cardless, { chargeMode: 'online' })).not.toContain('/chargeMode online')
})
