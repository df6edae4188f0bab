// The first contact, step by step: what is sent before the settings are known (nothing that sets), what a reported power
// causes, who is asked, and how settings are converted for another firmware.
import { describe, expect, it } from 'vitest'
import type { RsuDeviceEvent } from '#devices/pure/etc/rsu-device.ts'
import type { DeviceSettings } from '#devices/pure/configure/setting.ts'
import type { SettingMove } from '#devices/pure/configure/migrate.ts'
import { rsuDriverDefaults, type RsuDriverConfig } from '#devices/pure/rsu/driver.ts'
import { writtenOf } from '#devices/pure/rsu/settings.ts'
import { rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { seeded } from '../../../../fuzz/mutator.ts'
import { Bench } from './driver-bench.ts'

type Contact = RsuDriverConfig['contact']
const contact = (over: Partial<Contact>): Partial<RsuDriverConfig> => ({
  contact: { ...rsuDriverDefaults.contact, known: false, ...over },
})
const bench = contact({ unknown: 'ask', adoptsZero: true })
const lane = contact({ unknown: 'write' })
const mute = ['generic-bcc', 'generic-len'] as const
const all: DeviceSettings = { powerStep: 12, channel: 1, bstIntervalMs: 20, rereadWaitSec: 2 }

const deviceEvents = (rsu: Bench): RsuDeviceEvent[] =>
  rsu.effects.flatMap((effect) => (effect.do === 'device' ? [effect.event] : []))
const kinds = (rsu: Bench): string[] => deviceEvents(rsu).map(({ type }) => type)
function lastC0(rsu: Bench): unknown {
  return rsu.effects.flatMap((effect) =>
    effect.do === 'frame' && effect.type === 'C0' ? [effect.decoded] : [],
  )[0]
}
const antenna = (powerStep: number, channel = 1, antennaId = 1): Record<string, unknown> => ({
  antennaId,
  state: 'ok',
  channel,
  powerStep,
})
const heartbeat = (rsu: Bench, ...antennas: Record<string, unknown>[]): string[] =>
  rsu.say('B1', { antennas, antennaCount: antennas.length } as never)
/** Device events and sent frames in order: an event must precede its frame. */
const order = (rsu: Bench): string[] =>
  rsu.effects.flatMap((effect) =>
    effect.do === 'device'
      ? [effect.event.type]
      : effect.do === 'frame' && effect.direction === 'out'
        ? [`>${effect.type}`]
        : [],
  )
/** The RSU answers C0, or first the PSAM query where the variant sends it. */
function answered(rsu: Bench): void {
  if (rsu.v.table.psam?.atStart === true) rsu.say('BA')
  rsu.say('B0')
}

describe('an antenna that tells its power', () => {
  it.each([
    ['a bench', bench],
    ['a lane', lane],
  ])('%s listens, takes over what it tells, and says so before C0', (_, rule) => {
    const rsu = new Bench('generic-ver', rule)
    expect(rsu.up()).toEqual(['>C4'])
    expect(rsu.timers.get('meet')).toBe(12_000)
    expect(heartbeat(rsu, antenna(17))).toEqual(['>CF', '>C0'])
    expect(order(rsu)).toEqual(['>CF', 'firstContact', '>C0'])
    expect(deviceEvents(rsu)[0]).toMatchObject({
      told: true,
      settings: { powerStep: 17, channel: 1 },
    })
    expect(lastC0(rsu)).toMatchObject({ powerStep: 17, channel: 2 })
    expect(rsu.timers.has('meet')).toBe(false)
    expect(rsu.say('B0')).toContain('rsuUp')
    expect(kinds(rsu)).toEqual(['identity', 'met'])
    rsu.down()
    expect(rsu.up()).toEqual(['>C4', '>C0'])
    expect(lastC0(rsu)).toMatchObject({ powerStep: 17, channel: 2 })
  })
  it('step 0 is taken over by a bench, and is no answer for a lane', () => {
    const atBench = new Bench('generic-ver', bench)
    atBench.up()
    heartbeat(atBench, antenna(0))
    expect(lastC0(atBench)).toMatchObject({ powerStep: 0 })
    const inLane = new Bench('generic-ver', lane)
    inLane.up()
    heartbeat(inLane, antenna(0))
    expect(lastC0(inLane)).toMatchObject({ powerStep: 8 })
    expect(deviceEvents(inLane)[0]).toMatchObject({ told: false, settings: { powerStep: 8 } })
  })
  it('two antennas with two powers are nobody’s answer; with one power they are', () => {
    const two = new Bench('generic-ver', bench)
    two.up()
    expect(heartbeat(two, antenna(9), antenna(10, 1, 2))).toEqual(['>CF'])
    expect(kinds(two)).toEqual(['asks'])
    const same = new Bench('generic-ver', bench)
    same.up()
    heartbeat(same, antenna(9), antenna(9, 1, 2))
    expect(lastC0(same)).toMatchObject({ powerStep: 9 })
  })
  it('no heartbeat in its time: a lane goes on, a bench asks once something was heard', () => {
    const inLane = new Bench('generic-ver', lane)
    inLane.up()
    expect(inLane.fire('meet')).toEqual(['>C0'])
    expect(order(inLane)).toEqual(['firstContact', '>C0'])
    const atBench = new Bench('generic-ver', bench)
    atBench.up()
    expect(atBench.fire('meet')).toEqual([])
    expect(kinds(atBench)).toEqual([])
    atBench.say('B0')
    expect(kinds(atBench)).toEqual(['asks', 'identity'])
    // A late heartbeat with the power makes the question to the person unnecessary.
    expect(heartbeat(atBench, antenna(6))).toEqual(['>CF', '>C0'])
    expect(lastC0(atBench)).toMatchObject({ powerStep: 6 })
  })
  it('an antenna with a fault tells nothing: it is listened on for one that is well', () => {
    const rsu = new Bench('generic-ver', bench)
    rsu.up()
    expect(heartbeat(rsu, { ...antenna(3), state: 'link' })).toEqual(['>CF'])
    expect([kinds(rsu), rsu.timers.has('meet')]).toEqual([[], true])
    heartbeat(rsu, antenna(9))
    expect(lastC0(rsu)).toMatchObject({ powerStep: 9 })
  })
  it('a silent one is left after its heartbeats should have come', () => {
    const rsu = new Bench('generic-ver', bench)
    rsu.up()
    expect(rsu.fire('heartbeat')).toContain('dropLink heartbeatLost')
    expect(rsu.timers.has('meet')).toBe(false)
  })
})

it.each(rsuVariantIds)('%s: whatever comes, no C0 before a person says the power', (id) => {
  const draw = seeded(41)
  const rsu = new Bench(id, bench)
  const words = rsu.v.table.frames.filter(({ from }) => from === 'rsu').map(({ code }) => code)
  const sick = { antennas: [{ ...antenna(3), state: 'rf' }] } as never
  for (let n = 0; n < 3_000; n++) {
    const code = words[draw(words.length)] ?? 'B0'
    const timers = [...rsu.timers.keys()]
    const timer = timers[draw(Math.max(1, timers.length))]
    const turn = draw(10)
    if (turn < 5) rsu.say(code, id === 'generic-ver' && code === 'B1' ? sick : {})
    else if (turn === 5 && timer !== undefined) rsu.fire(timer)
    else if (turn === 6) rsu.tell({ do: 'search', on: draw(2) === 0 })
    else if (turn === 7) rsu.receive(Uint8Array.from({ length: draw(30) }, () => draw(256)))
    else if (turn === 8) rsu.down()
    else rsu.up()
    expect(rsu.done(), `event ${n}`).not.toContain('>C0')
  }
})

describe.each(mute)('%s never tells its power', (id) => {
  it('a bench sends nothing that sets it, and asks when it was heard', () => {
    const rsu = new Bench(id, bench)
    expect(rsu.up()).toEqual([`>${rsu.v.table.antennaSwitch}`])
    rsu.say('B0')
    expect(kinds(rsu)).toEqual(['asks', 'identity'])
    expect(rsu.done()).not.toContain('>C0')
    rsu.say('B0')
    expect(kinds(rsu)).toEqual(['identity'])
    for (const name of [...rsu.timers.keys()]) if (name !== 'heartbeat') rsu.fire(name)
    expect(rsu.done()).not.toContain('>C0')
  })
  it('what a person says goes out at once, is in force with B0, and stays', () => {
    const rsu = new Bench(id, bench)
    rsu.up()
    rsu.say('B0')
    rsu.tell({ do: 'configure', id: 'first', settings: writtenOf(rsu.v.table, all) })
    if (id === 'generic-len') rsu.say('BA')
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12, channel: 1 })
    rsu.say('B0')
    expect(deviceEvents(rsu)).toMatchObject([
      { type: 'configured', id: 'first', result: 'accepted' },
      { type: 'identity' },
      { type: 'met' },
    ])
    rsu.down()
    rsu.up()
    if (id === 'generic-len') rsu.say('BA')
    expect(lastC0(rsu)).toMatchObject({ powerStep: 12 })
  })
  it.each(['the link is lost', 'it is not answered', 'the device has a fault'])(
    'when %s the person is asked again, and nothing is made up',
    (what) => {
      const rsu = new Bench(id, bench)
      rsu.up()
      rsu.say('B0')
      rsu.tell({ do: 'configure', id: 'first', settings: writtenOf(rsu.v.table, all) })
      if (id === 'generic-len') rsu.say('BA')
      if (what === 'the link is lost') rsu.down()
      else if (what === 'it is not answered') for (const _try of [1, 2, 3]) rsu.fire('c0')
      else rsu.say('B0', { status: id === 'generic-len' ? 'psam' : 'psamReset' })
      expect(kinds(rsu)).toContain('configured')
      const next = what === 'the device has a fault' ? rsu.fire('c0') : rsu.up()
      expect(next).not.toContain('>C0')
      rsu.say('B0')
      expect(kinds(rsu)).toContain('asks')
    },
  )
  it('settings that come while the link is down wait for the person at the next contact', () => {
    const rsu = new Bench(id, bench)
    rsu.tell({ do: 'configure', id: 'first', settings: writtenOf(rsu.v.table, all) })
    expect(deviceEvents(rsu)).toMatchObject([{ type: 'configured', result: 'down' }])
    rsu.up()
    rsu.say('B0')
    expect(kinds(rsu)).toContain('asks')
  })
  it('a lane goes on at once with what it was given, and says so before C0', () => {
    const rsu = new Bench(id, { ...lane, settings: { powerStep: 5 } })
    rsu.up()
    if (id === 'generic-len') {
      expect(order(rsu)).toEqual(['>C4', 'firstContact', '>CA'])
      rsu.say('BA')
    } else expect(order(rsu)).toEqual(['>4C', 'firstContact', '>C0'])
    expect(lastC0(rsu)).toMatchObject({ powerStep: 5 })
    rsu.say('B0')
    expect(kinds(rsu)).toContain('met')
  })
})

