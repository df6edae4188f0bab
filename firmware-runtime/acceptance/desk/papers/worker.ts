// The worker's side of the papers: makes them one document, laid out in a process of its own.
// main.ts loads it for a worker of this kind; the main thread calls it by worker-client.ts.
import { serveCalls } from '#base/worker/worker-calls.ts'
import { layOutBeside } from '#base/desk/document/paper-process.ts'
import { acceptanceReport } from './acceptance-report.ts'
import { papersReport } from './papers-report.ts'
import type { PapersCalls, PapersWorkerData } from './worker-client.ts'

export function servePapersWorker({ dir }: PapersWorkerData): void {
  const layOut = layOutBeside()
  serveCalls<PapersCalls>({
    report: (args) => papersReport(dir, args, layOut),
    acceptance: (args) => acceptanceReport(dir, args, layOut),
  })
}
