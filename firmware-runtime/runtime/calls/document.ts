// Calls about a document in progress: its progress, and cancelling it. Each concerns the caller's own request. A
// document is requested by its own call, whose row says `document`.
import { z } from 'zod'
import type { DocumentPhase } from '#base/ports/document-work.ts'
import { read, reply, type CallRow } from '#base/calls/rows.ts'

export type { DocumentPhase } from '#base/ports/document-work.ts'

/** The calls of a table that answer with a document. */
export type DocumentsOf<T> = {
  [N in keyof T & string]: T[N] extends { readonly document: true } ? N : never
}[keyof T & string]

export function workCalls<T extends Readonly<Record<string, CallRow>>>(rows: T) {
  const names = Object.keys(rows).filter(
    (name) => rows[name]?.document === true,
  ) as DocumentsOf<T>[]
  const of = z.strictObject({ of: z.enum(names.toSorted()) })
  return {
    /** Null: no document is in progress. */
    'document.state': read('everyone', of, reply<{ readonly phase: DocumentPhase | null }>(), {
      rest: 'lanes',
    }),
    /** The waiting call is answered with REPORT-05. What is recorded by then stays, and is returned. */
    'document.stop': read('everyone', of, reply<{ readonly stopped: number }>(), { rest: 'lanes' }),
  } as const
}
