// Calls about a document that is being made: how far it is, and its stop. Each is about what the caller itself asked for.
// A document is asked for by the call of its own, whose row says `document`.
import { z } from 'zod'
import type { DocumentPhase } from '../../ports/document-work.ts'
import { read, reply, type CallRow } from '../rows.ts'

export type { DocumentPhase } from '../../ports/document-work.ts'

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
    /** Null: nothing is made. */
    'document.state': read('everyone', of, reply<{ readonly phase: DocumentPhase | null }>(), {
      rest: 'lanes',
    }),
    /** The call that waits is answered with REPORT-05. What is on record by then stays, and is answered. */
    'document.stop': read('everyone', of, reply<{ readonly stopped: number }>(), { rest: 'lanes' }),
  } as const
}
