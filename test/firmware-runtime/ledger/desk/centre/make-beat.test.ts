// A heartbeat from a board, an inbox and the books of a day; and one that would be too large.
import { expect, test } from 'vitest'
import type { MatterView } from '#lane/calls/inbox.ts'
import { beatBytes, beatOf, todayOf, type BeatParts } from '#ledger/desk/centre/make-beat.ts'
import { beatLimits, type Beat } from '#ledger/pure/centre/beat.ts'
import { readBeat } from '../../../../../centre/beat/read-beat.ts'
import { someBeat } from '../../../../kit/some-beat.ts'

const nowMs = Date.parse('2026-03-02T00:30:00.000+08:00')
const iso = '2026-03-02T00:29:00.000+08:00'
const device = (state: string, reason?: string) => ({
  state,
  heardMsAgo: 0,
  link: 'tcp://192.0.2.1',
  detail: '',
  ...(reason === undefined ? {} : { reason }),
})
const devices = {
  rsu: device('up'),
  camera: device('down', 'notReached'),
  barrier: device('up'),
  display: device('off'),
}
const lane = (change: object = {}): object => ({
  laneId: 'L01',
  name: { zh: '出口', en: 'Exit' },
  direction: 'exit',
  layout: '7.1.1',
  state: 'idle',
  etc: { ready: true, why: null },
  car: null,
  devices,
  barrier: { position: 'closed', arrive: 'off', under: 'off' },
  ...change,
})
const status = (change: object = {}): object => ({
  inside: 40,
  capacity: 120,
  free: 80,
  clock: { businessIso: iso, platformOffsetMs: 12, ntp: 'synchronised' },
  platform: { state: 'up', url: 'https://platform.example.com', answeredMsAgo: 5 },
  network: 'up',
  queue: {
    unsent: 2,
    byKind: { exit: 2 },
    byState: {},
    byDestination: {},
    oldestAgeSec: 40,
    poison: 0,
    exposureFen: 900,
  },
  ledger: { headSeq: 77, headHash: '', repair: '' },
  version: '1.4.0',
  build: 'abc',
  upkeep: { disk: { freeMb: 900, warnMb: 1_000, low: true } },
  ...change,
})
const today = { day: '2026-03-02', entered: 1, left: 0, takings: [] }
const parts = (change: Partial<BeatParts> = {}, of: object = status(), lanes = [lane()]) =>
  ({
    nodeId: 'n1',
    nowMs,
    board: { status: of, lanes },
    matters: [],
    today,
    certificates: [],
    centreUntilMs: nowMs,
    ...change,
  }) as BeatParts

test('has what the board shows, and nothing else of it', () => {
  const beat = beatOf(parts())
  expect(beat).toEqual({
    nodeId: 'n1',
    atIso: '2026-03-02T00:30:00.000+08:00',
    lastSeq: 77,
    version: '1.4.0',
    build: 'abc',
    spaces: { capacity: 120, inside: 40, free: 80 },
    today,
    clock: { offsetMs: 12, ntp: 'synchronised', isDoubtful: false },
    disk: { freeMb: 900, isLow: true },
    queue: { unsent: 2, oldestAgeSec: 40, poison: 0, exposureFen: 900 },
    platform: 'up',
    network: 'up',
    certificates: [{ of: 'centre', toIso: '2026-03-02T00:30:00.000+08:00' }],
    lanes: [
      {
        laneId: 'L01',
        name: { zh: '出口', en: 'Exit' },
        direction: 'exit',
        state: 'idle',
        isEtcReady: true,
        waiting: null,
        boom: 'closed',
      },
    ],
    devices: [
      { laneId: 'L01', kind: 'rsu', state: 'up', reason: null },
      { laneId: 'L01', kind: 'camera', state: 'down', reason: 'notReached' },
      { laneId: 'L01', kind: 'barrier', state: 'up', reason: null },
    ],
    matters: [],
  })
  expect(readBeat(beatBytes(beat))).toEqual(beat)
})

const car = (change: object) => ({ car: { sinceIso: iso, manual: null, ...change } })
test.each([
  ['no antenna', { etc: undefined }, { isEtcReady: null }],
  [
    'an antenna that is away',
    { state: 'noEtc', etc: { ready: false, why: 'antenna' } },
    { state: 'noEtc', isEtcReady: false },
  ],
  ['a car that passes', car({}), { waiting: null }],
  [
    'a car that needs a person',
    car({ manual: 'noStay' }),
    { waiting: { reason: 'noStay', sinceIso: iso } },
  ],
  [
    'a boom that did not open',
    car({ notOpenedSinceIso: iso }),
    { waiting: { reason: 'notOpened', sinceIso: iso } },
  ],
  ['a boom left up', { leftUpAtIso: iso }, { boomFault: 'leftUp' }],
  ['a boom that rose alone', { openedAloneAtIso: iso }, { boomFault: 'openedAlone' }],
  ['both', { openedAloneAtIso: iso, leftUpAtIso: iso }, { boomFault: 'leftUp' }],
])('a lane with %s', (_name, change, wanted) => {
  expect(beatOf(parts({}, status(), [lane(change)])).lanes[0]).toMatchObject(wanted)
})

