// The worker's side of status lists: fetching and taking a list.
// main.ts loads it for a worker of this kind; the main thread calls it by worker-client.ts.
import { serveCalls } from '#base/worker/worker-calls.ts'
import { fetchList, takeList } from './list-work.ts'
import type { ListCalls } from './worker-client.ts'

export function serveListWorker(): void {
  serveCalls<ListCalls>({
    fetch: (plan, full, isAnew) => fetchList(plan, full, isAnew),
    take: (plan, file) => takeList(plan, file),
  })
}
