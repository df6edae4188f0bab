// Appends rows as fast as it can and acknowledges each commit, until it is killed.
// Arguments: folder, acknowledgement file. Prints one line when it works, then a dot for each commit.
import { openSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { event, optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'

// A killed process cannot store its compile cache at exit, so store it now for the next one.
flushCompileCache()

const [dir = '', ack = ''] = process.argv.slice(2)
const ackFd = openSync(ack, 'a')
const { ledger, headWriter, repair } = openLedgerWith(optionsFor(dir), {
  synchronous: 'FULL',
  migrations,
  checkRows: 100,
})
writeSync(1, `${repair.letter}\n`)
for (let n = 0; ; n++) {
  ledger.append(n % 5 === 0 ? [event(n), event(n, 'batch')] : [event(n)])
  writeSync(ackFd, `${ledger.head.seq}\n`)
  writeSync(1, '.')
  if (n % 7 === 0) headWriter.flush()
}
