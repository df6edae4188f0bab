// The survey that is open in this window: what the runtime last said of it, and acts that change it.
// Every act answers with the whole page, so that nothing on it is a guess.
import { ref, shallowRef } from 'vue'
import type { NewSurveyArgs } from '../../../firmware-runtime/api/calls/survey.ts'
import type { SurveyLine, SurveyPage } from '../../../firmware-runtime/api/survey-views.ts'
import type { ApiError, ApiReply } from '../../../firmware-runtime/api/table.ts'
import type { Json } from '../../../firmware-runtime/core/values/json.ts'
import { ask } from '../../api/client.ts'

export function useSurvey(by: () => string) {
  const surveys = shallowRef<readonly SurveyLine[] | null>(null)
  const unreadable = shallowRef<readonly string[]>([])
  const page = shallowRef<SurveyPage | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref(false)

  function take(reply: ApiReply<SurveyPage>): boolean {
    error.value = reply.ok ? null : reply.error
    if (reply.ok) page.value = reply.data
    return reply.ok
  }

  /** One act at a time: a second key press must not record a point twice. */
  async function alone(act: () => Promise<ApiReply<SurveyPage>>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      return take(await act())
    } finally {
      busy.value = false
    }
  }

  async function list(): Promise<void> {
    const reply = await ask('survey.list', {})
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    surveys.value = reply.data.surveys
    unreadable.value = reply.data.unreadable
  }

  const name = (): string => page.value?.name ?? ''
  return {
    ...{ surveys, unreadable, page, error, busy, list },
    open: (survey: string) => alone(() => ask('survey.page', { name: survey })),
    make: (args: Omit<NewSurveyArgs, 'by'>) =>
      alone(() => ask('survey.new', { ...args, by: by() })),
    add: (...bodies: readonly Json[]) =>
      alone(() => ask('survey.add', { name: name(), bodies, by: by() })),
    undo: () => alone(() => ask('survey.undo', { name: name(), by: by() })),
    close(): void {
      page.value = null
      void list()
    },
    async report(language: 'zh' | 'en'): Promise<string | null> {
      const reply = await ask('survey.report', { name: name(), language })
      error.value = reply.ok ? null : reply.error
      return reply.ok ? reply.data.html : null
    },
  }
}

export type SurveyState = ReturnType<typeof useSurvey>
