// Evidence of a survey (.etcevidence): its records in their chain, its photos, and a signature over all.
// Lines of canonical JSON, so that any changed byte lies in a line, and the line is named.
import { t } from '#base/pure/words/fault-text.ts'
import { brokenAt, firstHash, type StoredRecord } from './chain.ts'
import type { SurveyRecord } from './record.ts'
import { base64Of } from '#base/pure/data/base64.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { Digests } from '#base/pure/passport/container.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import {
  bodyOf,
  exactBytes,
  linesOf,
  sealedText,
  sealOf,
  signedLines,
  type Line,
  type Seal,
} from '#base/pure/data/sealed-lines.ts'
import { judgeSigned, type SignatureJudge, type SignatureState } from '#base/pure/data/signed.ts'
import { recordOf } from './body-schema.ts'
import { surveyIssuer } from './opened-pack.ts'
import { picturesNamed } from '../field/pictures.ts'
import { projectOf } from './project.ts'

export const evidenceBytesMax = 256 * 1024 * 1024

interface EvidencePhoto {
  readonly digest: string
  readonly mime: string
  readonly bytes: Uint8Array
}

interface EvidenceContent {
  readonly surveyId: string
  readonly createdAtMs: InstantMs
  readonly records: readonly StoredRecord[]
  readonly photos: readonly EvidencePhoto[]
}

export type EvidenceSeal = Seal

/** All lines but the seal, each ended. */
export function evidenceBody(content: EvidenceContent, digests: Digests): string {
  const { surveyId, createdAtMs, records, photos } = content
  const hash = firstHash(content, digests.ofText)
  const head = { etcEvidence: 1, surveyId, createdAtIso: isoOf(createdAtMs), hash }
  const lines = [
    head,
    ...records,
    ...photos.map(({ digest, mime, bytes }) => ({ photo: digest, mime, base64: base64Of(bytes) })),
  ]
  return bodyOf(lines)
}

export const signedEvidence = (
  body: string,
  certificate: Uint8Array,
  signedAtMs: InstantMs,
  digests: Digests,
): Uint8Array => signedLines('etc-lane survey evidence 1', body, certificate, signedAtMs, digests)

export const evidenceText = sealedText

export interface OpenedEvidence {
  readonly content: EvidenceContent
  readonly records: readonly SurveyRecord[]
  /** Who signed the rule pack of the survey; null: nobody, or it has none. */
  readonly issuer: PackIssuer | null
  readonly signature: Extract<SignatureState, { state: 'signed' | 'revoked' }>
  readonly seal: EvidenceSeal
}

/** External functions for opening evidence; the same in the runtime and in the window. */
interface EvidenceMeans {
  readonly digests: Digests
  readonly judge: SignatureJudge
  /** Null for bytes that are no UTF-8; a byte order mark stays in the text. */
  textOf(bytes: Uint8Array): string | null
}

class EvidenceReader {
  readonly #file: string
  readonly #means: EvidenceMeans

  constructor(file: string, means: EvidenceMeans) {
    this.#file = file
    this.#means = means
  }

