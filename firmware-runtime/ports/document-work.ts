// Documents that somebody waits for: each can be stopped by who asked for it, and says how far it is.
// Known by caller and call: a key of both.

/** What is known of one without guessing: its facts are read, then its pages are laid out. */
export type DocumentPhase = 'reading' | 'layingOut'

export interface DocumentWork {
  /** `only`: nothing is left of it but its answer, so that a stop answers at once. Throws REPORT-05. */
  run<T>(key: string, only: boolean, make: () => T | Promise<T>): Promise<T>
  /** Null: nothing is made under this key. */
  phase(key: string): DocumentPhase | null
  /** How many were told to stop. */
  stop(key: string): number
  /** Before something is kept: throws REPORT-05 where the document of this call was stopped. */
  mustGoOn(): void
}
