// What of two heartbeats is a change, and what a lot tells at once.
import { expect, test } from 'vitest'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { changesBetween, newsOf } from '#ledger/pure/centre/beat-things.ts'
import { someBeat, someDevice, someLane } from '../../../../kit/some-beat.ts'

const withLane = (change: Partial<typeof someLane>): Beat => ({
  ...someBeat,
  lanes: someBeat.lanes.map((lane) => (lane.laneId === 'L01' ? { ...lane, ...change } : lane)),
})
const sinceIso = '2026-03-02T07:59:00.000+08:00'
const matter = {
  key: 'k',
  kind: 'price',
  what: { zh: '', en: '' },
  sinceIso: null,
  isUrgent: false,
}
const device = (change: Partial<typeof someDevice>): Beat => ({
  ...someBeat,
  devices: [{ ...someDevice, ...change }, ...someBeat.devices.slice(1)],
})

/** Name, heartbeat, its changes, and whether it goes at once (absent: when there are changes). */
test.each<[string, Beat, readonly string[], boolean?]>([
  ['the same', { ...someBeat }, []],
  ['steps of a passage', withLane({ state: 'debiting', boom: 'open' }), []],
  ['counts', { ...someBeat, lastSeq: 900, queue: { ...someBeat.queue, unsent: 4 } }, []],
  ['figures', { ...someBeat, today: { ...someBeat.today, entered: 9, takings: [] } }, []],
  ['another time of the clock', { ...someBeat, clock: { ...someBeat.clock, offsetMs: -900 } }, []],
  ['less disk', { ...someBeat, disk: { freeMb: 40_000, isLow: false } }, []],
  ['another name', withLane({ name: { zh: '东门', en: 'East gate' } }), []],
  ['a full lot', { ...someBeat, spaces: { capacity: 120, inside: 120, free: 0 } }, [], true],
  ['what waits', { ...someBeat, matters: [matter] }, [], true],
  ['a waiting car', withLane({ waiting: { reason: 'noStay', sinceIso } }), ['lane L01 waiting']],
  ['no antenna in service', withLane({ isEtcReady: false }), ['lane L01 noEtc']],
  [
    'a waiting car there',
    withLane({ isEtcReady: false, waiting: { reason: 'rsuGone', sinceIso } }),
    ['lane L01 waiting'],
  ],
  ['a boom that stays up', withLane({ boom: 'open', boomFault: 'leftUp' }), ['lane L01 leftUp']],
  [
    'a boom that rose alone before a waiting car',
    withLane({ boomFault: 'openedAlone', waiting: { reason: 'noStay', sinceIso } }),
    ['lane L01 openedAlone'],
  ],
  ['a device that fails', device({ state: 'down' }), ['device L01 rsu down']],
  ['another reason', device({ reason: 'held' }), ['device L01 rsu up']],
  [
    'a device more',
    { ...someBeat, devices: [...someBeat.devices, { ...someDevice, kind: 'barrier' }] },
    ['device L01 barrier up'],
  ],
  ['a device less', { ...someBeat, devices: [someDevice] }, ['device E01 camera gone']],
  ['a lane less', { ...someBeat, lanes: [someLane] }, ['lane E01 gone']],
  [
    'a clock in doubt',
    { ...someBeat, clock: { ...someBeat.clock, isDoubtful: true } },
    ['clock doubtful'],
  ],
  ['no time server', { ...someBeat, clock: { ...someBeat.clock, ntp: 'off' } }, ['clock trusted']],
  ['a disk that is low', { ...someBeat, disk: { freeMb: 90, isLow: true } }, ['disk low']],
  ['a disk that nobody checked', { ...someBeat, disk: null }, ['disk notKnown']],
  [
    'platform and network',
    { ...someBeat, platform: 'failing', network: 'down' },
    ['platform failing', 'network down'],
  ],
  ['another build', { ...someBeat, build: 'def' }, ['version 1.4.0']],
])('%s', (_name, beat, wanted, atOnce = wanted.length > 0) => {
  const changes = changesBetween(someBeat, beat)
  expect(changes.map(({ thing, state }) => `${thing} ${state}`)).toEqual(wanted)
  expect(newsOf(beat) !== newsOf(someBeat)).toBe(atOnce)
})

test('of the first heartbeat everything is a change; as the database gives it back nothing is', () => {
  expect(changesBetween(null, someBeat).map(({ thing }) => thing)).toEqual([
    'lane E01',
    'lane L01',
    'device L01 rsu',
    'device E01 camera',
    'clock',
    'disk',
    'platform',
    'network',
    'version',
  ])
  const shuffled = Object.fromEntries(Object.entries(someBeat).toReversed()) as unknown as Beat
  expect(changesBetween(shuffled, someBeat)).toEqual([])
})
