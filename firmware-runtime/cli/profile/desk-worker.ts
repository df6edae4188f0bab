// The worker that reads and writes the profile library, so that lanes never wait for a parser.
// The same program file is started again as the worker; main.ts branches to `serveProfileDesk`.
import { serveCalls } from '../../adapters/worker/worker-calls.ts'
import type { ProfileDesk } from '../../app/control-profiles.ts'
import {
  acceptFiles,
  checkFiles,
  judgeFiles,
  libraryOf,
  undoImport,
  undoWouldChange,
} from './desk.ts'
import type { ProfileDeskData } from './desk-thread.ts'
import { sheetFrom } from './show.ts'

export function isProfileDeskData(data: unknown): data is ProfileDeskData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'profiles'
}

export const serveProfileDesk = ({ dir }: ProfileDeskData): void =>
  void serveCalls<ProfileDesk>({
    library: () => libraryOf(dir),
    sheet: (id) => sheetFrom(dir, id),
    judge: (files) => judgeFiles(dir, files),
    check: (files, generation) => checkFiles(dir, files, generation),
    accept: (files, generation) => acceptFiles(dir, files, generation),
    undoPlan: () => undoWouldChange(dir),
    undo: (generation) => undoImport(dir, generation),
  })
