// The demo's neighbour lane: two simulated antennas side by side with cars in both lanes, driven in turn and
// together; what each OBU answered is compared with what the antennas know.
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fastMono } from './demo-time.ts'
import { runCrossReads, type CrossReadTurn } from '../../app/survey/cross-read-run.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { assumedCriterion } from '../../survey/criterion.ts'
import type { SimProcess } from '../lot/sim-process.ts'
import { withSim, type DemoStep, type DemoSurvey, type TrueFigure } from './demo-steps.ts'
import { driveAntenna } from '../../runtime/survey/driven-antenna.ts'

const carsALane = 3
/** Three OBUs a lane, each at a place of its own, as often as the row asks. */
const { rounds, stressDb } = assumedCriterion
/** Long for three simulated dialogues at instant timing. */
const listenMs = 120
/** So many times as fast as on a site: on loopback no answer is on its way for long. */
const speed = 4
/** At work, and 6 dB more by the half decibels of this simulated antenna. */
const powerSteps = { work: 8, stress: 20 } as const
/** More than the antennas send even then: a car of the other lane does not hear it. */
const outOfReach = 31

const obuIds = (lane: number): readonly string[] =>
  Array.from({ length: carsALane }, (_, i) =>
    `0200${(0x3000 + 16 * lane + i).toString(16)}`.toUpperCase(),
  )
const lanes = [obuIds(0), obuIds(1)] as const
const places = Object.fromEntries(lanes.flatMap((ids) => ids.map((id, i) => [id, `P${i + 1}`])))

/** The same cars stand before both antennas; each is reached by its own alone. */
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

/** Until an antenna is as it was told to be: what it heard before that is none of the round after. */
async function answeredAt(sim: SimProcess, isOn: boolean): Promise<Answered> {
  for (;;) {
    const { antennaOn, answered } = await stateOf(sim)
    if (antennaOn === isOn) return answered
  }
}

/** Which antennas were told to search. */
type Told = Map<SimProcess, boolean>

/**
 * Pauses end when every antenna is as it was told to be, however late its process runs: a call that is
 * repeated then falls into the round of its answer.
 */
function settledMono(searching: Told): MonoClock {
  const fast = fastMono(speed)
  return {
    nowUs: () => fast.nowUs(),
    after(delayMs, fn) {
      let isCancelled = false
      const settle = async (): Promise<void> => {
        await Promise.all([...searching].map(([sim, isOn]) => answeredAt(sim, isOn)))
        // What the antennas sent before they said so is read from their links first.
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
  /** What each antenna says that each OBU answered. */
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

/** D6, at work and under stress: its numbers are those of the antennas. */
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
