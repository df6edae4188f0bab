// The first rows of a restored lot: the act, the numbers that it leaves out, and refunds that only the bill has. A lot with a
// centre gets its own later rows back before them, so until then they wait in a file, and nothing is written (ROWS-10).
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { syncFolder } from '#base/files/sync-folder.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { actsOf } from '../../sqlite/rows-since.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { rowsAfterLoss } from '../../pure/lot/id-gap-after-restore.ts'
import type { LostRefund } from '#lane/pure/lot/rows-missing-from-copy.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { rowsAwaitedFile } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { lossOf, refundsLost } from './lost-list.ts'
import { removePath } from '#base/files/held-path.ts'

const waitingShape = z.strictObject({
  /** Name and subject of the act. */
  act: z.string(),
  by: z.string(),
  reason: z.string(),
  commandId: z.string(),
  /** Last row of the copy, and its time. */
  headSeq: z.int(),
  atIso: z.string(),
  /** Last row that the lost machine is known to have had. */
  hadRows: z.int(),
  sources: z.strictObject({
    dead: z.strictObject({ seq: z.int() }).nullable(),
    billed: z
      .array(
        z.strictObject({
          outTradeNo: z.string(),
          amountFen: z.int(),
          refundedFen: z.int(),
          atIso: z.string(),
        }),
      )
      .readonly()
      .nullable(),
  }),
})
export type Waiting = z.infer<typeof waitingShape>

export const awaitRows = (dir: string, waiting: Waiting): void =>
  writeWhole(rowsAwaitedFile(dir), `${JSON.stringify(waiting)}\n`)

/** Null: no rows are waited for. Throws FILE-01. */
export function waitingIn(dir: string): Waiting | null {
  const file = rowsAwaitedFile(dir)
  if (!existsSync(file)) return null
  const found = waitingShape.safeParse(parsed(readFileSync(file, 'utf8')))
  if (!found.success)
    throw new LaneFault('FILE-01', { file, note: issueWhy(found.error.issues[0]) })
  return found.data
}

export function endWaiting(dir: string): void {
  removePath(rowsAwaitedFile(dir), { force: true })
  syncFolder(dir)
}

/** The rows of a restored lot before any other, and the refunds among them. `end`: its last row, whose time bounds the loss. */
export function firstRows(
  dir: string,
  waiting: Waiting,
  { headSeq, atIso }: Pick<Waiting, 'headSeq' | 'atIso'>,
  atMs: InstantMs,
): { readonly rows: readonly RowDraft[]; readonly back: readonly LostRefund[] } {
  const { act, by, reason, commandId, hadRows, sources } = waiting
  const { config } = loadLot(dir)
  const loss = lossOf(sources, config, { headSeq, atIso, hadRows, atMs })
  const back = refundsLost(readerOptions(dir), sources, { by, reason, atMs })
  const body = { act, role: 'owner', result: 'done', by, reason, commandId } as const
  const audit = { kind: 'audit', atMs, body } as const
  return { rows: [audit, ...rowsAfterLoss(loss), ...back.flatMap((one) => one.rows)], back }
}

/** Whether the first rows are written already: a fetch may be killed between them and the end of its file. */
export const hasFirstRows = (dir: string, { act, commandId }: Waiting): boolean =>
  actsOf(dir, act.split(' ')[0] ?? '').some(({ body }) => body.commandId === commandId)
