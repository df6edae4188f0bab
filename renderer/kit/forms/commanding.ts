// One act of a person: its command id is made when the dialog opens and reused for every try.
// A repeat after a lost connection is therefore carried out only once; after an attempt that is known to have failed a new
// id is taken (ADR 361).
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ActAnswer, ApiReply, Who } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type { act } from '../../i18n/act.ts'
import { notCarriedOut } from '../../api/client.ts'
import { forgetUnanswered, unansweredActs } from '../../api/unanswered.ts'
import { useSettings } from '../state/settings-store.ts'

/** The lists of reasons that an act offers. */
export type ReasonList = keyof typeof act.reasons

export function useAct() {
  const settings = useSettings()
  const commandId = ref(crypto.randomUUID())
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const done = shallowRef<ActAnswer | null>(null)
  let isShown = true
  onScopeDispose(() => (isShown = false))

  /** Takes a new command id: the outcome of this act is known, so the next try is another act. */
  const renew = (): void => {
    commandId.value = crypto.randomUUID()
  }

  /** Runs the call once; true when it was carried out. */
  async function run(
    reason: string,
    call: (who: Who) => Promise<ApiReply<ActAnswer>>,
  ): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    done.value = null
    const reply = await call({ commandId: commandId.value, by: settings.attendant.trim(), reason })
    busy.value = false
    // Whoever closed the dialog meanwhile reads the result above the page.
    if (isShown) forgetUnanswered(commandId.value)
    if (reply.ok) done.value = reply.data
    else error.value = reply.error
    if (!reply.ok && reply.error.code === notCarriedOut) renew()
    return reply.ok
  }

  /** An act was not answered, and it is being asked whether it was carried out; `own`: this one. */
  const asked = computed<'own' | 'other' | null>(() => {
    const asking = unansweredActs.value.filter(({ state }) => state === null)
    if (asking.some((one) => one.commandId === commandId.value)) return 'own'
    return asking.length > 0 ? 'other' : null
  })

  return { busy, error, done, run, renew, asked }
}
