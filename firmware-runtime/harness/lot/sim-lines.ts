// Lines of lanes that stand apart (7.1.5): all devices of one lane go away for minutes, on their own and while the other
// lane works. Each failure meets a car: as it comes, or at any moment of its passage.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'

const everyMs = 9_000_000
const shortestMs = 90_000
const longestMs = 300_000
/** Moments of a network cut within a passage: the car arrives, is read and pays, or drives out. */
const moments = ['coming', 'reading', 'driving'] as const
const readingMs = 90
const drivingMs = 8

export interface LineCut {
  readonly when: (typeof moments)[number]
  readonly afterUs: number
  readonly forUs: number
}

export class SimLines {
  readonly #draw: () => number
  readonly #nextMs = new Map<string, InstantMs>()

  constructor(laneIds: readonly string[], fromMs: InstantMs, draw: () => number) {
    this.#draw = draw
    for (const laneId of laneIds) this.#nextMs.set(laneId, fromMs + Math.floor(draw() * everyMs))
  }

  /** The next failure, where the car that comes to this lane now is to meet it. */
  meets(laneId: string, nowMs: InstantMs): LineCut | null {
    const nextMs = present(this.#nextMs.get(laneId), `lane ${laneId} has a line`)
    if (nowMs < nextMs) return null
    const draw = this.#draw
    this.#nextMs.set(laneId, nowMs + Math.floor((0.5 + draw()) * everyMs))
    const when = present(moments[Math.floor(draw() * moments.length)], 'a moment')
    const withinMs = { coming: 0, reading: readingMs, driving: drivingMs }[when]
    const forMs = shortestMs + draw() * (longestMs - shortestMs)
    return { when, afterUs: Math.floor(draw() * withinMs * 1000), forUs: Math.floor(forMs * 1000) }
  }
}
