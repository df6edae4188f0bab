// A file exported to a path that a person chose: complete or absent, never in place of another file, and faults are named.
// The full USB stick is a small file system that only one process sees (a mount namespace).
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportBy, exportFile } from '#base/files/exported-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { refusedBy } from '../../../kit/refusals.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('export-')

const refusal = (work: () => void): unknown => {
  const fault = refusedBy(work)
  return fault === null ? null : [fault.code, fault.detail.file]
}

it('replaces no file, and leaves nothing of one that fails', () => {
  const place = join(dir, 'stick')
  mkdirSync(place)
  const file = join(place, 'r.csv')
  exportFile(file, 'first')
  expect(refusal(() => exportFile(file, 'second'))).toEqual(['FILE-03', file])
  expect(readFileSync(file, 'utf8')).toBe('first')
  const none = join(place, 'none', 'r.csv')
  expect(refusal(() => exportFile(none, 'x'))).toEqual(['FILE-05', none])
  const late = join(place, 'late.csv')
  const failed = refusal(() =>
    exportBy(late, (handle) => {
      writeFileSync(handle, 'half of it')
      throw new LaneFault('LEDGER-03', { file: 'ledger.db' })
    }),
  )
  expect(failed).toEqual(['LEDGER-03', 'ledger.db'])
  expect(readdirSync(place)).toEqual(['r.csv'])
})

const hasNamespaces =
  spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0

it.skipIf(!hasNamespaces)('a full stick is told as that, and no stump stays on it', () => {
  const module = new URL(
    '../../../../firmware-runtime/base/files/exported-file.ts',
    import.meta.url,
  )
  const stick = join(dir, 'full')
  mkdirSync(stick)
  const program = `const { exportFile } = await import(${JSON.stringify(module.href)})
    const { readdirSync } = await import('node:fs')
    let code = ''
    try { exportFile('${stick}/r.pdf', new Uint8Array(20_000)) } catch (error) { code = error.code }
    const first = readdirSync('${stick}')
    exportFile('${stick}/r.pdf', new Uint8Array(2_000))
    console.log(JSON.stringify([code, first, readdirSync('${stick}')]))`
  const script = 'mount -t tmpfs -o size=8k x "$1" && "$2" --input-type=module -e "$3"'
  const words = ['-Urm', 'sh', '-c', script, 'sh', stick, process.execPath, program]
  const { stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8' })
  expect([stdout, stderr]).toEqual([`${JSON.stringify(['FILE-04', [], ['r.pdf']])}\n`, ''])
})
