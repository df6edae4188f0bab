// Administration of the access platform for scripts: addresses of an account, card networks, and stopped records.
// A stopped record stays listed until it was sent again, corrected (000 A.2.3).
import type { AdminRoutes } from '../../shell/admin.ts'
import type { PlatformModel } from '../model.ts'
import { membersIn, refuse } from '../../shell/members.ts'

function textsOf(body: unknown, name: string, shape: RegExp): readonly string[] {
  const value = membersIn(body)[name]
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string' && shape.test(one)))
    throw refuse(name, value, `a list of ${shape.source}`)
  return value.map(String)
}

/** POST /addresses {addresses}; POST /networks {networks}; GET /stopped -> {rows}. */
export const accessRoutes = (
  model: () => PlatformModel,
  appId: string,
  settled: () => Promise<void>,
): AdminRoutes => ({
  'POST /addresses': async ({ body }) => {
    const addresses = textsOf(body, 'addresses', /^[0-9a-f.:]{2,45}$/)
    model().record({ t: 'addresses', appId, addresses })
    await settled()
    return { appId, addresses }
  },
  'POST /networks': async ({ body }) => {
    const networks = textsOf(body, 'networks', /^\d{4}$/)
    model().record({ t: 'networks', networks })
    await settled()
    return { networks }
  },
  'GET /stopped': () => ({ rows: [...model().state.access.stopped.values()] }),
})
