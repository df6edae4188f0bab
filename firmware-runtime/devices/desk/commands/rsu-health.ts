// `etc-lane rsu health`: the conditions for charging in a running lot, for scripts: PSAM, sign-in, certificates and
// clock, each with its age and its end.
import type { HealthView } from '../../calls/health-views.ts'
import { folderOf, lotReader } from '#base/desk/commands/client.ts'
import { act, printed } from '#base/desk/commands/acts.ts'

/** Exit 1: something is bad. What ends soon or is not reported yet is printed, and is no fault. */
export function isWell({ psams, signIn, certificates, clock }: HealthView): boolean {
  const parts = [...psams, ...certificates, ...(signIn ? [signIn] : []), ...(clock ? [clock] : [])]
  return parts.every(({ state }) => state !== 'bad')
}

export const health = act(['rsu health --data DIR'], async ({ data }, io) => {
  const view = await lotReader(folderOf(data), io).call('device.health', {})
  const ok = isWell(view)
  return printed({ ok, ...view }, ok)
})
