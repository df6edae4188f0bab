// How `run` ends by what stands in place of lot.json: a service stays failed where only a person can mend it, and begins
// again where a disk may come back.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { exitOfRun } from '#lane/pure/lot/run-exit.ts'
import { loadLot } from '#lane/folder/lot-file.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lot-ends-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** Code and exit status. */
function endOf(work: () => unknown): readonly [string, number] {
  try {
    work()
    return ['', 0]
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return [error.code, exitOfRun(error, 2)]
  }
}

const other = JSON.stringify({ version: 1, mode: 'production', lotId: 'GX00012' })
it.each([
  ['no JSON', '{"version": 1,', 'FILE-02'],
  ['an empty file', '', 'FILE-02'],
  ['blanks', ' \n', 'FILE-02'],
  ['a byte order mark alone', '\uFEFF', 'FILE-02'],
  ['zero bytes, as a power cut leaves them', '\0\0\0\0', 'FILE-02'],
  ['the text of another file', '<!doctype html>', 'FILE-02'],
  ['an array', '[]', 'LOT-02'],
  ['null', 'null', 'LOT-02'],
  ['JSON that is no lot', '{"name": "x"}', 'LOT-02'],
  ['a newer version', other.replace('1', '99'), 'LOT-02'],
  ['an unknown mode', other.replace('production', 'test'), 'LOT-02'],
])('stays failed: %s', (_, text, code) => {
  writeFileSync(join(dir, 'lot.json'), text)
  expect(endOf(() => loadLot(dir))).toEqual([code, 78])
})

it('stays failed: a folder of that name, a file beyond its limit, and no lot', () => {
  expect(endOf(() => loadLot(dir))).toEqual(['LOT-01', 78])
  mkdirSync(join(dir, 'lot.json'))
  expect(endOf(() => loadLot(dir))).toEqual(['FILE-01', 78])
  rmSync(join(dir, 'lot.json'), { recursive: true })
  writeFileSync(join(dir, 'lot.json'), ' '.repeat(65 * 1024 * 1024))
  expect(endOf(() => loadLot(dir))).toEqual(['FILE-01', 78])
})

it.each([
  ['EACCES', 78],
  ['EPERM', 78],
  ['EISDIR', 78],
  ['ELOOP', 78],
  ['EROFS', 78],
  ['ENOENT', 2],
  ['EIO', 2],
  ['EMFILE', 2],
  ['ESTALE', 2],
])('a file whose reading ends by %s: exit %i', (code, exit) => {
  const error = Object.assign(new Error(code), { code, syscall: 'open', path: 'lot.json' })
  const fault = diskFault(error, { file: 'lot.json' }, 'FILE-01')
  expect(exitOfRun(fault, 2)).toBe(exit)
})
