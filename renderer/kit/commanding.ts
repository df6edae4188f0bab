// One act of a person: its command id is made when the dialog opens and reused for every try.
// A repeat after a lost connection is therefore carried out only once.
import { ref, shallowRef } from 'vue'
import type { ActAnswer, ApiReply, Who } from '../../firmware-runtime/api/table.ts'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import { useSettings } from './settings-store.ts'

/** The lists of reasons that an act offers (i18n `act.reasons`). */
export type ReasonList =
  | 'open'
  | 'settle'
  | 'day'
  | 'float'
  | 'told'
  | 'dayEnds'
  | 'feedback'
  | 'receipts'
  | 'large'
  | 'plate'
  | 'retry'
  | 'mend'
  | 'rehearse'
  | 'stick'
  | 'clock'
  | 'backup'
  | 'copies'
  | 'list'
  | 'device'
  | 'acceptance'
  | 'papers'
  | 'passport'
  | 'profiles'
  | 'stays'
  | 'charges'
  | 'refunds'
  | 'payments'
  | 'agreed'
  | 'declined'
  | 'safety'
  | 'places'
  | 'tariff'
  | 'members'
  | 'coupons'
  | 'points'
  | 'explain'
  | 'inside'

export function useAct() {
  const settings = useSettings()
  let commandId = crypto.randomUUID()
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const done = shallowRef<ActAnswer | null>(null)

  /** Runs the call once; true when it was carried out. */
  async function run(
    reason: string,
    call: (who: Who) => Promise<ApiReply<ActAnswer>>,
  ): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = null
    const reply = await call({ commandId, by: settings.attendant.trim(), reason })
    busy.value = false
    if (reply.ok) done.value = reply.data
    else error.value = reply.error
    return reply.ok
  }

  /** Takes a new command id: this act was carried out and its outcome is known, so the next try is another act. */
  const renew = (): void => {
    commandId = crypto.randomUUID()
  }

  return { busy, error, done, run, renew }
}
