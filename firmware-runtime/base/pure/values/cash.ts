// Cash taken for a car, in integer fen: the amount handed over and the change.
// Too little is no payment; change of a whole 100-yuan note or more is taken as a typing error.
import type { Fen } from './fen.ts'

export interface Cash {
  readonly givenFen: Fen
  readonly changeFen: Fen
}

/** The largest note: change of this amount means that one note too many was entered. */
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

/** True when the cash members of a payment row match its amount, or are both absent. */
export const cashFits = (amountFen: Fen, cash: Partial<Cash>): boolean => {
  const { givenFen, changeFen } = cash
  if (givenFen === undefined && changeFen === undefined) return true
  return changeFen !== undefined && changeFen >= 0 && givenFen === amountFen + changeFen
}
