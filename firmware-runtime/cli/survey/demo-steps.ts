// What the demo of a survey measures, step by step, each against a simulator in its own process.
// A step answers the bodies for the survey file, and what the simulators know to be true.
import { spawnLauncher, startSimProcess, type SimProcess } from '../world/sim-process.ts'
import type { SurveyBook } from '../../app/survey/survey-book.ts'
import { burstOf, settled } from '../../core/survey/burst.ts'
import { gridPoints, type GridTemplate, type PointMm } from '../../core/survey/grid.ts'
import type { FieldBody, SurveyBody } from '../../core/survey/record.ts'
import { programFile } from '../program-file.ts'
import { openMeter } from './meter.ts'

export interface DemoWorld {
  readonly book: SurveyBook
  readonly by: string
  readonly seed: number
  readonly grid: GridTemplate
  /** The folder of this run. */
  readonly out: string
  /** Durable when it returns: a demo that is ended keeps what it measured. */
  record(bodies: readonly SurveyBody[]): void
  readonly stopped: () => boolean
}

export interface TrueFigure {
  readonly what: string
  readonly true: number
  readonly got: number
}

export interface StepResult {
  readonly step: string
  /** Figures of the simulators and what was measured of each, for whoever judges. */
  readonly truth: readonly TrueFigure[]
}

export type DemoStep = (world: DemoWorld) => Promise<StepResult>

const launch = spawnLauncher(programFile())
const here = ['--admin', 'http://127.0.0.1:0']

/** A simulator for as long as it is used. */
export async function withSim<T>(
  name: string,
  args: readonly string[],
  use: (sim: SimProcess) => Promise<T>,
): Promise<T> {
  const sim = await startSimProcess(name, [...here, ...args], launch)
  try {
    return await use(sim)
  } finally {
    await sim.kill()
  }
}

const instrumentId = 'demo-analyser'
/** The neighbour lane's middle, where a car would stand beside the trigger. */
const neighbourPoint: PointMm = { xMm: 4_800, yMm: 2_250 }
/** A simulated analyser sweeps in 2 ms: a real one is held for 400. */
const holdMs = 8
const burstsMax = 20

/** D5: every point of the grid with a simulated analyser, and one point next door. */
export const fieldStep: DemoStep = ({ seed, grid, record, stopped }) =>
  withSim(
    'instrument-sim',
    [
      ...['--listen', 'tcp://127.0.0.1:0', '--variant', 'scpi-siglent'],
      ...['--timing', 'instant', '--seed', String(seed)],
    ],
    async (sim) => {
      await sim.admin('POST', '/knobs', { settleMs: 0 })
      const meter = openMeter('siglent/ssa3000x', sim.endpoints.link ?? '', null, { holdMs })
      const truth: TrueFigure[] = []
      const levelsAt = async (): Promise<readonly number[]> => {
        const levels: number[] = []
        while (settled(levels) === null && levels.length < burstsMax) {
          const { levelDbm, overload } = await meter.measure()
          if (!overload) levels.push(Math.round(levelDbm * 100) / 100)
        }
        return levels.slice(-5)
      }
      const take = async (point: PointMm, place: FieldBody['place']): Promise<void> => {
        const at = { xMm: point.xMm, yMm: point.yMm, zMm: grid.heightMm }
        await sim.admin('POST', '/probe', at)
        const levelsDbm = await levelsAt()
        record([{ kind: 'field', ...at, instrumentId, antennaId: null, place, levelsDbm }])
        const query = `xMm=${at.xMm}&yMm=${at.yMm}&zMm=${at.zMm}`
        const { levelDbm } = await sim.admin<{ levelDbm: number }>('GET', `/truth?${query}`)
        const what = `${place} ${at.xMm},${at.yMm}`
        truth.push({ what, true: levelDbm, got: burstOf(levelsDbm).levelDbm })
      }
      try {
        await meter.measure()
        record([
          {
            ...{ kind: 'instrument', instrumentId, model: meter.identity?.model ?? '?' },
            ...{ serialNo: meter.identity?.serialNo ?? null, calibratedOn: null },
            ...{ calibratedUntil: null, correctionDb: 0, simulated: true },
          },
        ])
        for (const point of gridPoints(grid)) {
          if (stopped()) break
          await take(point, 'lane')
        }
        if (!stopped()) await take(neighbourPoint, 'neighbour')
      } finally {
        meter.close()
      }
      return { step: 'field', truth }
    },
  )
