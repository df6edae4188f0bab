// Input of a measurement from an antenna: frames and readings of its driver, with their time. Also the short ring for a
// live chart.
import type { LiveSecondView } from '../calls/tune-views.ts'
import type { RsuEvent } from '../pure/etc/rsu.ts'
import type { TuneSignal } from '../pure/tune/signals.ts'

interface FrameEffect {
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly hex: string
  readonly decoded: Readonly<Record<string, unknown>> | null
}

export function signalOfFrame(effect: FrameEffect, atMs: number): TuneSignal | null {
  const { direction, type: frame, hex, decoded } = effect
  const obuId = decoded?.['obuId']
  if (typeof obuId !== 'string' || /^(?:0{8}|F{8})$/.test(obuId)) return null
  return { type: 'frame', direction, frame, obuId, hex, atMs }
}

export function signalOfEvent(event: RsuEvent, atMs: number): TuneSignal | null {
  if (event.type === 'cardRead' || event.type === 'vehicleSealed')
    return { type: 'read', obuId: event.obu.obuId, atMs }
  if (event.type === 'obuUnreadable') return { type: 'unreadable', obuId: event.obuId, atMs }
  return null
}

const liveSec = 60

const quiet: LiveSecondView = { frames: 0, tries: 0, reads: 0, unreadable: 0 }

/** Counts of the last minute, second by second: bounded, whatever the antenna sends. */
export class LiveRing {
  private readonly seconds = new Map<number, LiveSecondView>()

  take(signal: TuneSignal): void {
    const at = Math.floor(signal.atMs / 1000)
    const now = this.seconds.get(at) ?? quiet
    const opens = signal.type === 'frame' && signal.direction === 'in' && signal.frame === 'B2'
    this.seconds.set(at, {
      frames: now.frames + (signal.type === 'frame' ? 1 : 0),
      tries: now.tries + (opens ? 1 : 0),
      reads: now.reads + (signal.type === 'read' ? 1 : 0),
      unreadable: now.unreadable + (signal.type === 'unreadable' ? 1 : 0),
    })
    for (const old of this.seconds.keys()) if (old <= at - liveSec) this.seconds.delete(old)
  }

  /** Oldest first, always a whole minute that ends now. */
  last(nowMs: number): readonly LiveSecondView[] {
    const end = Math.floor(nowMs / 1000)
    return Array.from(
      { length: liveSec },
      (_, i) => this.seconds.get(end - liveSec + 1 + i) ?? quiet,
    )
  }
}
