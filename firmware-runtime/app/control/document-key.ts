// Which calls make a document, and under which key it is in work.
// Beside the dispatcher, which runs them, and the calls that stop them.
import { documentCalls, type DocumentCall } from '../../api/calls/document.ts'
import type { Caller } from '../people/people-gate.ts'

const names: ReadonlySet<string> = new Set(documentCalls)
export const isDocumentCall = (name: string): name is DocumentCall => names.has(name)

/** Two windows are two callers, and so are two people. */
export const documentKey = ({ token, person }: Caller, of: DocumentCall): string =>
  JSON.stringify([token, person?.id ?? null, of])
