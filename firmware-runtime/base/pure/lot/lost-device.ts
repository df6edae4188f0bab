// When a device of a lane counts as lost: it has been silent for longer than a blink of its link, and no person caused it.

/** A device silent for less than this may come back by itself. */
export const blipMs = 40_000

/** Reasons of a device that is down but not lost: somebody has taken it over, or it still answers. */
const notLost: readonly string[] = ['held', 'plateMissed', 'simulated']

/** `silentMs`: null when it was never heard. */
export const isLost = (
  { state, reason = '' }: { readonly state: string; readonly reason?: string },
  silentMs: number | null,
): boolean => state === 'down' && !notLost.includes(reason) && (silentMs ?? blipMs) >= blipMs
