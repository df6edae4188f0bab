// The measurements of the open survey: the instrument and the jobs as the runtime reports them, and the
// acts that start and stop them. Leaving the page stops nothing.
import { computed, ref, shallowRef } from 'vue'
import type { BurstArgs, ConnectArgs, CsvText, MeasureJob } from '#survey/calls/measure.ts'
import type {
  JobView,
  MeasureChoices,
  MeasureKind,
  MeasureView,
  SurveyFigures,
} from '#survey/calls/measure-views.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { withReason } from '../checks/with-reason.ts'
import { ask, laneClient } from '../../../api/client.ts'
import type { SurveyState } from '../survey-state.ts'

const none: MeasureView = { instrument: null, jobs: [] }

/** A text that changes when the jobs of a survey have recorded something. */
const markOf = ({ jobs }: MeasureView, name: string): string =>
  jobs
    .filter(({ survey }) => survey === name)
    .map(({ kind, records, state }) => `${kind} ${records} ${state}`)
    .join()

export function useMeasuring(survey: SurveyState, by: () => string) {
  const view = shallowRef<MeasureView>(none)
  const choices = shallowRef<MeasureChoices | null>(null)
  const figures = shallowRef<SurveyFigures | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const busy = ref(false)
  /** Time when the view was received; added to the ages that it states. */
  const receivedAtMs = ref(0)
  const name = (): string => survey.page.value?.name ?? ''
  let stop: (() => void) | null = null

  async function readFigures(): Promise<void> {
    const surveyName = name()
    if (surveyName === '') return
    const reply = await ask('survey.figures', { name: surveyName })
    if (reply.ok && name() === surveyName) figures.value = reply.data
  }

  function take(next: MeasureView): void {
    const isOther = markOf(next, name()) !== markOf(view.value, name())
    view.value = next
    receivedAtMs.value = performance.now()
    if (!isOther || name() === '') return
    void readFigures()
    void survey.refresh()
  }

  async function act(measureCall: () => Promise<ApiReply<MeasureView>>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const reply = await measureCall()
    busy.value = false
    error.value = reply.ok ? null : reply.error
    if (reply.ok) take(reply.data)
    return reply.ok
  }

  const reruns = withReason(error, (job: MeasureJob, why) =>
    act(() => ask('survey.measure.start', { name: name(), by: by(), job, ...why })),
  )

  return {
    view,
    choices,
    figures,
    error,
    busy,
    receivedAtMs,
    readFigures,
    instrument: computed(() => view.value.instrument),
    job: (kind: MeasureKind): JobView | null =>
      view.value.jobs.find((job) => job.kind === kind && job.survey === name()) ?? null,
    /** Subscribes while the page is mounted. */
    follow(): void {
      stop ??= laneClient().subscribe('measuring', 0, (item) => take(item.data))
      void ask('survey.measuring', {}).then((reply) => reply.ok && take(reply.data))
    },
    end(): void {
      stop?.()
      stop = null
    },
    async readChoices(): Promise<void> {
      const reply = await ask('survey.choices', {})
      if (reply.ok) choices.value = reply.data
    },
    connect: (args: ConnectArgs) => act(() => ask('survey.instrument.connect', args)),
    close: () => act(() => ask('survey.instrument.close', {})),
    burst: (args: Omit<BurstArgs, 'name' | 'by'>) =>
      survey.alone(() => ask('survey.instrument.burst', { ...args, name: name(), by: by() })),
    /** A table may exceed the size of one call, so it is sent in parts like a photo. */
    csv: ({ text, ...args }: Omit<CsvText, 'name' | 'by'>) =>
      survey.bring(new TextEncoder().encode(text), (draftId) =>
        ask('survey.csv', { ...args, draftId, name: name(), by: by() }),
      ),
    ...reruns,
    stop: (kind: MeasureKind) => act(() => ask('survey.measure.stop', { kind })),
  }
}

export type Measuring = ReturnType<typeof useMeasuring>
