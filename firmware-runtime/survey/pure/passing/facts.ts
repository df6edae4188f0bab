// Stored data of a passage for the survey without an instrument: times on the loops and of the antenna.
// It contains no plate, OBU, card or time of day: one line of numbers in the file of its day.

/** Times in whole ms since the front of the car came onto the trigger loop; before it: negative. */
export interface PassageFact {
  readonly kind: 'passage'
  /** Off the trigger, onto the loop under the boom, off it. */
  readonly triggerOffMs: number
  readonly underOnMs: number
  readonly underOffMs: number
  /** The antenna began to search; null: it did not search for this car. */
  readonly searchOnMs: number | null
  /** First and last answer of the car's own OBU; null: no answer, or own OBU unknown. */
  readonly firstMs: number | null
  readonly lastMs: number | null
  /** Number of separate answers. */
  readonly tries: number
  /** The antenna stopped after the last answer; null: it went on until the car was gone. */
  readonly searchOffMs: number | null
}

/** An OBU that answered and belongs to no car of this lane; `unsure`: possibly to a car with an unknown OBU. */
interface BesideFact {
  readonly kind: 'beside'
  readonly unsure: boolean
}

export type PassingFact = PassageFact | BesideFact

/** A line of its file without its end. */
export function lineOf(fact: PassingFact): string {
  if (fact.kind === 'beside') return fact.unsure ? 'b,1' : 'b,0'
  const { triggerOffMs, underOnMs, underOffMs, searchOnMs, firstMs, lastMs, tries } = fact
  const numbers = [triggerOffMs, underOnMs, underOffMs, searchOnMs, firstMs, lastMs, tries]
  return ['p', ...numbers, fact.searchOffMs].map((value) => value ?? '').join(',')
}

const whole = /^-?\d{1,8}$/

/** Null for a line truncated by a power cut, or an invalid one. */
export function factOf(line: string): PassingFact | null {
  if (line === 'b,0' || line === 'b,1') return { kind: 'beside', unsure: line === 'b,1' }
  const [kind, ...cells] = line.split(',')
  if (kind !== 'p' || cells.length !== 8) return null
  if (!cells.every((cell) => cell === '' || whole.test(cell))) return null
  const numbers = cells.map((cell) => (cell === '' ? null : Number(cell)))
  const [triggerOffMs = null, underOnMs = null, underOffMs = null, ...of] = numbers
  const [searchOnMs = null, firstMs = null, lastMs = null, tries = null, searchOffMs = null] = of
  if (triggerOffMs === null || underOnMs === null || underOffMs === null || tries === null)
    return null
  const hasAnswer = firstMs !== null && lastMs !== null
  if (hasAnswer !== tries > 0 || (hasAnswer && (lastMs < firstMs || searchOnMs === null)))
    return null
  return {
    kind: 'passage',
    triggerOffMs,
    underOnMs,
    underOffMs,
    searchOnMs,
    firstMs,
    lastMs,
    tries,
    searchOffMs,
  }
}
