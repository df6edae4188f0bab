// Explanatory data of a passage outside the ledger: events and turns of its lanes, frames of their antennas.
// Kept beside the photos of their day and as long as they; the ledger proves without them.

/** One trace as it was displayed at that time; the reader knows its form. */
export interface PassageTrace {
  readonly stayId: string
  readonly kind: 'event' | 'frame' | 'turn'
  readonly value: unknown
}

export interface PassageService {
  /** Traces of a stay on these days (`YYYY-MM-DD`), in order of arrival; may be empty. */
  passage(stayId: string, days: readonly string[]): Promise<readonly PassageTrace[]>
}
