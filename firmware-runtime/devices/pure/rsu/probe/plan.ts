// Listening times for an unknown line, and the usual speeds of adapters. Profiles name the speeds and ports of antennas
// (devices/profiles/antenna-plan.ts).

export const usualBauds: readonly number[] = [115_200, 9_600, 57_600, 38_400, 19_200]

/** The named speed first. */
export const baudsFrom = (named: number | null, bauds: readonly number[]): readonly number[] =>
  named === null ? bauds : [named, ...bauds.filter((baud) => baud !== named)]

/** Listening time before anything is sent: a heartbeat or a car may come by itself. */
export const listenMs = 300
/** Listening time after each query. */
export const answerMs = 500
/** After the last query: a device needs about a second for B0 (rsu-interface.md 3.4). */
export const lastAnswerMs = 1_500
/**
 * A device that cannot receive us only sends heartbeats, every 10 s (rsu-interface.md 1.2.3), so a silent line is
 * listened to once more for that long.
 */
export const heartbeatPatienceMs = 11_000
