// A document that somebody waits for: asked for once at a time, and cancelled by who asked.
// What MakingPart.vue shows of it; the file is saved by whoever asked, also where the page was left meanwhile.
import { reactive } from 'vue'
import type { AnswerOf, ApiReply, ArgsOf, DocumentCall } from '../../firmware-runtime/api/table.ts'
import { ask } from '../api/client.ts'

/** The call was stopped by this caller: no fault of anything. */
const stoppedCode = 'REPORT-05'

export interface Making {
  /** Null: nothing is made. */
  of: DocumentCall | null
  startedAtMs: number
  isStopping: boolean
  /** The last one was. */
  isCancelled: boolean
  /** Null: it was cancelled, and the page is as before. */
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
      // Not begun there yet, or not known there: it may be asked again.
      if (!reply.ok || reply.data.stopped === 0) making.isStopping = false
    },
  })
  return making
}
