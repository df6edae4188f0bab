// The charges that a copy lacks: read from the platform's bill (CSV or JSON) and, when its disk can still be read, from
// the head file of the failed machine.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { openLedgerReader, type ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { readHeadFile } from '../../sqlite/head-file.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import type { Loss } from '../../pure/lot/id-gap-after-restore.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orderNumberIn } from '#devices/pure/charge/charge-facts.ts'
import { instantOfIso, type InstantMs } from '#base/pure/values/instant.ts'
import {
  lostCharges,
  lostRefunds,
  type BilledCharge,
  type KnownCharge,
  type LostCharge,
  type LostRefund,
} from '#lane/pure/lot/rows-missing-from-copy.ts'
import { isFen } from '#base/pure/values/fen.ts'
import { billTable } from '#base/pure/tables/bill.ts'
import { readTable } from '#base/pure/tables/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerReader, QueryRows } from '../../ports/ledger-reader.ts'
import { tableText } from '#base/tables/table-text.ts'
import { readBytes } from '#base/process/read-file.ts'

const billBytesMax = 64 * 1024 * 1024
const pageRows = 1_000

const billRow = z.object({
  outTradeNo: z.string().min(1).max(64),
  amountFen: z.int().optional(),
  realFee: z.int().optional(),
  /** Named as in the platform's bill (P22). */
  fee: z.int().optional(),
  refundFee: z.int().optional(),
  atIso: z.string().max(40).optional(),
})
const billShape = z.object({ rows: z.array(billRow) })

function charge(row: z.infer<typeof billRow>, file: string, at: string): BilledCharge {
  const {
    outTradeNo,
    amountFen = row.realFee ?? row.fee,
    refundFee: refundedFen = 0,
    atIso = '',
  } = row
  const isSum = (fen: number | undefined): fen is number => isFen(fen) && fen >= 0
  if (isSum(amountFen) && isSum(refundedFen)) return { outTradeNo, amountFen, refundedFen, atIso }
  throw new LaneFault('FILE-01', {
    file,
    field: at,
    value: String(amountFen),
    note: t('没有以分为单位的金额', 'no amount in fen'),
  })
}

function tableRows(text: string, file: string): readonly BilledCharge[] {
  const { rows, bad } = readTable(billTable, text, ({ refundFee, ...row }) => ({
    ...row,
    refundedFen: refundFee ?? 0,
  }))
  const [first] = bad
  if (first === undefined) return rows
  const { line, field, value, text: note } = first
  const at = field === '' ? `line ${line}` : `line ${line}, ${field}`
  throw new LaneFault('FILE-01', { file, field: at, value, note })
}

async function readBill(file: string): Promise<readonly BilledCharge[]> {
  const text = await tableText(readBytes(file, billBytesMax), file)
  if (!/^\s*\{/.test(text)) return tableRows(text, file)
  const found = billShape.safeParse(readStrictJson(text, file))
  if (!found.success)
    throw new LaneFault('FILE-01', { file, note: issueWhy(found.error.issues[0]) })
  return found.data.rows.map((row, i) => charge(row, file, `/rows/${i}`))
}

function* all<K extends 'refund' | 'deduction'>(
  reader: LedgerReader,
  kind: K,
): Generator<QueryRows[K]> {
  for (let after = 0; ;) {
    const { rows, next } = reader.query(kind, { limit: pageRows, after })
    yield* rows
    if (next === null) return
    after = next
  }
}

function knownIn(options: ReaderOptions): ReadonlyMap<string, KnownCharge> {
  const reader = openLedgerReader(options)
  const known = new Map<string, KnownCharge>()
  try {
    const backFen = new Map<string, number>()
    for (const { outTradeNo, amountFen, state } of all(reader, 'refund'))
      if (state !== 'rejected') backFen.set(outTradeNo, (backFen.get(outTradeNo) ?? 0) + amountFen)
    for (const charged of all(reader, 'deduction')) {
      const { outTradeNo, amountFen, state, laneId, stayId, orderId, deductionId } = charged
      const refs = { laneId: laneId ?? '', stayId, orderId, deductionId }
      known.set(outTradeNo, { amountFen, state, backFen: backFen.get(outTradeNo) ?? 0, refs })
    }
    return known
  } finally {
    reader.close()
  }
}

interface LostAfter {
  /** Rows of the failed machine that the copy lacks; null when its head file was not given. */
  readonly lostRows: number | null
  /** Null when no bill was given. */
  readonly lost: readonly LostCharge[] | null
  readonly lostFen: number | null
}

interface LostSources {
  /** Last row of the failed machine; null when its head file was not given. */
  readonly dead: { readonly seq: number } | null
  readonly billed: readonly BilledCharge[] | null
}

/** Reads the files before anything is restored, so that an unreadable one changes nothing. Throws FILE-01. */
export async function lostSources(given: {
  readonly bill?: string | undefined
  readonly head?: string | undefined
}): Promise<LostSources> {
  const head = given.head === undefined ? null : readHeadFile(given.head)
  if (head !== null && head.head === null)
    throw new LaneFault('FILE-01', {
      file: given.head ?? '',
      note: t(`里面没有账本的末尾记录:${head.state}`, `no head in it: ${head.state}`),
    })
  const billed = given.bill === undefined ? null : await readBill(given.bill)
  const dead = head?.head ?? null
  return { dead: dead === null ? null : { seq: dead.seq }, billed }
}

export function lostAfter(
  options: ReaderOptions,
  headSeq: number,
  { dead, billed }: LostSources,
): LostAfter {
  const lostRows = dead === null ? null : Math.max(0, dead.seq - headSeq)
  if (billed === null) return { lostRows, lost: null, lostFen: null }
  const lost = lostCharges(billed, knownIn(options))
  return { lostRows, lost, lostFen: lost.reduce((sum, { amountFen }) => sum + amountFen, 0) }
}

/** Refunds in the bill that the copy, which is about to become a lot, does not have. */
export const refundsLost = (
  options: ReaderOptions,
  { billed }: LostSources,
  as: Parameters<typeof lostRefunds>[2],
): readonly LostRefund[] => (billed === null ? [] : lostRefunds(billed, knownIn(options), as))

interface AtRestore {
  readonly headSeq: number
  readonly atIso: string
  readonly hadRows: number
  readonly atMs: InstantMs
}

/** Numbers that may have been used after the copy was made: by the clock, the heads and the bill. */
export const lossOf = (
  { dead, billed }: LostSources,
  lot: Pick<LotConfig, 'lotId' | 'nodeId'>,
  { headSeq, atIso, hadRows, atMs }: AtRestore,
): Loss => ({
  copyAtMs: instantOfIso(atIso),
  atMs,
  lostRows: Math.max(0, (dead?.seq ?? 0) - headSeq, hadRows - headSeq),
  billedNumber: (billed ?? []).reduce(
    (most, { outTradeNo }) => Math.max(most, orderNumberIn(outTradeNo, lot)),
    0,
  ),
})
