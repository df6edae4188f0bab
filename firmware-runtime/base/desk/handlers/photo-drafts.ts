// Photos and attachments being uploaded, before a record names them: kept in memory, in parts, bounded. Nothing is
// written before their record was checked and audited (control-devices.ts).
import { t } from '../../pure/words/fault-text.ts'
import type { PhotoHeldView } from '../../calls/photo-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { LaneFault, type Why } from '../../pure/faults/faults.ts'
import {
  attachmentBytesMax,
  photoUploadBytesMax,
  pictureOf,
  type PhotoOf,
} from '../../pure/data/photo.ts'

/** For four windows or handhelds at once; an older draft is dropped. */
const draftsMax = 4

interface Draft {
  readonly content: Uint8Array
  got: number
}

/** Stores a photo of an instrument or of a car: its id, or null when the disk refused it. */
export type KeepPhoto = (laneId: string, jpeg: Uint8Array, of: PhotoOf) => string | null

const refused = (field: string, value: string, note: Why): LaneFault =>
  new LaneFault('ARG-01', { field, value, note })

export class PhotoDrafts {
  private readonly drafts = new Map<string, Draft>()
  private readonly keep: KeepPhoto | null

  /** `keep` null: a lot in memory, without a place for photos. */
  constructor(keep: KeepPhoto | null) {
    this.keep = keep
  }

  /** Parts must come in order; the first one starts again. ARG-01 otherwise. */
  hold({ draftId, bytes, at, base64 }: ArgsOf<'photo.hold'>): PhotoHeldView {
    if (at === 0) this.begin(draftId, bytes)
    const draft = this.drafts.get(draftId)
    const part = Buffer.from(base64, 'base64')
    if (draft?.content.length !== bytes || draft.got !== at || at + part.length > bytes)
      throw refused(
        '/at',
        String(at),
        t('不是这张照片的下一段', 'this is not the next part of the photo'),
      )
    draft.content.set(part, at)
    draft.got += part.length
    return { bytes: draft.got }
  }

  /** All bytes, of any type; ARG-01 when the upload is incomplete. */
  came(draftId: string): Uint8Array {
    const draft = this.drafts.get(draftId)
    if (draft === undefined)
      throw refused('/photoDraft', draftId, t('没有这张照片', 'there is no such photo'))
    const { content, got } = draft
    if (got !== content.length)
      throw refused(
        '/photoDraft',
        draftId,
        t(
          `共 ${content.length} 字节,收到 ${got}`,
          `${got} of ${content.length} bytes were received`,
        ),
      )
    return content
  }

  /** The whole photo; ARG-01 when it is incomplete or not a JPEG. */
  whole(draftId: string): Uint8Array {
    const content = this.came(draftId)
    if (content.length > photoUploadBytesMax)
      throw refused(
        '/photoDraft',
        draftId,
        t(
          `照片最大 ${photoUploadBytesMax} 字节`,
          `a photo may have at most ${photoUploadBytesMax} bytes`,
        ),
      )
    if (pictureOf(content)?.format !== 'jpeg')
      throw refused('/photoDraft', draftId, t('内容不是 JPEG', 'the content is not a JPEG'))
    return content
  }

  /** Id of the stored photo. DATA-01 when the disk refused it, because a record must not name a missing photo. */
  kept(laneId: string, jpeg: Uint8Array, of: PhotoOf = 'measured'): string {
    const photo = this.keep?.(laneId, jpeg, of) ?? null
    if (photo === null)
      throw new LaneFault('DATA-01', { note: t('照片没有保存', 'the photo was not saved') })
    return photo
  }

  drop(draftId: string): void {
    this.drafts.delete(draftId)
  }

  private begin(draftId: string, bytes: number): void {
    this.drafts.delete(draftId)
    if (bytes > attachmentBytesMax)
      throw refused(
        '/bytes',
        String(bytes),
        t(
          `文件最大 ${attachmentBytesMax} 字节`,
          `a file may have at most ${attachmentBytesMax} bytes`,
        ),
      )
    this.drafts.set(draftId, { content: new Uint8Array(bytes), got: 0 })
    for (const oldest of this.drafts.keys()) {
      if (this.drafts.size <= draftsMax) break
      this.drafts.delete(oldest)
    }
  }
}
