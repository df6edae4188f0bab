// What a folder reports to a person who leaves its lot, from real files: cars by lane and kind, which links were measured,
// and a measurement that cannot be read.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { carsOf, leaveHere } from '#acceptance/desk/folder/leave-here.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { keepMeasured, measuredIn } from '#devices/desk/lane/measured-file.ts'
import { newFolder, optionsFor, removeFolders } from '../../../ledger/sqlite/ledger-kit.ts'
import { MemoryPorts, wholeDraft } from '../../../lane/desk/setup/setup-kit.ts'
import { paidByHand } from '../../../lane/pure/explain/explain-kit.ts'

afterAll(removeFolders)
const signed = (): boolean => true
const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const exit = present(
  config.lanes.find(({ direction }) => direction === 'exit'),
  'an exit',
)
const link = present(exit.barrier, 'its boom')

function folder(rows: readonly LedgerRow[] = [], lot = config): string {
  const dir = newFolder()
  writeLot(dir, lot, JSON.stringify(present(tariffOfDraft(wholeDraft), 'a tariff')))
  const { ledger } = openLedger(optionsFor(dir, { nodeId: config.nodeId }))
  ledger.append(
    rows.map(({ nodeId: _n, seq: _s, prevHash: _p, hash: _h, ...draft }) => draft as LedgerRow),
  )
  ledger.close()
  return dir
}

it('counts a car once by each lane and kind, and none that was imported, had no plate or came without entry', async () => {
  const { rows } = await paidByHand()
  const opened = present(
    rows.find((row) => row.kind === 'stayOpened'),
    'a car that came in',
  )
  const of = (over: object): LedgerRow =>
    ({ ...opened, body: { ...opened.body, ...over } }) as LedgerRow
  expect(carsOf([opened, opened])[opened.laneId ?? '']).toEqual({ plates: 1, obus: 0 })
  expect(carsOf([of({ plate: null }), of({ noEntry: true }), of({ imported: true })])).toEqual({})
  const intent = { ...opened, kind: 'intent', laneId: 'exit', body: { obuId: '0A0B0C0D' } }
  expect(carsOf([intent as unknown as LedgerRow])['exit']).toEqual({ plates: 0, obus: 1 })
  const last = present(rows.at(-1), 'a row').atMs
  expect(leaveHere(folder(rows), [], signed, last).cars).toEqual(carsOf(rows))
  expect(leaveHere(folder(rows), [], signed, last + 30 * 86_400_000).cars).toEqual({})
})

it('says what was measured of the links that the lot has, and of no other', () => {
  const dir = folder()
  const seen = { opened: 4, closed: 4 }
  const copy = { atIso: isoOf(1), testedAtIso: isoOf(2), place: 'p', headSeq: 1, headHash: 'a' }
  const tested = { ...copy, opened: 1, older: 0, photos: null }
  keepMeasured(dir, { booms: { [exit.id]: { link, ...seen } }, copy: { to: '/else', tested } })
  expect(leaveHere(dir, [], signed, 0).booms).toMatchObject({ [exit.id]: seen })
  expect(leaveHere(dir, [], signed, 0).copy.tested).toBeNull()
  keepMeasured(dir, { booms: { [exit.id]: { link: 'tcp://10.0.0.9:502', ...seen } } })
  expect(leaveHere(dir, [], signed, 0).booms).toEqual({})
  expect(measuredIn(dir).copy?.to).toBe('/else')
  const tests = leaveHere(dir, [], signed, 0).tests
  expect(tests.length).toBeGreaterThan(0)
  expect(tests.every(({ passedAtIso }) => passedAtIso === null)).toBe(true)
})

it('a device that is to be tested stands at its lane by the name of that in each language', () => {
  const name = { zh: '入口', en: 'Entry' }
  const dir = folder([], { ...config, lanes: config.lanes.map((lane) => ({ ...lane, name })) })
  const { name: boom } = present(
    leaveHere(dir, [], signed, 0).tests.find(({ device }) => device === 'barrier'),
    'a boom',
  )
  expect(boom.zh.startsWith(name.zh)).toBe(true)
  expect(boom.en.startsWith(name.en)).toBe(true)
})

it.each(['', '{"version":2}', '{"version":1,"tried":[],"booms":{},"copy":null}'])(
  'a file that no measurement is (%s) counts as nothing seen, and is written anew',
  (text) => {
    const dir = folder()
    const file = join(dir, 'measured.json')
    writeFileSync(file, text)
    expect(measuredIn(dir)).toEqual({ version: 1, tried: {}, booms: {}, copy: null })
    keepMeasured(dir, { tried: { 'exit barrier': { of: 'x', atIso: isoOf(1) } } })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, booms: {} })
  },
)
