// The calls about documents in progress: each caller sees and stops its own. Without a document service nothing can be
// stopped.
import type { DocumentWork } from '#base/ports/document-work.ts'
import { documentKey } from '#base/desk/handlers/document-key.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export const documentCalls = defineCalls((lot: Lot<never, { documents: DocumentWork }>) => ({
  'document.state': ({ of }, _role, caller) => ({
    phase: lot.documents?.phase(documentKey(caller, of)) ?? null,
  }),
  'document.stop': ({ of }, _role, caller) => ({
    stopped: lot.documents?.stop(documentKey(caller, of)) ?? 0,
  }),
}))
