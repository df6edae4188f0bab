// A camera reading reaches its lane as history, or undated, when nothing but the reading itself shows that it is of now.
// What was measured is kept for the next run, and a person is told once.
import { describe, expect, it } from 'vitest'
import { CameraService, type CameraPorts } from '#devices/desk/lane/camera-service.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { KeptClock, TimeRule, TimeVerdict } from '#devices/pure/camera/late-reading.ts'

const atMs = Date.parse('2026-11-25T21:30:00+08:00')
const hourMs = 3_600_000

function camera(
  folder = new Map<string, KeptClock>(),
  rule: TimeRule = {},
  carCame?: () => number | 'before' | null,
) {
  const taken: string[] = []
  const told: string[] = []
  let nowMs = atMs
  let isSure = true
  const ports = {
    mono: { nowUs: () => 0, after: () => () => undefined },
    wall: { nowMs: () => nowMs, steadyMs: () => nowMs - atMs },
    isClockSure: () => isSure,
    clocks: {
      of: (laneId: string, link: string) => folder.get(`${laneId} ${link}`) ?? null,
      keep: (laneId: string, link: string, clock: KeptClock) =>
        void folder.set(`${laneId} ${link}`, clock),
    },
    take: (_laneId: string, read: PlateRead, { is }: TimeVerdict) =>
      void taken.push(read.history ? `${is} history` : is),
    ...(carCame === undefined ? {} : { carCame }),
    notLive: ({ code }: { readonly code: string }) => void told.push(code),
  } as unknown as CameraPorts
  const service = new CameraService(ports, 'exit', 'hikvision://192.0.2.7', null, rule)
  const readAt = (offsetMs: number, history = false): PlateRead => ({
    deviceId: '020000000007',
    recordId: `${taken.length}`,
    deviceAtMs: nowMs + offsetMs,
    plate: '测A00015',
    plateRaw: '测A00015',
    plateState: 'read',
    colour: 'blue',
    confidence: 0.97,
    history,
    jpeg: null,
  })
  return {
    service,
    taken,
    told,
    folder,
    later: (ms: number) => void (nowMs += ms),
    doubt: (on: boolean) => void (isSure = !on),
    pulled: (offsetMs: number) =>
      service.news({ type: 'plateRead', read: readAt(offsetMs), receivedAtMs: nowMs }),
    pushed: (offsetMs: number, history = false) => service.pushed(readAt(offsetMs, history)),
    timeless: (timeRaw?: string) => {
      const { deviceAtMs: _none, ...read } = readAt(0)
      const raw = timeRaw === undefined ? {} : { timeRaw }
      service.pushed({ ...read, deviceAtMs: null, ...raw })
    },
    link: (up: boolean) =>
      service.news(
        up
          ? { type: 'cameraUp', deviceId: '1' }
          : { type: 'cameraDown', reason: 'silent', note: 'silent' },
      ),
    asked: (offsetMs: number) => service.news({ type: 'clockMeasured', offsetMs }),
    beat: (offsetMs: number) => service.beat(nowMs + offsetMs),
  }
}
type Camera = ReturnType<typeof camera>

it.each([
  ['pulled', (one: Camera, ms: number) => one.pulled(ms)],
  ['pushed', (one: Camera, ms: number) => one.pushed(ms)],
] as const)('%s: the first after a start is no measure of itself', (_way, sends) => {
  const one = camera()
  sends(one, -20 * hourMs)
  sends(one, -8 * hourMs)
  sends(one, -360_000)
  sends(one, -59_000)
  expect(one.taken).toEqual(['past history', 'past history', 'past history', 'live'])
  expect([one.told, one.service.status.notLive]).toEqual([['CAM-05'], 3])
  expect(one.folder.size).toBe(0)
})

it('pulled: a clock that was asked for and is a day behind makes nothing history', () => {
  const one = camera()
  one.asked(0)
  one.asked(-24 * hourMs)
  expect(one.service.status.clockOffsetMs).toBe(-24 * hourMs)
  one.pulled(-24 * hourMs + 7)
  one.pulled(-45 * hourMs)
  expect(one.taken).toEqual(['live', 'past history'])
  expect(one.service.status.clockOffsetMs).toBe(-24 * hourMs + 7)
})

it('pushed: by the clock of a heartbeat', () => {
  const one = camera()
  one.beat(-8 * hourMs)
  one.pushed(-20.6 * hourMs)
  one.pushed(-8 * hourMs)
  expect(one.taken).toEqual(['past history', 'live'])
})