  changed = (line: number, note: Why): LaneFault =>
    new LaneFault('EVIDENCE-01', { file: this.#file, field: `line ${line}`, note })

  head(line: Line | undefined): Pick<EvidenceContent, 'surveyId' | 'createdAtMs'> {
    const { etcEvidence, surveyId, createdAtIso, hash } = line ?? {}
    const createdAtMs = typeof createdAtIso === 'string' ? parseIso(createdAtIso) : null
    if (etcEvidence !== 1 || typeof surveyId !== 'string' || createdAtMs === null)
      throw this.changed(1, t('不是勘测证据', 'no evidence of a survey'))
    const head = { surveyId, createdAtMs }
    if (hash !== firstHash(head, this.#means.digests.ofText))
      throw this.changed(1, t('属于另一次勘测', 'another survey'))
    return head
  }

  record(line: Line, number: number): StoredRecord {
    const { seq, id, atMs, by, body, hash } = line
    const texts = [id, by, body, hash].every((value) => typeof value === 'string')
    if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(atMs) || !texts)
      throw this.changed(number, t('不是记录', 'no record'))
    return line as unknown as StoredRecord
  }

  photo(line: Line, number: number): EvidencePhoto {
    const { photo, mime, base64: text } = line
    if (typeof photo !== 'string' || typeof mime !== 'string' || typeof text !== 'string')
      throw this.changed(number, t('不是照片', 'no photo'))
    const bytes = exactBytes(text)
    if (bytes === null || this.#means.digests.ofBytes(bytes) !== photo)
      throw this.changed(number, t('照片被换过', 'the photo is another'))
    return { digest: photo, mime, bytes }
  }
}

/** Fault if the signature is dated before the newest record, as with a certificate that has expired since; null: it is not. */
export const signedTooEarly = (
  signedAtMs: InstantMs,
  records: readonly Pick<StoredRecord, 'atMs'>[],
): Why | null => {
  const lastMs = records.reduce((last, { atMs }) => Math.max(last, atMs), 0)
  if (signedAtMs >= lastMs) return null
  const at = isoOf(lastMs)
  return t(`早于末条记录(${at})`, `before the last record was written (${at})`)
}

/** Throws EVIDENCE-01 with the line that was changed, EVIDENCE-02, RULE-01 or RULE-02. */
export function openEvidence(
  bytes: Uint8Array,
  file: string,
  means: EvidenceMeans,
): OpenedEvidence {
  const { digests, judge } = means
  const reader = new EvidenceReader(file, means)
  const lines = linesOf(bytes, means.textOf, reader.changed)
  const head = reader.head(lines[0])
  const inside = lines.slice(1, -1).map((line, i) => ({ line, number: i + 2 }))
  const photos = inside.filter(({ line }) => 'photo' in line)
  const stored = inside
    .filter(({ line }) => !('photo' in line))
    .map(({ line, number }) => reader.record(line, number))
  const [broken] = brokenAt(head, stored, digests.ofText)
  // The head is line 1, so record n is on line n + 1.
  if (broken !== undefined) {
    const at = stored.findIndex(({ seq }) => seq === broken)
    throw reader.changed(
      at + 2,
      t(`记录 ${broken} 与前一条不衔接`, `record ${broken} does not follow the one before it`),
    )
  }
  const seal = sealOf(lines.at(-1), lines.length, reader.changed)
  const content: EvidenceContent = {
    ...head,
    records: stored,
    photos: photos.map(({ line, number }) => reader.photo(line, number)),
  }
  const why = signedTooEarly(seal.signedAtMs, stored)
  if (why !== null) throw new LaneFault('EVIDENCE-02', { file, field: 'signedAtIso', note: why })
  const body = evidenceBody(content, digests)
  const message = (atMs: number): Uint8Array =>
    signedEvidence(body, seal.certificate, atMs, digests)
  const signature = judgeSigned(message, seal, judge)
  if (signature.state !== 'signed')
    throw new LaneFault('EVIDENCE-02', {
      file,
      ...(signature.state === 'revoked' ? { value: signature.by } : {}),
      field: signature.state === 'revoked' ? 'certificate' : 'signature',
      note: signature.state === 'unsigned' ? t('没有签名', 'unsigned') : signature.why,
    })
  const records = stored.map((record) => recordOf(record, file))
  const issuer = surveyIssuer(records, file, digests, judge)
  const there = new Set(content.photos.map(({ digest }) => digest))
  const lost = picturesNamed(projectOf(records)).find((digest) => !there.has(digest))
  if (lost !== undefined)
    throw reader.changed(
      lines.length,
      t(`缺少记录里的照片 ${lost}`, `the photo ${lost}, which a record names, is missing`),
    )
  return { content, records, issuer, signature, seal }
}
