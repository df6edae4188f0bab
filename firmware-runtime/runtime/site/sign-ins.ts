// The daily sign-in of a running site (P11). What another platform granted ends at the first start with this one: PSAMs and lanes are
// signed in anew, and no card is debited before.
import { systemRandom } from '../../adapters/clocks/system-clocks.ts'
import { isOfAnother, keepAccount } from '../../adapters/files/kept-accounts.ts'
import { SignInScheduler } from '../../app/hosts/sign-in.ts'
import type { LotRuntime } from '../../app/lot/lot-runtime.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { tracedFault } from '../../core/faults/faults.ts'
import { signInStatus } from '../../core/values/sign-in-status.ts'
import { lotAccountHere } from '../folder/account-here.ts'
import type { Site, SiteOptions } from './site-parts.ts'

export function endFormerGrants(
  dir: string,
  config: LotConfig,
  runtime: Pick<LotRuntime, 'lot' | 'nowMs' | 'append' | 'trace'>,
): void {
  const account = lotAccountHere(dir, config)
  if (account === null) return
  const names = isOfAnother(dir, 'signIn', account) ? [...runtime.lot.signIns.keys()] : []
  const atMs = runtime.nowMs()
  if (names.length > 0)
    runtime.append(
      names.map((psamNo) => ({
        kind: 'signIn',
        atMs,
        body: { psamNo, validUntilMs: 0, status: signInStatus.ended },
      })),
    )
  const fault = keepAccount(dir, 'signIn', account)
  if (fault !== null) runtime.trace('', null, 'fault', tracedFault(fault))
}

/** Null where no platform is joined. */
export function openSignIn(
  { runtime, uploader, rsus }: Pick<Site, 'runtime' | 'uploader' | 'rsus'>,
  { dir, config, mono }: Pick<SiteOptions, 'dir' | 'config' | 'mono'>,
): SignInScheduler | null {
  endFormerGrants(dir, config, runtime)
  if (uploader === null) return null
  const psamOf = (laneId: string) => rsus.get(laneId)?.psam ?? null
  return new SignInScheduler({ runtime, uploader, mono, config, random: systemRandom(), psamOf })
}
