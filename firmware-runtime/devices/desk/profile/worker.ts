// The worker that reads and writes the profile library, so that lanes never wait for a parser.
// The same program file is started as the worker; main.ts branches to `serveProfileWorker`.
import { serveCalls } from '#base/worker/worker-calls.ts'
import type { ProfileService } from '../handlers/control-profiles.ts'
import {
  acceptFiles,
  checkFiles,
  judgeFiles,
  libraryOf,
  undoImport,
  undoWouldChange,
} from './service.ts'
import type { ProfileWorkerData } from './worker-client.ts'
import { sheetFrom } from './sheet-from.ts'

export function serveProfileWorker({ dir }: ProfileWorkerData): void {
  serveCalls<ProfileService>({
    library: () => libraryOf(dir),
    sheet: (id) => sheetFrom(dir, id),
    judge: (files) => judgeFiles(dir, files),
    check: (files, generation) => checkFiles(dir, files, generation),
    accept: (files, generation) => acceptFiles(dir, files, generation),
    undoPlan: () => undoWouldChange(dir),
    undo: (generation) => undoImport(dir, generation),
  })
}
