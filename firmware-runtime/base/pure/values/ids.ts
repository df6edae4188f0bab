// Ids with numbers that never repeat: a step receives the last number used and returns the last that it used. Within the
// step the numbers count on; the executor reports them to the lot before another step uses any.

/** Shape of the number of a car park, which is part of ids, channel numbers and file names. */
export const lotIdShape = /^[A-Za-z0-9]{1,8}$/

/** Lot and node that create the ids. */
export interface NodeOfLot {
  readonly lotId: string
  readonly nodeId: string
}

export interface GivenOut extends NodeOfLot {
  /** The last number that was given out. */
  readonly lastId: number
}

export interface Minting {
  /** A fresh id such as `gx1-S12`. */
  mint(letter: string): string
}

/** A platform knows refunds, exceptions, plate records, shifts and feedback by their id, and a channel may have more lots than one (D.2 rule 1). */
const channelLetters = new Set(['R', 'X', 'N', 'G', 'K'])

/** `gx1-S12` within the lot; what others know it by names the lot, too: `GX00012-gx1-R7`, at most 32 letters. */
export const idOf = ({ lotId, nodeId }: NodeOfLot, letter: string, n: number): string =>
  `${channelLetters.has(letter) ? `${lotId}-` : ''}${nodeId}-${letter}${n}`

/** Does a step whose rows have ids: the same step with the same last number takes the same ones. */
export function numbered<E extends GivenOut, R extends object>(
  env: E,
  step: (env: E & Minting) => R,
): R & Pick<GivenOut, 'lastId'> {
  let { lastId } = env
  const done = step({ ...env, mint: (letter) => idOf(env, letter, ++lastId) })
  return { ...done, lastId }
}