const why = { zh: '换算', en: 'counted anew' }
const doubled: SettingMove = {
  since: '3000',
  setting: 'powerStep',
  becomes: 'powerStep',
  times: [2, 1],
  plus: 0,
  why,
}
const gone: SettingMove = { ...doubled, becomes: null }
/** Settings for firmware 2009, while B0 reports another version. */
const counted = (move: SettingMove, unknown: 'ask' | 'write' = 'write') =>
  contact({ known: true, unknown, firmware: '2009', moves: [move] })
const newer = { softwareVersion: '3000' }

describe.each(rsuVariantIds)('another firmware than the settings are counted for, %s', (id) => {
  function met(move: SettingMove, unknown?: 'ask' | 'write', powerStep = 8): Bench {
    const rsu = new Bench(id, { ...counted(move, unknown), settings: { powerStep } })
    rsu.tell({ do: 'search', on: true })
    rsu.up()
    if (id === 'generic-len') rsu.say('BA')
    rsu.say('B0', newer)
    return rsu
  }
  it('counts them anew before the antenna goes on, and keeps them', () => {
    const rsu = met(doubled)
    expect(order(rsu)).toEqual(['recounted', '>C0'])
    expect(deviceEvents(rsu)[0]).toMatchObject({
      from: '2009',
      to: '3000',
      settings: { powerStep: 16 },
      lost: [],
      moved: [{ setting: 'powerStep', old: 8, new: 16 }],
    })
    expect(lastC0(rsu)).toMatchObject({ powerStep: 16 })
    expect(rsu.say('B0', newer)).toEqual([`>${rsu.v.table.antennaSwitch}`, 'rsuUp'])
    expect(kinds(rsu)).toEqual(['identity'])
    rsu.down()
    rsu.up()
    if (id === 'generic-len') rsu.say('BA')
    expect(lastC0(rsu)).toMatchObject({ powerStep: 16 })
    rsu.say('B0', newer)
    expect(kinds(rsu)).not.toContain('recounted')
  })
  it.each([
    ['is gone', gone, 10],
    ['would not be a whole number', { ...doubled, times: [1, 3] } as SettingMove, 10],
    ['would be out of range', { ...doubled, times: [9, 1] } as SettingMove, 10],
  ])('a power that %s is not sent: a lane has the usual one and says so', (_, move, power) => {
    const rsu = met(move, 'write', power)
    expect(order(rsu).filter((one) => one !== '>CA')).toEqual(
      id === 'generic-len' ? ['recounted', 'firstContact'] : ['recounted', 'firstContact', '>C0'],
    )
    expect(deviceEvents(rsu)[0]).toMatchObject({ settings: null, lost: ['powerStep'] })
    if (id === 'generic-len') rsu.say('BA')
    expect(lastC0(rsu)).toMatchObject({ powerStep: 8 })
    rsu.say('B0', newer)
    expect(kinds(rsu)).toContain('met')
  })
  it('and a bench asks, without taking its own old number back from a heartbeat', () => {
    const rsu = met(gone, 'ask')
    expect(order(rsu)).toEqual(['recounted', 'asks'])
    if (id === 'generic-ver') expect(heartbeat(rsu, antenna(8))).toEqual(['>CF'])
    rsu.tell({ do: 'configure', id: 'first', settings: writtenOf(rsu.v.table, all) })
    answered(rsu)
    expect(kinds(rsu)).toContain('met')
  })
  it('without a version of before, or without a move between the two, nothing is touched', () => {
    for (const over of [
      contact({ known: true, moves: [doubled] }),
      contact({ known: true, firmware: '3000', moves: [doubled] }),
      contact({ known: true, firmware: '2009', moves: [{ ...doubled, since: '4000' }] }),
    ]) {
      const rsu = new Bench(id, over)
      rsu.up()
      if (id === 'generic-len') rsu.say('BA')
      expect(rsu.say('B0', newer)).toContain('rsuUp')
      expect(kinds(rsu)).toEqual(['identity'])
    }
  })
})
