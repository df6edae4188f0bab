// Ledgers of simulated lots, their rows as the batches of a centre, and the fold over them.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { canonicalRowText } from '#ledger/sqlite/row-text.ts'
import { openLayoutNames } from '#lane/pure/layouts/index.ts'
import { dayStartMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { simulateOpen } from '#harness/lot/open-sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import type { SimLot } from '#harness/lot/sim-lot.ts'
import { readerOf } from '#harness/lot/sim-outside.ts'
import { runOf } from '#harness/sim.ts'
import { Fold, type FoldParts } from '../../../centre/fold/fold.ts'
import { receiptMonth } from '../../../centre/schema/months.ts'
import type { TestCentre } from '../../kit/centre-database.ts'

export interface FoldLot {
  readonly lotId: string
  readonly nodeId: string
  /** Canonical texts, from row 1 on. */
  readonly lines: readonly string[]
  /** Starts of the days that its rows are of. */
  readonly days: readonly number[]
  reads<T>(use: (reader: OpenedReader) => T): T
}

export interface Choice {
  readonly layout: string | null
  readonly seed: number
  /** Varies charge mode, policy and size. */
  readonly index: number
  readonly capacity?: number
}

/** Runs a lot for a day; `more`: rows that people wrote at its end. */
export function simulatedLot(
  folder: string,
  lotId: string,
  { layout, seed, index }: Choice,
  more: (lot: SimLot) => readonly RowDraft[] = () => [],
): FoldLot {
  const dir = join(folder, lotId)
  const { roads = [], ...run } = runOf(
    { seed, lots: 8, lanes: 2, days: 1, faults: 'all' },
    index,
    dir,
  )
  const isOpen = layout !== null && openLayoutNames.includes(layout)
  const whole = layout === null ? { ...run, roads } : { ...run, layout }
  const faults = isOpen ? 'none' : 'all'
  ;(isOpen ? simulateOpen : simulate)({ ...whole, faults }, (lot) => {
    const rows = more(lot)
    if (rows.length > 0) lot.opened.ledger.append(rows)
  })
  const { nodeId } = run
  const reads: FoldLot['reads'] = (use) => readerOf(dir, nodeId, use)
  const lines = reads((reader) => [...reader.storedAfter(0)].map(canonicalRowText))
  const days = reads((reader) => [
    ...new Set([...reader.rows()].map(({ atMs }) => dayStartMs(atMs))),
  ])
  return { lotId, nodeId, lines, days, reads }
}

export interface Sent {
  readonly lotId: string
  readonly nodeId?: string
  readonly lines: readonly string[]
  /** Number of its first row. */
  readonly from?: number
  readonly receivedMs?: number
}

/** Keeps rows as batches of so many, as the door does; nobody looks at their signatures. */
export async function keep(
  centre: Pick<TestCentre, 'owner'>,
  { lotId, nodeId = 'n1', lines, from = 1, receivedMs = Date.now() }: Sent,
  batchRows = 500,
): Promise<void> {
  const head = createHash('sha256').update(lotId).digest()
  await centre.owner(
    `INSERT INTO centre.lot (lot_id, name) VALUES ($1, '{}') ON CONFLICT DO NOTHING`,
    [lotId],
  )
  for (let at = 0; at < lines.length; at += batchRows) {
    const some = lines.slice(at, at + batchRows)
    const packed = gzipSync(some.map((line) => `${line}\n`).join(''))
    await centre.owner(
      `INSERT INTO centre.lot_batch
         (lot_id, node_id, from_seq, to_seq, head, serial, signature, rows, month, received)
       VALUES ($1, $2, $3, $4, $5, '01', '', $6, $7, $8)`,
      [
        lotId,
        nodeId,
        from + at,
        from + at + some.length - 1,
        head,
        packed,
        receiptMonth(Date.now()),
        new Date(receivedMs),
      ],
    )
  }
  await centre.owner(
    `INSERT INTO centre.lot_cursor VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (lot_id, node_id) DO UPDATE SET last_seq = EXCLUDED.last_seq`,
    [lotId, nodeId, from + lines.length - 1, head],
  )
}

export const partsOf = ({ work, makeMonths }: TestCentre, rowsMax = 5_000): FoldParts => ({
  pool: work,
  makeMonths,
  clock: systemWallClock(),
  mono: systemMonoClock(),
  rowsMax,
})

/** Folds all that is there; the number of rows. */
export async function foldAll(centre: TestCentre, rowsMax?: number): Promise<number> {
  let rows = 0
  await new Fold(partsOf(centre, rowsMax)).run((so) => (rows = so))
  return rows
}

export const rowsOf = async <T>(centre: TestCentre, text: string): Promise<readonly T[]> =>
  (await centre.owner(text)).rows as readonly T[]
