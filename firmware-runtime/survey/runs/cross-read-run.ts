// Row 6 measured with the antennas: each searches alone, then all together, round by round, and the log says which OBU
// answered which antenna. OBUs are called and released, never charged: only the search is switched.
import type { ReceivedBytes } from '../pure/file/origin.ts'
import type { CrossReadBody, OfferedObu } from '../pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { pause } from './pace.ts'

export interface DrivenAntenna {
  search(on: boolean): void
  /** Called for every OBU that answers, with the frame in hex; empty when that frame was reported before. */
  readonly onAnswer: Set<(obuId: string, frame: string) => void>
  close(): void
}

export interface CrossReadOptions {
  readonly antennas: readonly { readonly link: string; readonly obuIds: readonly string[] }[]
  /** OBUs in a neighbouring lane that belongs to none of these antennas. */
  readonly inNeighbour: readonly string[]
  /** Positions of OBUs, in words; an OBU without an entry has no stated position. */
  readonly places?: Readonly<Record<string, string>>
  /** Power above that in operation, set in the links, dB; absent: power as in operation. */
  readonly stressDb?: number
  readonly rounds: number
  readonly listenMs: number
}

interface CrossReadPorts {
  readonly mono: MonoClock
  readonly signal: AbortSignal
  /** Opens an antenna, with its search off. */
  open(link: string): Promise<DrivenAntenna>
  step(step: string): void
  /** `receivedBytes`: the frames that were counted, one line each. */
  record(bodies: readonly CrossReadBody[], receivedBytes: ReceivedBytes): void
}

export interface CrossReadTurn extends CrossReadBody {
  /** Number of answers of each OBU, at most one for each round and antenna. */
  readonly answers: Readonly<Record<string, number>>
}

/** Wait for frames that were sent before the switch. */
const quietMs = 100

interface Driven {
  readonly link: string
  readonly antenna: DrivenAntenna
  readonly own: ReadonlySet<string>
}

/** A line has some 200 bytes: 34 rounds with ten OBUs are 70 KB. */
const rawBytesMax = 100_000
/** Longest link in a record; each line of raw bytes has the whole link. */
const linkMax = 300
const utf8 = new TextEncoder()

const add = (counts: Record<string, number>, id: string): void => {
  counts[id] = (counts[id] ?? 0) + 1
}

class Run {
  readonly turns: CrossReadTurn[] = []
  readonly unknown = new Set<string>()
  readonly #options: CrossReadOptions
  readonly #ports: CrossReadPorts
  readonly #listed: ReadonlySet<string>

  constructor(options: CrossReadOptions, ports: CrossReadPorts) {
    this.#options = options
    this.#ports = ports
    const own = options.antennas.flatMap(({ obuIds }) => obuIds)
    this.#listed = new Set([...own, ...options.inNeighbour])
  }

