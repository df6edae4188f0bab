// Deterministic simulation at the scale of design.md section 7: each seed twice, faults on, same hash.
// Every crash point and every kind of platform fault must have been hit, or the run proves nothing.
import { describe, expect, it } from 'vitest'
import { crashPoints } from '../../firmware-runtime/harness/lot/sim-crash.ts'
import { passageFaults } from '../../firmware-runtime/harness/lot/sim-faults.ts'
import { invariantIds } from '../../firmware-runtime/core/lot/invariants.ts'
import { etcLane, type Ran } from './etc-lane.ts'

const full = process.env['ETC_LANE_SCALE'] === 'full'
/** A lot has two lanes: 25 lots for a day are 50 lane-days. */
const lots = full ? 1000 : 25
const platformSchedules = full ? 100_000 : 500
const limitMs = full ? 3_600_000 : 600_000

interface SimJson {
  readonly ok: boolean
  readonly hash: string
  readonly passages: number
  readonly atOnce: number
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

describe('simulation', () => {
  it(
    'runs 50 lane-days under light faults twice, without a violation and with one hash',
    async () => {
      const [first, second] = await Promise.all([sim(11, lots, 'light'), sim(11, lots, 'light')])
      const a = simOf(first)
      expect(a.invariants.violations).toEqual([])
      expect(first.code).toBe(0)
      expect(a.hash).toMatch(/^[0-9a-f]{64}$/)
      expect(simOf(second).hash).toBe(a.hash)
      for (const id of invariantIds)
        expect(a.invariants.checked[id]).toBeGreaterThanOrEqual(a.passages)
    },
    limitMs,
  )

  it(
    'goes through 500 platform-fault schedules and every crash point under heavy faults',
    async () => {
      let schedules = 0
      let refunds = 0
      const hits: Record<string, number> = {}
      const names = new Set<string>()
      for (let seed = 21; schedules < platformSchedules; seed += 2) {
        const pair = await Promise.all([sim(seed, 4, 'all'), sim(seed + 1, 4, 'all')])
        for (const ran of pair) {
          const json = simOf(ran)
          expect(json.invariants.violations, `seed ${seed} or ${seed + 1}`).toEqual([])
          refunds += json.rows['refund'] ?? 0
          for (const [name, n] of Object.entries(json.faults)) {
            names.add(name)
            const row = passageFaults.find((f) => f.name === name)
            if (row?.place === 'platform' || name === 'network outage') schedules += n
          }
          for (const [point, n] of Object.entries(json.crashPoints))
            hits[point] = (hits[point] ?? 0) + n
        }
      }
      process.stdout.write(
        `platform schedules ${schedules}, crash points ${JSON.stringify(hits)}\n`,
      )
      expect(refunds, 'a late success after other payment').toBeGreaterThan(0)
      for (const point of crashPoints) expect(hits[point] ?? 0, point).toBeGreaterThanOrEqual(3)
      for (const fault of passageFaults) expect(names.has(fault.name), fault.name).toBe(true)
    },
    limitMs,
  )

  it('has cars at six lanes of three layouts at once, and nobody is charged or let out wrongly', async () => {
    const lanes = ['--lots', '2', '--lanes', '6', '--faults', 'all']
    const [here, again] = await Promise.all([
      etcLane(['sim', '--seed', '8', ...lanes]),
      etcLane(['sim', '--seed', '8', ...lanes]),
    ])
    const json = simOf(here)
    expect(json.invariants.violations).toEqual([])
    expect(here.json['lanes']).toBe(6)
    expect(json.atOnce).toBeGreaterThan(1)
    expect(simOf(again).hash).toBe(json.hash)
  }, 300_000)

  it('refuses more lanes than a runtime has', async () => {
    const { code, stderr } = await etcLane(['sim', '--lanes', '9'])
    expect(code).toBe(2)
    expect(stderr).toContain('ARG-01')
  })

  it('gives the same hash in any time zone and another one for another seed', async () => {
    const [here, there, other] = await Promise.all([
      sim(5, 2, 'light', { TZ: 'Asia/Shanghai' }),
      sim(5, 2, 'light', { TZ: 'America/New_York', LANG: 'C', USER: 'nobody' }),
      sim(6, 2, 'light'),
    ])
    expect(simOf(there).hash).toBe(simOf(here).hash)
    expect(other.json['hash']).not.toBe(simOf(here).hash)
  }, 300_000)
})
