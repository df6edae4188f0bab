// The process whose disk is recorded: opens a ledger, appends rows, acknowledges each commit.
// Arguments: folder, acknowledgement file, synchronous mode, number of appends, how to end.
import { openSync, writeSync } from 'node:fs'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import type { Synchronous } from '#base/sqlite/connection.ts'
import { event, optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'

const [dir = '', ack = '', mode = 'FULL', count = '0', end = 'close'] = process.argv.slice(2)
const ackFd = openSync(ack, 'a')
const { ledger, headWriter } = openLedgerWith(optionsFor(dir), {
  synchronous: mode as Synchronous,
  migrations,
  checkRows: 100,
  // Small, so that the log is checkpointed and restarted many times.
  checkpointPages: 150,
})
for (let n = 0; n < Number(count); n++) {
  // Rows of many sizes: some fit into a sector, some need overflow pages; now and then a batch.
  const padding = 'x'.repeat((n * 977) % 3_000)
  ledger.append(n % 11 === 0 ? [event(n), event(n, padding), event(n)] : [event(n, padding)])
  writeSync(ackFd, `${ledger.head.seq}\n`)
  if (n % 7 === 0) headWriter.flush()
}
if (end === 'close') ledger.close()
else process.kill(process.pid, 'SIGKILL')
