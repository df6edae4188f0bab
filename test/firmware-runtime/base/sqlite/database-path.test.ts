// The path by which a database is opened on each system: Windows accepts a long path only with its prefix.
// A network share has another prefix; a name that is no file path stays unchanged.
import { posix, win32 } from 'node:path'
import { expect, it } from 'vitest'
import { databasePath, inMemory } from '#base/sqlite/database-path.ts'

const long = `D:\\车场\\${'很长的名字\\'.repeat(60)}ledger.db`

it.each([
  [long, `\\\\?\\${long}`],
  ['D:/车场/ledger.db', '\\\\?\\D:\\车场\\ledger.db'],
  ['\\\\nas\\lots\\ledger.db', '\\\\?\\UNC\\nas\\lots\\ledger.db'],
  [`\\\\?\\${long}`, `\\\\?\\${long}`],
  [inMemory, ':memory:'],
])('on Windows %#', (file, name) => {
  expect(databasePath(file, win32)).toBe(name)
})

it('elsewhere it is the path', () => {
  expect(databasePath('/srv/车场/ledger.db', posix)).toBe('/srv/车场/ledger.db')
})
