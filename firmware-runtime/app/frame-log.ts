// The last frames of every RSU link, decoded, so that a passage can be explained frame by frame.
// Bounded; what a suspect debit needs for ever is kept by the evidence of its deduction.
import type { FrameView } from '../api/views.ts'

const framesMax = 4000

export class FrameLog {
  private readonly frames: FrameView[] = []

  add(frame: FrameView): void {
    this.frames.push(frame)
    if (this.frames.length > framesMax) this.frames.splice(0, framesMax / 4)
  }

  ofStay(stayId: string): readonly FrameView[] {
    return this.frames.filter((f) => f.stayId === stayId)
  }
}
