// The plan of presets in virtual time, against a camera of this test: which preset is next, when the camera counts as standing
// there, and every way in which a turn fails. A camera that says 200 and stays must never count as turned.
import { describe, expect, it } from 'vitest'
import { Machine } from '#base/process/machine.ts'
import { isNear } from '#devices/pure/watch/position.ts'
import {
  presetPlan,
  standardPlanTimes,
  type PlanAsk,
  type PlanEffect,
  type PlanEvent,
  type PlanNews,
  type PlanState,
} from '#devices/pure/watch/preset-plan.ts'
import { VirtualClock } from '../camera/virtual-clock.ts'

type Happening = PlanEvent extends infer E ? (E extends unknown ? Omit<E, 'atMs'> : never) : never

const dwellMs = 60_000
const at = (panDeg: number) => ({ panDeg, tiltDeg: 30, zoom: 2 })

/** A camera whose presets are 1: 10°, 2: 120°, 3: 350°. It turns within `takesMs`. */
class Dome {
  readonly clock = new VirtualClock()
  readonly news: PlanNews[] = []
  readonly stored = new Map([
    [1, 10],
    [2, 120],
    [3, 350],
  ])
  readonly commands: number[] = []
  takesMs = 4_000
  answers = true
  statesPosition = true
  refuses: number | null = null
  private fromDeg = 0
  private toDeg = 0
  private movedAtMs = -1e9
  private readonly machine: Machine<PlanState, Happening, PlanEvent, PlanEffect>

  constructor(startDeg = 200, known = {}) {
    this.fromDeg = startDeg
    this.toDeg = startDeg
    const config = { presets: [1, 2, 3], times: { ...standardPlanTimes, dwellMs }, known }
    const plan = presetPlan(config)
    this.machine = new Machine({
      mono: this.clock,
      initial: plan.initial(),
      stamped: (one) => ({ ...one, atMs: this.nowMs() }) as PlanEvent,
      step: (state, event) => plan.step(state, event),
      carryOut: (effect) => {
        if (effect.do === 'emit') this.news.push(effect.event)
        else if (effect.do === 'ask') this.asked(effect.ask)
      },
    })
  }

  get state() {
    return this.machine.state
  }

  nowMs(): number {
    return this.clock.nowUs() / 1_000
  }

  pan(): number {
    const share = Math.min(1, (this.nowMs() - this.movedAtMs) / this.takesMs)
    return this.fromDeg + share * (this.toDeg - this.fromDeg)
  }

  /** Also by hand. */
  move(toDeg: number): void {
    this.fromDeg = this.pan()
    this.toDeg = toDeg
    this.movedAtMs = this.nowMs()
  }

  private asked(ask: PlanAsk): void {
    if (!this.answers) {
      this.clock.after(5_000, () => this.take({ type: 'unanswered', why: 'silent' }))
      return
    }
    if (ask.what === 'where') {
      const position = this.statesPosition ? at(this.pan()) : null
      this.clock.after(20, () => this.take({ type: 'position', position }))
      return
    }
    this.commands.push(ask.preset)
    const refusal = this.refuses === ask.preset ? ('presetRefused HTTP 403' as const) : null
    const toDeg = this.stored.get(ask.preset)
    if (refusal === null && toDeg !== undefined) this.move(toDeg)
    this.clock.after(20, () => this.take({ type: 'turnAnswer', refusal }))
  }

  take(event: Happening): this {
    this.machine.take(event)
    return this
  }

  start(): this {
    return this.take({ type: 'start' })
  }

  run(seconds: number): this {
    this.clock.run(seconds * 1_000)
    return this
  }

  /** Presets in the order in which the camera stood there, and what failed, since the last call. */
  said(): readonly string[] {
    return this.news
      .splice(0)
      .flatMap((one) =>
        one.type === 'standing'
          ? [`at ${one.preset}`]
          : one.type === 'presetFailed'
            ? [`${one.preset} ${one.why}`]
            : [],
      )
  }
}

