// A document that is being made for this caller: requested once at a time; the caller can cancel it.
// MakingPart.vue shows its progress. The caller saves the file, even if the page was left meanwhile.
import { reactive } from 'vue'
import type { AnswerOf, ArgsOf, DocumentCall } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { ask } from '../../api/client.ts'

/** Code of a call that this caller cancelled; it is not shown as a fault. */
const stoppedCode = 'REPORT-05'

export interface Making {
  /** The call in progress; null: none. */
  of: DocumentCall | null
  startedAtMs: number
  isStopping: boolean
  /** The last document was cancelled. */
  isCancelled: boolean
  /** Resolves to null when the document was cancelled. */
  make<N extends DocumentCall>(name: N, args: ArgsOf<N>): Promise<ApiReply<AnswerOf<N>> | null>
  cancel(): Promise<void>
}

export function useMaking(): Making {
  const making: Making = reactive({
    of: null,
    startedAtMs: 0,
    isStopping: false,
    isCancelled: false,
    async make(name, args) {
      Object.assign(making, { of: name, startedAtMs: performance.now() })
      Object.assign(making, { isStopping: false, isCancelled: false })
      const reply = await ask(name, args)
      making.of = null
      making.isCancelled = !reply.ok && reply.error.code === stoppedCode
      return making.isCancelled ? null : reply
    },
    async cancel() {
      if (making.of === null || making.isStopping) return
      making.isStopping = true
      const reply = await ask('document.stop', { of: making.of })
      // The runtime does not know the call (yet), so a further cancel is allowed.
      if (!reply.ok || reply.data.stopped === 0) making.isStopping = false
    },
  })
  return making
}
