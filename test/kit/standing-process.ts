// A process that stands still for a while, in virtual time: its timers wait, and so does what reaches it. Awake again it fires
// what is due first and then hears what waits in its sockets, as the event loop of Node does.
import type { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

/** `counts`: its monotonic clock ran on (a stopped process; sleep on Windows); `stops`: it did not (sleep on Linux). */
export type Standing = 'counts' | 'stops'

export class StandingProcess {
  private readonly time: VirtualTime
  private isStanding = false
  private lostUs = 0
  private timers: (() => void)[] = []
  private mail: (() => void)[] = []
  readonly mono: MonoClock

  constructor(time: VirtualTime) {
    this.time = time
    const nowUs = (): number => time.nowUs - this.lostUs
    this.mono = {
      nowUs,
      after: (delayMs, fn) => {
        const dueUs = nowUs() + delayMs * 1_000
        let isCancelled = false
        const arm = (): void => void time.clock.after((dueUs - nowUs()) / 1_000, ring)
        const ring = (): void => {
          if (isCancelled) return
          if (this.isStanding) this.timers.push(ring)
          else if (nowUs() < dueUs) arm()
          else fn()
        }
        arm()
        return () => {
          isCancelled = true
        }
      },
    }
  }

  hears(fn: () => void): void {
    if (this.isStanding) this.mail.push(fn)
    else fn()
  }

  stand(ms: number, clock: Standing): void {
    const { time } = this
    this.isStanding = true
    time.runTo(time.nowUs + ms * 1_000)
    this.isStanding = false
    if (clock === 'stops') this.lostUs += ms * 1_000
    for (const ring of this.timers.splice(0)) ring()
    for (const heard of this.mail.splice(0)) heard()
  }
}