it('our own clock in doubt: undated, until something else measures the camera', () => {
  const one = camera()
  one.doubt(true)
  one.pushed(0)
  one.beat(-8 * hourMs)
  one.pushed(-8 * hourMs)
  expect([one.taken, one.told, one.folder.size]).toEqual([['undated', 'live'], ['CAM-05'], 0])
  one.doubt(false)
  one.pushed(-8 * hourMs)
  expect([...one.folder.values()]).toEqual([{ offsetMs: -8 * hourMs, isLocal: null }])
})

it('the next run has what the last one measured, however it ended', () => {
  const one = camera()
  for (const ms of [0, 40_000, 40_000]) {
    one.later(ms)
    one.pushed(-90_000)
  }
  expect(one.taken).toEqual(['past history', 'past history', 'live'])
  const next = camera(one.folder)
  next.pushed(-90_000)
  next.pushed(-hourMs)
  expect(next.taken).toEqual(['live', 'past history'])
  const doubted = camera(one.folder)
  doubted.doubt(true)
  doubted.pushed(-90_000)
  expect(doubted.taken).toEqual(['undated'])
})

it('a person is told again of the first old one behind a live one', () => {
  const one = camera()
  for (const offsetMs of [-hourMs, -hourMs, 0, -2 * hourMs]) one.pushed(offsetMs)
  expect(one.told).toEqual(['CAM-05', 'CAM-05'])
})

it('what the camera itself calls history stays that, says no clock, and calls nobody', () => {
  const one = camera()
  one.pushed(0, true)
  expect([one.taken, one.service.status.clockOffsetMs, one.told]).toEqual([
    ['past history'],
    null,
    [],
  ])
})

it.each([
  ['not understood', 'CAM-07', 'gestern', (one: Camera) => one.timeless('gestern')],
  ['absent', 'CAM-07', '', (one: Camera) => one.timeless()],
  [
    'by a clock that nothing confirms',
    'CAM-08',
    '2026-11-26T05:30:00.000+08:00',
    (one: Camera) => one.pushed(8 * hourMs),
  ],
] as const)(
  'undated, %s: counted with the time as stated, until a live one',
  (_w, code, time, sends) => {
    const one = camera()
    one.pushed(0)
    for (let n = 0; n < 3; n++) sends(one)
    expect(one.taken).toEqual(['live', 'undated', 'undated', 'undated'])
    expect(one.told).toEqual([code])
    expect(one.service.status).toMatchObject({
      notLive: 3,
      undated: { count: 3, code, time, sinceMs: atMs },
    })
    one.pushed(-hourMs)
    expect([one.told, one.service.status.undated?.count]).toEqual([[code, 'CAM-05'], 3])
    one.pushed(0)
    expect(one.service.status.undated).toBeNull()
    sends(one)
    expect(one.told).toEqual([code, 'CAM-05', code])
  },
)

it('three old events a minute apart are a matter, and set no clock', () => {
  const one = camera()
  for (const ms of [0, 60_000, 60_000, 60_000, 60_000]) {
    one.later(ms)
    one.pushed(-20 * hourMs)
  }
  expect(one.taken).toEqual([...['past history', 'past history', 'undated', 'undated', 'undated']])
  expect([one.service.status.undated?.count, one.folder.size]).toEqual([3, 0])
})

describe('a make that never states a time', () => {
  const heldSince = (carCame: () => number | 'before' | null) => {
    const one = camera(undefined, { isTimeless: true }, carCame)
    one.later(60_000)
    one.link(true)
    return one
  }
  it.each([
    ['the car came while it was held', 30_000, 90_000, 'live'],
    ['the car came before', 30_000, 30_000, 'undated'],
    ['the car stood there at the start', 30_000, 'before', 'undated'],
    ['no car yet, in the burst of a connect', 9_000, null, 'undated'],
    ['no car yet, and the link is quiet', 30_000, null, 'live'],
  ] as const)('%s', (_what, laterMs, cameMs, is) => {
    const one = heldSince(() => cameMs)
    one.later(laterMs)
    one.timeless()
    expect(one.taken).toEqual([is])
    // A link that broke meanwhile may bring what was kept.
    one.link(false)
    one.timeless()
    one.link(true)
    one.timeless()
    expect(one.taken).toEqual([is, 'undated', 'undated'])
  })
  it('a push is held by nothing: only the setting of the lane', () => {
    for (const countsOnArrival of [false, true]) {
      const one = camera(undefined, { isTimeless: true, countsOnArrival }, () => null)
      one.timeless()
      expect(one.taken).toEqual([countsOnArrival ? 'live' : 'undated'])
    }
  })
})
