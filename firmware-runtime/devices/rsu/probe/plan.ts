// How long an unknown line is listened to, and the speeds that adapters are left at.
// Speeds and ports of antennas are said by their profiles (app/profiles/antenna-plan.ts).

export const usualBauds: readonly number[] = [115_200, 9_600, 57_600, 38_400, 19_200]

/** The named speed first. */
export const baudsFrom = (named: number | null, bauds: readonly number[]): readonly number[] =>
  named === null ? bauds : [named, ...bauds.filter((baud) => baud !== named)]

/** Listened before anything is said: a heartbeat or a car may come by itself. */
export const listenMs = 300
/** After each question. */
export const answerMs = 500
/** After the last: a device needs about a second for B0 (rsu-interface.md 3.4). */
export const lastAnswerMs = 1_500
/**
 * A device that cannot hear us speaks by itself alone: heartbeats come every 10 s (rsu-interface.md
 * 1.2.3), so a line that said nothing is listened to once more for that long.
 */
export const heartbeatPatienceMs = 11_000
