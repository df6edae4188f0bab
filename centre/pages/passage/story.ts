// The rows of a stay as its page shows them, and the sentences of what happened, made by the same program as at the lot.
import { actWords } from 'virtual:calls'
import { whyOf, type WhySection } from '#lane/pure/explain/why.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isObject } from '#base/pure/data/json.ts'
import { rowWords } from '#base/pure/words/row-words.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { StoryRow } from '../../desk/calls/stays/views.ts'

interface PricedLine {
  readonly amountFen: number
  readonly text: BilingualText
}

export interface StoryLine {
  readonly seq: number
  readonly batch: number
  /** It is no row that this program reads. */
  readonly isOdd: boolean
  readonly kind: string
  readonly atMs: number | null
  readonly laneId: string | null
  readonly amountFen: number | null
  readonly body: Readonly<Record<string, unknown>>
  /** Lines of the price, of an order. */
  readonly priced: readonly PricedLine[]
  /** All members. */
  readonly row: Readonly<Record<string, unknown>>
}

const isText = (value: unknown): value is BilingualText =>
  isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string'
const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null

function pricedOf(lines: unknown): readonly PricedLine[] {
  if (!Array.isArray(lines)) return []
  return lines.flatMap((line: unknown) => {
    const { amountFen, text } = isObject(line) ? line : {}
    const fen = numberIn(amountFen)
    return fen === null || !isText(text) ? [] : [{ amountFen: fen, text }]
  })
}

function lineOf({ seq, batch, row }: StoryRow): StoryLine {
  const { kind, atMs, laneId, amountFen, body } = row ?? {}
  return {
    seq,
    batch,
    isOdd: typeof kind !== 'string' || !isObject(body),
    kind: typeof kind === 'string' ? kind : '',
    atMs: numberIn(atMs),
    laneId: typeof laneId === 'string' ? laneId : null,
    amountFen: numberIn(amountFen),
    body: isObject(body) ? body : {},
    priced: isObject(body) ? pricedOf(body['lines']) : [],
    row: row ?? {},
  }
}

export const storyLines = (rows: readonly StoryRow[]): readonly StoryLine[] => rows.map(lineOf)

/** None where a row is of another shape than this program knows: the rows themselves are shown below. */
export function storyWhy(
  lines: readonly StoryLine[],
  laneName: (laneId: string) => BilingualText,
): readonly WhySection[] {
  const known = lines.filter(({ isOdd, kind, atMs }) => !isOdd && atMs !== null && kind in rowWords)
  const rows = known.map(({ row }) => row as unknown as LedgerRow)
  try {
    return whyOf(rows, laneName, actWords)
  } catch {
    return []
  }
}
