// What a driver makes of a timer that fires late: this process stood still, as a slow disk makes it, and
// what the device said meanwhile still waits to be read. Times in ms.

/** A timer that late was held up by this process. */
const stallMs = 5
/** What waits in a socket is read within a few turns of the program. */
export const waitingAnswerMs = 30

export const wasHeldUp = (nowMs: number, dueMs: number): boolean => nowMs - dueMs >= stallMs
