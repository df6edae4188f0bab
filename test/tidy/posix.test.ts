// Every call that has a meaning only on POSIX has a row that states what Windows does there.
// A call without a row is refused, so that none can be added unnoticed.
import { expect, it } from 'vitest'
import { bareDatabases, bareRenames, posixFaults, posixRows, type PosixRow } from './posix.ts'
import { readTree, treeOf } from './tree.ts'

it('what is of POSIX alone is listed with its Windows branch', () => {
  expect(posixFaults(readTree())).toEqual([])
  expect(posixRows.every(({ windows }) => windows.length > 10)).toBe(true)
})

it.each([
  ['a user', 'process.getuid?.()'],
  ['a mode', 'writeFileSync(file, text, { mode: 0o600 })'],
  ['a mask of modes', 'process.umask(0o077)'],
  ['a signal', "child.kill('SIGSTOP')"],
  ['a file of the kernel', "readFileSync('/proc/self/stat')"],
  ['a program', "run('systemctl', [])"],
  ['a home folder', 'join(homedir(), name)'],
  ['a pty', 'open(`pty:${name}`)'],
  ['the folder of ptys', 'device.startsWith(`${root}/dev/pts/`)'],
])('refuses %s without a row', (_what, text) => {
  expect(posixFaults(treeOf({ 'firmware-runtime/lane/pure/a.ts': text }), [])).toHaveLength(1)
})

it('refuses a row of something that is gone, and minds no comment', () => {
  const row: PosixRow = { kind: 'user', at: ['electron/a.ts'], windows: 'nothing to do' }
  expect(posixFaults(treeOf({ 'electron/a.ts': '// getuid' }), [row])).toEqual([
    'user electron/a.ts: nothing is there',
  ])
})

it('what is renamed or removed waits for the program that holds it', () => {
  expect(bareRenames(readTree())).toEqual([])
})

it.each([
  "import { rmSync } from 'node:fs'",
  'disk.move(renameSync)',
  "import { open, rename } from 'node:fs/promises'",
])('refuses without that wait: %s', (text) => {
  expect(bareRenames(treeOf({ 'firmware-runtime/ledger/http/a.ts': text }))).toHaveLength(1)
  expect(bareRenames(treeOf({ 'firmware-runtime/base/files/held-path.ts': text }))).toEqual([])
})

it('a database is opened by the name that Windows takes however long it is', () => {
  expect(bareDatabases(readTree())).toEqual([])
  const text = 'new DatabaseSync(file, {})'
  expect(bareDatabases(treeOf({ 'firmware-runtime/lane/pure/a.ts': text }))).toHaveLength(1)
})
