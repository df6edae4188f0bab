// The survey that is open in this window: its last known page, and the acts that change it.
// Every act returns the whole page, so the screen always shows what is recorded.
import { shallowRef, type Ref } from 'vue'
import type { ApiError, ApiReply } from '#base/calls/rows.ts'
import type {
  NameplateArgs,
  NewSurveyArgs,
  PhotoArgs,
  ReportArgs,
  SignArgs,
} from '#survey/calls/survey.ts'
import type {
  SurveyLine,
  SurveyListView,
  SurveyPage,
  SurveyReportView,
} from '#survey/calls/survey-views.ts'
import type { Json } from '#base/pure/data/json.ts'
import { ask } from '../../api/client.ts'
import type { Making } from '../../kit/state/making.ts'
import { trimmed, type CoverDraft } from './report/cover-draft.ts'
import { bringOver } from '../../kit/forms/photo-file.ts'
import { actsInTurn } from './acts-in-turn.ts'

type Brought = (
  bytes: Uint8Array,
  act: (draftId: string) => Promise<ApiReply<SurveyPage>>,
) => Promise<boolean>

/** Sends the bytes in parts, then calls the act that names them. */
async function broughtOver(
  bytes: Uint8Array,
  act: (draftId: string) => Promise<ApiReply<SurveyPage>>,
): Promise<ApiReply<SurveyPage>> {
  const draftId = crypto.randomUUID()
  const held = await bringOver(draftId, bytes)
  return held.ok ? act(draftId) : held
}

/** The surveys of the folder, and the defaults that the rule pack gives a new one. */
function useList(error: Ref<ApiError | null>) {
  const surveys = shallowRef<readonly SurveyLine[] | null>(null)
  const unreadable = shallowRef<readonly string[]>([])
  const here = shallowRef<SurveyListView['here'] | null>(null)
  async function list(): Promise<void> {
    const reply = await ask('survey.list', {})
    error.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    const { data } = reply
    ;[surveys.value, unreadable.value, here.value] = [data.surveys, data.unreadable, data.here]
  }
  return { surveys, unreadable, here, list }
}

export function useSurvey(by: () => string) {
  const acts = actsInTurn<SurveyPage>()
  const { page, error, busy, alone, inTurn } = acts
  const { surveys, unreadable, here, list } = useList(error)

  const name = (): string => page.value?.name ?? ''
  const own = () => ({ name: name(), by: by() })
  const bring: Brought = (bytes, act) => alone(() => broughtOver(bytes, act))
  return {
    surveys,
    unreadable,
    here,
    page,
    error,
    busy,
    list,
    alone,
    bring,
    open: (survey: string) => alone(() => ask('survey.page', { name: survey })),
    make: (args: Omit<NewSurveyArgs, 'by'>) =>
      alone(() => ask('survey.new', { ...args, by: by() })),
    add(...bodies: readonly Json[]): Promise<boolean> {
      const args = { ...own(), bodies }
      return inTurn(JSON.stringify(args), () => ask('survey.add', args))
    },
    /** As `add`, with the reason why it replaces an answer. */
    addAgain: (reason: string, ...bodies: readonly Json[]) =>
      alone(() => ask('survey.add', { ...own(), bodies, reason })),
    /** Adds a reading of the walk; refused while another act is in progress. */
    point: (...bodies: readonly Json[]) => alone(() => ask('survey.add', { ...own(), bodies })),
    photo: (jpeg: Uint8Array, args: Omit<PhotoArgs, 'by'>) =>
      bring(jpeg, (draftId) => ask('survey.photo', { name: name(), draftId, ...args, by: by() })),
    drawing: (jpeg: Uint8Array, title: string) =>
      bring(jpeg, (draftId) => ask('survey.drawing', { name: name(), draftId, title, by: by() })),
    cover({ logo, ...texts }: CoverDraft): Promise<boolean> {
      const args = () => ({ ...own(), ...trimmed(texts) })
      return logo instanceof Uint8Array
        ? bring(logo, (logoDraftId) => ask('survey.cover', { ...args(), logoDraftId }))
        : alone(() =>
            ask('survey.cover', logo === null ? { ...args(), logoDraftId: null } : args()),
          )
    },
    sign(args: Pick<SignArgs, 'role' | 'signer' | 'path' | 'despite'>): Promise<boolean> {
      const said = { ...own(), ...args }
      const commandId = crypto.randomUUID()
      return inTurn(JSON.stringify(said), () => ask('survey.sign', { commandId, ...said }))
    },
    nameplate: (args: Omit<NameplateArgs, 'by'> & { readonly profile: string | null }) =>
      alone(() => ask('survey.nameplate', { name: name(), ...args, by: by() })),
    /** Takes back the last point of the field; records of other measurements since then stay. */
    undo: (reason: string) => alone(() => ask('survey.undo', { ...own(), point: true, reason })),
    /** Takes back the last record of any kind. */
    takeBack: (reason = '') => alone(() => ask('survey.undo', { ...own(), reason })),
    /** Reads the page after other records were added; an answer older than the present page is dropped. */
    async refresh(): Promise<void> {
      const reply = await ask('survey.page', { name: name() })
      const now = page.value
      if (!reply.ok || now === null || now.name !== reply.data.name) return
      if (reply.data.records >= now.records) page.value = reply.data
    },
    close(): void {
      acts.leave()
      void list()
    },
    /** Resolves to null when the report was refused or cancelled. */
    async report(
      making: Pick<Making, 'make'>,
      reportRequest: Omit<ReportArgs, 'name'>,
    ): Promise<SurveyReportView | null> {
      const reply = await making.make('survey.report', { name: name(), ...reportRequest })
      error.value = reply === null || reply.ok ? null : reply.error
      return reply?.ok === true ? reply.data : null
    },
  }
}

export type SurveyState = ReturnType<typeof useSurvey>
