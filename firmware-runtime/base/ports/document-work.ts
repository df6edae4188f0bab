// Documents in preparation: the requester can stop each of them, and each reports its progress.
// Identified by caller and call, as one key.

/** Phase of a document: its facts are read, then its pages are laid out. */
export type DocumentPhase = 'reading' | 'layingOut'

export interface DocumentWork {
  /** `only`: nothing is left of it but its answer, so that a stop answers at once. Throws REPORT-05. */
  run<T>(key: string, only: boolean, make: () => T | Promise<T>): Promise<T>
  /** Null: nothing is made under this key. */
  phase(key: string): DocumentPhase | null
  /** Returns the number of documents told to stop. */
  stop(key: string): number
  /** Call before storing anything: throws REPORT-05 if the document of this call was stopped. */
  mustGoOn(): void
}
