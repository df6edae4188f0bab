// The status of a row of a sign-in (P11).
export const signInStatus = {
  granted: 1,
  /** The grant ends: another platform gave it. */
  ended: 0,
} as const
