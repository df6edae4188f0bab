// The link of a joint test to a platform: each exchange signed as a lot signs, or forged on purpose, and its answer as it came.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { fieldSealer } from '#base/crypto/field-sealer.ts'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { signedPlatform, type SignedPlatform } from '#ledger/http/signed-platform.ts'
import type { SandboxAnswer, SandboxLink } from './joint-runner.ts'
import type { PlatformConfig } from '#base/pure/lot/config.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'
import type { Credentials } from '../../folder/credentials.ts'
import { sender } from '#base/process/sender.ts'
import { closeBeside } from '#base/process/close-all.ts'

export const answerMs = 10_000

type Place = Pick<PlatformConfig, 'url' | 'appId' | 'caFile'>

/** Makes requests that the platform must refuse: signs one byte more than is sent, or sends a wrong access code. */
function forging({ signingKey, accessCode }: Proven): Proven {
  if (signingKey === null)
    return { signingKey, accessCode: Uint8Array.of(...(accessCode ?? []), 0) }
  const { certSerial, suite } = signingKey
  const sign = (message: Uint8Array) => signingKey.sign(Uint8Array.of(...message, 0))
  return { signingKey: { certSerial, suite, sign }, accessCode }
}

type Proven = Pick<Credentials, 'signingKey' | 'accessCode'>

/** Seals fields under the platform's certificates that came with the channel. */
function fieldsOf(certs: Credentials['certs'], { sensitive }: Dialect, crypto: GmCrypto) {
  if (certs === null) return undefined
  const { signingKey, platform } = certs
  return fieldSealer({
    suite: signingKey.suite,
    crypto,
    certificates: () => platform,
    nowMs: () => systemWallClock().nowMs(),
    vehicleIds: sensitive.encryptVehicleIds,
  })
}

/** Throws CERT-01 when the root certificate cannot be read. */
export function jointLink(
  { url, appId, caFile }: Place,
  dialect: Dialect,
  credentials: Credentials,
  crypto: GmCrypto,
): SandboxLink {
  const { certs, platformKeys } = credentials
  const mono = systemMonoClock()
  const http = platformClient({ baseUrl: url, caFile, mono })
  const by = ({ signingKey, accessCode }: Proven): SignedPlatform =>
    signedPlatform({
      dialect,
      http,
      crypto,
      appId,
      signingKey,
      platformKeys,
      fields: fieldsOf(certs, dialect, crypto),
      accessCode,
      ...sender(),
    })
  const [own, forged] = [by(credentials), by(forging(credentials))]
  return {
    send(request, isForged, done) {
      const platform = isForged ? forged : own
      return platform.send({ ...request, timeoutMs: answerMs }, (result) => {
        const { answer, verified, requestId } = result
        const came: SandboxAnswer =
          answer.kind === 'silence'
            ? { answer: null, requestId, why: answer.reason }
            : {
                answer: { ...answer, verified: verified ?? 'unsigned', sinceLastAttemptMs: null },
                requestId,
                why: `${verified ?? ''} ${answer.status}`,
              }
        done(came)
      })
    },
    close: () => closeBeside('jointTest', http.close()),
    after: (delayMs, run) => mono.after(delayMs, run),
  }
}
