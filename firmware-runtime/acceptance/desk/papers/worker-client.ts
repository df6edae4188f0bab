// Starts the worker that makes one document of the papers or the acceptance: the same program file, which ends with its
// answer. It reads every survey of the folder, so lanes must not wait for it.
import { WorkerCalls } from '#base/worker/worker-calls.ts'
import type { AcceptanceReportView } from '../../calls/acceptance-views.ts'
import type { PapersReportView } from '../../calls/papers-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import { programFile } from '#base/process/program-file.ts'

export interface PapersCalls {
  report(args: ArgsOf<'papers.report'>): Promise<PapersReportView>
  acceptance(args: ArgsOf<'acceptance.report'>): Promise<AcceptanceReportView>
}

export interface PapersWorkerData {
  readonly kind: 'papers'
  readonly dir: string
}

export class PapersWorker extends WorkerCalls<PapersCalls> {
  readonly report = this.call('report')
  readonly acceptance = this.call('acceptance')

  constructor(dir: string) {
    super(programFile(), { kind: 'papers', dir } satisfies PapersWorkerData, 0)
  }
}
