// Uploaded profile files before they are accepted: kept in memory, in parts, bounded. A name is a label for people; no
// file is opened or written by it.
import { t } from '#base/pure/words/fault-text.ts'
import type { ProfilePart } from '../../calls/profiles.ts'
import type { ProfilesHeldView } from '../../calls/profiles-views.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { jsonBytesMax } from '#base/process/strict-json.ts'

export const draftFilesMax = 200
/** The whole built-in library is a quarter of it. */
const draftBytesMax = 4 * 1_048_576
/** For two windows at once; an older draft is dropped. */
const draftsMax = 2

/** An uploaded file: `bytes` null when it is larger than any profile. */
export interface HeldFile {
  readonly path: string
  readonly bytes: Uint8Array | null
  readonly size: number
}

interface Holding {
  readonly size: number
  readonly content: Uint8Array | null
  got: number
}

const refused = (file: string, value: string, note: Why): LaneFault =>
  new LaneFault('PROFILE-19', { file, value, note })

export class ProfileDrafts {
  private readonly drafts = new Map<string, Map<string, Holding>>()

  hold(draftId: string, parts: readonly ProfilePart[]): ProfilesHeldView {
    const files = this.drafts.get(draftId) ?? new Map<string, Holding>()
    this.drafts.set(draftId, files)
    for (const oldest of this.drafts.keys()) {
      if (this.drafts.size <= draftsMax) break
      this.drafts.delete(oldest)
    }
    for (const [i, part] of parts.entries()) take(files, part, i)
    return { files: files.size, bytes: heldBytes(files) }
  }

  drop(draftId: string): ProfilesHeldView {
    this.drafts.delete(draftId)
    return { files: 0, bytes: 0 }
  }

  /** API-01 for a draft that does not exist or is incomplete. */
  files(draftId: string): readonly HeldFile[] {
    const files = this.drafts.get(draftId)
    if (files === undefined)
      throw new LaneFault('API-01', {
        field: '/draftId',
        value: draftId,
        note: t('没有这份草稿', 'there is no such draft'),
      })
    return [...files].map(([path, { size, content, got }]) => {
      if (content !== null && got !== size)
        throw new LaneFault('API-01', {
          field: '/draftId',
          value: path.slice(0, 80),
          note: t(`共 ${size} 字节,收到 ${got}`, `${got} of ${size} bytes were received`),
        })
      return { path, bytes: content, size }
    })
  }
}

const heldBytes = (files: ReadonlyMap<string, Holding>): number =>
  [...files.values()].reduce((sum, { content }) => sum + (content?.length ?? 0), 0)

function begun(files: Map<string, Holding>, { name, bytes: size }: ProfilePart): Holding {
  files.delete(name)
  if (files.size >= draftFilesMax)
    throw refused(name, '', t(`最多 ${draftFilesMax} 个文件`, `at most ${draftFilesMax} files`))
  const isLarge = size > jsonBytesMax
  if (!isLarge && heldBytes(files) + size > draftBytesMax)
    throw refused(
      name,
      `${size} bytes`,
      t(`一次最多 ${draftBytesMax} 字节`, `at most ${draftBytesMax} bytes at once`),
    )
  const holding: Holding = { size, content: isLarge ? null : new Uint8Array(size), got: 0 }
  files.set(name, holding)
  return holding
}

/** The parts of a file must come in order; other parts are refused. */
function take(files: Map<string, Holding>, part: ProfilePart, i: number): void {
  const { name, bytes, at, base64 } = part
  const holding = at === 0 ? begun(files, part) : files.get(name)
  const content = Buffer.from(base64, 'base64')
  const room = holding?.content?.length ?? 0
  if (holding?.size !== bytes || holding.got !== at || at + content.length > room)
    throw new LaneFault('API-01', {
      field: `/parts/${i}/at`,
      value: String(at),
      note: t('不是这个文件的下一段', 'this is not the next part of the file'),
    })
  holding.content?.set(content, at)
  holding.got += content.length
}
