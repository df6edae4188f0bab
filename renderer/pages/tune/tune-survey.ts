// The survey that bounds a step: its fitted field says which power steps row 5 of table D.1 allows.
// Read again when a step begins, because readings may have been added meanwhile.
import { onMounted, ref, shallowRef } from 'vue'
import type { SurveyLine } from '#survey/calls/survey-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { usualBeam } from '#survey/pure/model/antenna.ts'
import { ask } from '../../api/client.ts'
import { codeFault } from '../../kit/words.ts'
import { stepMax } from '../../kit/state/assistant-store.ts'
import type { PowerSteps } from './tune-state.ts'

/** Like `rsu tune --survey` for a survey without a declared needed area. */
const noArea = (name: string): ApiError => codeFault('TUNE-07', '', name)

export function useTuneSurvey() {
  const surveys = shallowRef<readonly SurveyLine[]>([])
  /** Name of the survey; empty: no survey bounds the step. */
  const chosen = ref('')
  /** Null: no survey is chosen, or the chosen one says nothing about row 5. */
  const bound = shallowRef<PowerSteps | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref(false)

  /** Returns false when the chosen survey bounds nothing, so that no step may begin with it. */
  async function read(): Promise<boolean> {
    const name = chosen.value
    error.value = null
    if (name === '') {
      bound.value = null
      return true
    }
    busy.value = true
    const assistRequest = { name, antennaId: null, beam: usualBeam, stepMax, neighbours: [] }
    const reply = await ask('survey.assist', assistRequest)
    // Another survey was chosen meanwhile, so this answer is dropped.
    if (name !== chosen.value) return false
    busy.value = false
    bound.value = reply.ok ? reply.data.powerSteps : null
    if (!reply.ok) error.value = reply.error
    else if (bound.value === null) error.value = noArea(name)
    return bound.value !== null
  }
  async function choose(name: string): Promise<void> {
    chosen.value = name
    bound.value = null
    busy.value = false
    await read()
  }
  onMounted(async () => {
    const reply = await ask('survey.list', {})
    if (reply.ok) surveys.value = reply.data.surveys
    else error.value = reply.error
  })
  return { surveys, chosen, bound, error, busy, read, choose }
}

export type TuneSurvey = ReturnType<typeof useTuneSurvey>
