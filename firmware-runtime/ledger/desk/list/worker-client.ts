// Starts the worker that fetches and takes status lists: the same program file, which ends with its answer, because the
// next list is due a quarter of an hour later. The code it needs is loaded only in the worker.
import { WorkerCalls } from '#base/worker/worker-calls.ts'
import type { ListService, ListTaken } from '../../ports/list-service.ts'
import { programFile } from '#base/process/program-file.ts'
import type { ListPlan } from './list-work.ts'

export interface ListCalls {
  fetch(plan: ListPlan, full: boolean, isAnew: boolean): Promise<ListTaken>
  take(plan: ListPlan, file: string): Promise<ListTaken>
}

export interface ListWorkerData {
  readonly kind: 'list'
}

export class ListWorker extends WorkerCalls<ListCalls> implements ListService {
  private readonly plan: () => ListPlan
  private readonly fetch = this.call('fetch')
  private readonly take = this.call('take')

  constructor(plan: () => ListPlan) {
    super(programFile(), { kind: 'list' } satisfies ListWorkerData, 0)
    this.plan = plan
  }

  fetchList(full: boolean, isAnew = false): Promise<ListTaken> {
    return this.fetch(this.plan(), full, isAnew)
  }

  takeList(file: string): Promise<ListTaken> {
    return this.take(this.plan(), file)
  }
}
