// Where a lane's facts of passages are kept, a day a file, and from when on they count.
// Facts explain and prove nothing: what a full disk refuses is counted, and no car waits for it.
import type { PassingFact } from '../pure/passing/facts.ts'
import type { PassingDay, PassingSince } from '../pure/passing/review.ts'

export interface PassingStore {
  /** Never throws and never waits. */
  add(laneId: string, day: string, facts: readonly PassingFact[]): void
  /** Resolves when all added facts are in their files. */
  flush(): Promise<void>
  /** Never throws; an unreadable day is treated as missing. */
  days(laneId: string): readonly PassingDay[]
  since(laneId: string): PassingSince | null
  /** Durable when it returns; DATA-01 or DATA-02 where it cannot be. */
  countFrom(laneId: string, since: PassingSince): void
  /** Lines that were lost to the disk in this life. */
  readonly dropped: number
}
