// How the audit row of an act names its command.

/** Identity of a command from its audit row: act with its object, then the lane. */
export const commandWords = (act: string, laneId: string | undefined): string =>
  laneId === undefined ? act : `${act} @${laneId}`

/** Result of the second row of an act that failed behind its first one. */
export const notDone = 'notDone'

/** A call is repeated within minutes; a busy lot has a few hundred acts a day. */
export const commandsMax = 10_000
