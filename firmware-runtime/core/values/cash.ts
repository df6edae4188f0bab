// Cash taken for a car, in integer fen: what the driver gave and what goes back to him.
// Too little is no payment; change of a whole note is a mistyped amount.
import type { Fen } from './fen.ts'

export interface Cash {
  readonly givenFen: Fen
  readonly changeFen: Fen
}

/** The largest note: whoever gets so much back gave a note too many. */
const noteFenMax: Fen = 10_000

type CashAnswer =
  | ({ readonly kind: 'taken' } & Cash)
  | { readonly kind: 'short'; readonly missingFen: Fen }
  | { readonly kind: 'noteTooMany'; readonly changeFen: Fen }

export function cashOf(dueFen: Fen, givenFen: Fen): CashAnswer {
  const changeFen = givenFen - dueFen
  if (changeFen < 0) return { kind: 'short', missingFen: -changeFen }
  if (changeFen >= noteFenMax) return { kind: 'noteTooMany', changeFen }
  return { kind: 'taken', givenFen, changeFen }
}

/** What a payment row says of its cash fits its amount; rows without it say nothing. */
export const cashFits = (amountFen: Fen, cash: Partial<Cash>): boolean => {
  const { givenFen, changeFen } = cash
  if (givenFen === undefined && changeFen === undefined) return true
  return changeFen !== undefined && changeFen >= 0 && givenFen === amountFen + changeFen
}
