// The worker that reads and writes the profile library, so that lanes never wait for a parser.
// The same program file is started again as the worker; main.ts branches to `serveProfileDesk`.
import { serveQuestions } from '../../adapters/worker/asked-worker.ts'
import {
  acceptFiles,
  checkFiles,
  judgeFiles,
  libraryOf,
  undoImport,
  undoWouldChange,
} from './desk.ts'
import { sheetFrom } from './show.ts'
import type { DeskAsk, ProfileDeskData } from './desk-thread.ts'

export function isProfileDeskData(data: unknown): data is ProfileDeskData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'profiles'
}

function answerOf(dir: string, ask: DeskAsk): unknown {
  switch (ask.do) {
    case 'library':
      return libraryOf(dir)
    case 'sheet':
      return sheetFrom(dir, ask.id)
    case 'judge':
      return judgeFiles(dir, ask.files)
    case 'check':
      return checkFiles(dir, ask.files, ask.generation)
    case 'accept':
      return acceptFiles(dir, ask.files, ask.generation)
    case 'undoPlan':
      return undoWouldChange(dir)
    case 'undo':
      return undoImport(dir, ask.generation)
  }
}

export const serveProfileDesk = ({ dir }: ProfileDeskData): void =>
  void serveQuestions((ask: DeskAsk) => answerOf(dir, ask))
