// The name by which a database is opened, by the rules of each system: Windows takes a long path with its prefix alone.
// A share of the network has a prefix of its own; what is no file at all is left as it is.
import { posix, win32 } from 'node:path'
import { expect, it } from 'vitest'
import {
  databasePath,
  inMemory,
} from '../../../../firmware-runtime/adapters/sqlite/database-path.ts'

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
