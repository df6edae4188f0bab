// The calls about documents in work: each caller sees and stops its own.
// Where nothing is laid out nothing can be stopped.
import { documentCalls, type DocumentCall, type workCalls } from '../../api/calls/document.ts'
import type { DocumentWork } from '../../ports/document-work.ts'
import type { Caller } from '../people/people-gate.ts'
import type { HandlersOf } from './dispatcher.ts'

const names: ReadonlySet<string> = new Set(documentCalls)
export const isDocumentCall = (name: string): name is DocumentCall => names.has(name)

/** Two windows are two callers, and so are two people. */
export const documentKey = ({ token, person }: Caller, of: DocumentCall): string =>
  JSON.stringify([token, person?.id ?? null, of])

export function documentHandlers(
  documents: DocumentWork | undefined,
): HandlersOf<keyof typeof workCalls> {
  return {
    'document.state': ({ of }, _role, caller) => ({
      phase: documents?.phase(documentKey(caller, of)) ?? null,
    }),
    'document.stop': ({ of }, _role, caller) => ({
      stopped: documents?.stop(documentKey(caller, of)) ?? 0,
    }),
  }
}
