// Uploads of a stay, read out of its ledger rows.
// Rows arrive as plain JSON, so every member is checked before it is used.
import type { RowView } from '../../kit/lists/row-body.ts'

interface Upload {
  readonly key: string
  readonly op: string
  readonly state: string
  readonly attempt: number
  readonly requestId: string | null
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Every upload of the stay with its last known state. */
export function uploadsOf(rows: readonly RowView[]): Upload[] {
  return rows
    .filter((row) => row.kind === 'outbox')
    .map((row) => {
      const key = text(row.body['outboxId'])
      const states = rows.filter((s) => s.kind === 'outboxState' && s.body['outboxId'] === key)
      const last = states.at(-1)?.body ?? {}
      const requestId = states.findLast((s) => typeof s.body['requestId'] === 'string')
      return {
        key,
        op: text(row.body['op']),
        state: text(last['state']) || 'new',
        attempt: typeof last['attempt'] === 'number' ? last['attempt'] : 0,
        requestId: requestId === undefined ? null : text(requestId.body['requestId']),
      }
    })
}

/** Neighbours that say the same become one line with their number; a null signature is never folded. */
export function foldedStory<T extends { readonly laneId: string | null }>(
  items: readonly T[],
  signatureOf: (item: T) => string | null,
): readonly (T & { readonly times: number })[] {
  const lines: { item: T & { readonly times: number }; signature: string | null }[] = []
  for (const item of items) {
    const own = signatureOf(item)
    const signature = own === null ? null : `${item.laneId ?? ''} ${own}`
    const last = lines.at(-1)
    if (last !== undefined && signature !== null && last.signature === signature)
      last.item = { ...last.item, times: last.item.times + 1 }
    else lines.push({ item: { ...item, times: 1 }, signature })
  }
  return lines.map(({ item }) => item)
}
