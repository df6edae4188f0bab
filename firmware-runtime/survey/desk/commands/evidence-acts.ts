// `evidence make SURVEY --key PEM --cert PEM --out FILE` and `evidence verify FILE`.
// Changed evidence gives exit code 1 and names the line; intact evidence of an unknown signer does not give 0.
import { existsSync } from 'node:fs'
import { exportFile } from '#base/files/exported-file.ts'
import { readSurveyPhoto } from '../../sqlite/survey-file.ts'
import {
  evidenceBody,
  evidenceBytesMax,
  evidenceText,
  openEvidence,
  signedEvidence,
  signedTooEarly,
  type EvidenceSeal,
} from '../../pure/file/evidence.ts'
import { rulesSaid } from '../../pure/file/opened-pack.ts'
import { picturesNamed } from '../../pure/field/pictures.ts'
import { originCounts } from '../../pure/file/reading-origin.ts'
import { projectOf, standingRecords } from '../../pure/file/project.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { signerNow, type SignerFiles } from '#base/desk/commands/signer-now.ts'
import { readBytes } from '#base/process/read-file.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { surveyDigests, readSurvey } from '../../files/open-survey.ts'
import { withTime } from './evidence-time.ts'
import { askedOf, exits, trustIn } from './evidence-trust.ts'

/** Null for bytes that are not UTF-8. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

export type EvidenceKeys = SignerFiles

/** Evidence before writing; a damaged survey is refused, because it proves nothing. */
function sealed(file: string, out: string, { key, cert }: EvidenceKeys) {
  const { content, records } = readSurvey(file)
  if (content.lost.length + content.broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...content.lost, ...content.broken].join() })
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  const { certificate, sign, signedAtMs } = signerNow({ key, cert })
  const early = signedTooEarly(signedAtMs, content.records)
  if (early !== null)
    throw new LaneFault('EVIDENCE-02', { file, field: 'signedAtIso', note: early })
  const digests = surveyDigests()
  const photos = picturesNamed(projectOf(records)).map((digest) =>
    readSurveyPhoto(file, digest, digests.ofBytes),
  )
  const body = evidenceBody({ ...content, photos }, digests)
  const signature = sign(signedEvidence(body, certificate, signedAtMs, digests))
  const seal: EvidenceSeal = { signedAtMs, certificate, signature, timeStamp: null }
  return { body, seal }
}

function write(out: string, body: string, seal: EvidenceSeal): void {
  exportFile(out, new TextEncoder().encode(evidenceText(body, seal)))
}

/** Writes the evidence of a survey, with the time of this computer. */
export function makeEvidence(file: string, out: string, keys: EvidenceKeys): void {
  const { body, seal } = sealed(file, out, keys)
  write(out, body, seal)
}

/** EVIDENCE-03 unless both key and certificate are given. */
export const make = act(
  ['evidence make FILE (--key PEM --cert PEM) --out FILE [--tsa URL [--tsa-ca FILE]]'],
  async ({ words: [file], key, cert, out, tsa, 'tsa-ca': tsaCa }) => {
    if (key === undefined || cert === undefined) throw new LaneFault('EVIDENCE-03')
    const { body, seal } = sealed(file, out, { key, cert })
    const had = await withTime(seal, tsa === undefined ? null : { tsa, tsaCa })
    write(out, body, had.seal)
    const fault = had.fault === null ? {} : { fault: had.fault }
    const view = { ok: had.fault === null, file: out, time: had.time.view, ...fault }
    return printed(view, had.fault === null ? exits.trusted : exits.noTime)
  },
)

/** Faults that are reported as an answer with exit code 1. */
export const isRefused = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && /^(EVIDENCE|SURVEY|RULE)-0\d$/.test(error.code)

export const verify = act(
  [
    'evidence verify FILE [--signers FILE] [--ca FILE [--crl FILE]] [--integrity-only] [--revoked FILE] [--tsa-ca FILE] [--attested]',
  ],
  async ({ words: [file], ...values }) => {
    const { signers, revoked } = values
    const asked = askedOf(values)
    const bytes = readBytes(file, evidenceBytesMax)
    try {
      const { content, records, issuer, signature, seal } = openEvidence(bytes, file, {
        digests: surveyDigests(),
        textOf: strictText,
        judge: signatureJudge({ signers, revoked, dir: null }),
      })
      const { surveyId, photos } = content
      const counts = { records: records.length, photos: photos.length }
      const { exit, fault, about } = await trustIn(seal, signature, asked)
      const rules = rulesSaid(projectOf(records).opened, issuer)
      const ok = exit === exits.trusted
      const view = { ok, file, surveyId, ...counts, chain: 'ok', rules, ...about }
      const origins = originCounts(standingRecords(records).map(({ body }) => body))
      return printed({ ...view, origins, ...fault }, exit)
    } catch (error) {
      if (!isRefused(error)) throw error
      const { error: fault } = faultJson(error)
      return printed({ ok: false, file, changed: fault.field, fault }, exits.wrong)
    }
  },
)
