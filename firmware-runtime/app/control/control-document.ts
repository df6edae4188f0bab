// The calls about documents in progress: each caller sees and stops its own. Without a document service nothing can be
// stopped.
import type { DocumentWork } from '../../ports/document-work.ts'
import { documentKey } from './document-key.ts'
import type { HandlersOf } from './dispatcher.ts'

export function documentHandlers(
  documents: DocumentWork | undefined,
): HandlersOf<'document.state' | 'document.stop'> {
  return {
    'document.state': ({ of }, _role, caller) => ({
      phase: documents?.phase(documentKey(caller, of)) ?? null,
    }),
    'document.stop': ({ of }, _role, caller) => ({
      stopped: documents?.stop(documentKey(caller, of)) ?? 0,
    }),
  }
}
