// Turns of the program, and callbacks that other people's code calls: an error of ours never ends in that code, which
// may catch it. A fault of the world is reported; any other error ends the process, and a start folds the ledger.
import { LaneFault } from './faults.ts'

/** Errors that ended a turn half way. */
const broken = new WeakSet<object>()
/** What ends this process, the newest last; empty: a process without lanes, where the error goes to the caller alone. */
const ends: { readonly by: (error: Error) => void }[] = []

/** True for an error that left the state between two turns: only a new start is safe, whoever catches it. */
export const isTurnBroken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && broken.has(error)

/** From now on `by` gets each error that breaks a turn, whoever catches it; returns the function that ends this. */
export function endsWithBrokenTurn(by: (error: Error) => void): () => void {
  const own = { by }
  ends.push(own)
  return () => {
    const at = ends.indexOf(own)
    if (at >= 0) ends.splice(at, 1)
  }
}

/** Carries out a turn. A fault of the world is an answer; any other error is our own bug and breaks the turn. */
export function wholeTurn<T>(turn: () => T): T {
  try {
    return turn()
  } catch (error) {
    if (error instanceof Error && !(error instanceof LaneFault) && !broken.has(error)) {
      broken.add(error)
      ends.at(-1)?.by(error)
    }
    throw error
  }
}

/**
 * A callback as a turn of its own, for a library that calls it: nothing is thrown into the library. The error rejects a
 * promise without an owner, which the process reports or ends by (base/process/strays.ts); a worker ends by it.
 */
export const asTurn =
  <A extends readonly unknown[], R>(callback: (...given: A) => R) =>
  (...given: A): R | undefined => {
    try {
      return wholeTurn(() => callback(...given))
    } catch (error) {
      void Promise.reject(error)
      return undefined
    }
  }
