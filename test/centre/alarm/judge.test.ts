// The rules of alarms in virtual time: what begins when, and what ends it.
import { describe, expect, it } from 'vitest'
import {
  judge,
  listened,
  type Episode,
  type Listening,
  type LotSeen,
} from '../../../centre/alarm/judge.ts'
import { factsOf } from '../../../centre/alarm/rules.ts'
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { dayMs, isoOf, minuteMs } from '#base/pure/values/instant.ts'
import { goodBeat } from '../../kit/centre-beats.ts'
import { startMs } from '../../kit/test-desk.ts'

/** What a lot says from the given second on; null: it is unplugged. */
type Said = Partial<Beat> | null | ((atMs: number) => Partial<Beat>)

interface Scene {
  /** From the second on; every minute, and at the change. */
  readonly says: Readonly<Record<number, Said>>
  /** Seconds in which the centre does not run. */
  readonly away?: readonly (readonly [number, number])[]
  readonly lot?: Partial<LotSeen>
  /** Rows arrive each ten seconds. */
  readonly rows?: boolean
  /** Steps of the centre's clock at a second, ms. */
  readonly steps?: Readonly<Record<number, number>>
  readonly untilS: number
}

const keys = [
  { use: 'tls', toMs: startMs + 365 * dayMs },
  { use: 'sign', toMs: startMs + 365 * dayMs },
]

/** `SECOND begin KIND THING` and `SECOND end …`, as the watcher would write them. */
function run({
  says,
  away = [],
  lot = {},
  rows = false,
  steps = {},
  untilS,
}: Scene): readonly string[] {
  const changes: string[] = []
  let episodes: Episode[] = []
  let listening: Listening | null = null
  let said: Said = {}
  let shiftMs = 0
  let [heardMs, rowsMs] = [startMs, null as number | null]
  let facts = factsOf(goodBeat(startMs), startMs)
  for (let second = 0; second <= untilS; second += 5) {
    shiftMs += steps[second] ?? 0
    const nowMs = startMs + second * 1_000 + shiftMs
    const isAway = away.some(([from, to]) => second >= from && second < to)
    const next = says[second]
    if (next !== undefined) said = next
    if (said !== null && !isAway && (second % 60 === 0 || next !== undefined)) {
      heardMs = nowMs
      facts = factsOf(goodBeat(nowMs, typeof said === 'function' ? said(nowMs) : said), nowMs)
    }
    if (rows && second % 10 === 0 && !isAway) rowsMs = nowMs
    if (isAway) continue
    listening = listened(listening, nowMs)
    const seen: LotSeen = {
      lotId: 'A1',
      isActive: true,
      rowsMs,
      keys,
      nodes: [{ nodeId: 'n1', heardMs, facts }],
      ...lot,
    }
    for (const { is, episode } of judge(seen, episodes, { listening, nowMs })) {
      const { kind, thing, nodeId } = episode
      if (is === 'begin' || is === 'end') changes.push(`${second} ${is} ${kind} ${thing}`.trim())
      episodes = episodes.filter(
        (one) => one.kind !== kind || one.thing !== thing || one.nodeId !== nodeId,
      )
      if (is === 'begin' || is === 'keep') episodes.push(episode)
    }
  }
  return changes
}

const down: Partial<Beat> = {
  devices: [{ laneId: 'L01', kind: 'camera', state: 'down', reason: null }],
}
const waiting = (sinceS: number): Said => {
  const sinceIso = isoOf(startMs + sinceS * 1_000)
  return {
    lanes: goodBeat(0).lanes.map((lane) => ({ ...lane, waiting: { reason: 'noPlate', sinceIso } })),
  }
}
const matter = (kind: string, isUrgent = true): Partial<Beat> => ({
  matters: [{ kind, key: 'k', what: { zh: '急', en: 'urgent' }, sinceIso: null, isUrgent }],
})
const flapping = (
  everyS: number,
  untilS: number,
  bad: Partial<Beat>,
): Readonly<Record<number, Said>> =>
  Object.fromEntries(
    Array.from({ length: untilS / everyS }, (_, at) => [at * everyS, at % 2 === 0 ? bad : {}]),
  )
const camera = 'deviceDown device L01 camera'

