// The last frames of every RSU link, decoded, for explaining a passage frame by frame. Bounded; frames of a suspect
// debit are kept for ever with the evidence of its deduction.
import type { FrameView } from '#lane/calls/views.ts'

const framesMax = 4000

export class FrameLog {
  private readonly frames: FrameView[] = []
  private readonly listeners = new Set<(frame: FrameView) => void>()

  add(frame: FrameView): void {
    this.frames.push(frame)
    if (this.frames.length > framesMax) this.frames.splice(0, framesMax / 4)
    for (const listener of this.listeners) listener(frame)
  }

  /** Calls `listener` for every further frame; the returned function ends it. */
  listen(listener: (frame: FrameView) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  ofStay(stayId: string): readonly FrameView[] {
    return this.frames.filter((f) => f.stayId === stayId)
  }
}
