// The maximum power that 7.2.1 c asks for at a gantry is proposed of the antenna's own profile, and written as a trial that
// a person begins, and by nothing else.
import { describe, expect, it } from 'vitest'
import { deviceView } from '#devices/desk/handlers/control-devices.ts'
import { fullPowerOf } from '#lane/pure/layouts/index.ts'
import type { PlaceConfig } from '#devices/pure/place/place.ts'
import { HandClock, startMs } from '../../runtime/control/control-kit.ts'
import { settingsBench } from './settings-bench.ts'

const fence = { shape: 'circle', center: { latMicrodeg: 0, lonMicrodeg: 0 }, radiusM: 50 } as const
const handheld: PlaceConfig = { kind: 'handheld', fence, gnss: null }
const pile: PlaceConfig = { kind: 'etc-pile', space: 'A1' }

describe('the clause that asks for it', () => {
  it.each<[string, 'entry' | 'exit', PlaceConfig | undefined, string | null]>([
    ['7.2.1', 'exit', undefined, '7.2.1 c'],
    ['7.2.4', 'exit', undefined, '7.2.4 a, 7.2.1 c'],
    ['7.2.5', 'exit', undefined, '7.2.5 a, 7.2.1 c'],
    ['7.2.5', 'exit', handheld, null],
    ['7.2.3', 'exit', handheld, null],
    ['7.2.2', 'exit', pile, null],
    ['7.1.1', 'exit', undefined, null],
    ['7.1.1', 'entry', undefined, null],
    ['7.1.2', 'exit', undefined, null],
  ])('%s %s %j: %s', (layout, direction, place, clause) => {
    const lane = { layout, direction, ...(place === undefined ? {} : { place }) }
    expect(fullPowerOf(lane)).toBe(clause)
  })
})

describe('at a gantry', () => {
  const scene = () => {
    const clock = new HandClock()
    const bench = settingsBench(clock, { nowMs: () => startMs })
    const device = { link: '', settingsStore: bench.settingsStore, fullPower: '7.2.1 c' }
    const proposals = (of = device) =>
      deviceView('gantry', of).settings.flatMap(({ id, proposed }) =>
        proposed === undefined ? [] : [[id, proposed.value, proposed.clause]],
      )
    return { clock, ...bench, device, proposals }
  }

  it('the maximum of the profile is proposed for the power alone', () => {
    const { proposals, device } = scene()
    expect(proposals()).toEqual([['powerStep', 31, '7.2.1 c']])
    expect(proposals({ ...device, fullPower: undefined as never })).toEqual([])
  })

  it('nothing is written without the act of a person', () => {
    const { clock, proposals, settingsStore, written } = scene()
    proposals()
    clock.advance(3_600_000)
    settingsStore.lane({ type: 'cardRead' })
    expect(written).toEqual([])
    expect(settingsStore.state.trial).toBeNull()
  })

  it.each<[string, (s: ReturnType<typeof scene>) => void, string, number]>([
    ['is kept by a car', (s) => s.settingsStore.lane({ type: 'cardRead' }), 'kept', 31],
    ['is put back without one', (s) => s.clock.advance(60_000), 'timeUp', 8],
    ['is put back when it is taken back', (s) => s.settingsStore.takeBack('甲'), 'takenBack', 8],
  ])('it is a trial that %s', (_what, then, end, power) => {
    const s = scene()
    const [[, powerStep = 0] = []] = s.proposals() as [string, number, string][]
    s.settingsStore.apply('t1', {
      wanted: { powerStep },
      by: '甲',
      reason: '7.2.1 c',
      forMs: 60_000,
      evenUnlawful: false,
      photo: null,
    })
    expect(s.settingsStore.state.trial?.phase).toBe('writing')
    s.answer('accepted')
    then(s)
    s.answer('accepted')
    expect(s.ends).toEqual([end])
    expect(s.settingsStore.permanent['powerStep']).toBe(power)
  })
})
