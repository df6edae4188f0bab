// The fold of a centre in a process of its own, until it is killed. Arguments: addresses of the database for the fold and for
// the owner of its tables. Prints a line when it has begun.
import { writeSync } from 'node:fs'
import pg from 'pg'
import { startFold } from '../../../centre/fold/fold.ts'
import { makeMonths } from '../../../centre/schema/months.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { hurriedClock } from './pace.ts'

const [pool, owner] = process.argv.slice(2).map((address) => {
  const made = new pg.Pool({ connectionString: address })
  made.on('error', () => undefined)
  return made
})
if (pool === undefined || owner === undefined) throw new Error('two addresses')
startFold({
  pool,
  makeMonths: (days) => makeMonths(owner, days),
  clock: systemWallClock(),
  mono: hurriedClock(),
  rowsMax: 200,
  failed: (error) => process.stderr.write(`${String(error)}\n`),
})
writeSync(1, 'begun\n')
