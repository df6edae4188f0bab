// The calls that make a document, and the key of a document in progress. Shared by the dispatcher, which runs them, and
// the calls that stop them.
import { api, type ApiName, type DocumentCall } from '#runtime/api/table.ts'
import type { Caller } from '#lane/people/people-gate.ts'

export const isDocumentCall = (name: ApiName): name is DocumentCall => api[name].document

/** Two windows are two callers, and so are two people. */
export const documentKey = ({ token, person }: Caller, of: DocumentCall): string =>
  JSON.stringify([token, person?.id ?? null, of])
