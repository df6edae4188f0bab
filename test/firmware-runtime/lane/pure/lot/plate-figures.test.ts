// How often a misread plate is corrected, and how often to the wrong car: figures over seeded misreads, published in
// docs/plate-correction.md. The misreads come from a list independent of the score's own.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findStay } from '#lane/pure/lot/find-stay.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { standardMatch } from '#base/pure/plates/plate-match.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { minuteMs, Rows, t0 } from './row-kit.ts'

const doc = new URL('../../../../../docs/plate-correction.md', import.meta.url)
const serial = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'
const digits = '0123456789'
/** Characters that cameras confuse, as car park staff report them. */
const confused = ['0D', '0Q', 'D0', '8B', 'B8', '17', '71', '5S', 'S5', '2Z', 'Z2', '6G', 'G6']
const lots = 6
const exits = 1200
/** Cars of one company with consecutive numbers out of a hundred; half of them are inside. */
const fleet = 50

const kinds = ['likely', 'other', 'missing', 'province', 'stranger', 'fleet'] as const
type Misread = (typeof kinds)[number]

class Draws {
  private readonly random: () => number
  constructor(seed: number) {
    this.random = seededRandom(seed)
  }
  below(n: number): number {
    return Math.floor(this.random() * n)
  }
  of(text: string): string {
    return text[this.below(text.length)] ?? ''
  }
  plate(): string {
    const rest = Array.from({ length: 5 }, (_, i) => this.of(i < 2 ? serial : digits)).join('')
    return `${this.random() < 0.85 ? '桂' : this.of('粤湘贵云渝浙沪京')}${this.of('ABCDEFGH')}${rest}`
  }
  ofFleet(): string {
    return `桂A5N8${this.of(digits)}${this.of(digits)}`
  }
  confidence(): number {
    return 0.75 + this.below(25) / 100
  }
}

/** The misread plate; null when the plate has nothing to misread in this way. */
function misread(plate: string, kind: Misread, draws: Draws): string | null {
  const at = 2 + draws.below(5)
  if (kind === 'missing') return plate.slice(0, at) + plate.slice(at + 1)
  if (kind === 'province') return `${draws.of('粤湘贵云渝浙沪京')}${plate.slice(1)}`
  if (kind === 'other') return plate.slice(0, at) + draws.of(serial) + plate.slice(at + 1)
  const pairs = confused.filter(([from = '']) => plate.slice(2).includes(from))
  const [from = '', to = ''] = pairs[draws.below(pairs.length)] ?? ''
  const place = plate.indexOf(from, 2)
  return from === '' ? null : plate.slice(0, place) + to + plate.slice(place + 1)
}

interface Tally {
  read: number
  right: number
  wrong: number
  asked: number
}

function figuresOf(inside: number): ReadonlyMap<Misread, Tally> {
  const draws = new Draws(184 + inside)
  const tallies = new Map(kinds.map((kind) => [kind, { read: 0, right: 0, wrong: 0, asked: 0 }]))
  for (let i = 0; i < lots; i++) {
    const rows = new Rows()
    const plates = Array.from({ length: inside }, () => draws.plate())
    for (let n = 0; n < fleet; n++) plates.push(draws.ofFleet())
    plates.forEach((plate, i) => rows.stay(i, plate, t0 - (60 + i) * minuteMs))
    const lot = emptyLot()
    for (const row of rows.all) foldRow(lot, row)
    for (let n = 0; n < exits; n++) {
      const kind = kinds[n % kinds.length] ?? 'likely'
      const isForeign = kind === 'stranger' || kind === 'fleet'
      const own = plates[draws.below(plates.length)] ?? ''
      const foreign = kind === 'fleet' ? draws.ofFleet() : draws.plate()
      const plate = isForeign ? foreign : own
      const read = isForeign ? plate : misread(plate, kind, draws)
      const tally = tallies.get(kind)
      if (read === null || tally === undefined || plates.includes(read)) continue
      const found = findStay(lot, {
        plate: read,
        colour: 'blue',
        confidence: draws.confidence(),
        nowMs: t0,
        clock: null,
        matchRule: standardMatch,
      }).stay
      tally.read++
      if (found === null) tally.asked++
      else if (found.plate === plate && !isForeign) tally.right++
      else tally.wrong++
    }
  }
  return tallies
}

const percent = (part: number, of: number): string => `${((100 * part) / of).toFixed(2)} %`
const rowOf = (inside: number, kind: Misread, { read, right, wrong, asked }: Tally): string =>
  ['', inside, kind, read, ...[right, asked, wrong].map((n) => percent(n, read)), '']
    .join(' | ')
    .trim()

it.each([60, 300])('%i cars inside: as the page says', (inside) => {
  const rows = [...figuresOf(inside)].map(([kind, tally]) => rowOf(inside, kind, tally))
  const page = readFileSync(doc, 'utf8')
  for (const row of rows) expect(page, rows.join('\n')).toContain(row)
})
