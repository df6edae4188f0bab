// The files open on this page: surveys and evidence, each read from the bytes of a person's file.
// They are kept only while the page is shown.
import { computed, ref, shallowRef } from 'vue'
import type { OpenedEvidence } from '#survey/pure/file/evidence.ts'
import { surveyPage, type SurveyPage } from '#survey/pure/file/survey-page.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { faultJson, LaneFault, type Why } from '#base/pure/faults/faults.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type { OpenedSurvey } from '../../sandbox/open-survey.ts'
import { useSignerLists, type SignerLists } from './signer-lists.ts'

interface OpenFile {
  readonly id: number
  readonly name: string
}
export interface SurveyFile extends OpenFile {
  readonly kind: 'survey'
  readonly opened: OpenedSurvey
  readonly page: SurveyPage
}
export interface EvidenceFile extends OpenFile {
  readonly kind: 'evidence'
  readonly bytes: Uint8Array
  readonly opened: OpenedEvidence
  readonly page: SurveyPage
}
export interface RefusedFile extends OpenFile {
  readonly kind: 'refused'
  readonly error: ApiError
  /** The exact fault, in the runtime's words. */
  readonly why: Why
}
type BroughtFile = SurveyFile | EvidenceFile | RefusedFile

const filesMax = 8
const bytesMax = 256 * 1024 * 1024
const evidenceName = /\.etcevidence$/i
function refusal(id: number, name: string, fault: LaneFault): RefusedFile {
  const { error } = faultJson(fault)
  const { code, message, field, value, todo } = error
  const apiError = { code, message, means: '', todo, field, value }
  return { kind: 'refused', id, name, error: apiError, why: fault.detail.note ?? '' }
}

async function opened(
  { id, name }: OpenFile,
  bytes: Uint8Array,
  { known, revoked }: SignerLists,
): Promise<BroughtFile> {
  const sandbox = await import('./sandbox.ts')
  try {
    if (bytes.length > bytesMax)
      throw new LaneFault('FILE-02', {
        file: name,
        note: t(`超过 ${bytesMax} 字节`, `more than ${bytesMax} bytes`),
      })
    if (evidenceName.test(name)) {
      const evidence = sandbox.openEvidenceInWindow(name, bytes, known.value, revoked.value)
      const facts = { name, createdAtMs: evidence.content.createdAtMs, lost: [], broken: [] }
      const page = surveyPage({ ...facts, records: evidence.records })
      return { kind: 'evidence', id, name, bytes, opened: evidence, page }
    }
    const survey = await sandbox.openSurveyInWindow(name, bytes)
    const { createdAtMs, lost, broken } = survey.content
    const page = surveyPage({ name, createdAtMs, lost, broken, records: survey.records })
    return { kind: 'survey', id, name, opened: survey, page }
  } catch (error) {
    if (error instanceof LaneFault) return refusal(id, name, error)
    throw error
  }
}

export function useFiles() {
  const files = shallowRef<readonly BroughtFile[]>([])
  const chosen = ref(0)
  const busy = ref<string | null>(null)
  const lists = useSignerLists()
  const { known, revoked } = lists
  let last = 0

  const read = (id: number, name: string, bytes: Uint8Array): Promise<BroughtFile> =>
    opened({ id, name }, bytes, lists)

  function put(file: BroughtFile): void {
    files.value = [...files.value.filter(({ name }) => name !== file.name), file].slice(-filesMax)
    chosen.value = file.id
  }

  /** Verifies open evidence again with the new list; an unreadable list is shown as a refused file. */
  async function takeList(file: File): Promise<void> {
    try {
      await lists.take(file)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      put(refusal(++last, file.name, error))
      return
    }
    await judgeAgain()
  }

  async function judgeAgain(): Promise<void> {
    for (const file of files.value)
      if (file.kind === 'evidence') {
        const again = await read(file.id, file.name, file.bytes)
        files.value = files.value.map((one) => (one.id === again.id ? again : one))
      }
  }

  /** Adds a file that this page has made. */
  async function add(name: string, bytes: Uint8Array): Promise<void> {
    put(await read(++last, name, bytes))
  }

  async function bring(brought: readonly File[]): Promise<void> {
    for (const file of brought) {
      busy.value = file.name
      try {
        if (lists.isList(file.name)) await takeList(file)
        else put(await read(++last, file.name, new Uint8Array(await file.arrayBuffer())))
      } finally {
        busy.value = null
      }
    }
  }

  function close(id: number): void {
    files.value = files.value.filter((file) => file.id !== id)
    if (chosen.value === id) chosen.value = files.value.at(-1)?.id ?? 0
  }

  return {
    files,
    chosen,
    busy,
    known,
    revoked,
    add,
    bring,
    close,
    file: computed(() => files.value.find(({ id }) => id === chosen.value) ?? null),
    surveys: computed(() =>
      files.value.filter((file): file is SurveyFile => file.kind === 'survey'),
    ),
  }
}
