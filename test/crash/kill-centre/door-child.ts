// The door of a centre in a process of its own, until it is killed. Arguments: address of the database, folder of the
// authority, port. Prints a line when it listens.
import { writeSync } from 'node:fs'
import pg from 'pg'
import { openAuthority } from '../../../centre/authority/open-authority.ts'
import { openDoor } from '../../../centre/door/door.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'

const [address = '', dir = '', port = ''] = process.argv.slice(2)
const door = new pg.Pool({ connectionString: address })
door.on('error', () => undefined)
const clock = systemWallClock()
const { url } = await openDoor({
  database: { door },
  authority: await openAuthority(dir, [], clock.nowMs()),
  host: '127.0.0.1',
  port: Number(port),
  clock,
  mono: systemMonoClock(),
  failed: (error) => process.stderr.write(`${String(error)}\n`),
})
writeSync(1, `${url}\n`)
