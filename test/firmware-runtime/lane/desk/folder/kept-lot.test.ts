// The lot of a folder is replaced, and the change undone once: each is a version, refused while a program holds the folder,
// and never back to no lot once a ledger has begun.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { present } from '#base/pure/values/must.ts'
import { keptFiles, keptLot, replaceLot, undoLot } from '#lane/desk/folder/kept-lot.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { keepVersion, versionTimes } from '#lane/desk/folder/lot-versions.ts'
import { MemoryPorts, wholeDraft } from '../setup/setup-kit.ts'
import { codeOf } from '../../../../kit/refusals.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

const who = { by: '王师傅', reason: '改' }
// The tests change the capacity, which would have to match the kinds of spaces.
const made = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const lot = { ...made, spaceKinds: undefined }
const tariff = present(tariffOfDraft(wholeDraft), 'a tariff')
let dir: string

const capacity = (): number | undefined => keptFiles(dir)?.config.capacity

beforeEach(() => {
  dir = folderOfTest('etc-lane-kept-')
  writeLot(dir, lot, JSON.stringify(tariff))
  // Long ago, as versions are identified by their time.
  keepVersion(dir, 1000, { ...who, lot, tariff })
})

it('a change and its undoing are versions, and each undoing goes one step further back', () => {
  replaceLot(dir, { ...lot, capacity: 80 }, who)
  expect(capacity()).toBe(80)
  expect(keptLot(dir)).toMatchObject({
    by: '王师傅',
    canUndo: true,
    backTo: expect.stringMatching(/^1970/),
  })
  replaceLot(dir, { ...lot, capacity: 90 }, who)
  for (const was of [80, 60]) {
    expect(undoLot(dir, who)?.config.capacity).toBe(was)
    expect(capacity()).toBe(was)
  }
  expect(versionTimes(dir)).toHaveLength(5)
  // A later change is the next one to be undone, also a change back to the earlier value.
  for (const next of [90, 60]) replaceLot(dir, { ...lot, capacity: next }, who)
  expect(undoLot(dir, who)?.config.capacity).toBe(90)
  expect(undoLot(dir, who)?.config.capacity).toBe(60)
  writeFileSync(join(dir, 'ledger.db'), '')
  expect(keptLot(dir)).toMatchObject({ canUndo: false, backTo: null })
  expect(codeOf(() => undoLot(dir, who))).toBe('SETUP-05')
  expect(capacity()).toBe(60)
})

it('a lot that was edited by hand goes back to its last version', () => {
  writeFileSync(join(dir, 'lot.json'), JSON.stringify({ ...lot, capacity: 70 }))
  expect(undoLot(dir, who)?.config.capacity).toBe(60)
  expect(undoLot(dir, who)).toBe(null)
})

it('while a runtime holds the folder nothing is changed', () => {
  replaceLot(dir, { ...lot, capacity: 80 }, who)
  // The lock of another living process.
  const lock = join(dir, 'run', 'lock')
  mkdirSync(join(dir, 'run'))
  writeFileSync(lock, `${process.ppid}\n`)
  expect(codeOf(() => replaceLot(dir, { ...lot, capacity: 90 }, who))).toBe('LOCK-01')
  expect(codeOf(() => undoLot(dir, who))).toBe('LOCK-01')
  expect(capacity()).toBe(80)
  rmSync(lock)
  expect(codeOf(() => undoLot(dir, who))).toBe('none')
})

it('a first lot is taken away whole before a ledger has begun, and never after', () => {
  const ledger = join(dir, 'ledger.db')
  writeFileSync(ledger, '')
  expect(keptLot(dir)?.canUndo).toBe(false)
  expect(codeOf(() => undoLot(dir, who))).toBe('SETUP-05')
  expect(capacity()).toBe(60)
  rmSync(ledger)
  expect(undoLot(dir, who)).toBe(null)
  expect(existsSync(join(dir, 'lot.json'))).toBe(false)
  expect(keptLot(dir)).toBe(null)
})

it('a lot that breaks a rule replaces nothing', () => {
  expect(codeOf(() => replaceLot(dir, { ...lot, capacity: 0 }, who))).toBe('LOT-02')
  expect(capacity()).toBe(60)
})
