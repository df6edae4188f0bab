// Main thread's side of the profile worker: calls it, waits, and ends it when it is idle.
// Files picked by a person stay on this side: the worker keeps nothing between two calls.
import { WorkerCalls } from '#base/worker/worker-calls.ts'
import type { ProfileService } from '../handlers/control-profiles.ts'

export interface ProfileWorkerData {
  readonly kind: 'profiles'
  readonly dir: string
}

/** An interrupted import leaves the former generation: `current` is switched last. */
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
