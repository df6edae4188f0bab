// Settings by the administration for all channels or one: the policy, and the shift of business time. A channel's own
// setting takes precedence.
import { everybody } from './records/by-application.ts'
import { defaultPolicy, type Policy } from './call.ts'

export function createChannelSettings() {
  const policies = new Map<string, Partial<Policy>>()
  const shifts = new Map<string, number>()
  let policy = defaultPolicy
  const policyOf = (appId: string): Policy => ({ ...policy, ...policies.get(appId) })
  return {
    policies,
    shifts,
    policyOf,
    shiftOf: (appId: string): number => shifts.get(appId) ?? shifts.get(everybody) ?? 0,
    ofAll: (): Policy => policy,
    setPolicy(change: Partial<Policy>, appId = everybody): Policy {
      if (appId === everybody) policy = { ...policy, ...change }
      else policies.set(appId, { ...policies.get(appId), ...change })
      return policyOf(appId)
    },
    moveTime(shiftMs: number, appId = everybody): void {
      shifts.set(appId, shiftMs)
    },
  }
}
