// A signed connection to a platform beside the lanes, for a test of the set-up or as evidence of an acceptance; key and
// authorisation code are read in place. Nothing is sealed, moved or changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { signedPlatform, type SignedPlatform } from '#ledger/http/signed-platform.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import { accessCodeFiles } from '../../folder/access-code.ts'
import { sealedKeyIn } from '../../folder/client-key.ts'
import { credentialsIn, type Credentials } from '../../folder/credentials.ts'
import type { LinkHere } from '../../folder/link-here.ts'
import { sender } from '#base/process/sender.ts'

export interface PlatformProbe extends Pick<SignedPlatform, 'send'> {
  close(): Promise<void>
}

/** The credentials as stored; nothing is sealed. Throws CERT-01 or CRYPTO-02. */
export function probeCredentials(
  dialect: Dialect,
  { certDir }: Pick<LinkHere, 'certDir'>,
  crypto: GmCrypto,
): Credentials {
  // A plain code is read as it is: sealing it is the runtime's task.
  const isSealed = !existsSync(join(certDir, accessCodeFiles.plain))
  const clientKey = () => sealedKeyIn(certDir, 'inUse')?.pem
  return credentialsIn(dialect, { certDir, isSealed, clientKey }, crypto)
}

/** Throws CERT-01 or CRYPTO-02 when credentials are missing. `as`: suffix of the user agent. */
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
    ...sender(as),
  })
  return { send: (request, done) => platform.send(request, done), close: () => http.close() }
}
