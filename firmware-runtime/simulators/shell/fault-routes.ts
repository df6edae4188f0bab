// The fault routes of every simulated device: apply a fault of the whole device now, and take all faults back.
// Faults that wait for a frame are set by admin.ts.
import type { AdminRoutes } from './admin.ts'
import { nowUs } from './driver.ts'
import type { FaultEngine, FaultRule } from './faults.ts'

interface Faulty<Output> {
  readonly faults: FaultEngine
  act(action: FaultRule, atUs: number): readonly Output[]
  mend(): void
}

/** `at`: the place where a fault of the whole device is checked. */
export const faultRoutes = <Output>(
  at: string,
  model: Faulty<Output>,
  driver: { out(outputs: readonly Output[]): void },
  state: () => Record<string, unknown>,
): AdminRoutes => ({
  'POST /act': ({ body }) => {
    const given = typeof body === 'object' ? body : null
    driver.out(model.act(model.faults.check({ ...given, at, when: 'before' }), nowUs()))
    return state()
  },
  'DELETE /faults': () => {
    model.faults.clear()
    model.mend()
    return { faults: [] }
  },
})
