// The files that a copy of a lot includes besides its folder: certificates and roots by the paths of its lot file, and
// their names in the copy. A restored folder has them inside.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyPlace } from '#base/secrets/folder-keys.ts'
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { certFolder, platformCa } from '#lane/folder/client-key.ts'
import { linkHere } from '#lane/folder/link-here.ts'
import type { CopyPlan } from '../../ports/copy-service.ts'

interface SecondPlace {
  readonly to: string
  readonly hostKey?: string | null | undefined
}

const gatewayCa = 'keys/gateway-ca.pem'
const publicCerts = ['client.pem', 'platform.pem'] as const

export const keyPlaceOf = (dir: string, config: LotConfig): KeyPlace => ({
  dir,
  lotId: config.lotId,
  nodeId: config.nodeId,
  certDir: joinedPlatform(config)?.certDir ?? null,
})

export function copyPlanOf(
  dir: string,
  config: LotConfig,
  { to, hostKey = null }: SecondPlace,
): CopyPlan {
  const more = new Map<string, string>()
  const joined = linkHere(dir, config)
  if (joined !== null) {
    more.set(platformCa, joined.caFile)
    for (const name of publicCerts) more.set(`${certFolder}/${name}`, join(joined.certDir, name))
  }
  const { caFile = null } = config.gateway ?? {}
  if (caFile !== null) more.set(gatewayCa, caFile)
  const { lotId, nodeId, certDir } = keyPlaceOf(dir, config)
  return { to, hostKey, lotId, nodeId, certDir, more, begin: false }
}

/** Every address of a machine. */
const anyAddress = '0.0.0.0'

/**
 * The address to which cameras push, where this machine does not have it: a lane would not open there. This machine listens
 * on all its cards, and takes pushes from the listed cameras alone. Null: nothing has to move.
 */
export function pushesMoved(
  { intake }: Pick<LotConfig, 'intake'>,
  addresses: readonly string[],
): { readonly was: string; readonly now: string } | null {
  if (intake === undefined || intake.host === anyAddress || isLoopback(intake.host)) return null
  return addresses.includes(intake.host) ? null : { was: intake.host, now: anyAddress }
}

/** The lot file of a restored folder: paths of the other machine are replaced by paths in the folder. */
export function relocated(config: LotConfig, dir: string, final: string): LotConfig {
  const has = (name: string): boolean => existsSync(join(dir, name))
  const joined = joinedPlatform(config)
  const platform =
    joined === null
      ? config.platform
      : {
          ...joined,
          ...(joined.certDir !== undefined && has(certFolder)
            ? { certDir: join(final, certFolder) }
            : {}),
          caFile: has(platformCa) ? join(final, platformCa) : joined.caFile,
        }
  const { gateway } = config
  if (gateway === undefined || !has(gatewayCa)) return { ...config, platform }
  return { ...config, platform, gateway: { ...gateway, caFile: join(final, gatewayCa) } }
}
