// The platform simulator in its own process and the product's complete client, connected as in a lot: real TLS, real
// certificates. For rows that measure the exchange between the two.
import { platformFiles } from '#base/crypto/platform-file.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { lotFileSealer } from '#base/crypto/lot-file.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { fileUploader } from '#ledger/http/platform-files.ts'
import { signedPlatform } from '#ledger/http/signed-platform.ts'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { signedIn } from '../../firmware-runtime/ledger/pure/platforms/guangxi/platform-process.ts'
import { program } from './place.ts'

/** `connections` at once; `dir` holds the certificates that the simulator makes. */
export async function signedClient(dir: string, connections: number) {
  const listen = ['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const sim = await startSimProcess(
    'platform-sim',
    [...listen, '--tac', 'any', '--certs', dir],
    spawnLauncher(program()),
  )
  const baseUrl = present(sim.endpoints.baseUrl, 'the platform has an address')
  const caFile = present(sim.endpoints.caFile, 'the platform has its authority')
  const appId = present(sim.endpoints.appId, 'and a channel number')
  const crypto = openGmCrypto()
  const certs = loadCertFolder(present(sim.endpoints.certDir, 'and certificates'), crypto)
  const random = systemRandom()
  const wall = systemWallClock()
  const http = platformClient({ baseUrl, caFile, mono: systemMonoClock(), connections })
  const platform = signedPlatform({
    dialect: guangxi,
    http,
    crypto,
    appId,
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    transport: wall,
    random,
    userAgent: 'etc-lane/bench',
  })
  await signedIn(platform)
  const nowMs = () => wall.nowMs()
  const files = present(
    fileUploader({
      platform,
      dialect: guangxi,
      appId,
      suite: 'GM',
      cipher: undefined,
      seal: lotFileSealer({ certificates: () => certs.platform, crypto, random, nowMs }),
      open: platformFiles([certs.fileKey], crypto),
      nowMs,
    }),
    'the dialect has files',
  )
  return {
    baseUrl,
    caFile,
    platform,
    files,
    async close() {
      await http.close()
      await sim.kill()
    },
  }
}
