// A lot without devices that drains its backlog at 200 records a second and is killed at a transaction with several receipts.
// Arguments: folder, file for its state, `before` or `after`, and the number of that transaction; 0: it lives and stops
// when done.
import { writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'

/** The state of the process at its end. */
export interface Seen {
  /** Records that were still unsent in its memory. */
  readonly unsent: readonly string[]
  /** Number of receipts in each transaction, in order. */
  readonly sizes: readonly number[]
}

const [dir = '', seenFile = '', side = '', nth = '0'] = process.argv.slice(2)
const { config, tariff } = loadLot(dir)
const sizes: number[] = []
let site: Site | null = null

function tell(): void {
  const unsent = [...(site?.runtime.queue.records.values() ?? [])].map((one) => one.outboxId)
  const seen: Seen = { unsent, sizes }
  writeFileSync(seenFile, JSON.stringify(seen))
}

function dieAt(here: 'before' | 'after'): void {
  const several = sizes.filter((size) => size > 1).length
  if (site === null || side !== here || several !== Number(nth)) return
  tell()
  process.kill(process.pid, 'SIGKILL')
}

const receiptsIn = (drafts: readonly RowDraft[]): number =>
  drafts.filter(({ kind }) => kind === 'outboxState').length

const tapped = (ledger: Ledger): Ledger => ({
  nodeId: ledger.nodeId,
  get head() {
    return ledger.head
  },
  append: (drafts) => {
    const receipts = receiptsIn(drafts)
    if (receipts > 0) sizes.push(receipts)
    if (receipts > 1) dieAt('before')
    const rows = ledger.append(drafts)
    if (receipts > 1) dieAt('after')
    return rows
  },
  rows: (afterSeq) => ledger.rows(afterSeq),
  rowsSm3: (fromSeq, toSeq) => ledger.rowsSm3(fromSeq, toSeq),
  close: () => ledger.close(),
})

site = await openSite({
  dir,
  config: {
    ...config,
    lanes: config.lanes.map((lane) => ({ ...lane, rsu: null, camera: null, barrier: null })),
  },
  tariff,
  business: systemWallClock(),
  mono: systemMonoClock(),
  timing: 'instant',
  taps: { ledger: tapped },
  fatal: (fault) => {
    throw fault
  },
})
while (site.runtime.queue.records.size > 0) await pause(10)
await site.stop()
tell()
