// `evidence make SURVEY --key PEM --cert PEM --out FILE` and `evidence verify FILE`.
// Changed evidence is an answer with exit code 1 that names the line; whole evidence of nobody known is no 0.
import { t } from '../../core/values/fault-text.ts'
import { existsSync } from 'node:fs'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { chainTo, type ChainFound } from '../../adapters/crypto/cert-chain.ts'
import { certificatesInPem } from '../../adapters/crypto/certs.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { revocationLists } from '../../adapters/crypto/revocation.ts'
import { profileSigner } from '../../adapters/crypto/profile-signer.ts'
import { exportFile } from '../../adapters/files/exported-file.ts'
import { readSurveyPhoto } from '../../adapters/sqlite/survey-file.ts'
import {
  evidenceBody,
  evidenceBytesMax,
  evidenceText,
  openEvidence,
  signedEvidence,
  signedTooEarly,
  type EvidenceSeal,
} from '../../survey/evidence.ts'
import { picturesNamed } from '../../survey/pictures.ts'
import { originCounts } from '../../survey/reading-origin.ts'
import { projectOf, standingRecords } from '../../survey/project.ts'
import { faultJson, LaneFault } from '../../core/faults/faults.ts'
import { jsonText } from '../client.ts'
import { act } from '../acts.ts'
import { readBytes, readText } from '../../runtime/process/read-file.ts'
import { signatureJudge } from '../../runtime/profile/signatures.ts'
import { surveyDigests, readSurvey } from '../../runtime/survey/open-survey.ts'
import { timeOf, withTime, type EvidenceTime } from './evidence-time.ts'

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

