// The worker that fetches and takes status lists: the same program file started again, which ends a minute after its last answer.
// main.ts branches to `serveListWorker`; the lanes' thread asks `ListWorker`.
import { serveCalls, WorkerCalls } from '../../adapters/worker/worker-calls.ts'
import type { ListService, ListTaken } from '../../ports/list-service.ts'
import { programFile } from '../folder/program-file.ts'
import { fetchList, takeList, type ListPlan } from './list-work.ts'

interface ListCalls {
  fetch(plan: ListPlan, full: boolean): Promise<ListTaken>
  take(plan: ListPlan, file: string): Promise<ListTaken>
}

interface ListWorkerData {
  readonly kind: 'list'
}

export const isListWorkerData = (data: unknown): data is ListWorkerData =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'list'

export function serveListWorker(): void {
  serveCalls<ListCalls>({
    fetch: (plan, full) => fetchList(plan, full),
    take: (plan, file) => takeList(plan, file),
  })
}

export class ListWorker extends WorkerCalls<ListCalls> implements ListService {
  private readonly plan: () => ListPlan
  private readonly fetch = this.call('fetch')
  private readonly take = this.call('take')

  constructor(plan: () => ListPlan) {
    super(programFile(), { kind: 'list' } satisfies ListWorkerData)
    this.plan = plan
  }

  fetchList(full: boolean): Promise<ListTaken> {
    return this.fetch(this.plan(), full)
  }

  takeList(file: string): Promise<ListTaken> {
    return this.take(this.plan(), file)
  }
}
