// The worker that reads and writes the profile library, so that lanes never wait for a parser.
// The same program file is started again as the worker; main.ts branches to `serveProfileDesk`.
import { parentPort, type MessagePort } from 'node:worker_threads'
import { LaneFault } from '../../core/values/faults.ts'
import { present } from '../../core/values/must.ts'
import {
  acceptFiles,
  checkFiles,
  judgeFiles,
  libraryOf,
  undoImport,
  undoWouldChange,
} from './desk.ts'
import type { DeskAnswer, DeskAsk, DeskQuestion, ProfileDeskData } from './desk-thread.ts'

export function isProfileDeskData(data: unknown): data is ProfileDeskData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'profiles'
}

function answerOf(dir: string, ask: DeskAsk): unknown {
  switch (ask.do) {
    case 'library':
      return libraryOf(dir)
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

function answered(dir: string, { id, ask }: DeskQuestion): DeskAnswer {
  try {
    return { id, ok: true, value: answerOf(dir, ask) }
  } catch (error) {
    if (error instanceof LaneFault) return { id, ok: false, code: error.code, detail: error.detail }
    const bug = error instanceof Error ? error.message : String(error)
    return { id, ok: false, code: 'RUN-03', detail: { note: bug } }
  }
}

export function serveProfileDesk(
  { dir }: ProfileDeskData,
  port: MessagePort | null = parentPort,
): void {
  const own = present(port, 'a worker has a port')
  own.on('message', (question: DeskQuestion) => own.postMessage(answered(dir, question)))
}
