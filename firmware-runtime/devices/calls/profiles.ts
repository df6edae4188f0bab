// The calls about the profile library: its contents, uploaded files with their verdicts, accepting all or some, undoing
// the last import. Files come as bounded text in parts, never as paths of this machine.
import { t } from '#base/pure/words/fault-text.ts'
import { rule } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import type {
  ProfileLibraryView,
  ProfilesHeldView,
  ProfilesJudgedView,
  ProfileSheetView,
  ProfilesUndoView,
  ProfilesWrittenView,
} from './profiles-views.ts'
import { act, installer, none, read, reply, who } from '#base/calls/rows.ts'

/** Base64 of one call: with names and quotes it stays below the 64 KiB of a loopback body. */
export const partCharsMax = 48_000
const heldFilesMax = 200

const draftId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)
/** File systems allow names of 255 bytes. */
const name = z.string().min(1).max(300)
const generation = z.int().min(0).max(1_000_000_000)

const part = z.strictObject({
  name,
  /** Size of the whole file. A file that is too large is named with its size and without content. */
  bytes: z.int().min(0),
  /** Offset of this part in the file. */
  at: z.int().min(0),
  base64: z
    .string()
    .max(partCharsMax)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
})
export type ProfilePart = Readonly<z.infer<typeof part>>

export const profilesCalls = {
  'profiles.library': read('gear', none, reply<ProfileLibraryView>(), { rest: 'command' }),
  'profiles.sheet': read('gear', () => z.strictObject({ id: name }), reply<ProfileSheetView>(), {
    rest: 'command',
  }),
  'profiles.hold': installer(
    () =>
      z.strictObject({
        draftId,
        parts: z
          .array(part)
          .min(1)
          .max(64)
          .refine(
            (parts) => parts.reduce((sum, { base64 }) => sum + base64.length, 0) <= partCharsMax,
            rule(
              `一次最多 ${partCharsMax} 个字符`,
              `at most ${partCharsMax} characters in one call`,
            ),
          ),
      }),
    reply<ProfilesHeldView>(),
  ),
  'profiles.judge': installer(() => z.strictObject({ draftId }), reply<ProfilesJudgedView>()),
  'profiles.drop': installer(() => z.strictObject({ draftId }), reply<ProfilesHeldView>()),
  'profiles.accept': act(
    'installer',
    () =>
      z.strictObject({
        draftId,
        names: z.array(name).min(1).max(heldFilesMax),
        generation,
        ...who,
      }),
    reply<ProfilesWrittenView>(),
    { words: t('接受设备资料', 'Device profiles accepted') },
  ),
  'profiles.undoPlan': installer(none, reply<ProfilesUndoView>()),
  'profiles.undo': act(
    'installer',
    () => z.strictObject({ generation, ...who }),
    reply<ProfilesWrittenView>(),
    { words: t('撤销设备资料导入', 'Import of profiles undone') },
  ),
} as const
