// State of the profiles screen: the library, imported files with their verdicts, and the chosen ones.
// It outlives the page, so that leaving the page loses nothing.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type {
  ProfileLibraryView,
  ProfilesJudgedView,
  ProfilesUndoView,
} from '#devices/calls/profiles-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { ask, askWhile } from '../../api/client.ts'
import { codeFault } from '../../kit/words.ts'
import { calls, type Brought } from './brought-files.ts'

/** Sends all parts; returns the first refusal, or null. */
async function bring(
  files: readonly Brought[],
  draftId: string,
  isCancelled: () => boolean,
): Promise<ApiError | null> {
  if (files.length === 0) return noProfile
  for await (const parts of calls(files)) {
    if (isCancelled()) return null
    const reply = await ask('profiles.hold', { draftId, parts })
    if (!reply.ok) return reply.error
  }
  return null
}

const noProfile = codeFault('PROFILE-19')

interface Done {
  readonly what: 'accepted' | 'undone'
  readonly count: number
}

const acceptable = ({ files }: ProfilesJudgedView): string[] =>
  files.filter(({ verdict }) => verdict === 'new' || verdict === 'changed').map(({ file }) => file)

export const useProfiles = defineStore('profiles', () => {
  const library = shallowRef<ProfileLibraryView | null>(null)
  const judged = shallowRef<ProfilesJudgedView | null>(null)
  const undoing = shallowRef<ProfilesUndoView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** Number of files being sent for a verdict; null: none. */
  const reading = ref<number | null>(null)
  const chosen = ref<readonly string[]>([])
  /** Result of the last act, and how many files it concerned. */
  const done = shallowRef<Done | null>(null)
  /** Id of the last import; empty once that was accepted or discarded. */
  let draftId = ''

  async function read(): Promise<void> {
    const reply = await ask('profiles.library', {})
    error.value = reply.ok ? null : reply.error
    if (reply.ok) library.value = reply.data
  }

  async function judge(): Promise<void> {
    const reply = await askWhile(() => draftId, 'profiles.judge', { draftId })
    if (reply === null) return
    error.value = reply.ok ? null : reply.error
    judged.value = reply.ok ? reply.data : null
    chosen.value = reply.ok ? acceptable(reply.data) : []
  }

  async function look(files: readonly Brought[]): Promise<void> {
    if (reading.value !== null) return
    reading.value = files.length
    try {
      await drop()
      done.value = null
      const own = (draftId = crypto.randomUUID())
      const isDropped = (): boolean => draftId !== own
      const refused = await bring(files, own, isDropped)
      if (refused === null && !isDropped()) await judge()
      else await ask('profiles.drop', { draftId: own })
      if (refused !== null) error.value = refused
    } finally {
      reading.value = null
    }
  }

  async function drop(): Promise<void> {
    const own = draftId
    draftId = ''
    error.value = null
    judged.value = null
    chosen.value = []
    if (own !== '') await ask('profiles.drop', { draftId: own })
  }

  async function planUndo(): Promise<void> {
    const reply = await ask('profiles.undoPlan', {})
    error.value = reply.ok ? null : reply.error
    undoing.value = reply.ok ? reply.data : null
  }

  function choose(file: string, on: boolean): void {
    chosen.value = on ? [...chosen.value, file] : chosen.value.filter((one) => one !== file)
  }

  return {
    library,
    judged,
    undoing,
    error,
    reading,
    chosen,
    done,
    read,
    look,
    drop,
    planUndo,
    choose,
    draft: () => draftId,
  }
})
