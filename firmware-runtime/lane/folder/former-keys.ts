// Keys of certificates before the one in use, sealed in one file in a certificate folder, and the platform's answer for
// each certificate. client.pem, newest first, decides which key belongs to which certificate.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readSuiteCertificates, readSuiteKey } from '#base/crypto/certs.ts'
import type { SuiteCertificate } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { fileKeyOf, type FileKey } from '#base/crypto/platform-file.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { suiteBy, type SuiteKeyPair } from '#base/crypto/suites.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import { keptFormers, type CertificateWord } from '#ledger/pure/etc/former-certificates.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { parsed } from '#base/pure/data/json.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { readCertificateText, readText } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'

/** Purpose label under which the client's keys are sealed. */
export const clientPurpose = 'client'

const formerKeyFiles = {
  /** PEM texts, one after another. */
  keys: 'client.former.sealed',
  /**
   * `{serial: "accepted"
   * "refused"}`; a serial that is missing was not tried.
   */
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

/** None of a file that is damaged or sealed on another machine: only the newer keys sign then. */
function sealedFormers(certDir: string): readonly ClientKey[] {
  const file = join(certDir, formerKeyFiles.keys)
  return orIfFault(() => {
    const bytes = readSealed(file, clientPurpose, machineSecret())
    const text = new TextDecoder().decode(bytes ?? new Uint8Array())
    return (text.match(onePem) ?? []).map((pem) => clientKeyFrom(pem, file))
  }, [])
}

const wordsShape = z.record(z.string(), z.enum(['accepted', 'refused']))
type Words = z.infer<typeof wordsShape>

function wordsIn(certDir: string): Words {
  const file = join(certDir, formerKeyFiles.words)
  const text = existsSync(file) ? orIfFault(() => readText(file), '') : ''
  return wordsShape.safeParse(parsed(text)).data ?? {}
}

/** The platform's last answer for this certificate; null when it was not tried. */
export const wordOfCertificate = (certDir: string, certSerial: string): CertificateWord | null =>
  wordsIn(certDir)[certSerial] ?? null

const certificatesOf = (certDir: string): readonly SuiteCertificate[] => {
  const file = join(certDir, 'client.pem')
  return existsSync(file)
    ? orIfFault(() => readSuiteCertificates(readCertificateText(file), file), [])
    : []
}

interface KeptFormer extends SuiteCertificate {
  readonly key: ClientKey
}

/** `inUse`: this key may also belong to an older certificate, or be about to become a former key. */
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

/** Writes only the keys of certificates that are kept. `nowMs` null: the time is not trusted. */
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
    removePath(file, { force: true })
    return
  }
  const text = `${pems.join('\n')}\n`
  writeSealed(file, new TextEncoder().encode(text), clientPurpose, machineSecret())
}

/**
 * Stores that the platform accepted a certificate, or refused it while another one worked, and removes keys that are no
 * longer needed. `nowMs` is trusted because it comes with the answer.
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
  orDiskFault({ file }, () => {
    const left = Object.fromEntries(words.filter(([serial]) => held.has(serial)))
    writeWhole(file, `${JSON.stringify(left)}\n`)
    keepFormers(certDir, inUse, nowMs)
  })
}

export interface FormerKey {
  readonly signingKey: SigningKey
  readonly fileKey: FileKey
  readonly notAfterMs: InstantMs
}

/** Keys of certificates before the one in use, newest first; expired ones are left out. */
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
