// Simulation in virtual time, lot-days a second on one core, against a bare loop that inserts as many
// rows of the same length into SQLite, one transaction each; the same days with the recorded turns of each car; and a day of
// forty against a day of five, both with the records of an operator: work must not grow with its history.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { simulate } from '#harness/lot/replay-sim.ts'
import { dayMs, instantOf } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { generateTraffic } from '#simulators/traffic/generator.ts'
import {
  isBrief,
  resultOf,
  rounds,
  roundsOf,
  type BenchResult,
  type BenchRow,
} from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'

const days = roundsOf(7)
const roundCount = roundsOf(5)
const shortDays = 5
const longDays = 40
const shortEvery = 10
/** Median length of a ledger row in the simulation, with its columns and hash. */
const rowText = 'x'.repeat(420)

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const growth = {
  metric: `simulation of ${longDays} days, CPU a day`,
  unit: 's',
  peerName: `the same of ${shortDays} days`,
  better: 'lower',
} as const

interface Way {
  /** Receives each turn of a lane, as the host writes it into its file. */
  turn?(text: string): void
  readonly operator?: boolean
  dayEnds?(day: number): void
}

/** Seconds of a day of the long time and of short ones, which run between its days: other load meets both alike. */
function grown(spent: (days: number, way: Way) => number): readonly [number, number] {
  const short: number[] = []
  const dayEnds = (day: number): void => {
    if (day % shortEvery === 0) short.push(spent(shortDays, { operator: true }))
  }
  const allSec = spent(longDays, { operator: true, dayEnds })
  const shortSec = short.reduce((sum, sec) => sum + sec, 0)
  return [(allSec - shortSec) / longDays, shortSec / short.length / shortDays]
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  let rows = 0
  let made = 0
  const folder = (name: string): string => {
    const path = join(dir, `${name}-${++made}`)
    mkdirSync(path)
    return path
  }
  /** Processor seconds of so many days. */
  const spent = (spanDays: number, { turn, dayEnds, operator = false }: Way = {}): number => {
    const startSec = cpuSeconds()
    const fromMs = instantOf(2026, 11, 20, 0)
    const mix = trafficMixes.real
    const traffic = generateTraffic({ profile: 'small', fromMs, days: spanDays, seed: 1, mix })
    const run = {
      nodeId: 'n1',
      traffic,
      seed: 1,
      charge: 'online',
      variant: 'generic-bcc',
      operator,
    } as const
    simulate(
      {
        ...run,
        dir: folder('sim'),
        offline: 'other-payment',
        faults: 'none',
        onStart({ runtime, options: { time } }) {
          if (dayEnds !== undefined)
            for (let day = 1; day <= spanDays; day++)
              time.clock.after(day * dayMs, () => dayEnds(day))
          if (turn === undefined) return
          runtime.turnRecords.listeners.add((_stayId, record) => {
            turn(JSON.stringify(record))
          })
        },
      },
      (_lot, outcome) => {
        must(outcome.report.violations.length === 0, 'the simulated days hold')
        rows = outcome.verdict.rows
      },
    )
    return cpuSeconds() - startSec
  }
  const ours = (): number => days / spent(days)
  const peer = (): number => {
    const db = new DatabaseSync(join(folder('bare'), 'bare.db'))
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF')
    db.exec('CREATE TABLE row (seq INTEGER PRIMARY KEY, body TEXT) STRICT')
    const insert = db.prepare('INSERT INTO row (body) VALUES (?)')
    const startSec = cpuSeconds()
    for (let row = 0; row < rows; row++) insert.run(rowText)
    const spentSec = cpuSeconds() - startSec
    db.close()
    return days / spentSec
  }
  ours()
  let chars = 0
  const kept = await rounds(
    roundCount,
    () => spent(days, { turn: (text) => (chars += text.length) }),
    () => spent(days),
  )
  must(chars > 0, 'turns were kept')
  const pairs = await rounds(roundCount, ours, peer)
  const metric = 'simulation, lot-days of the small lot, one core'
  const peerName = 'bare SQLite inserts of as many rows'
  const turns = 'simulation with the turns kept that explain each car, CPU'
  return [
    resultOf({ metric, unit: 'days/s', peerName, better: 'higher' }, pairs),
    resultOf({ metric: turns, unit: 's', peerName: 'the same without', better: 'lower' }, kept),
    ...(isBrief ? [] : [resultOf(growth, [grown(spent)])]),
  ]
}

export const simRow: BenchRow = { run: () => inFolder(measure) }