describe('a camera that turns as it is told', () => {
  it.each([
    ['looks elsewhere', 200, ['at 1', 'at 2', 'at 3', 'at 1']],
    // It has not moved, so nothing is learned of its first preset before the second round.
    ['stands at its first preset', 10, ['at 2', 'at 3', 'at 1', 'at 2']],
    ['is still being turned at its start', 199.4, ['at 1', 'at 2', 'at 3', 'at 1']],
  ])('goes around, when it %s', (_what, startDeg, order) => {
    const dome = new Dome(startDeg).start()
    expect(dome.run(330).said().slice(0, 4)).toEqual(order)
    expect(dome.run(400).state.failed).toEqual({})
    expect(dome.state.roundMs).toBeGreaterThan(3 * dwellMs)
    expect(dome.state.roundMs).toBeLessThan(3 * (dwellMs + 20_000))
  })

  it('counts as standing only when it is still, and a settle time later', () => {
    const dome = new Dome().start()
    while (dome.state.phase !== 'standing') dome.run(0.1)
    expect(dome.pan()).toBe(10)
    expect(dome.nowMs()).toBeGreaterThan(4_000 + standardPlanTimes.settleMs)
    expect(dome.said()).toEqual(['at 1'])
    dome.run(dwellMs / 1_000)
    expect(dome.news.some(({ type }) => type === 'away')).toBe(true)
  })

  it('knows its presets from the run before', () => {
    const dome = new Dome(10, { 1: at(10), 2: at(120), 3: at(350) }).start()
    expect(dome.run(20).said()).toEqual(['at 1'])
  })
})

describe('a turn that fails', () => {
  it.each<[string, (dome: Dome) => void, readonly string[]]>([
    ['200 without a movement: the preset was deleted', (d) => d.stored.delete(2), ['presetStayed']],
    ['a refusal', (d) => (d.refuses = 2), ['presetRefused HTTP 403']],
    ['a preset that was stored anew elsewhere', (d) => d.stored.set(2, 90), ['presetElsewhere']],
    ['a preset that is that of another', (d) => d.stored.set(2, 350), ['presetElsewhere']],
  ])('%s: three times, then the next', (_what, breaks, why) => {
    const dome = new Dome().start().run(270)
    expect(dome.said()).toEqual(['at 1', 'at 2', 'at 3', 'at 1'])
    breaks(dome)
    dome.commands.splice(0)
    dome.run(260)
    expect(dome.said().slice(0, 3)).toEqual([...why.map((one) => `2 ${one}`), 'at 3', 'at 1'])
    expect(dome.commands.slice(0, 4)).toEqual([2, 2, 2, 3])
    expect(dome.state.failed).toEqual({ 2: why[0] })
  })

  it('is said once until the preset is reached again', () => {
    const dome = new Dome().start().run(270)
    dome.stored.delete(2)
    dome.said()
    expect(
      dome
        .run(900)
        .said()
        .filter((one) => one.startsWith('2 ')),
    ).toHaveLength(1)
    dome.stored.set(2, 120)
    expect(dome.run(400).said()).toContain('at 2')
    expect(dome.state.failed).toEqual({})
  })

  it('when no preset exists at all, none counts and all are named', () => {
    const dome = new Dome().start()
    dome.stored.clear()
    const said = dome.run(300).said()
    expect(said.filter((one) => one.startsWith('at'))).toEqual([])
    expect(said).toContain('2 presetStayed')
  })

  it.each([
    ['a turn that does not end', (d: Dome) => (d.takesMs = 3e5), 'presetSlow'],
    ['no position', (d: Dome) => (d.statesPosition = false), 'positionUnread'],
    ['no answer', (d: Dome) => (d.answers = false), 'silent'],
  ])('%s: never in view', (_what, breaks, why) => {
    const dome = new Dome()
    breaks(dome)
    const said = dome.start().run(600).said()
    expect(said.filter((one) => one.startsWith('at'))).toEqual([])
    expect(said).toContain(`1 ${why}`)
  })

  it('when the link is lost in the middle of a turn, nothing is in view until it is back', () => {
    const dome = new Dome().start().run(270)
    dome.said()
    while (dome.state.phase !== 'turning') dome.run(0.5)
    dome.answers = false
    dome.news.splice(0)
    dome.run(120)
    expect(dome.said().filter((one) => one.startsWith('at'))).toEqual([])
    dome.answers = true
    expect(
      dome
        .run(120)
        .said()
        .filter((one) => one.startsWith('at')).length,
    ).toBeGreaterThan(0)
  })
})

