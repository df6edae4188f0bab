// The profile calls of the control API. Files are checked outside the lanes' thread; accepting and undoing are acts:
// checked, audited, then done once, whole or not at all.
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { Role } from '#base/pure/values/roles.ts'
import type { Who } from '#base/calls/rows.ts'
import type {
  ProfileLibraryView,
  ProfilesJudgedView,
  ProfileSheetView,
  ProfilesUndoView,
} from '../../calls/profiles-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { ProfileDrafts, type HeldFile } from './profile-drafts.ts'

export interface CheckedFiles {
  /** For the audit row: the profiles, and the digest of their files. */
  readonly words: string
}

/** The slow work, outside the lanes' thread. Faults are LaneFaults. */
export interface ProfileService {
  library(): Promise<ProfileLibraryView>
  /** `kind/vendor/model`; PROFILE-19 for one that does not exist or is invalid. */
  sheet(id: string): Promise<ProfileSheetView>
  judge(files: readonly HeldFile[]): Promise<ProfilesJudgedView>
  /** Throws all problems of these files together; writes nothing. */
  check(files: readonly HeldFile[], generation: number): Promise<CheckedFiles>
  /** All or none; returns the generation of the folder after it. */
  accept(files: readonly HeldFile[], generation: number): Promise<number>
  undoPlan(): Promise<ProfilesUndoView>
  undo(generation: number): Promise<number>
}

/** The chosen files with their signature files. */
function chosen(files: readonly HeldFile[], names: readonly string[]): readonly HeldFile[] {
  const paths = new Set(files.map(({ path }) => path))
  const unknown = names.find((name) => !paths.has(name))
  if (unknown !== undefined)
    throw new LaneFault('API-01', {
      field: '/names',
      value: unknown.slice(0, 80),
      note: t('没有这一份', 'there is no such profile'),
    })
  const wanted = new Set(names.flatMap((name) => [name, `${name}.sig`]))
  return files.filter(({ path }) => wanted.has(path))
}

export const profileCalls = defineCalls((lot: Lot<'acts', { profiles: ProfileService }>) => {
  const { acts } = lot
  const drafts = new ProfileDrafts()
  /** Acts that are audited but not done, because a disk refused. A repeat carries them out. */
  const unfinished = new Set<string>()
  const library = needed(lot.profiles, 'LOT-01')
  const once = async (
    name: 'profiles.accept' | 'profiles.undo',
    args: Who & { readonly generation: number },
    role: Role,
    words: string,
    write: () => Promise<number>,
  ) => {
    const { commandId } = args
    let writing: Promise<number> | null = null
    const begin = (): void => {
      unfinished.add(commandId)
      writing = write()
    }
    const answer = acts.onLot(name, args, role, (audit) => {
      audit(words)
      begin()
    })
    const again = answer.repeated && unfinished.has(commandId)
    if (again) begin()
    const generation = (await (writing as Promise<number> | null)) ?? args.generation
    unfinished.delete(commandId)
    return { ok: true as const, repeated: answer.repeated && !again, generation }
  }
  return {
    'profiles.library': () => library().library(),
    'profiles.sheet': ({ id }) => library().sheet(id),
    'profiles.hold': ({ draftId, parts }) => drafts.hold(draftId, parts),
    'profiles.judge': ({ draftId }) => library().judge(drafts.files(draftId)),
    'profiles.drop': ({ draftId }) => drafts.drop(draftId),
    'profiles.accept': async (args, role) => {
      const { draftId, names, generation, commandId } = args
      if (acts.knows(commandId) && !unfinished.has(commandId))
        return once('profiles.accept', args, role, '', () => Promise.resolve(generation))
      const files = chosen(drafts.files(draftId), names)
      const { words } = await library().check(files, generation)
      const write = (): Promise<number> => library().accept(files, generation)
      const answer = await once('profiles.accept', args, role, words, write)
      drafts.drop(draftId)
      return answer
    },
    'profiles.undoPlan': () => library().undoPlan(),
    'profiles.undo': async (args, role) => {
      const { generation, commandId } = args
      if (acts.knows(commandId) && !unfinished.has(commandId))
        return once('profiles.undo', args, role, '', () => Promise.resolve(generation))
      const plan = await library().undoPlan()
      if (plan.generation !== generation)
        throw new LaneFault('PROFILE-22', { value: String(generation) })
      const words = `profiles.undo ${generation}`
      return once('profiles.undo', args, role, words, () => library().undo(generation))
    },
  }
})
