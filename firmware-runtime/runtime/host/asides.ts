// Work on a whole ledger beside the lanes: each piece runs in a reader of its own that ends with its answer, so that the
// memory for it is freed at once.
import { ReaderWorker, type LedgerReaderOptions } from '#lane/sqlite/reader-worker.ts'
import type { TaskOwner } from '#base/process/side-tasks.ts'
import type { KeptFold } from '#ledger/ports/fold-cache.ts'
import { programFile } from '#base/process/program-file.ts'
import { version } from '#base/process/version.ts'

export class Asides {
  private readonly place: LedgerReaderOptions
  private readonly tasks: Pick<TaskOwner, 'once'>
  private readonly workers = new Set<ReaderWorker>()

  constructor(place: LedgerReaderOptions, tasks: Pick<TaskOwner, 'once'>) {
    this.place = place
    this.tasks = tasks
  }

  async run<T>(ask: (worker: ReaderWorker) => Promise<T>): Promise<T> {
    const worker = new ReaderWorker(programFile(), this.place)
    this.workers.add(worker)
    try {
      return await ask(worker)
    } finally {
      this.workers.delete(worker)
      await worker.close()
    }
  }

  readonly keepFold = (done: (kept: KeptFold) => void): void => {
    const failed = (error: unknown): void => done({ ok: false, why: String(error) })
    const keep = () => this.run((worker) => worker.keepFold(version)).then(done, failed)
    this.tasks.once('foldCache', keep)
  }

  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.close()))
  }
}