describe('silence', () => {
  it.each<readonly [string, Scene, readonly string[]]>([
    [
      'of an unplugged lot is named within 3 minutes, once, and ends when it is heard',
      { says: { 5: null, 1_200: {} }, untilS: 1_500 },
      ['150 begin silent', '1200 end silent'],
    ],
    ['ends by a heartbeat just before its time', { says: { 5: null, 150: {} }, untilS: 200 }, []],
    ['is none while rows arrive', { says: { 5: null }, rows: true, untilS: 900 }, []],
    [
      'is none of a lot that never had a heartbeat',
      { says: {}, lot: { nodes: [] }, untilS: 900 },
      [],
    ],
    [
      'is none of a lot whose keys were revoked',
      { says: { 5: null }, lot: { keys: [] }, untilS: 900 },
      [],
    ],
    [
      'is none of a lot that was ended',
      { says: { 5: null }, lot: { isActive: false }, untilS: 900 },
      [],
    ],
    ['is not counted while the centre is away', { says: {}, away: [[90, 690]], untilS: 900 }, []],
    [
      'of a lot that does not come back with the centre is counted from there',
      { says: { 60: null }, away: [[90, 690]], untilS: 900 },
      ['840 begin silent'],
    ],
    [
      'goes on over a short restart',
      { says: { 65: null }, away: [[90, 110]], untilS: 300 },
      ['210 begin silent'],
    ],
    [
      'that was named stays over a long one, and is named once',
      { says: { 0: null, 1_000: {} }, away: [[300, 700]], untilS: 1_200 },
      ['150 begin silent', '1000 end silent'],
    ],
    [
      'is none when the clock is set forward',
      { says: {}, steps: { 300: 3_600_000 }, untilS: 900 },
      [],
    ],
    [
      'is counted when the clock is set back',
      { says: { 295: null }, steps: { 300: -3_600_000 }, untilS: 900 },
      ['450 begin silent'],
    ],
  ])('%s', (_, scene, wanted) => {
    expect(run(scene)).toEqual(wanted)
  })
})

describe('a device', () => {
  it.each<readonly [string, Scene, readonly string[]]>([
    ['that is down for two minutes', { says: { 60: down }, untilS: 400 }, [`180 begin ${camera}`]],
    [
      'ends two minutes after it is up',
      { says: { 60: down, 300: {} }, untilS: 600 },
      [`180 begin ${camera}`, `420 end ${camera}`],
    ],
    ['that is down for a minute', { says: { 60: down, 120: {} }, untilS: 600 }, []],
    [
      'that comes and goes each minute is one matter',
      { says: flapping(60, 1_200, down), untilS: 1_500 },
      [`120 begin ${camera}`, `1260 end ${camera}`],
    ],
    [
      'that a person took out of service',
      {
        says: { 60: { devices: [{ laneId: 'L01', kind: 'camera', state: 'off', reason: null }] } },
        untilS: 400,
      },
      [],
    ],
    [
      'of a lot that is unplugged meanwhile is not named',
      { says: { 60: down, 65: null }, untilS: 400 },
      ['210 begin silent'],
    ],
    [
      'that was named stays while the lot is silent',
      { says: { 60: down, 245: null, 900: down, 960: {} }, untilS: 1_200 },
      [`180 begin ${camera}`, '390 begin silent', '900 end silent', `1080 end ${camera}`],
    ],
    [
      'and another one are two matters',
      {
        says: {
          0: {
            devices: ['camera', 'rsu'].map((kind) => ({
              laneId: 'L01',
              kind,
              state: 'down',
              reason: null,
            })),
          },
        },
        untilS: 200,
      },
      [`120 begin ${camera}`, '120 begin deviceDown device L01 rsu'],
    ],
  ])('%s', (_, scene, wanted) => {
    expect(run(scene)).toEqual(wanted)
  })
})

