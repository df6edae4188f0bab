// A platform that is asked beside the lanes, by a test of the set-up or as the witness of an acceptance: signed with the key in
// use and proven by the authorisation code, both read where they lie. Nothing is sealed, moved or changed by it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  systemMonoClock,
  systemRandom,
  systemWallClock,
} from '../../adapters/clocks/system-clocks.ts'
import { openGmCrypto, type GmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { platformClient } from '../../adapters/http/platform-client.ts'
import { signedPlatform, type SignedPlatform } from '../../adapters/http/signed-platform.ts'
import type { Dialect } from '../../ports/dialect.ts'
import { accessCodeFiles } from '../folder/access-code.ts'
import { sealedKeyIn } from '../folder/client-key.ts'
import { credentialsIn, type Credentials } from '../folder/credentials.ts'
import type { LinkHere } from '../folder/link-here.ts'
import { version } from '../process/version.ts'

export interface PlatformProbe extends Pick<SignedPlatform, 'send'> {
  close(): Promise<void>
}

/** As they lie there: nothing is sealed. Throws CERT-01 or CRYPTO-02. */
export function probeCredentials(
  dialect: Dialect,
  { certDir }: Pick<LinkHere, 'certDir'>,
  crypto: GmCrypto,
): Credentials {
  // A plain one is read as it is: sealing it is the work of the runtime.
  const isSealed = !existsSync(join(certDir, accessCodeFiles.plain))
  const clientKey = () => sealedKeyIn(certDir, 'inUse')?.pem
  return credentialsIn(dialect, { certDir, isSealed, clientKey }, crypto)
}

/** Throws CERT-01 or CRYPTO-02 where what it needs does not lie there. `as`: said in the user agent. */
export function platformProbe(dialect: Dialect, channel: LinkHere, as = ''): PlatformProbe {
  const { caFile, url, appId } = channel
  const crypto = openGmCrypto()
  const { signingKey, platformKeys, accessCode } = probeCredentials(dialect, channel, crypto)
  const http = platformClient({ baseUrl: url, caFile, mono: systemMonoClock(), connections: 1 })
  const platform = signedPlatform({
    dialect,
    http,
    crypto,
    appId,
    signingKey,
    platformKeys,
    accessCode,
    transport: systemWallClock(),
    random: systemRandom(),
    userAgent: `etc-lane/${version}${as}`,
  })
  return { send: (request, done) => platform.send(request, done), close: () => http.close() }
}