  /** Also records a turn that was stopped half way: its answers are valid. */
  async turn(antennaId: number | null, driven: readonly Driven[]): Promise<void> {
    const { rounds } = this.#options
    const { signal, record } = this.#ports
    const answers: Record<string, number> = {}
    const wrong: Record<string, number> = {}
    const right: Record<string, number> = {}
    const counts = { inLane: 0, inNeighbour: 0 }
    const lines: string[] = []
    let made = 0
    while (made < rounds && !signal.aborted) {
      for (const [{ own, link }, firstFrames] of await this.#round(driven))
        for (const [id, frame] of firstFrames) {
          lines.push(`${made + 1} ${link} ${id} ${frame}\n`)
          if (!this.#listed.has(id)) this.unknown.add(id)
          else {
            add(answers, id)
            add(own.has(id) ? right : wrong, id)
            counts[own.has(id) ? 'inLane' : 'inNeighbour']++
          }
        }
      made++
    }
    const own = driven
      .flatMap((one) => [...one.own])
      .toSorted()
      .map((obuId) => ({ obuId, reads: right[obuId] ?? 0 }))
    const offered =
      made === 0 ? {} : { rounds: made, neighbours: this.#offered(driven, made, wrong), own }
    const { stressDb = 0 } = this.#options
    const stress = stressDb === 0 ? {} : { stressDb }
    const body: CrossReadBody = { kind: 'crossRead', antennaId, ...counts, ...offered, ...stress }
    const raw = utf8.encode(lines.join(''))
    const link = driven.map((one) => one.link).join(' ')
    const receivedBytes = {
      link: link.slice(0, linkMax),
      raw: raw.length > rawBytesMax ? null : raw,
    }
    if (counts.inLane + counts.inNeighbour > 0) record([body], receivedBytes)
    this.turns.push({ ...body, answers })
  }

  /** Every OBU of another lane, also one that never answered: a pass rests on these. */
  #offered(
    driven: readonly Driven[],
    rounds: number,
    wrong: Readonly<Record<string, number>>,
  ): readonly OfferedObu[] {
    const { places = {} } = this.#options
    return [...this.#listed].toSorted().flatMap((obuId): OfferedObu[] => {
      const strange = driven.filter(({ own }) => !own.has(obuId)).length
      if (strange === 0) return []
      const counts = { trials: rounds * strange, reads: wrong[obuId] ?? 0 }
      return [{ obuId, place: places[obuId] ?? '', ...counts }]
    })
  }

  /** The OBUs that answered each antenna, each with its first frame. */
  async #round(driven: readonly Driven[]): Promise<ReadonlyMap<Driven, Map<string, string>>> {
    const { mono, signal } = this.#ports
    const firstFrames = new Map(driven.map((one) => [one, new Map<string, string>()]))
    const stops = driven.map((one) => {
      const hear = (id: string, frame: string): void => {
        const ids = firstFrames.get(one)
        const name = id.toUpperCase()
        if (ids?.has(name) === false) ids.set(name, frame)
      }
      one.antenna.onAnswer.add(hear)
      return () => one.antenna.onAnswer.delete(hear)
    })
    for (const { antenna } of driven) antenna.search(true)
    await pause(mono, this.#options.listenMs, signal)
    for (const { antenna } of driven) antenna.search(false)
    await pause(mono, quietMs, signal)
    for (const stop of stops) stop()
    return firstFrames
  }
}

interface CrossReads {
  readonly turns: readonly CrossReadTurn[]
  readonly faults: readonly LaneFault[]
}

/** At raised power each antenna searches alone: the question is how far its own field reaches. */
export const turnNames = (antennas: number, stressDb = 0): readonly string[] => [
  ...Array.from({ length: antennas }, (_, i) => `antenna${i + 1}`),
  ...(antennas > 1 && stressDb === 0 ? ['together'] : []),
]

/** Duration of a turn, ms. */
export const turnMs = ({ rounds, listenMs }: Pick<CrossReadOptions, 'rounds' | 'listenMs'>) =>
  rounds * (listenMs + quietMs)

/** However the run ended: switches all antennas off and waits for that before the links close. */
async function letGo(driven: readonly Driven[], mono: MonoClock): Promise<void> {
  for (const { antenna } of driven) antenna.search(false)
  if (driven.length > 0) await pause(mono, quietMs, new AbortController().signal)
  for (const { antenna } of driven) antenna.close()
}

/** Throws the fault of opening an antenna; all antennas are released in any case. */
export async function runCrossReads(
  options: CrossReadOptions,
  ports: CrossReadPorts,
): Promise<CrossReads> {
  const run = new Run(options, ports)
  const driven: Driven[] = []
  const names = turnNames(options.antennas.length, options.stressDb)
  try {
    ports.step('open')
    for (const { link, obuIds } of options.antennas)
      driven.push({ link, antenna: await ports.open(link), own: new Set(obuIds) })
    for (const [i, name] of names.entries()) {
      if (ports.signal.aborted) break
      ports.step(name)
      const one = driven[i]
      await (one === undefined ? run.turn(null, driven) : run.turn(i + 1, [one]))
    }
  } finally {
    await letGo(driven, ports.mono)
  }
  const ids = [...run.unknown].toSorted()
  const faults = ids.length === 0 ? [] : [new LaneFault('SURVEY-22', { value: ids.join(' ') })]
  return { turns: run.turns, faults }
}
