// How drivers handle a timer that fires late: this process was stalled, for example by a slow disk, and what the device
// sent meanwhile is still unread. Times in ms.

/** A timer that is this late was delayed by this process. */
const stallMs = 5
/** Waiting data in a socket is read within a few turns of the event loop. */
export const waitingAnswerMs = 30

export const wasHeldUp = (nowMs: number, dueMs: number): boolean => nowMs - dueMs >= stallMs