/** Evidence that is not written yet; a damaged survey proves nothing and is refused. */
function sealed(file: string, out: string, { key, cert }: EvidenceKeys) {
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
    throw new LaneFault('CERT-01', {
      file: cert,
      note: t('不在有效期内', 'not valid at this time'),
    })
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

/** Writes the evidence of a survey, with the time that this computer says. */
export function makeEvidence(file: string, out: string, keys: EvidenceKeys): void {
  const { body, seal } = sealed(file, out, keys)
  write(out, body, seal)
}

/** EVIDENCE-03 without both of key and certificate. */
export const make = act(
  ['evidence make FILE (--key PEM --cert PEM) --out FILE [--tsa URL [--tsa-ca FILE]]'],
  async ({ words: [file], key, cert, out, tsa, 'tsa-ca': tsaCa }, io) => {
    if (key === undefined || cert === undefined) throw new LaneFault('EVIDENCE-03')
    const { body, seal } = sealed(file, out, { key, cert })
    const had = await withTime(seal, tsa === undefined ? null : { tsa, tsaCa })
    write(out, body, had.seal)
    const fault = had.fault === null ? {} : { fault: had.fault }
    const view = { ok: had.fault === null, file: out, time: had.time.view, ...fault }
    io.stdout(jsonText(view, io.json))
    return had.fault === null ? exits.trusted : exits.noTime
  },
)

const isRefused = (error: unknown): error is LaneFault =>
  error instanceof LaneFault && /^(EVIDENCE|SURVEY)-0\d$/.test(error.code)

/** 0 is whole and trusted; all others say why not (docs/cli.md, ADR 65). */
const exits = { trusted: 0, wrong: 1, nobodyNamed: 3, noTime: 4 } as const

type Trust = 'listed' | 'chain' | 'unlisted' | 'notAsked' | 'unknown'

interface Asked {
  readonly signers: string | undefined
  /** Authorities as PEM. */
  readonly ca: string | undefined
  /** Revocation lists of these authorities, as PEM. */
  readonly crl: string | undefined
  readonly integrityOnly: boolean
  readonly attested: boolean
}

function trustOf({ signers, ca, integrityOnly }: Asked, isListed: boolean, leads: boolean): Trust {
  if (signers !== undefined && isListed) return 'listed'
  if (ca !== undefined && leads) return 'chain'
  if (signers !== undefined || ca !== undefined) return 'unlisted'
  return integrityOnly ? 'notAsked' : 'unknown'
}

/** Whether the signer's certificate leads to one of the authorities at the time of signing, attested or said. */
function chainOf(
  { ca, crl }: Pick<Asked, 'ca' | 'crl'>,
  { certificate }: EvidenceSeal,
  { atMs, view: { attested } }: EvidenceTime,
): ChainFound | null {
  if (ca === undefined) return null
  const revocation =
    crl === undefined ? null : { lists: revocationLists(readText(crl), crl), attested }
  const found = chainTo(
    ...([certificate, certificatesInPem(readText(ca)), atMs, openGmCrypto(), revocation] as const),
  )
  if (found.ok || found.revoked !== true) return found
  throw new LaneFault('EVIDENCE-02', { file: crl ?? '', field: 'certificate', note: found.why })
}

/** `why` is the English one of `words`. */
const authoritiesView = (leads: ChainFound) =>
  leads.ok ? leads : { ...leads, why: leads.why.en, words: leads.why }

/** Why it is not enough; null: it is. */
function lack(
  trust: Trust,
  verifyRequest: Asked,
  { view }: EvidenceTime,
): { readonly exit: number; readonly fault: LaneFault } | null {
  if (trust === 'unlisted') return { exit: exits.wrong, fault: new LaneFault('EVIDENCE-04') }
  if (trust === 'unknown') {
    const note = t(
      '写明信任谁:--signers FILE 或 --ca FILE,或用 --integrity-only',
      'name whom you trust: --signers FILE or --ca FILE; or --integrity-only',
    )
    return { exit: exits.nobodyNamed, fault: new LaneFault('EVIDENCE-04', { note }) }
  }
  return verifyRequest.attested && !view.attested
    ? { exit: exits.noTime, fault: new LaneFault('EVIDENCE-05') }
    : null
}

export const verify = act(
  [
    'evidence verify FILE [--signers FILE] [--ca FILE [--crl FILE]] [--integrity-only] [--revoked FILE] [--tsa-ca FILE] [--attested]',
  ],
  async ({ words: [file], ...values }, io) => {
    const { signers, ca, crl, revoked, attested } = values
    if (crl !== undefined && ca === undefined)
      throw new LaneFault('ARG-01', {
        field: '--crl',
        note: t('是 --ca 里的签发机构', 'of the authorities in --ca'),
      })
    const verifyRequest = { signers, ca, crl, attested, integrityOnly: values['integrity-only'] }
    const bytes = readBytes(file, evidenceBytesMax)
    try {
      const { content, records, signature, seal } = openEvidence(bytes, file, {
        digests: surveyDigests(),
        textOf: strictText,
        judge: signatureJudge({ signers, revoked, dir: null }),
      })
      const { surveyId, photos } = content
      const counts = { records: records.length, photos: photos.length }
      const time = await timeOf(seal, values['tsa-ca'])
      const leads = chainOf(verifyRequest, seal, time)
      const trust = trustOf(verifyRequest, signature.trusted, leads?.ok === true)
      const found = lack(trust, verifyRequest, time)
      const fault = found === null ? {} : { fault: faultJson(found.fault).error }
      const authorities = leads === null ? {} : { authorities: authoritiesView(leads) }
      const about = { chain: 'ok', signature, trust, ...authorities, time: time.view }
      const view = { ok: found === null, file, surveyId, ...counts, ...about }
      io.stdout(
        jsonText(
          {
            ...view,
            origins: originCounts(standingRecords(records).map(({ body }) => body)),
            ...fault,
          },
          io.json,
        ),
      )
      return found?.exit ?? exits.trusted
    } catch (error) {
      if (!isRefused(error)) throw error
      const { error: fault } = faultJson(error)
      io.stdout(jsonText({ ok: false, file, changed: fault.field, fault }, io.json))
      return exits.wrong
    }
  },
)
