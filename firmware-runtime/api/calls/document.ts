// Calls about a document that is being made: how far it is, and its stop. Each is about what the caller itself asked for.
// A document is asked for by the call of its own.
import { z } from 'zod'
import type { DocumentPhase } from '../../ports/document-work.ts'
import { read, reply } from '../rows.ts'

export type { DocumentPhase } from '../../ports/document-work.ts'

/** Calls that answer with a document. */
export const documentCalls = [
  'explain.file',
  'explain.wholeFile',
  'ledger.sheet',
  'lot.handover',
  'papers.report',
  'passport.make',
  'receipt.pdf',
  'report.file',
  'setup.handover',
  'setup.jointReport',
  'survey.report',
] as const
export type DocumentCall = (typeof documentCalls)[number]

const of = z.strictObject({ of: z.enum(documentCalls) })

export const workCalls = {
  /** Null: nothing is made. */
  'document.state': read('everyone', of, reply<{ readonly phase: DocumentPhase | null }>(), {
    rest: 'lanes',
  }),
  /** The call that waits is answered with REPORT-05. What is on record by then stays, and is answered. */
  'document.stop': read('everyone', of, reply<{ readonly stopped: number }>(), { rest: 'lanes' }),
} as const
