// The driver on a real TCP link against the barrier simulator, which has its own codec.
// The simulator judges: `closesOnPresence` and `bothDriven` must stay 0 whatever the cars do.
import { describe, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import { instantBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import type { BarrierDriverEvent } from '#devices/pure/barrier/modbus-relay/driver.ts'
import type { ByteLink } from '#devices/ports/byte-link.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import { startBarrierSim } from '#simulators/barrier/barrier-sim.ts'

/** Runs the machine on a link, as the device supervisor of the runtime does. */
class Runner {
  readonly events: BarrierEvent[] = []
  private readonly clock = systemMonoClock()
  private readonly driver = barrierDriver(instantBarrier)
  private readonly timers = new Map<string, Cancel>()
  private state = this.driver.initial()
  private waiting: (() => void)[] = []
  private link: ByteLink | null = null
  private readonly url: string

  constructor(url: string) {
    this.url = url
  }

  open(): void {
    this.link = linkOpener().open(this.url, {
      up: () => this.step({ type: 'linkUp', atMs: this.nowMs() }),
      bytes: (bytes) => this.step({ type: 'bytes', atMs: this.nowMs(), bytes }),
      down: (reason) => this.step({ type: 'linkDown', atMs: this.nowMs(), reason }),
    })
  }

  command(command: BarrierCommand): void {
    this.step({ type: 'command', atMs: this.nowMs(), command })
  }

  close(): void {
    this.link?.close()
  }

  /** Resolves at the first event after `from` that matches; returns the index after it. */
  async event(from: number, like: (event: BarrierEvent) => boolean): Promise<number> {
    for (;;) {
      const at = this.events.findIndex((event, i) => i >= from && like(event))
      if (at >= 0) return at + 1
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
  }

  private nowMs(): number {
    return this.clock.nowUs() / 1_000
  }

  private step(event: BarrierDriverEvent): void {
    const { state, effects } = this.driver.step(this.state, event)
    this.state = state
    for (const effect of effects) {
      if (effect.do === 'send') this.link?.send(effect.bytes)
      else if (effect.do === 'dropLink') this.link?.close()
      else if (effect.do === 'emit') this.events.push(effect.event as BarrierEvent)
      else this.setTimer(effect.name, effect.afterMs)
    }
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }

  private setTimer(name: string, afterMs: number | null): void {
    this.timers.get(name)?.()
    this.timers.delete(name)
    if (afterMs === null) return
    const fire = (): void => this.step({ type: 'timer', name, atMs: this.nowMs() })
    this.timers.set(name, this.clock.after(afterMs, fire))
  }
}

const sim = () =>
  startBarrierSim(
    ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0', '--timing', 'instant'],
    (error) => {
      throw error
    },
  )

const admin = async (base: string, path: string, body?: unknown): Promise<unknown> => {
  const post = { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(base + path, body === undefined ? {} : post)
  expect(answer.status).toBe(200)
  return answer.json()
}

describe('the driver on a wire', () => {
  it('takes twenty cars in column through, and closes once they are gone', async () => {
    const board = await sim()
    const { link, admin: base } = board.endpoints as { link: string; admin: string }
    const runner = new Runner(link)
    runner.open()
    let seen = await runner.event(0, (e) => e.type === 'position' && e.position === 'closed')
    for (let i = 0; i < 20; i++) {
      runner.command({ do: 'open', passId: `p${i}` })
      if (i === 0) {
        seen = await runner.event(seen, (e) => e.type === 'position' && e.position === 'open')
      }
      await admin(base, '/inputs', { loopUnder: true })
      seen = await runner.event(seen, (e) => e.type === 'loop' && e.state === 'on')
      await admin(base, '/inputs', { loopUnder: false })
      seen = await runner.event(seen, (e) => e.type === 'passed' && e.passId === `p${i}`)
    }
    await runner.event(seen, (e) => e.type === 'position' && e.position === 'closed')
    expect(await admin(base, '/state')).toMatchObject({
      position: 'closed',
      openPulses: 20,
      closePulses: 1,
      closesOnPresence: 0,
      bothDriven: 0,
    })
    runner.close()
    await runner.event(seen, (e) => e.type === 'barrierDown')
    await board.stop()
  })

  it('hears that the board is gone, and reads it again without moving it', async () => {
    const board = await sim()
    const { link, admin: base } = board.endpoints as { link: string; admin: string }
    const runner = new Runner(link)
    runner.open()
    let seen = await runner.event(0, (e) => e.type === 'barrierUp')
    await admin(base, '/act', { do: 'silence', ms: 0 })
    seen = await runner.event(seen, (e) => e.type === 'position' && e.position === 'unknown')
    seen = await runner.event(seen, (e) => e.type === 'barrierDown')
    await fetch(`${base}/faults`, { method: 'DELETE' })
    runner.open()
    seen = await runner.event(seen, (e) => e.type === 'barrierUp')
    await runner.event(seen, (e) => e.type === 'position' && e.position === 'closed')
    expect(await admin(base, '/state')).toMatchObject({ openPulses: 0, closePulses: 0, stops: 0 })
    runner.close()
    await runner.event(seen, (e) => e.type === 'barrierDown')
    await board.stop()
  })
})
