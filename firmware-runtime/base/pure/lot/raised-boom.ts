// A boom that a test raised and that nothing has seen down since. Kept in the data folder before the command is sent, so
// that a window that closes or a program that is killed leaves it to a person.
import type { BilingualText } from '../words/fault-text.ts'

export interface RaisedBoom {
  readonly laneId: string
  readonly name: BilingualText
  /** Link of its barrier. */
  readonly link: string
  /** Who began the test, and when. */
  readonly by: string
  readonly atIso: string
  /** `setup`: tested without a lane; `lane`: by the test of a running lane. */
  readonly of: 'setup' | 'lane'
}
