// What stands in the spaces around a simulated camera that turns: it reports those in view, at intervals, and says nothing of the
// others. Without presets the camera does not turn, and every sighting is reported at once.
import { isoOf } from '#base/pure/values/instant.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { isMembers } from '../shell/members.ts'
import { Dome } from './dome.ts'

/** How often it looks which spaces are in view, ms. */
const lookMs = 50

interface SpaceThere {
  readonly body: object
  saidMs: number
}

export class DomeStage {
  readonly dome = new Dome()
  readonly #there = new Map<string, SpaceThere>()
  readonly #see: (body: unknown) => number
  readonly #timer: ReturnType<typeof setInterval>

  /** `see`: the camera reports a sighting; returns its number. */
  constructor(see: (body: unknown) => number) {
    this.#see = see
    this.#timer = setInterval(() => this.#look(), lookMs)
  }

  get routes(): AdminRoutes {
    return {
      'POST /plates': ({ body }) => ({ id: this.#plate(body) }),
      'POST /dome': ({ body }) => {
        this.dome.set(body, Date.now())
        return this.dome.state(Date.now())
      },
    }
  }

  /** A sighting with `beyond` is reported wherever the camera looks. */
  #plate(body: unknown): number {
    const space = isMembers(body) && isMembers(body['space']) ? body['space'] : null
    if (!isMembers(body) || space === null || !this.dome.turns || body['beyond'] === true)
      return this.#see(body)
    this.#there.set(String(space['id']), { body, saidMs: -Infinity })
    return 0
  }

  #look(): void {
    const nowMs = Date.now()
    for (const id of this.dome.turns ? this.dome.inView(nowMs) : []) {
      const there = this.#there.get(id)
      if (there === undefined || nowMs - there.saidMs < this.dome.everyMs) continue
      there.saidMs = nowMs
      this.#see({ ...there.body, atIso: isoOf(nowMs) })
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