describe('other kinds', () => {
  const day = 86_400
  it.each<readonly [string, Scene, readonly string[]]>([
    [
      'a car that waits for three minutes, and drives on',
      { says: { 60: waiting(60), 300: {} }, untilS: 400 },
      ['240 begin carWaits lane L01', '300 end carWaits lane L01'],
    ],
    [
      'three cars that wait for two minutes each',
      { says: { 60: waiting(60), 180: waiting(180), 300: waiting(300), 420: {} }, untilS: 600 },
      [],
    ],
    [
      'a car of a lot whose clock is wrong',
      {
        says: {
          60: (atMs) => ({ atIso: isoOf(atMs - dayMs), ...(waiting(60 - day) as Partial<Beat>) }),
        },
        untilS: 260,
      },
      ['240 begin carWaits lane L01'],
    ],
    [
      'a car whose time cannot be read',
      {
        says: {
          60: {
            lanes: goodBeat(0).lanes.map((lane) => ({
              ...lane,
              waiting: { reason: '', sinceIso: 'x' },
            })),
          },
        },
        untilS: 300,
      },
      ['240 begin carWaits lane L01'],
    ],
    [
      'a boom that is up',
      { says: { 60: matter('boom') }, untilS: 200 },
      ['60 begin boomLeftUp matter boom k'],
    ],
    [
      'a clock in doubt',
      {
        says: { 60: { clock: { offsetMs: null, ntp: '', isDoubtful: true } }, 120: {} },
        untilS: 300,
      },
      ['60 begin clockDoubt', '240 end clockDoubt'],
    ],
    [
      'a disk that is low',
      { says: { 60: { disk: { freeMb: 10, isLow: true } } }, untilS: 200 },
      ['60 begin diskLow'],
    ],
    ['a disk that was not checked', { says: { 60: { disk: null } }, untilS: 200 }, []],
    [
      'an urgent matter of the lot',
      { says: { 60: matter('power') }, untilS: 300 },
      ['240 begin lotMatter matter power k'],
    ],
    ['a matter that is not urgent', { says: { 60: matter('power', false) }, untilS: 300 }, []],
    ['a matter that another rule tells', { says: { 60: matter('device') }, untilS: 300 }, []],
    [
      'a record that a platform refused',
      {
        says: { 60: { queue: { unsent: 1, oldestAgeSec: 1, poison: 1, exposureFen: 0 } } },
        untilS: 100,
      },
      ['60 begin recordsWait'],
    ],
    [
      'records that wait for a day',
      {
        says: {
          60: { queue: { unsent: 1, oldestAgeSec: day, poison: 0, exposureFen: 0 } },
          120: { queue: { unsent: 1, oldestAgeSec: day + 1, poison: 0, exposureFen: 0 } },
        },
        untilS: 200,
      },
      ['120 begin recordsWait'],
    ],
    [
      'a certificate of a platform in its last month',
      {
        says: {
          60: {
            certificates: [
              { of: 'platform', toIso: isoOf(startMs + 29 * dayMs) },
              { of: 'operator', toIso: isoOf(startMs + 31 * dayMs) },
            ],
          },
        },
        untilS: 100,
      },
      ['60 begin certificateEnds certificate platform'],
    ],
    [
      'a certificate of the centre',
      {
        says: {},
        lot: { keys: [{ use: 'tls', toMs: startMs + 30 * dayMs + 60_000 }] },
        untilS: 100,
      },
      ['60 begin certificateEnds certificate centre tls'],
    ],
  ])('%s', (_, scene, wanted) => {
    expect(run(scene)).toEqual(wanted)
  })
})

it('ends all of a lot whose keys were revoked, and of a node that is out of use', () => {
  const episode: Episode = {
    lotId: 'A1',
    nodeId: 'n1',
    kind: 'deviceDown',
    thing: 'device L01 camera',
    badMs: startMs,
    goodMs: null,
    isNamed: true,
  }
  const nodes = [
    { nodeId: 'n1', heardMs: startMs, facts: factsOf(goodBeat(startMs, down), startMs) },
  ]
  const lot: LotSeen = { lotId: 'A1', isActive: true, rowsMs: null, keys, nodes }
  const nowMs = startMs + dayMs + 2 * minuteMs
  const at = { listening: { sinceMs: startMs, untilMs: nowMs }, nowMs }
  const ended = (seen: LotSeen): readonly string[] =>
    judge(seen, [episode], at)
      .filter(({ is }) => is === 'end')
      .map((one) => one.episode.kind)
  expect(ended(lot)).toEqual([])
  expect(ended({ ...lot, keys: [] })).toEqual(['deviceDown'])
  expect(ended({ ...lot, isActive: false })).toEqual(['deviceDown'])
  expect(ended({ ...lot, nodes: [...nodes, { nodeId: 'n2', heardMs: nowMs, facts: [] }] })).toEqual(
    ['deviceDown'],
  )
})