const certificate = (of: string, whose: string, afterMs: number) => ({
  of,
  whose,
  notAfterMs: nowMs + afterMs,
})
test.each<[string, BeatParts, Partial<Beat>]>([
  [
    'a clock in doubt',
    parts(
      {},
      status({ clock: { businessIso: iso, platformOffsetMs: null, doubt: { cause: 'jump' } } }),
    ),
    { clock: { offsetMs: null, ntp: 'notKnown', isDoubtful: true } },
  ],
  ['a folder that was not checked', parts({}, status({ upkeep: null })), { disk: null }],
  ['a program of an older build', parts({}, status({ build: undefined })), { build: '' }],
  [
    'certificates: the newest of the lot for each channel',
    parts({
      certificates: [
        certificate('platform', 'client', 1_000),
        certificate('platform', 'client', 3_000),
        certificate('platform', 'platform', 9_000),
        certificate('operator', 'client', 2_000),
      ] as never,
    }),
    {
      certificates: [
        { of: 'platform', toIso: '2026-03-02T00:30:03.000+08:00' },
        { of: 'operator', toIso: '2026-03-02T00:30:02.000+08:00' },
        { of: 'centre', toIso: '2026-03-02T00:30:00.000+08:00' },
      ],
    },
  ],
])('%s', (_name, of, wanted) => {
  expect(beatOf(of)).toMatchObject(wanted)
})

test('urgent matters come first, and their number is bounded', () => {
  const matter = (n: number, isUrgent: boolean) =>
    ({
      key: `k${n}`,
      kind: 'price',
      what: { zh: '价', en: 'price' },
      sinceIso: null,
      isUrgent,
      roles: ['owner'],
      button: {},
    }) as unknown as MatterView
  const matters = [...Array.from({ length: 150 }, (_, n) => matter(n, false)), matter(999, true)]
  const beat = beatOf(parts({ matters }))
  expect(beat.matters).toHaveLength(beatLimits.mattersMax)
  expect(beat.matters[0]).toEqual({
    key: 'k999',
    kind: 'price',
    what: { zh: '价', en: 'price' },
    sinceIso: null,
    isUrgent: true,
  })
})

test('sums of the day are those of the books', () => {
  const hours = [
    { entered: 2, left: 1 },
    { entered: 0, left: 4 },
  ]
  const payments = [{ word: 'etc', count: 3, amountFen: 4_500 }]
  expect(todayOf('2026-03-02', { hours, sums: { payments } })).toEqual({
    day: '2026-03-02',
    entered: 2,
    left: 5,
    takings: [{ means: 'etc', n: 3, fen: 4_500 }],
  })
})

const manyOf = (count: number, state: 'up' | 'down', text = '') =>
  Array.from({ length: count }, (_, n) => ({
    laneId: `L${n}`,
    kind: 'camera',
    state,
    reason: text,
  }))
const wordy = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    key: `k${n}`,
    kind: 'price',
    what: { zh: '长'.repeat(300), en: 'long '.repeat(70) },
    sinceIso: null,
    isUrgent: false,
  }))
test.each<[string, Partial<Beat>, readonly [matters: number, devices: number]]>([
  ['of usual size', {}, [0, 2]],
  ['with much that waits', { matters: wordy(100) }, [20, 2]],
  [
    'with very many devices',
    { devices: manyOf(2_000, 'up', 'x'.repeat(60)), matters: wordy(3) },
    [0, 0],
  ],
  [
    'of which some are down',
    { devices: [...manyOf(1_990, 'up', 'x'.repeat(60)), ...manyOf(10, 'down')] },
    [0, 10],
  ],
  ['of which all are down', { devices: manyOf(2_000, 'down', 'x'.repeat(60)) }, [0, 0]],
])('one %s fits', (_name, change, [matters, many]) => {
  const bytes = beatBytes({ ...someBeat, ...change })
  expect(bytes.byteLength).toBeLessThanOrEqual(beatLimits.bytesMax)
  const read = readBeat(bytes)
  expect([read.matters.length, read.devices.length]).toEqual([matters, many])
})
