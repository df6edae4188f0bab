// Photos and attachments that somebody is bringing over and no record names yet: held in memory, in parts, bounded.
// Nothing is written before the record that it belongs to is checked and audited (control-devices.ts).
import { t } from '../../core/values/fault-text.ts'
import type { PhotoHeldView } from '../../api/photo-views.ts'
import type { ArgsOf } from '../../api/table.ts'
import { attachmentBytesMax } from '../acceptance/papers-service.ts'
import type { BroughtPhotos } from './control-devices.ts'
import { LaneFault, type Why } from '../../core/faults/faults.ts'
import { photoUploadBytesMax, pictureOf } from '../../core/values/photo.ts'

/** Two windows at once; an older draft goes. */
const draftsMax = 2

interface Draft {
  readonly content: Uint8Array
  got: number
}

/** Where photos of instruments are kept: their id, null where the disk did not take one. */
export type KeepPhoto = (laneId: string, jpeg: Uint8Array) => string | null

const refused = (field: string, value: string, note: Why): LaneFault =>
  new LaneFault('ARG-01', { field, value, note })

export class PhotoDrafts implements BroughtPhotos {
  private readonly drafts = new Map<string, Draft>()
  private readonly keep: KeepPhoto | null

  /** `keep` null: a lot in memory, which has no place for photos. */
  constructor(keep: KeepPhoto | null) {
    this.keep = keep
  }

  /** Parts come in order, the first one begins anew; ARG-01 for anything else. */
  hold({ draftId, bytes, at, base64 }: ArgsOf<'photo.hold'>): PhotoHeldView {
    if (at === 0) this.begin(draftId, bytes)
    const draft = this.drafts.get(draftId)
    const part = Buffer.from(base64, 'base64')
    if (draft?.content.length !== bytes || draft.got !== at || at + part.length > bytes)
      throw refused('/at', String(at), t('不是这张照片的下一段', 'not the next part of this photo'))
    draft.content.set(part, at)
    draft.got += part.length
    return { bytes: draft.got }
  }

  /** All of its bytes, whatever they are; ARG-01 for one that did not come whole. */
  came(draftId: string): Uint8Array {
    const draft = this.drafts.get(draftId)
    if (draft === undefined)
      throw refused('/photoDraft', draftId, t('没有这张照片', 'no such photo'))
    const { content, got } = draft
    if (got !== content.length)
      throw refused(
        '/photoDraft',
        draftId,
        t(`共 ${content.length} 字节,收到 ${got}`, `${got} of ${content.length} bytes came`),
      )
    return content
  }

  /** The whole photo; ARG-01 for one that did not come whole, or that is no JPEG. */
  whole(draftId: string): Uint8Array {
    const content = this.came(draftId)
    if (content.length > photoUploadBytesMax)
      throw refused(
        '/photoDraft',
        draftId,
        t(`照片最大 ${photoUploadBytesMax} 字节`, `a photo up to ${photoUploadBytesMax} bytes`),
      )
    if (pictureOf(content)?.format !== 'jpeg')
      throw refused('/photoDraft', draftId, t('内容不是 JPEG', 'the content is no JPEG'))
    return content
  }

  /** DATA-01 where the disk did not take it: a record that names a photo has one. */
  kept(laneId: string, jpeg: Uint8Array): string {
    const photo = this.keep?.(laneId, jpeg) ?? null
    if (photo === null)
      throw new LaneFault('DATA-01', { note: t('照片没有保存', 'the photo was not kept') })
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
        t(`文件最大 ${attachmentBytesMax} 字节`, `a file of up to ${attachmentBytesMax} bytes`),
      )
    this.drafts.set(draftId, { content: new Uint8Array(bytes), got: 0 })
    for (const oldest of this.drafts.keys()) {
      if (this.drafts.size <= draftsMax) break
      this.drafts.delete(oldest)
    }
  }
}
