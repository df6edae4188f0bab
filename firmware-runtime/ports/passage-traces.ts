// What explains a passage and is no ledger row: events and turns of its lanes, frames of their antennas.
// Kept beside the photos of their day and as long as they; the ledger proves without them.

/** One of them as it was shown when it happened; who reads it knows the form. */
export interface PassageTrace {
  readonly stayId: string
  readonly kind: 'event' | 'frame' | 'turn'
  readonly value: unknown
}

export interface PassageService {
  /** Traces of a stay on these days (`YYYY-MM-DD`), in the order they came; none where none are. */
  passage(stayId: string, days: readonly string[]): Promise<readonly PassageTrace[]>
}
