// The row which says how far another billing system has fetched the events of its orders: all up to that row.
import type { InstantMs } from '../values/instant.ts'
import type { RowBodies, RowDraft } from '../rows/ledger-row.ts'

const type = 'partnerHeard'

export const heardRow = (partnerId: string, no: number, atMs: InstantMs): RowDraft => ({
  kind: 'event',
  atMs,
  body: { type, detail: `${partnerId} ${no}` },
})

/** Null for another row. */
export function heardNo(
  body: RowBodies['event'],
  atMs: InstantMs,
): { readonly partnerId: string; readonly no: number; readonly atMs: InstantMs } | null {
  if (body.type !== type) return null
  const [partnerId = '', no = ''] = body.detail.split(' ')
  return { partnerId, no: Number(no), atMs }
}
