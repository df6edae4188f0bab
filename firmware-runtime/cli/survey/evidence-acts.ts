// `evidence make SURVEY --key PEM --cert PEM --out FILE` and `evidence verify FILE`.
// Changed evidence is an answer with exit code 1 that names the line.
import { existsSync } from 'node:fs'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { profileSigner } from '../../adapters/crypto/profile-signer.ts'
import { writePassportFile } from '../../adapters/files/passport-shelf.ts'
import { readSurveyPhoto } from '../../adapters/sqlite/survey-file.ts'
import {
  evidenceBody,
  evidenceBytesMax,
  evidenceText,
  openEvidence,
  signedEvidence,
} from '../../core/survey/evidence.ts'
import { picturesNamed } from '../../core/survey/pictures.ts'
import { projectOf } from '../../core/survey/project.ts'
import { faultJson, LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { readBytes, readText } from '../lot.ts'
import { signatureJudge } from '../profile/signatures.ts'
import { surveyDigests, readSurvey } from './open-survey.ts'
import { oneFile } from './record-acts.ts'

/** Null for bytes that are no UTF-8. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

export interface EvidenceKeys {
  readonly key: string
  readonly cert: string
}

/** Writes the evidence of a survey; a damaged survey proves nothing and is refused. */
export function makeEvidence(file: string, out: string, { key, cert }: EvidenceKeys): void {
  const { content, records } = readSurvey(file)
  if (content.lost.length + content.broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...content.lost, ...content.broken].join() })
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  const { certificate, opened, sign } = profileSigner(
    { file: key, pem: readText(key) },
    { file: cert, pem: readText(cert) },
    openGmCrypto(),
  )
  const signedAtMs = systemWallClock().nowMs()
  if (signedAtMs < opened.notBeforeMs || signedAtMs > opened.notAfterMs)
    throw new LaneFault('CERT-01', { file: cert, note: 'not valid at this time' })
  const digests = surveyDigests()
  const photos = picturesNamed(projectOf(records)).map((digest) =>
    readSurveyPhoto(file, digest, digests.ofBytes),
  )
  const body = evidenceBody({ ...content, photos }, digests)
  const signature = sign(signedEvidence(body, certificate, signedAtMs, digests))
  const text = evidenceText(body, { signedAtMs, certificate, signature })
  writePassportFile(out, new TextEncoder().encode(text))
}

export function makeAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { key: 'string', cert: 'string', out: 'string' })
  const file = oneFile(words, 'evidence make FILE')
  const out = needed(values.out, 'out')
  if (values.key === undefined || values.cert === undefined) throw new LaneFault('EVIDENCE-03')
  makeEvidence(file, out, { key: values.key, cert: values.cert })
  io.stdout(jsonText({ ok: true, file: out }, io.json))
  return Promise.resolve(0)
}

const isRefused = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && /^(EVIDENCE|SURVEY)-0\d$/.test(error.code)

export function verifyAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { signers: 'string', revoked: 'string' })
  const file = oneFile(words, 'evidence verify FILE')
  const lists = { signers: values.signers, revoked: values.revoked, dir: null }
  const bytes = readBytes(file, evidenceBytesMax)
  try {
    const { content, signature } = openEvidence(bytes, file, {
      digests: surveyDigests(),
      textOf: strictText,
      judge: signatureJudge(lists),
    })
    const { surveyId, records, photos } = content
    const counts = { records: records.length, photos: photos.length }
    io.stdout(jsonText({ ok: true, file, surveyId, ...counts, chain: 'ok', signature }, io.json))
    return Promise.resolve(0)
  } catch (error) {
    if (!isRefused(error)) throw error
    const { error: fault } = faultJson(error)
    io.stdout(jsonText({ ok: false, file, changed: fault.field, fault }, io.json))
    return Promise.resolve(1)
  }
}
