// The hot thread's side of the profile worker: asks, waits, and lets it end when nobody asks.
// Files held by a person stay on this side: the worker knows nothing between two questions.
import { AskedWorker } from '../../adapters/worker/asked-worker.ts'
import type { ProfileDesk } from '../../app/control-profiles.ts'
import type { HeldFile } from '../../app/profile-drafts.ts'

export interface ProfileDeskData {
  readonly kind: 'profiles'
  readonly dir: string
}

export type DeskAsk =
  | { readonly do: 'library' | 'undoPlan' }
  | { readonly do: 'sheet'; readonly id: string }
  | { readonly do: 'judge'; readonly files: readonly HeldFile[] }
  | {
      readonly do: 'check' | 'accept'
      readonly files: readonly HeldFile[]
      readonly generation: number
    }
  | { readonly do: 'undo'; readonly generation: number }

export class ProfileDeskThread implements ProfileDesk {
  private readonly worker: AskedWorker<DeskAsk>

  constructor(entry: string, dir: string) {
    this.worker = new AskedWorker(entry, { kind: 'profiles', dir } satisfies ProfileDeskData)
  }

  library: ProfileDesk['library'] = () => this.worker.ask({ do: 'library' })
  sheet: ProfileDesk['sheet'] = (id) => this.worker.ask({ do: 'sheet', id })
  judge: ProfileDesk['judge'] = (files) => this.worker.ask({ do: 'judge', files })
  check: ProfileDesk['check'] = (files, generation) =>
    this.worker.ask({ do: 'check', files, generation })
  accept: ProfileDesk['accept'] = (files, generation) =>
    this.worker.ask({ do: 'accept', files, generation })
  undoPlan: ProfileDesk['undoPlan'] = () => this.worker.ask({ do: 'undoPlan' })
  undo: ProfileDesk['undo'] = (generation) => this.worker.ask({ do: 'undo', generation })

  /** An import that is cut off leaves the generation before: the name is turned last. */
  close(): Promise<void> {
    return this.worker.close()
  }
}
