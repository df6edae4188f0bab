// The hand on the machine's clock: whether this process may move it, how, and what a person types who does it instead.
// Only the upkeep of the lot's clock holds it.

export interface ClockSetter {
  /** The system allows it to this process. */
  readonly mayStep: boolean
  /** Steps the clock; resolves to the error text, or null on success. */
  step(byMs: number): Promise<string | null>
  /** For a person with the right; the server is one that answered. */
  commandFor(server: string | null): string
}
