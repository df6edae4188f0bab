// Heartbeats that a running lane sends to the platform: every minute, at once when a device changes, one at a time, and no
// more after the platform says that it has no such interface. In virtual time.
import { beforeEach, expect, it } from 'vitest'
import { LaneMonitor } from '#lane/lot/lane-monitor.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { LaneHeartbeat } from '#base/ports/platform-monitor.ts'
import { sideTasks } from '../../../kit/side-tasks.ts'

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
let list: object | undefined
let signInUntilIso: string | null
let psams: readonly { terminal: string; authorised: boolean | null }[] | null

const lane = (laneId: string) => ({
  laneId,
  devices: { rsu, camera: up, barrier: up, display: up },
  barrier: { position: 'closed', arrive, under: 'off' },
})
const board = () => ({
  lanes: lanes.map(lane),
  status: {
    clock: { platformOffsetMs: -120, offsetMsAgo: 5_000 },
    signInUntilIso,
    ...(list === undefined ? {} : { statusList: list }),
    queue: { unsent: 3, oldestAgeSec: 90 },
    today: { passages: 7, paidFen: 4_500 },
    version: '0.1.0',
  },
})

function begin(): LaneMonitor {
  return new LaneMonitor({
    monitor: {
      beat(heartbeat, done) {
        sent.push(heartbeat)
        if (answersAtOnce) done(isWanted)
        else answers.push(done)
      },
    },
    mono: time.clock,
    tasks: sideTasks(time.clock),
    configVersion: '7',
    board: board as never,
    psams: () => psams,
    load: () => ({ cpuPct: 12, memPct: 34, diskFreePct: 56 }),
    nowMs: () => time.nowUs / 1_000,
  })
}
const one = (...all: readonly (boolean | null)[]) =>
  all.map((authorised, at) => ({ terminal: `00000000000${at}`, authorised }))
const pass = (seconds: number): void => void time.runTo(time.nowUs + seconds * secondUs)

beforeEach(() => {
  time = new VirtualTime()
  ;[sent, answers, answersAtOnce, isWanted] = [[], [], true, true]
  ;[rsu, arrive, lanes] = [up, 'off', ['exit']]
  list = { version: 'L9', ageSec: 600 }
  ;[signInUntilIso, psams] = ['1970-01-01T09:00:00.000+08:00', one(true)]
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
      clockReadMs: 55_000,
      softwareVersion: '0.1.0',
      configVersion: '7',
      listVersion: 'L9',
      listAgeSec: 600,
      psam: 0,
      signedInUntilMs: 3_600_000,
      antenna: 0,
      camera: 0,
      barrier: 0,
      coil: 0,
      queued: 3,
      oldestQueuedSec: 90,
      todayCount: 7,
      todayFen: 4_500,
      machine: { cpuPct: 12, memPct: 34, diskFreePct: 56 },
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

it.each([
  [[true, true], 0],
  [[true, false], 1],
  [[false], 2],
  [[null], 9],
  [[true, null], 9],
  [[], 9],
])('says of PSAMs that are authorised %j: %i', (all, mark) => {
  psams = one(...all)
  begin()
  pass(61)
  expect(sent[0]?.psam).toBe(mark)
})

it('leaves out what is not there: no antenna, no list, no sign-in', () => {
  ;[psams, list, signInUntilIso] = [null, undefined, null]
  begin()
  pass(61)
  expect(sent[0]).toMatchObject({
    psam: null,
    listVersion: null,
    listAgeSec: null,
    signedInUntilMs: null,
  })
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
  monitor.stop()
  pass(600)
  expect(sent).toHaveLength(2)
})
