// The hot thread's side of the profile worker: asks, waits, and lets it end when nobody asks.
// Files held by a person stay on this side: the worker knows nothing between two questions.
import { WorkerCalls } from '../../adapters/worker/worker-calls.ts'
import type { ProfileService } from '../../app/control/control-profiles.ts'

export interface ProfileWorkerData {
  readonly kind: 'profiles'
  readonly dir: string
}

/** An import that is cut off leaves the generation before: the name is turned last. */
export class ProfileWorkerClient extends WorkerCalls<ProfileService> implements ProfileService {
  library = this.call('library')
  sheet = this.call('sheet')
  judge = this.call('judge')
  check = this.call('check')
  accept = this.call('accept')
  undoPlan = this.call('undoPlan')
  undo = this.call('undo')

  constructor(entry: string, dir: string) {
    super(entry, { kind: 'profiles', dir } satisfies ProfileWorkerData)
  }
}
