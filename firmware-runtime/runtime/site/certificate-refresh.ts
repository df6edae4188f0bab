// Fetches the platform's certificates every hour (P25), so that its next one is known before it signs.
// Only an answer under a trusted certificate introduces another one.
import { join } from 'node:path'
import {
  certificatesInPem,
  isTestCertificate,
  readSuiteCertificate,
  type SuiteCertificate,
} from '#base/crypto/certs.ts'
import { pemText } from '#base/crypto/certificate-request.ts'
import { writeWhole } from '#base/files/whole-file.ts'
import type { SignedPlatform, SignedResult } from '#ledger/http/signed-platform.ts'
import { certificateState } from '#base/pure/data/credentials.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { Dialect } from '#ledger/ports/dialect.ts'

const firstMs = minuteMs
const everyMs = 60 * minuteMs
const againMs = 5 * minuteMs
const answerMs = 10_000

interface RefreshParts {
  readonly dialect: Pick<Dialect, 'certificates'>
  readonly platform: Pick<SignedPlatform, 'send'>
  readonly mono: MonoClock
  readonly isLive: boolean
  /** Certificates of another suite are left out. */
  readonly suite: SuiteName
  /** Real time in ms, by which certificates are judged. */
  nowMs(): InstantMs
  held(): readonly SuiteCertificate[]
  /** Called with all certificates in force. */
  took(all: readonly SuiteCertificate[]): void
  /** Folder to write to; null: it is not the lot's own and is not written. */
  readonly keepIn: string | null
}

/** Certificates in an answer; null when it is not verified, or is the simulated platform's on a live lot. */
export function publishedIn(
  { answer, verified }: SignedResult,
  certificates: NonNullable<Dialect['certificates']>,
  isLive: boolean,
): readonly SuiteCertificate[] | null {
  if (answer.kind !== 'answer' || answer.status !== 200 || verified !== 'valid') return null
  const texts = certificates.read(answer.body)
  if (texts === null) return null
  const all = texts.flatMap(certificatesInPem)
  if (isLive && all.some(isTestCertificate)) return null
  return orIfFault(() => all.map((der) => readSuiteCertificate(der, '')), null)
}

/** New ones before those still valid, each once. */
function joinedWith(
  fresh: readonly SuiteCertificate[],
  held: readonly SuiteCertificate[],
  nowMs: InstantMs,
): readonly SuiteCertificate[] {
  const serials = new Set(fresh.map(({ certSerial }) => certSerial))
  const kept = held.filter(
    (one) => !serials.has(one.certSerial) && certificateState(one, nowMs) !== 'bad',
  )
  return [...fresh, ...kept]
}

/** Fetches until it is stopped. */
export function refreshCertificates(parts: RefreshParts): Cancel {
  const { dialect, platform, mono, isLive, keepIn, suite } = parts
  const { certificates } = dialect
  if (certificates === null) return () => undefined
  let stop: Cancel = () => undefined
  const take = (result: SignedResult): boolean => {
    const fresh = publishedIn(result, certificates, isLive)?.filter((one) => one.suite === suite)
    if (fresh === undefined) return false
    const held = parts.held()
    const all = joinedWith(fresh, held, parts.nowMs())
    if (all.every((one) => held.some(({ certSerial }) => certSerial === one.certSerial)))
      return true
    if (keepIn !== null) {
      const pem = all.map(({ der }) => pemText('CERTIFICATE', der)).join('')
      try {
        writeWhole(join(keepIn, 'platform.pem'), pem)
      } catch {
        // A failed write is tried again; the certificates in memory are used either way.
        return false
      }
    }
    parts.took(all)
    return true
  }
  const ask = (): void => {
    stop = platform.send({ ...certificates.request(), timeoutMs: answerMs }, (result) => {
      stop = mono.after(take(result) ? everyMs : againMs, ask)
    })
  }
  stop = mono.after(firstMs, ask)
  return () => stop()
}
