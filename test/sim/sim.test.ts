// Deterministic simulation at the scale of design.md section 7: each seed twice, faults on, same hash.
// Every crash point and every kind of platform fault must have occurred, or the run proves nothing.
import { describe, expect, it } from 'vitest'
import { crashPoints } from '#harness/lot/sim-crash.ts'
import { passageFaults } from '#harness/lot/sim-faults.ts'
import { invariantIds } from '#lane/pure/lot/invariants.ts'
import { etcLane, type Ran } from './etc-lane.ts'

/**
 * Each seed twice: a day of two-lane lots with light faults and with heavy ones, and of six-lane lots. 50 lane-days in
 * all; 14 of them in the gate.
 */
const scales = {
  gate: { light: 2, all: 2, sixLanes: 1, platformSchedules: 125 },
  all: { light: 10, all: 9, sixLanes: 2, platformSchedules: 500 },
  full: { light: 1000, all: 9, sixLanes: 2, platformSchedules: 100_000 },
} as const
const scale = process.env['ETC_LANE_SCALE']
const lots = scales[scale === 'gate' || scale === 'full' ? scale : 'all']
const sixLanes = [
  'sim',
  '--seed',
  '8',
  '--lots',
  `${lots.sixLanes}`,
  '--lanes',
  '6',
  '--faults',
  'all',
]

interface SimJson {
  readonly ok: boolean
  readonly hash: string
  readonly passages: number
  readonly atOnce: number
  readonly lanes: number
  readonly faults: Readonly<Record<string, number>>
  readonly crashPoints: Readonly<Record<string, number>>
  readonly rows: Readonly<Record<string, number>>
  readonly invariants: {
    readonly checked: Readonly<Record<string, number>>
    readonly violations: readonly unknown[]
  }
}

const simOf = (ran: Ran): SimJson => {
  expect(ran.stderr).toBe('')
  return ran.json as unknown as SimJson
}
const sim = (seed: number, n: number, faults: string, env = {}): Promise<Ran> =>
  etcLane(
    ['sim', '--seed', String(seed), '--lots', String(n), '--days', '1', '--faults', faults],
    env,
  )

/** Events that must occur under heavy faults, each seed once. */
const heavy = {
  schedules: 0,
  refunds: 0,
  points: new Map<string, number>(),
  faults: new Set<string>(),
}
const wanted = [...passageFaults.map(({ name }) => name), 'network outage', 'operator outage']
/** Largest number of seeds; an event that did not occur by then fails the test. */
const seedsMax = 60
const lacks = (): boolean =>
  crashPoints.some((point) => (heavy.points.get(point) ?? 0) < 3) ||
  wanted.some((name) => !heavy.faults.has(name))
function count({ faults, crashPoints: points, rows }: SimJson): void {
  heavy.refunds += rows['refund'] ?? 0
  for (const [name, n] of Object.entries(faults)) {
    heavy.faults.add(name)
    const row = passageFaults.find((f) => f.name === name)
    if (row?.place === 'platform' || name === 'network outage') heavy.schedules += n
  }
  for (const [point, n] of Object.entries(points))
    heavy.points.set(point, (heavy.points.get(point) ?? 0) + n)
}

/** Two processes on the same seed: one hash, and no violation. */
async function twice(run: () => Promise<Ran>): Promise<SimJson> {
  const [here, again] = await Promise.all([run(), run()])
  const json = simOf(here)
  expect(json.invariants.violations).toEqual([])
  expect(here.code).toBe(0)
  expect(json.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(simOf(again).hash).toBe(json.hash)
  for (const id of invariantIds)
    expect(json.invariants.checked[id]).toBeGreaterThanOrEqual(json.passages)
  return json
}

describe('simulation', () => {
  it('runs lane-days under light faults twice, without a violation and with one hash', async () => {
    await twice(() => sim(11, lots.light, 'light'))
  })

  it('runs lane-days under heavy faults twice, without a violation and with one hash', async () => {
    count(await twice(() => sim(21, lots.all, 'all')))
  })

  it('has cars at six lanes of three layouts at once, twice, and nobody is charged or let out wrongly', async () => {
    const json = await twice(() => etcLane(sixLanes))
    expect(json.lanes).toBe(6)
    expect(json.atOnce).toBeGreaterThan(1)
    count(json)
  })

  it('goes through the platform-fault schedules and every crash point under heavy faults', async () => {
    const goesOn = (seed: number): boolean =>
      heavy.schedules < lots.platformSchedules || (lacks() && seed < 41 + seedsMax)
    // When heavy faults have caused every event, further seeds use the platforms' faults alone, many in one lot.
    const some = (seed: number): Promise<Ran> =>
      lacks() ? sim(seed, 2, 'all') : sim(seed, scale === 'full' ? 8 : 1, 'platform')
    for (let seed = 41; goesOn(seed); seed += 2)
      for (const ran of await Promise.all([some(seed), some(seed + 1)])) {
        const json = simOf(ran)
        expect(json.invariants.violations, `seed ${seed} or ${seed + 1}`).toEqual([])
        count(json)
      }
    process.stdout.write(
      `platform schedules ${heavy.schedules}, crash points ${JSON.stringify([...heavy.points])}\n`,
    )
    expect(heavy.refunds, 'a late success after other payment').toBeGreaterThan(0)
    for (const point of crashPoints)
      expect(heavy.points.get(point) ?? 0, point).toBeGreaterThanOrEqual(3)
    for (const name of wanted) expect(heavy.faults.has(name), name).toBe(true)
  })

  it('has faults of platforms alone, one with each car that speaks to one', async () => {
    const json = simOf(await sim(51, 1, 'platform'))
    expect(json.invariants.violations).toEqual([])
    const ofPlatforms = passageFaults
      .filter(({ place }) => place === 'platform' || place === 'operator')
      .map(({ name }) => name)
    expect([...ofPlatforms, 'network outage', 'operator outage']).toEqual(
      expect.arrayContaining(Object.keys(json.faults)),
    )
    const schedules = Object.values(json.faults).reduce((sum, n) => sum + n, 0)
    expect(schedules).toBeGreaterThan(json.passages / 4)
    count(json)
  })

  it('refuses more lanes than a runtime has', async () => {
    const { code, stderr } = await etcLane(['sim', '--lanes', '9'])
    expect(code).toBe(2)
    expect(stderr).toContain('ARG-01')
  })

  it('K06 gives the same hash in any time zone and another one for another seed', async () => {
    const [here, there, other] = await Promise.all([
      sim(5, 1, 'light', { TZ: 'Asia/Shanghai' }),
      sim(5, 1, 'light', { TZ: 'America/New_York', LANG: 'C', USER: 'nobody' }),
      sim(6, 1, 'light'),
    ])
    expect(simOf(there).hash).toBe(simOf(here).hash)
    expect(other.json['hash']).not.toBe(simOf(here).hash)
  })
})
