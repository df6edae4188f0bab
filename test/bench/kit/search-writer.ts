// A lane that writes while others search: one car every 50 ms, each row synced, until its parent ends it.
// argv: the folder, and the number of the first car.
import { setTimeout as pause } from 'node:timers/promises'
import { openLane } from './year-lot.ts'
import { passageRows } from './year-rows.ts'

/** Printed once it writes. */
export type WriterWord = 'ready'

const [dir = '', first = '0'] = process.argv.slice(2)
const { ledger } = openLane(dir)
const ready: WriterWord = 'ready'
process.send?.(ready)
for (let n = Number(first); process.connected; n++) {
  for (const row of passageRows(n)) ledger.append([row])
  await pause(50)
}
ledger.close()
