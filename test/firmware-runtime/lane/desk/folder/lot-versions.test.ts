// The lot file at a given time: the last version before it, null before the first, and a damaged version is named.
// The command line says who wrote it, and whether the files have changed since.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { editedInFile } from '#lane/desk/setup/lot-belief.ts'
import { keepEdited, keepVersion, versionAt } from '#lane/desk/folder/lot-versions.ts'
import { program } from '../../../../wire/kit/program.ts'
import { wholeDraft } from '../setup/setup-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const home = folderOfFile('etc-lane-versions-')

it('answers the last one before the time, and none before the first', () => {
  const dir = join(home, 'a')
  expect(versionAt(dir, 9_000)).toBe(null)
  keepVersion(dir, 1_000, { by: '王师傅', reason: '开通', lot: { n: 1 }, tariff: {} })
  keepVersion(dir, 10_000, { by: '李师傅', reason: '改费率', lot: { n: 2 }, tariff: {} })
  expect(versionAt(dir, 999)).toBe(null)
  expect(versionAt(dir, 1_000)).toMatchObject({ by: '王师傅', lot: { n: 1 } })
  expect(versionAt(dir, 9_999)).toMatchObject({ lot: { n: 1 } })
  expect(versionAt(dir, 10_000)).toMatchObject({ reason: '改费率', lot: { n: 2 } })
})

it('one that is damaged is named, not passed over', () => {
  const dir = join(home, 'b')
  mkdirSync(join(dir, 'versions'), { recursive: true })
  writeFileSync(join(dir, 'versions', '5.json'), '{"atIso":"x"}')
  expect(() => versionAt(dir, 10)).toThrow('FILE-02')
})

describe('a file that somebody edited', () => {
  const files = { mode: 'production', tariffFile: 'tariff.json' } as const
  const folder = (name: string): string => {
    const dir = join(home, name)
    mkdirSync(dir)
    writeFileSync(join(dir, 'lot.json'), '{"n":1}')
    writeFileSync(join(dir, 'tariff.json'), '{"t":1}')
    return dir
  }
  it('is a version from the start on that reads it, once', () => {
    const dir = folder('edited')
    keepVersion(dir, 1_000, { by: '王师傅', reason: '开通', lot: { n: 1 }, tariff: { t: 1 } })
    expect(keepEdited(dir, files, 2_000)).toBe(false)
    writeFileSync(join(dir, 'lot.json'), '{ "n": 2 }')
    expect(keepEdited(dir, files, 3_000)).toBe(true)
    expect(keepEdited(dir, files, 4_000)).toBe(false)
    const by = { by: editedInFile, reason: 'lot.json', lot: { n: 2 } }
    expect(versionAt(dir, 5_000)).toMatchObject(by)
    expect(versionAt(dir, 2_999)).toMatchObject({ by: '王师傅' })
    writeFileSync(join(dir, 'tariff.json'), '{"t":2}')
    expect(keepEdited(dir, files, 6_000)).toBe(true)
    expect(versionAt(dir, 6_000)).toMatchObject({ reason: 'tariff.json', tariff: { t: 2 } })
  })
  it('is the first version where no form made one, but not in a demo, which writes its own lot', () => {
    const dir = folder('first')
    expect(keepEdited(dir, { ...files, mode: 'demo' }, 1_000)).toBe(false)
    expect(keepEdited(dir, files, 1_000)).toBe(true)
    expect(versionAt(dir, 1_000)).toMatchObject({ reason: 'lot.json tariff.json' })
  })
  it('is kept beside a version that is damaged', () => {
    const dir = folder('damaged')
    mkdirSync(join(dir, 'versions'))
    writeFileSync(join(dir, 'versions', '5.json'), '{')
    expect(keepEdited(dir, files, 9_000)).toBe(true)
    expect(keepEdited(dir, files, 9_500)).toBe(false)
  })
})

it('lot show of a demo, which has no versions, is what it is now from now on', () => {
  const dir = join(home, 'demo')
  const lot = (...args: string[]) =>
    spawnSync(process.execPath, [program, 'lot', ...args, '--data', dir], { encoding: 'utf8' })
  expect(lot('init', '--mode', 'demo', '--charge', 'card').status).toBe(0)
  const now = JSON.parse(lot('show').stdout) as object
  expect(now).toMatchObject({ atIso: null, isNow: true, lot: { mode: 'demo' } })
  const later = lot('show', '--at', new Date(Date.now() + 60_000).toISOString())
  expect(JSON.parse(later.stdout)).toEqual(now)
  const before = lot('show', '--at', '2026-03-01T08:00:00+08:00')
  expect([before.status, before.stderr]).toEqual([2, expect.stringContaining('演示停车场不留')])
})

it('lot show says what was written by whom, and that a file was changed since; a hand-over is written of it', () => {
  const dir = join(home, 'lot')
  const draft = join(home, 'draft.json')
  writeFileSync(draft, JSON.stringify(wholeDraft))
  const lot = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [program, 'lot', ...args, '--data', dir]).toString(),
    ) as Record<string, unknown>
  expect(lot('init', '--from', draft)).toMatchObject({ ok: true, lanes: ['entry', 'exit'] })
  const shown = { by: 'lot init --from', reason: draft, lot: { lotId: 'A0001' } }
  const made = lot('show')
  expect(made).toMatchObject({ ...shown, isNow: true })
  const tariff = join(dir, 'tariff.json')
  const changed = { ...(JSON.parse(readFileSync(tariff, 'utf8')) as object), id: 'by-hand' }
  writeFileSync(tariff, JSON.stringify(changed))
  expect(lot('show')).toMatchObject({ isNow: false, tariff: { id: 'by-hand' } })
  const later = new Date(Date.now() + 60_000).toISOString()
  expect(lot('show', '--at', later)).toMatchObject({
    ...shown,
    tariff: { id: 'tariff-1', version: 2 },
  })
  const lotFile = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(lotFile, 'utf8')) as { lanes: object[] }
  const link = 'tcp://127.0.0.1:5999'
  const moved = config.lanes.map((lane, at) => (at === 1 ? { ...lane, barrier: link } : lane))
  writeFileSync(lotFile, JSON.stringify({ ...config, lanes: moved }))
  const changes = (lane: string): string =>
    JSON.stringify(lot('show', '--at', later, '--lane', lane)['changes'])
  const [entry, exit] = [changes('entry'), changes('exit')]
  expect([entry.includes(link), exit.includes(link)]).toEqual([false, true])
  expect([entry.includes('by-hand'), exit.includes('by-hand')]).toEqual([true, true])
  const early = ['lot', 'show', '--data', dir, '--at', '2026-03-01T08:00:00+08:00']
  const { status, stderr } = spawnSync(process.execPath, [program, ...early])
  expect([status, stderr.toString().split(' ')[0]]).toEqual([2, 'LOT-12'])
  // The error names the time from which versions exist.
  expect(stderr.toString()).toContain(String(made['atIso']))
  const out = join(home, 'handover.pdf')
  expect(lot('handover', '--out', out)).toEqual({ ok: true, file: out })
  expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
})
