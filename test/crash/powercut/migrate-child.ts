// The recorded process of the migration test: the present schema writes rows, the next one opens them.
// Arguments: folder, acknowledgement file, schema version, how to end.
import { openSync, writeSync } from 'node:fs'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { event, optionsFor } from '../../firmware-runtime/ledger/sqlite/ledger-kit.ts'
import { nextSchema, schemaNow } from './next-schema.ts'

const [dir = '', ack = '', version = ''] = process.argv.slice(2)
const ackFd = openSync(ack, 'a')
const { ledger } = openLedgerWith(optionsFor(dir), {
  synchronous: 'FULL',
  migrations: nextSchema.slice(0, Number(version)),
  checkRows: 100,
})
if (Number(version) === schemaNow)
  for (let n = 0; n < 40; n++) ledger.append([event(n, 'x'.repeat((n * 977) % 3_000))])
ledger.close()
writeSync(ackFd, `${ledger.head.seq}\n`)
