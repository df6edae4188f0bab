// Keys of the certificates before the one in use, sealed in one file in a certificate folder, and beside it what the platform
// said of each certificate. Which key belongs to which is said by client.pem, whose order is newest first.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readSuiteCertificates, readSuiteKey } from '../../adapters/crypto/certs.ts'
import type { SuiteCertificate } from '../../adapters/crypto/certs.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { fileKeyOf, type FileKey } from '../../adapters/crypto/platform-file.ts'
import { equalBytes } from '../../adapters/crypto/sm4.ts'
import { suiteBy, type SuiteKeyPair } from '../../adapters/crypto/suites.ts'
import { writeWhole } from '../../adapters/files/whole-file.ts'
import { machineSecret, readSealed, writeSealed } from '../../adapters/secrets/machine-seal.ts'
import { keptFormers, type CertificateWord } from '../../core/etc/former-certificates.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { parsed } from '../../core/values/json.ts'
import type { SuiteName } from '../../core/values/suite.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import { readText } from '../process/read-file.ts'

/** Purpose that the client's keys are sealed for. */
export const clientPurpose = 'client'

const formerKeyFiles = {
  /** One PEM behind the other. */
  keys: 'client.former.sealed',
  /** `{serial: "accepted" | "refused"}`; what does not stand there was not tried. */
  words: 'client.words.json',
} as const

export interface ClientKey extends SuiteKeyPair {
  readonly suite: SuiteName
  readonly pem: string
}

export function clientKeyFrom(pem: string, file: string): ClientKey {
  return { pem, ...readSuiteKey(pem, file, openGmCrypto()) }
}

const onePem = /-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----\n?/g

/** Of another machine, or damaged: those in front of it sign alone. */
function orNone<T>(read: () => T, none: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof LaneFault) return none
    throw error
  }
}

function sealedFormers(certDir: string): readonly ClientKey[] {
  const file = join(certDir, formerKeyFiles.keys)
  return orNone(() => {
    const bytes = readSealed(file, clientPurpose, machineSecret())
    const text = new TextDecoder().decode(bytes ?? new Uint8Array())
    return (text.match(onePem) ?? []).map((pem) => clientKeyFrom(pem, file))
  }, [])
}

const wordsShape = z.record(z.string(), z.enum(['accepted', 'refused']))
type Words = z.infer<typeof wordsShape>

function wordsIn(certDir: string): Words {
  const file = join(certDir, formerKeyFiles.words)
  const text = existsSync(file) ? orNone(() => readText(file), '') : ''
  return wordsShape.safeParse(parsed(text)).data ?? {}
}

/** What the platform last said of it; null: it was not tried yet. */
export const wordOfCertificate = (certDir: string, certSerial: string): CertificateWord | null =>
  wordsIn(certDir)[certSerial] ?? null

const certificatesOf = (certDir: string): readonly SuiteCertificate[] => {
  const file = join(certDir, 'client.pem')
  return existsSync(file) ? orNone(() => readSuiteCertificates(readText(file), file), []) : []
}

interface KeptFormer extends SuiteCertificate {
  readonly key: ClientKey
}

/** `inUse`: its key may be that of an older certificate, too, or be about to become a former one. */
function keptIn(certDir: string, inUse: ClientKey | null, nowMs: InstantMs): readonly KeptFormer[] {
  const keys = [...(inUse === null ? [] : [inUse]), ...sealedFormers(certDir)]
  const words = wordsIn(certDir)
  const formers = certificatesOf(certDir)
    .slice(1)
    .flatMap((one) => {
      const key = keys.find(({ publicKey }) => equalBytes(publicKey, one.publicKey))
      return key === undefined ? [] : [{ ...one, key }]
    })
  return keptFormers(formers, (certSerial) => words[certSerial] ?? null, nowMs)
}

/** Writes the keys of those that are kept, and of no other one. `nowMs` null: nobody vouches for the time. */
export function keepFormers(
  certDir: string,
  inUse: ClientKey | null,
  nowMs: InstantMs | null,
): void {
  const [newest] = certificatesOf(certDir)
  const kept = keptIn(certDir, inUse, nowMs ?? 0)
  const keys = kept
    .map(({ key }) => key)
    .filter(({ publicKey }) => newest === undefined || !equalBytes(publicKey, newest.publicKey))
  const pems = [...new Set(keys.map(({ pem }) => pem.trim()))]
  const file = join(certDir, formerKeyFiles.keys)
  if (pems.length === 0) {
    rmSync(file, { force: true })
    return
  }
  const text = `${pems.join('\n')}\n`
  writeSealed(file, new TextEncoder().encode(text), clientPurpose, machineSecret())
}

/**
 * The platform accepted a certificate, or refused it while another one worked: kept for the next change, and a key that is
 * not needed any more is taken away. `nowMs` is vouched for by the answer.
 */
export function keepWord(
  certDir: string,
  inUse: ClientKey | null,
  { certSerial, word }: { readonly certSerial: string; readonly word: CertificateWord },
  nowMs: InstantMs,
): void {
  const held = new Set(certificatesOf(certDir).map((one) => one.certSerial))
  const words = Object.entries({ ...wordsIn(certDir), [certSerial]: word })
  const file = join(certDir, formerKeyFiles.words)
  try {
    const left = Object.fromEntries(words.filter(([serial]) => held.has(serial)))
    writeWhole(file, `${JSON.stringify(left)}\n`)
    keepFormers(certDir, inUse, nowMs)
  } catch (error) {
    throw diskFault(error, { file })
  }
}

export interface FormerKey {
  readonly signingKey: SigningKey
  readonly fileKey: FileKey
  readonly notAfterMs: InstantMs
}

/** Of the certificates before the one in use, newest first; those whose time is over are none. */
export function formerKeysIn(
  certDir: string,
  inUse: ClientKey | null,
  nowMs: InstantMs,
): readonly FormerKey[] {
  const crypto = openGmCrypto()
  return keptIn(certDir, inUse, nowMs).map(({ key, certSerial, notAfterMs }) => ({
    signingKey: suiteBy(key.suite, crypto).signingKey(key, certSerial),
    notAfterMs,
    fileKey: fileKeyOf(suiteBy(key.suite, crypto), certSerial, key.privateKey),
  }))
}
