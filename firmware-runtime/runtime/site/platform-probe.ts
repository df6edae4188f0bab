// A platform that is asked beside the lanes, by a test of the set-up or as the witness of an acceptance: signed with the key in
// use and proven by the authorisation code, both read where they lie. Nothing is sealed, moved or changed by it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  systemMonoClock,
  systemRandom,
  systemWallClock,
} from '../../adapters/clocks/system-clocks.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { platformClient } from '../../adapters/http/platform-client.ts'
import { signedPlatform, type SignedPlatform } from '../../adapters/http/signed-platform.ts'
import type { Dialect } from '../../ports/dialect.ts'
import { accessCodeFiles } from '../folder/access-code.ts'
import { sealedKeyIn } from '../folder/client-key.ts'
import { credentialsIn } from '../folder/credentials.ts'
import type { LinkHere } from '../folder/link-here.ts'
import { version } from '../process/version.ts'

export interface PlatformProbe extends Pick<SignedPlatform, 'send'> {
  close(): Promise<void>
}

/** Throws CERT-01 or CRYPTO-02 where what it needs does not lie there. `as`: said in the user agent. */
export function platformProbe(dialect: Dialect, channel: LinkHere, as = ''): PlatformProbe {
  const { certDir, caFile, url, appId } = channel
  const crypto = openGmCrypto()
  // A plain one is read as it is: sealing it is the work of the runtime.
  const isSealed = !existsSync(join(certDir, accessCodeFiles.plain))
  const clientKey = () => sealedKeyIn(certDir, 'inUse')?.pem
  const { signingKey, platformKeys, accessCode } = credentialsIn(
    dialect,
    { certDir, isSealed, clientKey },
    crypto,
  )
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
