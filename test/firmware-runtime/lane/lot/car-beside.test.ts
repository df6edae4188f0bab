// A car with a similar plate that enters beside the exit is not the car that the camera read: while it is there, or
// possibly there, the plate in the OBU must match exactly. No other layout requires this.
import { expect, it } from 'vitest'
import { hasCarBeside } from '#lane/lot/car-beside.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { layoutNames, layoutOf } from '#lane/pure/layouts/index.ts'
import { emptyLane, type LaneState } from '#lane/pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import { lotFile } from './lot-kit.ts'

const nowMs = 50_000
function beside(layout: string, entry: Partial<LaneState>): boolean {
  const { layout: _none, ...lot } = lotFile()
  const lanes = checkLot(
    { ...lot, lanes: lot.lanes.map((lane) => ({ ...lane, layout: '7.1.4' })) },
    'lot.json',
  ).lanes.map((config) => ({ ...config, layout }))
  const hosts = lanes.map((config) => ({
    config,
    layout: layoutOf(config),
    state: { ...emptyLane(), ...(config.direction === 'entry' ? entry : {}) },
  }))
  const exit = present(
    hosts.find(({ config }) => config.direction === 'exit'),
    'an exit',
  )
  return hasCarBeside(exit, hosts, nowMs)
}

const left = (untilMs: number) => ({ leftPlate: { plate: '测A12345', untilMs } })
it.each<[string, Partial<LaneState>, boolean]>([
  ['nobody', { arrive: 'off', under: 'off' }, false],
  ['a lane that knows nothing', {}, false],
  ['one on the trigger', { arrive: 'on' }, true],
  ['one under the boom', { under: 'on' }, true],
  ['one that is read', { name: 'reading' }, true],
  ['one that its camera read early', { early: { read: {} as never, photo: null } }, true],
  ['one that has just left', left(nowMs + 1), true],
  ['one that left before', left(nowMs), false],
])('beside the exit of 7.1.4: %s', (_who, entry, there) => {
  expect(beside('7.1.4', entry)).toBe(there)
})
it.each(layoutNames.filter((name) => name !== '7.1.4'))('%s has no lane beside', (layout) => {
  expect(beside(layout, { arrive: 'on' })).toBe(false)
})
