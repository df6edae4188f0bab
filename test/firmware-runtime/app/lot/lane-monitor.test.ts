// What the platform sees of a lane while it runs: once a minute, at once when a device changes, one heartbeat at a time, and
// none any more where the platform has no such interface. In virtual time.
import { beforeEach, expect, it } from 'vitest'
import { LaneMonitor } from '../../../../firmware-runtime/app/lot/lane-monitor.ts'
import { VirtualTime } from '../../../../firmware-runtime/harness/lot/virtual-time.ts'
import type { LaneHeartbeat } from '../../../../firmware-runtime/ports/platform-monitor.ts'

const secondUs = 1_000_000
const up = { state: 'up', heardMsAgo: 0, link: '', detail: '' } as const
type Device = Readonly<Record<string, unknown>>

let time: VirtualTime
let sent: LaneHeartbeat[]
let answers: ((isWanted: boolean) => void)[]
let answersAtOnce: boolean
let isWanted: boolean
let rsu: Device
let arrive: string
let lanes: readonly string[]

const lane = (laneId: string) => ({
  laneId,
  devices: { rsu, camera: up, barrier: up, display: up },
  barrier: { position: 'closed', arrive, under: 'off' },
})
const board = () => ({
  lanes: lanes.map(lane),
  status: {
    clock: { platformOffsetMs: -120 },
    queue: { unsent: 3, oldestAgeSec: 90 },
    today: { passages: 7, paidFen: 4_500 },
    version: '0.1.0',
  },
})

function begin(): LaneMonitor | null {
  return LaneMonitor.of(
    {
      beat(heartbeat, done) {
        sent.push(heartbeat)
        if (answersAtOnce) done(isWanted)
        else answers.push(done)
      },
    },
    { mono: time.clock, board: board as never, nowMs: () => time.nowUs / 1_000 },
  )
}
const pass = (seconds: number): void => void time.runTo(time.nowUs + seconds * secondUs)

beforeEach(() => {
  time = new VirtualTime()
  ;[sent, answers, answersAtOnce, isWanted] = [[], [], true, true]
  ;[rsu, arrive, lanes] = [up, 'off', ['exit']]
})

it('comes a minute after the start and each minute then, with what the platform is to know', () => {
  begin()
  pass(59)
  expect(sent).toEqual([])
  pass(2)
  expect(sent).toEqual([
    {
      laneId: 'exit',
      seq: 1,
      atMs: 60_000,
      clockOffsetMs: -120,
      softwareVersion: '0.1.0',
      antenna: 0,
      camera: 0,
      barrier: 0,
      coil: 0,
      queued: 3,
      oldestQueuedSec: 90,
      todayCount: 7,
      todayFen: 4_500,
    },
  ])
  pass(60)
  expect(sent.map(({ seq, atMs }) => [seq, atMs])).toEqual([
    [1, 60_000],
    [2, 120_000],
  ])
})

it.each([
  ['is away', { ...up, state: 'down' }, 2],
  ['is of nobody', { ...up, state: 'off' }, 9],
  ['says why it is not in service', { ...up, reason: 'psam' }, 1],
  ['is held by a person', { ...up, held: { by: 'installer' } }, 1],
])('comes at once when the antenna %s', (_, device, mark) => {
  begin()
  pass(61)
  rsu = device
  pass(1)
  expect(sent.map(({ antenna }) => antenna)).toEqual([0, mark])
  rsu = up
  pass(1)
  expect(sent.map(({ antenna }) => antenna)).toEqual([0, mark, 0])
})

it('says that nobody knows the coils where one input is unknown', () => {
  arrive = 'unknown'
  begin()
  pass(61)
  expect(sent[0]).toMatchObject({ coil: 9, antenna: 0 })
})

it('is each lane’s own, and one at a time: what has no answer is waited for', () => {
  lanes = ['entry', 'exit']
  answersAtOnce = false
  begin()
  pass(61)
  rsu = { ...up, state: 'down' }
  pass(180)
  expect(sent.map(({ laneId, seq }) => `${laneId} ${seq}`)).toEqual(['entry 1', 'exit 2'])
  answers[0]?.(true)
  pass(1)
  expect(sent.slice(2)).toMatchObject([{ laneId: 'entry', seq: 3, antenna: 2 }])
})

it('ends where the platform has no such interface, and with the lanes', () => {
  isWanted = false
  begin()
  pass(600)
  expect(sent).toHaveLength(1)
  isWanted = true
  const monitor = begin()
  pass(61)
  monitor?.stop()
  pass(600)
  expect(sent).toHaveLength(2)
  expect(LaneMonitor.of(null, { mono: time.clock, board: board as never, nowMs: () => 0 })).toBe(
    null,
  )
})
