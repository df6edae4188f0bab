// What works on an update beside the lanes: a child process, the files of DIR/update, and what begins another version.
import type { KeptLook } from '../pure/update/look.ts'
import type { UpdatePlan } from '../pure/update/plan.ts'
import type { Slots } from '../pure/update/slots.ts'

/** A command that runs beside the lanes at low priority. */
export interface UpdateRun {
  /** Resolves when it has ended, after its last line was given. */
  readonly ended: Promise<void>
  /** Ends it; what it wrote so far is taken up or removed by the next one. */
  stop(): void
}

export interface UpdateProgram {
  /** `etc-lane update VERB --data DIR --from FROM`; each line that it prints is given. */
  run(verb: 'check' | 'prepare', from: string, line: (text: string) => void): UpdateRun
}

export interface UpdateFiles {
  /** Null: nothing is prepared. */
  plan(): UpdatePlan | null
  keepPlan(plan: UpdatePlan): void
  /** Removes the plan and what was fetched and unpacked for it; programs in use stay. */
  dropPlan(): void
  /** Null: this lot never looked. */
  look(): KeptLook | null
  keepLook(look: KeptLook): void
  /** Fingerprint of the root that this lot trusts; null: nobody is trusted. */
  trusted(): string | null
  /** Fingerprint of a trust file. Throws FILE-02 where there is none, UPDATE-02 or UPDATE-04 for one that does not fit. */
  fingerprintOf(file: string): Promise<string>
  /** Trusts the file from now on. Throws UPDATE-19 where it has another fingerprint, or one that was not shown since the start. */
  trust(file: string, fingerprint: string): void
}

/** What people want of the programs of these lanes, which follow it once no car is in a lane. */
export interface ProgramWishes {
  /** Which program runs, and its trial. */
  slots(): Slots
  /** The plan has changed: what is wanted there is followed when it is due (runtime/pure/update/due.ts). */
  look(): void
  /** A person wants the version before; throws where none is on trial. */
  back(who: { readonly by: string; readonly reason: string }): void
}
