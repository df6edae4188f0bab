// The gate before the driver of a camera that turns: what is not in view changes nothing, and a change of the scene by the
// program's own turn is no doubt.
import { describe, expect, it } from 'vitest'
import { ViewGate } from '#devices/hosts/view-gate.ts'
import { bareReport, type SpaceRead, type SpaceReport } from '#devices/pure/spaces/report.ts'

const report = (deviceId: string, more: Partial<SpaceReport> = {}): SpaceReport => ({
  ...bareReport,
  deviceId,
  occupied: true,
  ...more,
})
const read = (...reports: readonly SpaceReport[]): SpaceRead => ({ ok: true, reports })
const view = (fault: 'blind' | 'turned', isOver = false): SpaceRead => ({
  ok: true,
  reports: [],
  view: { fault, by: fault, isOver },
})

/** Spaces a and b from preset 1, c from preset 2. */
class Bench {
  nowMs = 0
  asks = 0
  readonly out: string[] = []
  readonly gate = new ViewGate({
    seenFrom: new Map([
      [1, new Set(['a', 'b'])],
      [2, new Set(['c'])],
    ]),
    nowMs: () => this.nowMs,
    take: (one, picture) => {
      const said = !one.ok
        ? 'refused'
        : (one.view?.fault ?? one.reports.map((r) => r.deviceId).join())
      this.out.push(`${said}${picture === null ? '' : ` ${picture[0] ?? ''}`}`)
    },
    ask: () => void this.asks++,
    left: (ids) => void this.out.push(`left ${ids.join()}`),
  })

  at(preset: number): this {
    this.gate.plan({ type: 'standing', preset })
    return this
  }
  takes(one: SpaceRead, picture: Uint8Array | null = null): this {
    this.gate.take(one, picture)
    return this
  }
  confirmed(reports: number): this {
    this.gate.plan({ type: 'confirmed', reports })
    return this
  }
  away(): this {
    this.gate.plan({ type: 'away' })
    return this
  }
}

describe('a report', () => {
  it.each<[string, (bench: Bench) => Bench, readonly string[], number]>([
    [
      'of a space in view, once confirmed',
      (b) =>
        b
          .at(1)
          .takes(read(report('a')))
          .confirmed(1),
      ['a'],
      0,
    ],
    ['not yet confirmed', (b) => b.at(1).takes(read(report('a'))), [], 0],
    [
      'never confirmed',
      (b) =>
        b
          .at(1)
          .takes(read(report('a')))
          .away(),
      ['left a,b'],
      1,
    ],
    ['while the camera turns', (b) => b.takes(read(report('a'))).confirmed(9), [], 1],
    [
      'of a space of another preset',
      (b) =>
        b
          .at(1)
          .takes(read(report('c')))
          .confirmed(9),
      [],
      1,
    ],
    [
      'of the preset that was left',
      (b) =>
        b
          .at(1)
          .away()
          .at(2)
          .takes(read(report('a')))
          .confirmed(9),
      ['left a,b'],
      1,
    ],
    [
      'some of several spaces',
      (b) =>
        b
          .at(2)
          .takes(read(report('a'), report('c')))
          .confirmed(9),
      ['c'],
      1,
    ],
    ['of a stranger', (b) => b.takes(read(report('z'))), ['z'], 0],
    ['of the past', (b) => b.takes(read(report('a', { isPast: true }))), ['a'], 0],
    ['that was not understood', (b) => b.takes({ ok: false, reason: 'noEvents' }), ['refused'], 0],
    ['a heartbeat', (b) => b.takes(read()), [''], 0],
  ])('%s', (_what, happens, out, unseen) => {
    const bench = happens(new Bench())
    expect([bench.out, bench.gate.unseen]).toEqual([out, unseen])
  })

  it('keeps its own picture and its turn', () => {
    const bench = new Bench().at(1)
    bench.takes(read(report('a')), Uint8Array.of(1)).takes(read(report('b')), Uint8Array.of(2))
    expect([bench.asks, bench.confirmed(1).out]).toEqual([2, ['a 1']])
    expect(bench.confirmed(1).out).toEqual(['a 1', 'b 2'])
  })

  it('is refused above sixty-four that wait', () => {
    const bench = new Bench().at(1)
    for (let n = 0; n < 70; n++) bench.takes(read(report('a')))
    expect([bench.gate.unseen, bench.confirmed(99).out.length]).toEqual([6, 64])
  })
})

describe('a change of the scene', () => {
  it.each<[string, number | null, number, SpaceRead, readonly string[]]>([
    ['while it turns', null, 0, view('turned'), []],
    ['just after it stands', 1, 9_000, view('turned'), []],
    ['while it stands', 1, 10_000, view('turned'), ['turned']],
    ['a cover while it turns', null, 0, view('blind'), ['blind']],
    ['the end of a cover while it turns', null, 0, view('blind', true), ['blind']],
    ['the end of a turn', null, 0, view('turned', true), ['turned']],
  ])('%s', (_what, preset, afterMs, event, out) => {
    const bench = new Bench()
    if (preset !== null) bench.at(preset)
    bench.nowMs += afterMs
    expect(bench.takes(event).out).toEqual(out)
  })
})
