// A row of a ledger as it is shown: the name of its kind, and its body. Rows arrive as plain JSON, so every member is checked
// before it is used. Acts of people are stored as JSON; each member is shown under its name.
import type { TimelineView } from '#lane/calls/views.ts'
import { confirmedNote } from '#base/pure/words/confirmed-note.ts'

export type Row = Readonly<Record<string, unknown>>
export type RowView = TimelineView['rows'][number]

function parsed(text: string): unknown {
  if (!text.startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
export const isPlain = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members that have a column of their own, or that only a program reads. */
const elsewhere = ['by', 'amountFen', 'commandId', 'digest']

/** An event row whose detail is JSON text, with that detail parsed into members. */
export function opened(row: Row): Row {
  const { detail } = row
  const body = typeof detail === 'string' ? parsed(detail) : detail
  if (!isPlain(body)) return row
  const facts = Object.fromEntries(
    Object.entries(body).filter(([name]) => !elsewhere.includes(name)),
  )
  return { ...row, by: body['by'] ?? null, amountFen: body['amountFen'] ?? null, detail: facts }
}

const ops = ['charge', 'exitUpload', 'exception', 'refund'] as const

/** The list `row` names what happened by the type of an event, and by the kind of another row. */
export function rowName({ kind, body }: Pick<RowView, 'kind' | 'body'>): string {
  const type = body['type']
  if (kind !== 'event') return kind
  return typeof type === 'string' ? type : ''
}

/**
 * A row as it is shown. The detail of an event has all of it. Earlier versions noted `paid` on every confirmed record; the note of a record that is not a
 * charge is replaced by the one of its kind.
 */
export function shownBody(
  row: Pick<RowView, 'kind' | 'body'>,
  rows: readonly Pick<RowView, 'kind' | 'body'>[],
): RowView['body'] {
  if (row.kind === 'event') {
    const { detail, by = null, amountFen = null, waits = null, peer = null } = opened(row.body)
    return { by, amountFen, detail, waits, peer }
  }
  if (row.kind !== 'outboxState' || row.body['note'] !== confirmedNote.charge) return row.body
  const key = row.body['outboxId']
  const op = rows.find((one) => one.kind === 'outbox' && one.body['outboxId'] === key)?.body['op']
  const note = ops.find((one) => one === op)
  return { ...row.body, note: note === undefined ? null : confirmedNote[note] }
}
