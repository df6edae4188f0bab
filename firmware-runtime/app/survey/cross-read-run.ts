// Row 6 by the antennas themselves: each is driven alone, then all together, round by round, and which OBU
// answered which antenna is logged. OBUs are called and let go, never charged: only the search is switched.
import type { ReceivedBytes } from '../../survey/origin.ts'
import type { CrossReadBody, OfferedObu } from '../../survey/record.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { pause } from './pace.ts'

export interface DrivenAntenna {
  search(on: boolean): void
  /** Told of every OBU that answers, and the frame that says so in hex; empty where it has been told before. */
  readonly onAnswer: Set<(obuId: string, frame: string) => void>
  close(): void
}

export interface CrossReadOptions {
  readonly antennas: readonly { readonly link: string; readonly obuIds: readonly string[] }[]
  /** OBUs next door, where none of these antennas is at home. */
  readonly inNeighbour: readonly string[]
  /** Where OBUs stand, in words; one that is not named stands nowhere in particular. */
  readonly places?: Readonly<Record<string, string>>
  /** The links set the antennas to so much more than they send at work; left out: as at work. */
  readonly stressDb?: number
  readonly rounds: number
  readonly listenMs: number
}

interface CrossReadPorts {
  readonly mono: MonoClock
  readonly signal: AbortSignal
  /** Ready to be driven, its search off. */
  open(link: string): Promise<DrivenAntenna>
  step(step: string): void
  /** `heard`: the frames that were counted, a line each. */
  record(bodies: readonly CrossReadBody[], receivedBytes: ReceivedBytes): void
}

export interface CrossReadTurn extends CrossReadBody {
  /** How often each OBU answered, at most once a round and antenna. */
  readonly answers: Readonly<Record<string, number>>
}

/** What was sent before the switch may still be on its way. */
const quietMs = 100

interface Driven {
  readonly link: string
  readonly antenna: DrivenAntenna
  readonly own: ReadonlySet<string>
}

/** A line is some 200 bytes: 34 rounds with ten OBUs are 70 KB. */
const rawBytesMax = 100_000
/** Of a record; each line names its own link in full. */
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

  /** Recorded also where it was stopped half way: what was heard was heard. */
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

  /** Every OBU of another lane, also those that never answered: they are what a pass rests on. */
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

  /** Which OBUs answered which antenna, each with the frame by which it did first. */
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

/** Under stress each antenna is driven alone: what is asked is how far its own field reaches. */
export const turnNames = (antennas: number, stressDb = 0): readonly string[] => [
  ...Array.from({ length: antennas }, (_, i) => `antenna${i + 1}`),
  ...(antennas > 1 && stressDb === 0 ? ['together'] : []),
]

/** How long a turn takes. */
export const turnMs = ({ rounds, listenMs }: Pick<CrossReadOptions, 'rounds' | 'listenMs'>) =>
  rounds * (listenMs + quietMs)

/** However the run ended, also by being stopped: all are off, and have been told so, before a link goes. */
async function letGo(driven: readonly Driven[], mono: MonoClock): Promise<void> {
  for (const { antenna } of driven) antenna.search(false)
  if (driven.length > 0) await pause(mono, quietMs, new AbortController().signal)
  for (const { antenna } of driven) antenna.close()
}

/** Throws what opening an antenna throws; all of them are let go in any case. */
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
