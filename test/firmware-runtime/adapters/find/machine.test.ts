// What the machine reports about a port that a person named.
// Any path is accepted as a name; a path that is no port is reported as absent.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findMachine } from '../../../../firmware-runtime/adapters/find/machine.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-machine-'))
writeFileSync(join(dir, 'file'), '')
symlinkSync('loop', join(dir, 'loop'))
afterAll(() => rmSync(dir, { recursive: true }))

it.each([
  ['below a file', join(dir, 'file/x')],
  ['with a name that is longer than a name may be', join(dir, 'x'.repeat(300))],
  ['that leads to itself', join(dir, 'loop')],
  ['that nothing has', join(dir, 'none')],
])('a path %s is absent', (_, path) => {
  expect(findMachine(null).portState(path)).toEqual({ is: 'absent' })
})
