// The spaces of the streets as they are drawn: what each tile says, by what its watchers and the ledger have.
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import type { Words } from '../../kit/words.ts'
import { spaceStateOf } from './page.ts'

export const tileStates = ['free', 'occupied', 'over', 'unknown'] as const
type SpaceState = (typeof tileStates)[number]

/** Beside the word, for eyes that do not tell the colours apart. */
export const tileMarks: Readonly<Record<SpaceState, string>> = {
  free: '□',
  occupied: '■',
  over: '▲',
  unknown: '?',
}

export interface Tile {
  readonly row: SpaceRow
  readonly state: SpaceState
  readonly word: string
  /** Empty: no car. */
  readonly plate: string
  /** How long it stands and what it would owe now; empty: no car. */
  readonly stands: string
  readonly due: string
  /** All of it, for a screen reader, and to see whether the tile changed. */
  readonly says: string
}

interface TileStreet {
  readonly name: string
  readonly tiles: readonly Tile[]
}

function tileOf(row: SpaceRow, nowMs: number, words: Words): Tile {
  const { spaceId, doubt, stay } = row
  const state = spaceStateOf(row)
  const word = words.t(doubt === null ? `spaces.tile.${state}` : `spaces.doubted.${doubt}`)
  const min = stay === null ? 0 : Math.floor((nowMs - Date.parse(stay.enteredAtIso)) / 60_000)
  const plate = stay === null ? '' : words.plate(stay.plate)
  const stands = stay === null ? '' : words.stay(Math.max(0, min))
  const due = stay === null || stay.dueFen === null ? '' : words.money(stay.dueFen)
  const said = [spaceId, word, plate, stands, due].filter((one) => one !== '')
  return { row, state, word, plate, stands, due, says: said.join(' · ') }
}

/** In the order of the rows. */
export function streetsOf(
  rows: readonly SpaceRow[],
  nowMs: number,
  words: Words,
): readonly TileStreet[] {
  const streets = new Map<string, Tile[]>()
  for (const row of rows) {
    const own = streets.get(row.street) ?? []
    own.push(tileOf(row, nowMs, words))
    streets.set(row.street, own)
  }
  return [...streets].map(([name, tiles]) => ({ name, tiles }))
}

export const countsOf = (rows: readonly SpaceRow[]): Readonly<Record<SpaceState, number>> => {
  const counts = { free: 0, occupied: 0, over: 0, unknown: 0 }
  for (const row of rows) counts[spaceStateOf(row)] += 1
  return counts
}
