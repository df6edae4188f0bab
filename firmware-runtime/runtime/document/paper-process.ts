// Documents are laid out in a process of their own that ends with its document: fonts and layout weigh some 100 MB, which
// no lane carries, not even for seconds (ADR 286). Where the program is no plain Node, as in Studio, it is a thread of its own
// that does so. Either is ended where the document is stopped.
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { deserialize, serialize } from 'node:v8'
import type { PaperLine } from '../../core/print/paper.ts'
import type { ReportDocument } from '../../app/survey/report-model.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { inWork, mustGoOn, stoppedFault } from '../../adapters/worker/document-work.ts'
import { RequestWorker, serveQuestions } from '../../adapters/worker/request-worker.ts'
import { present } from '../../core/values/must.ts'
import { reportParts } from './report-parts.ts'

export type PaperJob =
  | { readonly kind: 'pdf' | 'docx'; readonly document: ReportDocument }
  | { readonly kind: 'receipt'; readonly lines: readonly PaperLine[] }

export type LayOut = (job: PaperJob) => Promise<Uint8Array>

/** In this process; what lays out is loaded when it is asked for. */
export async function layOutHere(job: PaperJob): Promise<Uint8Array> {
  const parts = reportParts()
  switch (job.kind) {
    case 'pdf': {
      const { reportPdf } = await import('../../app/survey/report-pdf.ts')
      return reportPdf(job.document, parts)
    }
    case 'docx': {
      const { reportDocx } = await import('../../app/survey/report-docx.ts')
      return reportDocx(job.document, parts)
    }
    case 'receipt': {
      const { receiptPdf } = await import('../../app/money/receipt-pdf.ts')
      return receiptPdf(job.lines, parts)
    }
  }
}

/** What the program is called with to be that process; no command of people. */
export const layOutArgument = 'lay-out'
/** Of what it said last, for a person who looks why. */
const saidMax = 300

export interface PaperWorkerData {
  readonly kind: 'paper'
}

/** The thread itself. */
export const servePaperWorker = (): void => void serveQuestions<PaperJob>(layOutHere)

async function byThread(program: string, job: PaperJob): Promise<Uint8Array> {
  const worker = new RequestWorker<PaperJob>(program, { kind: 'paper' } satisfies PaperWorkerData)
  const stop = inWork.getStore()?.stop
  // What lays out reads no message until it is done.
  const end = (): void => void worker.close()
  stop?.addEventListener('abort', end, { once: true })
  try {
    return await worker.ask<Uint8Array>(job)
  } catch (error) {
    throw stop?.aborted === true ? stoppedFault() : error
  } finally {
    await worker.close()
  }
}

function byProcess(node: string, program: string, job: PaperJob): Promise<Uint8Array> {
  // A font that is missing is said as itself.
  reportParts()
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, layOutArgument], {
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const bytes: Buffer[] = []
    let said = ''
    child.stdout.on('data', (part: Buffer) => bytes.push(part))
    child.stderr.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-saidMax)))
    const stop = inWork.getStore()?.stop
    stop?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
    // A machine that starts no process lays out in a thread.
    child.once('error', () => resolve(byThread(program, job)))
    child.once('close', (code) => {
      if (stop?.aborted === true) reject(stoppedFault())
      else if (code === 0) resolve(new Uint8Array(Buffer.concat(bytes)))
      else reject(new LaneFault('RUN-03', { note: said.trim() || `lay-out ${code}` }))
    })
    // One that ended before it has read all is said by its exit.
    child.stdin.on('error', () => undefined)
    child.stdin.end(serialize(job))
  })
}

/** For a worker beside the lanes, whose program file is that of the process. */
export function layOutBeside(
  program = present(process.argv[1], 'a program file'),
  node = process.execPath,
): LayOut {
  const isElectron = process.versions['electron'] !== undefined
  return async (job) => {
    mustGoOn()
    inWork.getStore()?.phase('layingOut')
    return isElectron ? byThread(program, job) : byProcess(node, program, job)
  }
}

/** The process itself: a job on stdin, its bytes on stdout. The lanes go first. */
export async function layOutForParent(): Promise<number> {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A system that does not let it: the document is laid out all the same.
  }
  const given: Buffer[] = []
  for await (const part of process.stdin) given.push(part as Buffer)
  const bytes = await layOutHere(deserialize(Buffer.concat(given)) as PaperJob)
  await new Promise<void>((done) => process.stdout.write(bytes, () => done()))
  return 0
}
