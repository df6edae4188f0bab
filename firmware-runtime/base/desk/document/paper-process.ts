// Lays out documents in a process that ends with its document: fonts and layout take some 100 MB, which no lane may
// hold even for seconds (ADR 286). Where the program is not plain Node, as in Studio, a thread does it. Both are ended
// when the document is cancelled.
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { deserialize, serialize } from 'node:v8'
import type { PaperLine } from '../../pure/data/paper.ts'
import type { ReportDocument } from '#survey/report/report-model.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { inWork, mustGoOn, stoppedFault } from '../../worker/document-work.ts'
import { RequestWorker, serveQuestions } from '../../worker/request-worker.ts'
import { present } from '../../pure/values/must.ts'
import { reportParts } from './report-parts.ts'

export type PaperJob =
  | { readonly kind: 'pdf' | 'docx'; readonly document: ReportDocument }
  | { readonly kind: 'receipt'; readonly lines: readonly PaperLine[] }

export type LayOut = (job: PaperJob) => Promise<Uint8Array>

/** Lays out in this process; the layout code is loaded on demand. */
export async function layOutHere(job: PaperJob): Promise<Uint8Array> {
  const parts = reportParts()
  switch (job.kind) {
    case 'pdf': {
      const { reportPdf } = await import('#survey/report/report-pdf.ts')
      return reportPdf(job.document, parts)
    }
    case 'docx': {
      const { reportDocx } = await import('#survey/report/report-docx.ts')
      return reportDocx(job.document, parts)
    }
    case 'receipt': {
      const { receiptPdf } = await import('#money/receipts/receipt-pdf.ts')
      return receiptPdf(job.lines, parts)
    }
  }
}

/** Argument that starts the program as this process; not a command for people. */
export const layOutArgument = 'lay-out'
/** Characters kept of the process's last output, for the error text. */
const saidMax = 300

export interface PaperWorkerData {
  readonly kind: 'paper'
}

/** The layout thread. */
export function servePaperWorker(): void {
  serveQuestions<PaperJob>(layOutHere)
}

async function byThread(program: string, job: PaperJob): Promise<Uint8Array> {
  const worker = new RequestWorker<PaperJob>(program, { kind: 'paper' } satisfies PaperWorkerData)
  const stop = inWork.getStore()?.stop
  // The layout code reads no message until it is done, so a stop ends the worker.
  let ending: Promise<void> = Promise.resolve()
  const end = (): void => {
    ending = worker.close()
  }
  stop?.addEventListener('abort', end, { once: true })
  try {
    return await worker.ask<Uint8Array>(job)
  } catch (error) {
    throw stop?.aborted === true ? stoppedFault() : error
  } finally {
    await ending
    await worker.close()
  }
}

function byProcess(node: string, program: string, job: PaperJob): Promise<Uint8Array> {
  // Checked here first, so that a missing font is reported as such.
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
    // When the process cannot be started, a thread lays out.
    child.once('error', () => resolve(byThread(program, job)))
    child.once('close', (code) => {
      if (stop?.aborted === true) reject(stoppedFault())
      else if (code === 0) resolve(new Uint8Array(Buffer.concat(bytes)))
      else reject(new LaneFault('RUN-03', { note: said.trim() || `lay-out ${code}` }))
    })
    // A process that ended before it read everything is reported by its exit.
    child.stdin.on('error', () => undefined)
    child.stdin.end(serialize(job))
  })
}

/** For a worker beside the lanes, which has the same program file. */
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

/** The layout process: a job on stdin, the document on stdout. It runs at low priority, because lanes go first. */
export async function layOutForParent(): Promise<number> {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // When the system refuses that, the document is laid out all the same.
  }
  const given: Buffer[] = []
  for await (const part of process.stdin) given.push(part as Buffer)
  const bytes = await layOutHere(deserialize(Buffer.concat(given)) as PaperJob)
  await new Promise<void>((done) => process.stdout.write(bytes, () => done()))
  return 0
}
