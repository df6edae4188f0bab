// What a lot was at a time: the last version before it, none before the first, and one that is damaged is named.
// The command line says who wrote it, and whether the files are still so.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { keepVersion, versionAt } from '../../../../firmware-runtime/runtime/folder/lot-versions.ts'
import { program } from '../../../wire/kit/program.ts'
import { wholeDraft } from '../../app/setup/setup-kit.ts'

const home = mkdtempSync(join(tmpdir(), 'etc-lane-versions-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

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

it('lot show says what was written by whom, and that a file was changed since', () => {
  const dir = join(home, 'lot')
  const draft = join(home, 'draft.json')
  writeFileSync(draft, JSON.stringify(wholeDraft))
  const lot = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [program, 'lot', ...args, '--data', dir]).toString(),
    ) as Record<string, unknown>
  expect(lot('init', '--from', draft)).toMatchObject({ ok: true, lanes: ['entry', 'exit'] })
  const shown = { by: 'lot init --from', reason: draft, lot: { lotId: 'A0001' } }
  expect(lot('show')).toMatchObject({ ...shown, isNow: true })
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
})
