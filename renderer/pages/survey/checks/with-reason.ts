// A job that measures rows again, or an answer that replaces another, is refused with SURVEY-42; it is tried again with a
// reason. That refusal is shown as a question, not as a fault.
import { shallowRef, type ShallowRef } from 'vue'
import type { ApiError } from '#base/calls/rows.ts'

type Begin<T> = (what: T, why: { readonly reason?: string }) => Promise<boolean>

export function withReason<T>(error: ShallowRef<ApiError | null>, begin: Begin<T>) {
  const again = shallowRef<{ readonly what: T; readonly items: string } | null>(null)
  async function start(what: T, reason?: string): Promise<boolean> {
    again.value = null
    const started = await begin(what, reason === undefined ? {} : { reason })
    const refused = error.value
    if (started || refused?.code !== 'SURVEY-42') return started
    again.value = { what, items: refused.value }
    error.value = null
    return false
  }
  return {
    again,
    start: (what: T) => start(what),
    startAgain: (reason: string) =>
      again.value === null ? Promise.resolve(false) : start(again.value.what, reason),
    dropAgain(): void {
      again.value = null
    },
  }
}
