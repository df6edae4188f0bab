// The tariff of a data folder: a prepared one is not in force; once put in place it is the file, the lanes' tariff and a
// version. Versions are listed newest first, with person and reason.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { versionAt } from '#lane/desk/folder/lot-versions.ts'
import { TariffStore } from '#lane/desk/folder/tariff-store.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-tariff-store-')

const config = { tariffFile: 'tariff.json' }
const storeIn = (dir: string, nowMs: () => number) =>
  new TariffStore({ dir, config, tariff: demoTariff, business: { nowMs, steadyMs: nowMs } })
const named = (zh: string) => ({ ...demoTariff, name: { zh, en: zh } })
const onDisk = (): unknown => JSON.parse(readFileSync(join(dir, 'tariff.json'), 'utf8'))

test('prepared, then in force, then the next', () => {
  writeFileSync(join(dir, 'lot.json'), '{"lotId":"A1"}')
  writeFileSync(join(dir, 'tariff.json'), JSON.stringify(demoTariff))
  let nowMs = 1_000
  const store = storeIn(dir, () => nowMs)
  expect(store.versions()).toEqual([])
  const putInForce = store.prepare(named('新'), { by: '店主', reason: '涨价' })
  expect([store.tariff, onDisk(), store.versions()]).toEqual([demoTariff, demoTariff, []])
  putInForce()
  expect([store.tariff, onDisk()]).toEqual([named('新'), named('新')])
  expect(versionAt(dir, 1_000)).toMatchObject({ lot: { lotId: 'A1' }, tariff: named('新') })
  nowMs = 61_000
  store.prepare(named('再'), { by: '李师傅', reason: '改回' })()
  expect(store.versions().map(({ by, reason }) => [by, reason])).toEqual([
    ['李师傅', '改回'],
    ['店主', '涨价'],
  ])
})

test('where its version cannot be kept the file stays as it is', () => {
  const here = mkdtempSync(join(tmpdir(), 'etc-lane-tariff-store-'))
  for (const [name, text] of [
    ['lot.json', '{"lotId":"A1"}'],
    ['tariff.json', 'as it was'],
    ['versions', 'no folder'],
  ] as const)
    writeFileSync(join(here, name), text)
  const store = storeIn(here, () => 1)
  expect(() => store.prepare(named('x'), { by: 'a', reason: 'b' })()).toThrow('DATA-01')
  expect([readFileSync(join(here, 'tariff.json'), 'utf8'), store.tariff]).toEqual([
    'as it was',
    demoTariff,
  ])
  rmSync(here, { recursive: true })
})

test('a folder that takes nothing refuses before anything is in force', () => {
  const store = storeIn(join(dir, 'gone'), () => 1)
  expect(() => store.prepare(named('x'), { by: 'a', reason: 'b' })).toThrow(/FILE|DATA/)
  expect(store.tariff).toBe(demoTariff)
})
