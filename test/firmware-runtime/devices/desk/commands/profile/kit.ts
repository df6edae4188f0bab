// Shared by the tests of `etc-lane profile`: a folder that is removed, keys and certificates made for one run, and the
// command with what it printed.
import { atRest } from '#runtime/host/at-rest.ts'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { pkcs8Of, spkiOf } from '#base/crypto/accelerator.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { profileCommand } from '#devices/desk/commands/profile.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { makeCertificate, signatureOid } from '#simulators/platform/certificates/certificates.ts'
import { laterFault } from '../../../../../kit/refusals.ts'
import { runSilent } from '../../../../../kit/run-command.ts'
import { bareLot } from '../../../../../kit/bare-lot.ts'

const crypto = openGmCrypto()

const docs = readFileSync(join(import.meta.dirname, '../../../../../../docs/cli.md'), 'utf8')

/** Top-level members that docs/cli.md gives for an act: those of the first object of its row. */
export function published(act: string): string[] {
  const row = docs.split('\n').find((line) => line.startsWith(`| \`profile ${act}`)) ?? ''
  const shape = /\| `(\{.*?\})`/.exec(row)?.[1] ?? ''
  const names: string[] = []
  let depth = 0
  for (const [token] of shape.matchAll(/[{}[\]]|"(\w+)"(?=[,:}])/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1) names.push(token.slice(1, -1))
  }
  return names.filter((name) => name !== 'changed' && name !== 'same').sort()
}

/** A lot in `dir` with one exit: an antenna, which `query` may name, and a relay board. */
export function exitLot(dir: string, query = ''): void {
  const lot = bareLot({
    rsu: new Map([['exit', `tcp://127.0.0.1:60001${query}`]]),
    barrier: new Map([['exit', 'tcp://127.0.0.1:60002?profile=generic/modbus-relay']]),
    capacity: 9,
  })
  writeLot(dir, lot, null)
}

export interface Said {
  readonly code: number
  readonly stdout: string
  readonly json: Record<string, unknown>
}

export async function run(...args: readonly string[]): Promise<Said> {
  const { code, stdout, json } = await runSilent(profileCommand, args)
  return { code, stdout, json }
}

/** The command's output for people. */
export async function words(...args: readonly string[]): Promise<string> {
  let stdout = ''
  const fail = (): never => expect.fail('not here')
  const io = {
    stdout: (text: string) => void (stdout += text),
    stderr: fail,
    onStop: fail,
    atRest,
    json: false,
  }
  await profileCommand.run(args, io)
  return stdout
}

export const refused = (...args: readonly string[]): Promise<LaneFault> => laterFault(run(...args))

export class Folder {
  readonly dir = mkdtempSync(join(tmpdir(), 'etc-profile-'))

  at(...path: string[]): string {
    return join(this.dir, ...path)
  }

  put(path: string, content: string | Uint8Array | object): string {
    const file = this.at(path)
    mkdirSync(dirname(file), { recursive: true })
    const isData = typeof content === 'string' || content instanceof Uint8Array
    writeFileSync(file, isData ? content : JSON.stringify(content))
    return file
  }

  /** Every file below a folder with its bytes: a refusal must not change it. */
  print(path: string): Record<string, string> {
    const names = readdirSync(this.at(path), { recursive: true, withFileTypes: true })
    return Object.fromEntries(
      names
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file, readFileSync(file).toString('base64')]),
    )
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }
}

const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`

export interface Signer {
  readonly key: string
  readonly cert: string
  readonly der: Uint8Array
  readonly fingerprint: string
}

/** A signer whose certificate is valid now, or expired long ago. */
export function makeSigner(folder: Folder, name: string, expired = false): Signer {
  const pair = crypto.keyPair()
  const der = makeCertificate({
    serialHex: '5C01',
    subject: name,
    issuer: name,
    spki: spkiOf(pair.publicKey),
    fromMs: expired ? 1_500_000_000_000 : 1_700_000_000_000,
    toMs: expired ? 1_600_000_000_000 : 4_000_000_000_000,
    use: 'signing',
    signatureOid: signatureOid.sm2,
    sign: (tbs) => crypto.signingKey(pair, '5C01').sign(tbs),
  })
  return {
    key: folder.put(`${name}.key.pem`, pem('PRIVATE KEY', pkcs8Of(pair))),
    cert: folder.put(`${name}.pem`, pem('CERTIFICATE', der)),
    der,
    fingerprint: Buffer.from(crypto.sm3(der)).toString('hex').toUpperCase(),
  }
}

/** The certificates that a data folder trusts, as its keys/profile-signers.pem. */
export const signersPem = (...signers: readonly Signer[]): string =>
  signers.map(({ der }) => pem('CERTIFICATE', der)).join('')

export function trust(folder: Folder, data: string, ...signers: readonly Signer[]): void {
  folder.put(`${data}/keys/profile-signers.pem`, signersPem(...signers))
}
