// Ids with numbers that never repeat: a step is told the last number given out, and says the last that it took.
// Inside the step its numbers count on; who carries it out tells the lot before anything else takes one.

export interface GivenOut {
  readonly nodeId: string
  /** The last number that was given out. */
  readonly lastId: number
}

export interface Minting {
  /** A fresh id such as `gx1-S12`. */
  mint(letter: string): string
}

export const idOf = (nodeId: string, letter: string, n: number): string => `${nodeId}-${letter}${n}`

/** Does a step whose rows have ids: the same step with the same last number takes the same ones. */
export function numbered<E extends GivenOut, R extends object>(
  env: E,
  step: (env: E & Minting) => R,
): R & Pick<GivenOut, 'lastId'> {
  let { lastId } = env
  const done = step({ ...env, mint: (letter) => idOf(env.nodeId, letter, ++lastId) })
  return { ...done, lastId }
}
