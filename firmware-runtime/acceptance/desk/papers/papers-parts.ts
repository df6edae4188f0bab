// Acceptance items and papers of a running lot: each is loaded at its first use, so that a lane starts without it.
import type { AcceptanceService } from '../service/acceptance-service.ts'
import type { PapersService } from '../service/papers-service.ts'
import type { JudgingWorker, LanesOfRun } from '../folder/acceptance-folder.ts'
import { PapersWorker } from './worker-client.ts'

/** Calls `load` once, also where it is asked for again before it has ended. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null
  return () => (loaded ??= load())
}

export const acceptanceParts = (dir: string, worker: JudgingWorker, lanes: LanesOfRun) => {
  const { report, acceptance } = new PapersWorker(dir)
  return {
    acceptance: {
      service: once(async (): Promise<AcceptanceService> =>
        (await import('../folder/acceptance-folder.ts')).acceptanceHere(dir, worker, lanes),
      ),
      report: acceptance,
    },
    papers: {
      service: once(async (): Promise<PapersService> =>
        (await import('./papers-folder.ts')).papersHere(dir),
      ),
      report,
    },
  }
}
