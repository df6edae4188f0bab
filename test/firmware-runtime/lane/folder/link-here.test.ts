// A destination that joins with an authorisation code alone names no folder in lot.json: the lot's own folder is read, and
// never written. Without it, a destination whose envelope needs certificates is refused.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { provinces, type ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import { replaceLot } from '#lane/desk/folder/kept-lot.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import { refuseUnspoken } from '#lane/folder/live-lot.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { lotFile } from '../lot/lot-kit.ts'
import { toyOfOperators } from '../../ledger/pure/platforms/toy/dialect.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const named = { url: 'https://127.0.0.1:8443', caFile: 'ca.pem', appId: 'OP1' }
const byCode = { ...named, province: toyOfOperators.province }
const lotWith = (more: object): LotConfig => checkLot({ ...lotFile(), ...more }, 'lot.json')
const table = provinces as ProvinceRow[]

let dir = ''
beforeAll(() => void table.push(toyOfOperators))
afterAll(() => void table.splice(table.indexOf(toyOfOperators), 1))
beforeEach(() => (dir = folderOfTest('etc-link-')))

it.each([
  ['operator', 'keys/operator'],
  ['etcOperator', 'keys/etcOperator'],
] as const)('%s has %s where nobody names another one', (id, own) => {
  expect(linkHere(dir, lotWith({ [id]: byCode }), id)?.certDir).toBe(join(dir, own))
  const other = lotWith({ [id]: { ...byCode, certDir: '/o' } })
  expect(linkHere(dir, other, id)?.certDir).toBe('/o')
  expect(linkHere(dir, lotWith({}), id)).toBe(null)
})

it('it is written by nobody: neither a first file, nor a change, nor a form', () => {
  const text = () => readFileSync(join(dir, 'lot.json'), 'utf8')
  const own = () => linkHere(dir, loadLot(dir).config, 'operator')?.certDir
  writeLot(dir, lotWith({ operator: byCode }), null)
  expect([JSON.parse(text()).operator, own()]).toEqual([byCode, join(dir, 'keys', 'operator')])
  const { config, tariff } = loadLot(dir)
  replaceLot(dir, { ...config, capacity: 80 }, { by: 'test', reason: '' })
  expect(JSON.parse(text())).toMatchObject({ capacity: 80, operator: byCode })
  expect(text()).not.toContain(join('keys', 'operator'))
  expect(draftOfLot({ config, tariff }).operator).toEqual(byCode)
})

it.each([
  ['operator', { operator: named }],
  ['etcOperator', { etcOperator: named }],
  ['platform', { platform: named }],
])('%s of a province with certificates is refused without their folder', (id, more) => {
  expect(() => refuseUnspoken(lotWith(more), 'lot.json')).toThrowError(
    expect.objectContaining({
      code: 'LOT-02',
      detail: expect.objectContaining({ file: 'lot.json', field: `/${id}/certDir`, value: '' }),
    }),
  )
})

it('one by code is not', () => {
  expect(() => refuseUnspoken(lotWith({ operator: byCode }), 'lot.json')).not.toThrow()
})
