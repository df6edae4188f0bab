// The ledger of each complete shared trace; takes minutes, so it belongs to the stage `long`.
import { expect, it } from 'vitest'
import { hasTraces, traceLedger, traces } from './ledgers.ts'
import { pin } from './pin.ts'

const kept = {
  [traces[0].file]: new URL('./kept/ledger-oldenburg.txt', import.meta.url),
  [traces[1].file]: new URL('./kept/ledger-massenberg.txt', import.meta.url),
  [traces[2].file]: new URL('./kept/ledger-stadionring.txt', import.meta.url),
}

it.skipIf(!hasTraces).each(traces)('the ledger of $file is what it was', (run) => {
  const result = traceLedger(run)
  expect(result['ok']).toBe(true)
  pin(kept[run.file], result)
})
