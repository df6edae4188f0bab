// A job whose rows were measured before is refused with SURVEY-42; it is started again with a reason.
// That refusal is shown as a question, not as a fault.
import { shallowRef, type ShallowRef } from 'vue'
import type { MeasureJob } from '../../firmware-runtime/api/calls/measure.ts'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'

type Start = (job: MeasureJob, why: { readonly reason?: string }) => Promise<boolean>

export function measureAgain(error: ShallowRef<ApiError | null>, begin: Start) {
  const again = shallowRef<{ readonly job: MeasureJob; readonly items: string } | null>(null)
  async function start(job: MeasureJob, reason?: string): Promise<boolean> {
    again.value = null
    const started = await begin(job, reason === undefined ? {} : { reason })
    const refused = error.value
    if (started || refused?.code !== 'SURVEY-42') return started
    again.value = { job, items: refused.value }
    error.value = null
    return false
  }
  return {
    again,
    start: (job: MeasureJob) => start(job),
    startAgain: (reason: string) =>
      again.value === null ? Promise.resolve(false) : start(again.value.job, reason),
    dropAgain(): void {
      again.value = null
    },
  }
}
