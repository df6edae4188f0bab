// The calls about the profile library: what is there, files held and judged, all or the chosen accepted,
// the last import taken back. Files come as bounded text in parts, never as paths of this machine.
import { z } from 'zod'
import type {
  ProfileLibraryView,
  ProfilesHeldView,
  ProfilesJudgedView,
  ProfileSheetView,
  ProfilesUndoView,
  ProfilesWrittenView,
} from '../profiles-views.ts'
import { act, installer, none, read, who, type Who } from '../rows.ts'

/** Base64 of one call: with names and quotes it stays below the 64 KiB of a loopback body. */
export const partCharsMax = 48_000
const heldFilesMax = 200

const draftId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
/** Disks keep names of 255 bytes. */
const name = z.string().min(1).max(300)
const generation = z.int().min(0).max(1_000_000_000)

export interface ProfilePart {
  readonly name: string
  /** Of the whole file. One that is too large is named with its size and without content. */
  readonly bytes: number
  /** Where in the file this part begins. */
  readonly at: number
  readonly base64: string
}

const part = z.strictObject({
  name,
  bytes: z.int().min(0),
  at: z.int().min(0),
  base64: z
    .string()
    .max(partCharsMax)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
})

export const profilesCalls = {
  'profiles.library': read<Record<string, never>, ProfileLibraryView>(none),
  'profiles.sheet': read<{ id: string }, ProfileSheetView>(z.strictObject({ id: name })),
  'profiles.hold': installer<{ draftId: string; parts: readonly ProfilePart[] }, ProfilesHeldView>(
    z.strictObject({
      draftId,
      parts: z
        .array(part)
        .min(1)
        .max(64)
        .refine(
          (parts) => parts.reduce((sum, { base64 }) => sum + base64.length, 0) <= partCharsMax,
          `at most ${partCharsMax} characters in one call`,
        ),
    }),
  ),
  'profiles.judge': installer<{ draftId: string }, ProfilesJudgedView>(z.strictObject({ draftId })),
  'profiles.drop': installer<{ draftId: string }, ProfilesHeldView>(z.strictObject({ draftId })),
  'profiles.accept': act<
    { draftId: string; names: readonly string[]; generation: number } & Who,
    ProfilesWrittenView
  >(
    'installer',
    z.strictObject({ draftId, names: z.array(name).min(1).max(heldFilesMax), generation, ...who }),
  ),
  'profiles.undoPlan': installer<Record<string, never>, ProfilesUndoView>(none),
  'profiles.undo': act<{ generation: number } & Who, ProfilesWrittenView>(
    'installer',
    z.strictObject({ generation, ...who }),
  ),
} as const
