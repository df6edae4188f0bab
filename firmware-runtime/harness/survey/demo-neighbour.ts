// The neighbour lane of the demo: two simulated antennas side by side with cars in both lanes, driven in turn and together;
// the recorded answers of each OBU are compared with those in the antenna simulators.
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fastMono } from './demo-time.ts'
import { runCrossReads, type CrossReadTurn } from '#survey/runs/cross-read-run.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { assumedCriterion } from '#survey/pure/criterion.ts'
import type { SimProcess } from '../lot/sim-process.ts'
import { withSim, type DemoStep, type DemoSurvey, type TrueFigure } from './demo-steps.ts'
import { driveAntenna } from '#survey/desk/worker/driven-antenna.ts'

const carsALane = 3
/** Three OBUs per lane, each at its own place, for as many rounds as the row requires. */
const { rounds, stressDb } = assumedCriterion
/** Listening time in ms: ample for three simulated dialogues at instant timing. */
const listenMs = 120
/** Time factor against a real site: on loopback an answer arrives quickly. */
const speed = 4
/** Power steps at work and under stress: 6 dB more in half-decibel steps of this simulated antenna. */
const powerSteps = { work: 8, stress: 20 } as const
/** Attenuation beyond the stress power, so that a car of the other lane is not reached. */
const outOfReach = 31

const obuIds = (lane: number): readonly string[] =>
  Array.from({ length: carsALane }, (_, i) =>
    `0200${(0x3000 + 16 * lane + i).toString(16)}`.toUpperCase(),
  )
const lanes = [obuIds(0), obuIds(1)] as const
const places = Object.fromEntries(lanes.flatMap((ids) => ids.map((id, i) => [id, `P${i + 1}`])))

/** Places the same cars before both antennas; each car is in reach of its own antenna only. */
async function park(sim: SimProcess, own: number): Promise<void> {
  for (const [lane, ids] of lanes.entries())
    for (const [i, obuId] of ids.entries())
      await sim.admin('POST', '/cars', {
        obuId,
        cardNo: `370112000000000${10_000 + 100 * lane + i}`,
        plate: `测A3${lane}${i}00`,
        stayMs: 0,
        needsPowerStep: lane === own ? 0 : outOfReach,
      })
}

type Answered = Readonly<Record<string, number>>
interface SimState {
  readonly antennaOn: boolean
  readonly answered: Answered
}
const stateOf = (sim: SimProcess): Promise<SimState> => sim.admin<SimState>('GET', '/state')

/** Waits until an antenna has the commanded state: earlier answers do not belong to the next round. */
async function answeredAt(sim: SimProcess, isOn: boolean): Promise<Answered> {
  for (;;) {
    const { antennaOn, answered } = await stateOf(sim)
    if (antennaOn === isOn) return answered
  }
}

/** Commanded search state of each antenna. */
type Told = Map<SimProcess, boolean>

/**
 * A clock whose pauses end when every antenna has its commanded state, however late its process runs: a repeated call then
 * belongs to the round of its answer.
 */
function settledMono(searching: Told): MonoClock {
  const fast = fastMono(speed)
  return {
    nowUs: () => fast.nowUs(),
    after(delayMs, fn) {
      let isCancelled = false
      const settle = async (): Promise<void> => {
        await Promise.all([...searching].map(([sim, isOn]) => answeredAt(sim, isOn)))
        // First read the frames that the antennas sent before reporting the state.
        await nextTurn()
        if (!isCancelled) fn()
      }
      const cancel = fast.after(delayMs, () => void settle())
      return () => {
        isCancelled = true
        cancel()
      }
    },
  }
}

const antenna = (seed: number): readonly string[] => [
  ...['--listen', 'tcp://127.0.0.1:0', '--variant', 'generic-bcc'],
  ...['--timing', 'instant', '--seed', String(seed)],
]

interface Pass {
  readonly turns: readonly CrossReadTurn[]
  /** Answers of each OBU as each antenna counted them. */
  readonly known: readonly Answered[]
}

async function pass(
  sims: readonly SimProcess[],
  { out, record }: Pick<DemoSurvey, 'out' | 'record'>,
  power: keyof typeof powerSteps,
): Promise<Pass> {
  const linkOf = (sim: SimProcess): string =>
    `${sim.endpoints.link ?? ''}?variant=generic-bcc&power=${powerSteps[power]}`
  const before: Answered[] = []
  const searching: Told = new Map()
  const options = {
    antennas: sims.map((sim, i) => ({ link: linkOf(sim), obuIds: lanes[i] ?? [] })),
    inNeighbour: [],
    places,
    rounds,
    listenMs,
    ...(power === 'stress' ? { stressDb } : {}),
  }
  const { turns, faults } = await runCrossReads(options, {
    mono: settledMono(searching),
    signal: new AbortController().signal,
    record: (bodies, receivedBytes) => record(bodies, 0, receivedBytes),
    async open(link) {
      const antenna = await driveAntenna(link, join(out, 'antennas'))
      const sim = sims[before.length]
      if (sim === undefined) return antenna
      before.push(await answeredAt(sim, false))
      const search = (on: boolean): void => {
        searching.set(sim, on)
        antenna.search(on)
      }
      return { ...antenna, search }
    },
    step: () => undefined,
  })
  for (const fault of faults) throw fault
  const after = await Promise.all(sims.map(stateOf))
  const known = after.map(({ answered }, i) =>
    Object.fromEntries(
      Object.entries(answered).map(([id, count]) => [id, count - (before[i]?.[id] ?? 0)]),
    ),
  )
  return { turns, known }
}

function truthOf({ turns, known }: Pass, name: string): readonly TrueFigure[] {
  const sum = (all: readonly Answered[], id: string): number =>
    all.reduce((total, counts) => total + (counts[id] ?? 0), 0)
  const answers = turns.map((turn) => turn.answers)
  const each = lanes.flat().map((id): TrueFigure => {
    return { what: `${name} ${id}`, true: sum(known, id), got: sum(answers, id) }
  })
  const wrong = known.map((counts, own) =>
    lanes
      .flatMap((ids, lane) => (lane === own ? [] : ids))
      .reduce((total, id) => total + (counts[id] ?? 0), 0),
  )
  const got = turns.reduce((total, { inNeighbour }) => total + inNeighbour, 0)
  const all = (wrong[0] ?? 0) + (wrong[1] ?? 0)
  return [...each, { what: `${name} wrong answers`, true: all, got }]
}

/** Row D6, at work and under stress: the results must equal the counts of the antennas. */
export const neighbourStep: DemoStep = ({ seed, out, record }) =>
  withSim('rsu-sim', antenna(seed), (ours) =>
    withSim('rsu-sim', antenna(seed + 1), async (theirs) => {
      for (const [own, sim] of [ours, theirs].entries()) await park(sim, own)
      const truth: TrueFigure[] = []
      for (const power of ['work', 'stress'] as const)
        truth.push(...truthOf(await pass([ours, theirs], { out, record }, power), power))
      return { step: 'neighbour', truth }
    }),
  )
