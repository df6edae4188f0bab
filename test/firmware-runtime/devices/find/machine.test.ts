// What the machine reports about a port that a person named.
// Any path is accepted as a name; a path that is no port is reported as absent.
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findMachine } from '#devices/find/machine.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-machine-')
writeFileSync(join(dir, 'file'), '')
symlinkSync('loop', join(dir, 'loop'))

it.each([
  ['below a file', join(dir, 'file/x')],
  ['with a name that is longer than a name may be', join(dir, 'x'.repeat(300))],
  ['that leads to itself', join(dir, 'loop')],
  ['that nothing has', join(dir, 'none')],
])('a path %s is absent', (_, path) => {
  expect(findMachine(null).portState(path)).toEqual({ is: 'absent', taken: null })
})
