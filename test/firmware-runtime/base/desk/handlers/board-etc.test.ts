// Whether a lane can charge by ETC: an idle lane with its antenna offline says so, and so does the driver's display.
// The exception sent to the platform names no PSAM when the antenna is offline.
import { describe, expect, it } from 'vitest'
import { BoardTracker, laneView } from '#base/desk/handlers/board.ts'
import { newLaneHost } from '#lane/lot/lane-host.ts'
import { barType } from '#lane/pure/etc/offline.ts'
import { manualText } from '#devices/pure/lane/driver-text.ts'
import { layoutOf } from '#lane/pure/layouts/index.ts'
import type { LaneEvent, LaneState } from '#lane/pure/lane.ts'
import { common } from '#lane/pure/steps.ts'
import { present } from '#base/pure/values/must.ts'
import { lotFile } from '../../../lane/lot/lot-kit.ts'

const [entry, exit] = lotFile().lanes
const seen = { devices: {} as never, display: null }
const rsuUp: LaneEvent = { type: 'rsuUp', psamTerminals: [], rsuId: '' }
const rsuDown: LaneEvent = { type: 'rsuDown', reason: 'heartbeatLost' }

function viewAfter(lane: typeof entry | typeof exit, events: LaneEvent[], missing = false) {
  const devices = { rsu: null, barrier: null, display: null }
  const config = present(lane, 'a lane of the lot')
  const host = newLaneHost(config, layoutOf(config), devices, {} as never)
  host.state = events.reduce<LaneState>((state, event) => common(state, event), host.state)
  return laneView(host, new BoardTracker(), { ...seen, platformMissing: missing }, 0)
}

describe('an empty lane', () => {
  it.each([
    ['is ready', [rsuUp], false, 'idle', { ready: true, why: null }],
    ['has a silent antenna', [rsuUp, rsuDown], false, 'noEtc', { ready: false, why: 'antenna' }],
    ['is starting', [], false, 'idle', { ready: false, why: 'starting' }],
    ['has no platform', [rsuUp], true, 'idle', { ready: false, why: 'platform' }],
  ] as const)('%s', (_name, events, missing, state, etc) => {
    expect(viewAfter(exit, [...events], missing)).toMatchObject({ state, etc })
  })
  it('without an antenna says nothing of ETC', () => {
    const view = viewAfter(entry, [])
    expect([view.state, view.etc]).toEqual(['idle', undefined])
  })
})

it('the driver reads of the device, not of a tag that was not read', () => {
  expect(manualText('rsuGone', 500).zh).toBe('ETC 设备故障 请用其他方式缴费 ¥ 5.00')
  expect(manualText('rsuGone', 500).en).toContain('ETC equipment out of order')
})

it.each([
  ['notSignedIn', 'psamFault'],
  ['signInExpired', 'psamFault'],
  ['noStatusList', 'listTooOld'],
  ['listTooOld', 'listTooOld'],
  ['offlineCard', 'other'],
  ['platformDown', 'other'],
])('%s is the exception %s', (bar, type) => {
  expect(barType(bar)).toBe(type)
})
