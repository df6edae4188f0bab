// Settings and their backups on a real disk: the last fifty are kept, a pinned one for ever. A file cut at any byte is
// either reported as damaged or read in full, and affects no other file.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { settingsFiles } from '#devices/files/settings-files.ts'
import { newTrialState } from '#devices/pure/configure/trial.ts'
import type { SettingsBackup, StoredSettings } from '#devices/ports/settings-files.ts'
import { codeOf } from '../../../kit/refusals.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('etc-settings-')))

const backup = (n: number): SettingsBackup => ({
  id: `20261120T0930${String(n).padStart(5, '0')}-001`,
  site: '东门停车场',
  laneId: 'exit',
  deviceId: 'exit-rsu',
  variant: 'generic-ver',
  rsuId: '000829',
  firmware: '0200',
  atIso: '2026-11-20T09:30:00.000+08:00',
  by: '装机员',
  reason: `第 ${n} 次`,
  settings: { powerStep: n % 32 },
  pinned: false,
})
const stored = (powerStep: number): StoredSettings => ({
  version: 1,
  deviceId: 'exit-rsu',
  trial: newTrialState({ powerStep }),
  measured: {},
})
const store = () => settingsFiles(dir, 'exit-rsu')
const folder = () => join(dir, 'backup', 'devices', 'exit-rsu')

describe('backups', () => {
  it('the last fifty are kept, newest first, and what was pinned stays for ever', () => {
    const files = store()
    for (let n = 1; n <= 3; n++) files.backUp(backup(n))
    files.pin(backup(2).id, true)
    for (let n = 4; n <= 120; n++) files.backUp(backup(n))
    const ids = files.backups().map(({ id }) => id)
    const newest = Array.from({ length: 50 }, (_, i) => backup(120 - i).id)
    expect(ids).toEqual([...newest, backup(2).id])
    expect(store().backups().at(-1)).toEqual({ ...backup(2), pinned: true })
  })
  it('let go of, a pinned one is among the others again and goes with the next', () => {
    const files = store()
    files.backUp(backup(1))
    files.pin(backup(1).id, true)
    for (let n = 2; n <= 60; n++) files.backUp(backup(n))
    files.pin(backup(1).id, false)
    files.backUp(backup(61))
    expect(files.backups().map(({ id }) => id)).not.toContain(backup(1).id)
    expect(files.backups()).toHaveLength(50)
  })
  it('a name that none has is refused', () => {
    expect(codeOf(() => store().pin('20261120-none', true))).toBe('SET-06')
  })
  it('one cut at any byte is named, stays on the disk, and takes no other with it', () => {
    const files = store()
    for (const n of [1, 2, 3]) files.backUp(backup(n))
    const path = join(folder(), `${backup(2).id}.json`)
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length - 1; at += 7) {
      writeFileSync(path, whole.subarray(0, at))
      expect(files.backups().map(({ id }) => id)).toEqual([backup(3).id, backup(1).id])
      expect(files.damaged()).toEqual([path])
    }
    files.backUp(backup(4))
    expect(files.backups()).toHaveLength(3)
    expect(readdirSync(folder())).toContain(`${backup(2).id}.json`)
  })
  it.each([
    ['a member too many', { stray: 1 }],
    ['a number that is a word', { settings: { powerStep: 'high' } }],
    ['a name that leads elsewhere', { id: '../../lot' }],
  ])('with %s is none', (_what, over) => {
    const files = store()
    files.backUp(backup(1))
    writeFileSync(join(folder(), 'x.json'), JSON.stringify({ ...backup(2), ...over }))
    expect([files.backups().length, files.damaged().length]).toEqual([1, 1])
  })
})

describe('the settings themselves', () => {
  it('come back as they were, over another life of the program', () => {
    expect(store().load()).toBeNull()
    store().save(stored(8))
    store().save(stored(12))
    expect(store().load()).toEqual(stored(12))
    expect(readdirSync(join(dir, 'devices'))).toEqual(['exit-rsu.json'])
  })
  it('a half-written successor is not read, and is written over', () => {
    store().save(stored(8))
    writeFileSync(join(dir, 'devices', 'exit-rsu.json.part'), '{"version":1,"dev')
    expect(store().load()).toEqual(stored(8))
    store().save(stored(9))
    expect(store().load()).toEqual(stored(9))
    expect(readdirSync(join(dir, 'devices'))).toEqual(['exit-rsu.json'])
  })
  it.each(['', '{', '{"version":2}', '[]', '{"version":1,"deviceId":"exit-rsu"}'])(
    'that are %j are damaged, by code',
    (text) => {
      mkdirSync(join(dir, 'devices'), { recursive: true })
      writeFileSync(join(dir, 'devices', 'exit-rsu.json'), text)
      expect(codeOf(() => store().load())).toBe('SET-05')
    },
  )
})
