// New settings on a running RSU, step by step: in force with B0, restored on every other path, and never changed while a
// car is in the zone. What the device reports about itself reaches people.
import { describe, expect, it } from 'vitest'
import type { DeviceSettings } from '#devices/pure/configure/setting.ts'
import type { RsuDeviceEvent } from '#devices/pure/etc/rsu-device.ts'
import { usualSettings, writtenOf } from '#devices/pure/rsu/settings.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { Bench } from './driver-bench.ts'

const settings: DeviceSettings = { powerStep: 12, channel: 1, bstIntervalMs: 20, rereadWaitSec: 2 }
const deviceEvents = (rsu: Bench): RsuDeviceEvent[] =>
  rsu.effects.flatMap((effect) => (effect.do === 'device' ? [effect.event] : []))
const results = (rsu: Bench): unknown[] =>
  deviceEvents(rsu).flatMap((event) => (event.type === 'configured' ? [event.result] : []))
const configure = (rsu: Bench, over: DeviceSettings = {}): string[] =>
  rsu.tell({
    do: 'configure',
    id: 't1',
    settings: { ...writtenOf(rsu.v.table, settings), ...over },
  })
/** The fields of the last C0. */
function lastC0(rsu: Bench): unknown {
  const frames = rsu.effects.flatMap((effect) =>
    effect.do === 'frame' && effect.type === 'C0' ? [effect.decoded] : [],
  )
  return frames.at(-1)
}

describe.each(rsuVariantIds)('settings of %s', (id) => {
  const base = rsuVariantChannel(id)
  it('go out in one C0, are in force with B0 and stay over a reconnect', () => {
    const rsu = new Bench(id).ready()
    expect(configure(rsu)).toEqual(['>C0'])
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12, channel: 1 + base })
    expect(results(rsu)).toEqual([])
    rsu.say('B0')
    expect(results(rsu)).toEqual(['accepted'])
    rsu.down()
    rsu.linked()
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12, channel: 1 + base })
  })
  it('are old again when three C0 go unanswered', () => {
    const rsu = new Bench(id).ready()
    configure(rsu)
    rsu.fire('c0')
    rsu.fire('c0')
    rsu.fire('c0')
    expect(results(rsu)).toEqual(['noAnswer'])
    rsu.linked()
    expect(lastC0(rsu)).toMatchObject({ powerStep: 8, channel: base })
  })
  it('are old again when the link goes before the answer', () => {
    const rsu = new Bench(id).ready()
    configure(rsu)
    rsu.down()
    expect(results(rsu)).toEqual(['linkLost'])
    rsu.linked()
    expect(lastC0(rsu)).toMatchObject({ powerStep: 8 })
  })
  it('are old again when the device answers with a fault of its own', () => {
    const rsu = new Bench(id).ready()
    configure(rsu)
    rsu.say('B0', { status: id === 'generic-len' ? 'psam' : 'psamReset' })
    expect(results(rsu)).toEqual(['refused'])
    rsu.fire('c0')
    if (id === 'generic-len') rsu.say('BA')
    expect(lastC0(rsu)).toMatchObject({ powerStep: 8 })
  })
  it('wait while a car is in the zone, and while others are on their way', () => {
    const rsu = new Bench(id).ready()
    rsu.readCard()
    expect(configure(rsu)).toEqual([])
    expect(results(rsu)).toEqual(['busy'])
    const other = new Bench(id).ready()
    configure(other)
    configure(other, { powerStep: 3 })
    expect(results(other)).toEqual(['busy'])
    other.say('B0')
    expect(results(other)).toEqual(['accepted'])
  })
  it('of a device that is down are for its next start', () => {
    const rsu = new Bench(id)
    expect(configure(rsu)).toEqual([])
    expect(results(rsu)).toEqual(['down'])
    rsu.linked()
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12 })
  })
  it('wait while a start with others is under way: its B0 confirms those, not these', () => {
    const rsu = new Bench(id)
    rsu.linked()
    expect(configure(rsu)).toEqual([])
    expect(results(rsu)).toEqual(['busy'])
    rsu.say('B0')
    expect(configure(rsu)).toEqual(['>C0'])
    const again = new Bench(id)
    again.linked()
    configure(again, usualSettings(again.v.table))
    expect(results(again), 'the same are on their way').toEqual(['down'])
  })
  it('wait while the clock is set: its B0 would confirm them unread', () => {
    const rsu = new Bench(id).ready()
    rsu.nowMs += 86_400_000
    expect(rsu.heartbeat()).toContain('>C0')
    expect(configure(rsu)).toEqual([])
    expect(results(rsu)).toEqual(['busy'])
    rsu.say('B0')
    expect(results(rsu)).toEqual([])
    expect(configure(rsu)).toEqual(['>C0'])
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12 })
  })
  it('wait while a second B0 to a repeated C0 may trail behind the first', () => {
    const rsu = new Bench(id).ready()
    configure(rsu)
    rsu.fire('c0')
    rsu.say('B0')
    expect(results(rsu)).toEqual(['accepted'])
    expect(configure(rsu, { powerStep: 3 })).toEqual([])
    expect(results(rsu)).toEqual(['busy'])
    rsu.say('B0')
    expect(results(rsu)).toEqual([])
    rsu.fire('grace')
    expect(configure(rsu, { powerStep: 3 })).toEqual(['>C0'])
  })
  it.each([{ powerStep: 32 }, { powerStep: -1 }, { bstIntervalMs: 256 }, { rereadWaitSec: -1 }])(
    'that do not fit the frame are refused: %o',
    (over) => {
      const rsu = new Bench(id).ready()
      expect(configure(rsu, over)).toEqual([])
      expect(results(rsu)).toEqual(['refused'])
    },
  )
  it('the search goes on after them', () => {
    const rsu = new Bench(id).ready()
    configure(rsu)
    expect(rsu.say('B0').some((word) => ['>4C', '>C4'].includes(word))).toBe(true)
  })
  it('the device tells who it is', () => {
    const rsu = new Bench(id)
    rsu.linked()
    rsu.say('B0')
    expect(deviceEvents(rsu)).toContainEqual({
      type: 'identity',
      identity: expect.objectContaining({ rsuId: '000829' }),
    })
  })
})

function rsuVariantChannel(id: string): number {
  return id === 'generic-ver' ? 1 : 0
}

it('a heartbeat of generic-ver tells power and channel of each antenna', () => {
  const rsu = new Bench('generic-ver').ready()
  rsu.say('B1', { antennas: [{ antennaId: 1, state: 'ok', channel: 1, powerStep: 12 }] })
  expect(deviceEvents(rsu)).toEqual([
    { type: 'antennas', antennas: [{ antennaId: 1, state: 'ok', channel: 1, powerStep: 12 }] },
  ])
})