describe('a camera that is turned by hand', () => {
  it.each([
    ['far away', 200, true],
    ['by three degrees', 13, true],
    ['by half a degree', 10.5, false],
    ['once around', 370, false],
  ])('%s is out of view within ten seconds: %s', (_what, toDeg, isSeen) => {
    const dome = new Dome().start().run(20)
    dome.said()
    dome.move(toDeg)
    dome.run(10.2)
    expect(dome.state.phase === 'standing').toBe(!isSeen)
    dome.run(30)
    expect(dome.said()).toEqual(isSeen ? ['at 1'] : [])
  })

  it('again and again loses its preset to the next one', () => {
    const dome = new Dome().start().run(270)
    dome.said()
    while (dome.state.at !== 1) dome.run(1)
    for (let n = 0; n < 120 && dome.state.at === 1; n++) {
      dome.run(1)
      if (dome.state.phase === 'standing') dome.move(60)
    }
    expect(dome.said()).toContain('2 presetLeft')
  })
})

describe('a report', () => {
  const confirmed = (dome: Dome): readonly number[] =>
    dome.news.splice(0).flatMap((one) => (one.type === 'confirmed' ? [one.reports] : []))

  it('counts when the camera still stands there after it', () => {
    const dome = new Dome().start().run(20)
    dome.news.splice(0)
    dome.take({ type: 'reported' }).take({ type: 'reported' }).run(1)
    // The question for the first was on its way when the second came.
    expect(confirmed(dome)).toEqual([1, 1])
  })

  it.each([
    ['while it is turned by hand', (d: Dome) => d.move(200)],
    ['when it states no position', (d: Dome) => void (d.statesPosition = false)],
    ['when it does not answer', (d: Dome) => void (d.answers = false)],
  ])('does not count %s', (_what, breaks) => {
    const dome = new Dome().start().run(20)
    dome.news.splice(0)
    breaks(dome)
    dome.run(0.5)
    dome.take({ type: 'reported' }).run(6)
    expect(dome.news[0]?.type).toBe('away')
    expect(dome.news.map(({ type }) => type)).not.toContain('confirmed')
  })

  it('at the end of its time is still confirmed, and an endless row of them keeps no camera', () => {
    const dome = new Dome().start().run(20)
    dome.said()
    for (let n = 0; n < 1_000 && dome.state.at === 0; n++) {
      dome.take({ type: 'reported' })
      dome.run(0.1)
    }
    expect(dome.state.at).toBe(1)
    expect(dome.nowMs()).toBeLessThan(dwellMs + 20_000)
  })
})

describe('a person who looked at its picture', () => {
  it('lets it learn its presets anew', () => {
    const dome = new Dome().start().run(270)
    dome.stored.set(2, 90)
    dome.run(300)
    expect(dome.state.failed).toEqual({ 2: 'presetElsewhere' })
    dome.said()
    dome.take({ type: 'trusted' }).run(400)
    expect(dome.state.failed).toEqual({})
    expect(dome.said()).toContain('at 2')
  })

  it('changes nothing of a plan that does not run', () => {
    const dome = new Dome().start().run(20).take({ type: 'halt' })
    expect(dome.take({ type: 'trusted' }).run(600).state.phase).toBe('off')
    expect(dome.start().run(90).said()).toContain('at 1')
  })
})

it.each([
  [{}, {}, true],
  [{ panDeg: 359.8 }, { panDeg: 0.3 }, true],
  [{ panDeg: 359 }, { panDeg: 0.3 }, false],
  [{ tiltDeg: 30 }, { tiltDeg: 31.2 }, false],
  [{ zoom: 1 }, { zoom: 1.3 }, false],
  [{ zoom: 20 }, { zoom: 20.9 }, true],
])('%j and %j are one place: %s', (a, b, near) => {
  expect(isNear({ ...at(0), ...a }, { ...at(0), ...b })).toBe(near)
})
