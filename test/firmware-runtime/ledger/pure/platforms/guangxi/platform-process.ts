// The platform simulator in a separate process, with the product's whole signed client: real TLS, real certificates.
// For tests of how both sides work together.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { loadCertFolder, loadPlatformKeys, type SuiteCertificate } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { fieldOpener, platformFiles } from '#base/crypto/platform-file.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { signedPlatform, type SignedPlatform } from '#ledger/http/signed-platform.ts'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { FieldOpener } from '#base/ports/field-sealer.ts'
import type { FileOpener } from '#base/ports/platform-file.ts'

interface Ready {
  readonly endpoints: Readonly<Record<'baseUrl' | 'admin' | 'caFile' | 'appId' | 'certDir', string>>
}

export interface PlatformProcess {
  readonly platform: SignedPlatform
  /** Address of the simulator's admin side. */
  readonly admin: string
  /** Names of the files received. */
  readonly files: string[]
  readonly open: FileOpener
  /** Opens a member that the platform sealed to this client's certificate. */
  readonly field: FieldOpener
  /** The platform's certificates. */
  readonly certificates: readonly SuiteCertificate[]
  close(): Promise<void>
}

const moduleOf = (name: string): string =>
  JSON.stringify(
    new URL(`../../../../../../firmware-runtime/simulators/${name}`, import.meta.url).href,
  )
const script = `
  const { runSim } = await import(${moduleOf('shell/process.ts')})
  const { platformSimPlan } = await import(${moduleOf('platform/platform-sim.ts')})
  process.exitCode = await runSim(platformSimPlan, ['--tac', 'any',
    '--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'])`

async function ready(child: ChildProcess): Promise<Ready> {
  const lines = createInterface({ input: present(child.stdout, 'stdout is a pipe') })
  for await (const line of lines) return JSON.parse(line) as Ready
  throw new Error('the simulator ended before it was ready')
}

/** The lanes of the tests' lot sign in: a platform takes records of no other. */
export async function signedIn(platform: SignedPlatform): Promise<void> {
  const lot = { lotId: '450100001', provinceCode: '4501' }
  for (const laneId of ['X01', 'exit']) {
    const listNo = `S-${laneId}`
    const who = { listNo, psamTerminal: null, lotId: lot.lotId, lotName: '停车场', laneId }
    const body = guangxi.signInBody(lot, { ...who, atMs: Date.now() })
    const asked = guangxi.requestFor({ op: 'signIn', businessNo: listNo, body, amountFen: null })
    await new Promise((done) => {
      platform.send({ ...asked, timeoutMs: 600_000 }, done)
    })
  }
}

export async function startedPlatform(): Promise<PlatformProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { endpoints } = await ready(child)
  const crypto = openGmCrypto()
  const certs = loadCertFolder(endpoints.certDir, crypto)
  const client = platformClient({
    baseUrl: endpoints.baseUrl,
    caFile: endpoints.caFile,
    mono: systemMonoClock(),
  })
  const files: string[] = []
  const platform = signedPlatform({
    dialect: guangxi,
    http: client,
    crypto,
    appId: endpoints.appId,
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    transport: { nowMs: () => Date.now() },
    random: { bytes: (count) => randomBytes(count) },
    userAgent: 'etc-lane/0.1.0',
    refetchKeys: (done) => done(loadPlatformKeys(endpoints.certDir, crypto).platformKeys),
  })
  await signedIn(platform)
  return {
    platform,
    admin: endpoints.admin,
    files,
    certificates: certs.platform,
    field: fieldOpener([certs.fileKey]),
    open(file) {
      files.push(file.name)
      return platformFiles([certs.fileKey], crypto)(file)
    },
    async close() {
      await client.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
