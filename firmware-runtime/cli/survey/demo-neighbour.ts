// The demo's neighbour lane: two simulated antennas side by side with cars in both lanes, driven in turn and
// together; what each OBU answered is compared with what the antennas know.
import { join } from 'node:path'
import { systemMonoClock } from '../../adapters/clocks/system-clocks.ts'
import { runCrossReads } from '../../app/survey/cross-read-run.ts'
import type { SimProcess } from '../world/sim-process.ts'
import { withSim, type DemoStep, type TrueFigure } from './demo-steps.ts'
import { driveAntenna } from './driven-antenna.ts'

const carsALane = 10
const rounds = 2
/** Long for ten simulated dialogues, short of the second after which one OBU would answer again. */
const listenMs = 500
const powerStep = 8
/** More than the antennas send: a car of the other lane does not hear it. */
const outOfReach = 31

const obuIds = (lane: number): readonly string[] =>
  Array.from({ length: carsALane }, (_, i) =>
    `0200${(0x3000 + 16 * lane + i).toString(16)}`.toUpperCase(),
  )
const lanes = [obuIds(0), obuIds(1)] as const

/** The same cars stand before both antennas; each is reached by its own alone. */
async function park(sim: SimProcess, own: number): Promise<void> {
  for (const [lane, ids] of lanes.entries())
    for (const [i, obuId] of ids.entries())
      await sim.admin('POST', '/cars', {
        ...{ obuId, cardNo: `370112000000000${10_000 + 100 * lane + i}` },
        ...{ plate: `测A3${lane}${i}00`, stayMs: 0 },
        needsPowerStep: lane === own ? 0 : outOfReach,
      })
}

type Answered = Readonly<Record<string, number>>
interface Heard {
  readonly antennaOn: boolean
  readonly answered: Answered
}
const heardOf = (sim: SimProcess): Promise<Heard> => sim.admin<Heard>('GET', '/state')

/** What an antenna heard before its search was off is none of a round. */
async function quietAt(sim: SimProcess): Promise<Answered> {
  for (;;) {
    const { antennaOn, answered } = await heardOf(sim)
    if (!antennaOn) return answered
  }
}

const antenna = (seed: number): readonly string[] => [
  ...['--listen', 'tcp://127.0.0.1:0', '--variant', 'generic-bcc'],
  ...['--timing', 'instant', '--seed', String(seed)],
]

/** D6: its numbers are those of the antennas. */
export const neighbourStep: DemoStep = ({ seed, out, record }) =>
  withSim('rsu-sim', antenna(seed), (ours) =>
    withSim('rsu-sim', antenna(seed + 1), async (theirs) => {
      const sims = [ours, theirs]
      for (const [own, sim] of sims.entries()) await park(sim, own)
      const linkOf = (sim: SimProcess): string =>
        `${sim.endpoints.link ?? ''}?variant=generic-bcc&power=${powerStep}`
      const before: Answered[] = []
      const { turns, faults } = await runCrossReads(
        {
          antennas: sims.map((sim, i) => ({ link: linkOf(sim), obuIds: lanes[i] ?? [] })),
          ...{ inNeighbour: [], rounds, listenMs },
        },
        {
          ...{ mono: systemMonoClock(), signal: new AbortController().signal, record },
          async open(link) {
            const antenna = await driveAntenna(link, join(out, 'antennas'))
            before.push(await quietAt(sims[before.length] ?? ours))
            return antenna
          },
          step: () => undefined,
        },
      )
      for (const fault of faults) throw fault
      const after = await Promise.all(sims.map(heardOf))
      const known = after.map(({ answered }, i) =>
        Object.fromEntries(
          Object.entries(answered).map(([id, count]) => [id, count - (before[i]?.[id] ?? 0)]),
        ),
      )
      const truth = lanes.flat().map((what): TrueFigure => {
        const sum = (all: readonly Answered[]): number =>
          all.reduce((total, counts) => total + (counts[what] ?? 0), 0)
        return { what, true: sum(known), got: sum(turns.map(({ answers }) => answers)) }
      })
      const wrong = known.map((counts, own) =>
        lanes
          .flatMap((ids, lane) => (lane === own ? [] : ids))
          .reduce((total, id) => total + (counts[id] ?? 0), 0),
      )
      const got = turns.reduce((total, { inNeighbour }) => total + inNeighbour, 0)
      truth.push({ what: 'wrong answers', true: (wrong[0] ?? 0) + (wrong[1] ?? 0), got })
      return { step: 'neighbour', truth }
    }),
  )
