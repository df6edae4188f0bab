// `evidence make SURVEY --key PEM --cert PEM --out FILE` and `evidence verify FILE`.
// Changed evidence is an answer with exit code 1 that names the line; whole evidence of nobody known is no 0.
import { existsSync } from 'node:fs'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { chainTo, type ChainFound } from '../../adapters/crypto/cert-chain.ts'
import { certificatesInPem } from '../../adapters/crypto/certs.ts'
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
  type EvidenceSeal,
} from '../../core/survey/evidence.ts'
import { picturesNamed } from '../../core/survey/pictures.ts'
import { originCounts } from '../../core/survey/origin.ts'
import { projectOf, standingRecords } from '../../core/survey/project.ts'
import { faultJson, LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { readBytes, readText } from '../lot.ts'
import { signatureJudge } from '../profile/signatures.ts'
import { surveyDigests, readSurvey } from './open-survey.ts'
import { oneFile } from './record-acts.ts'

/** Said of every evidence that carries no token of a time-stamping service. */
const timeNote = 'time not attested: what the signing computer said'

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

/** 0 is whole and trusted; all others say why not (docs/cli.md, decision 0064). */
const exits = { trusted: 0, wrong: 1, nobodyNamed: 3, noTime: 4 } as const

type Trust = 'listed' | 'chain' | 'unlisted' | 'notAsked' | 'unknown'

interface Asked {
  readonly signers: string | undefined
  /** Authorities as PEM. */
  readonly ca: string | undefined
  readonly integrityOnly: boolean
  readonly attested: boolean
}

function trustOf({ signers, ca, integrityOnly }: Asked, isListed: boolean, leads: boolean): Trust {
  if (signers !== undefined && isListed) return 'listed'
  if (ca !== undefined && leads) return 'chain'
  if (signers !== undefined || ca !== undefined) return 'unlisted'
  return integrityOnly ? 'notAsked' : 'unknown'
}

/** Whether the signer's certificate leads to one of the authorities at the time of signing. */
function chainOf(
  ca: string | undefined,
  { certificate, signedAtMs }: EvidenceSeal,
): ChainFound | null {
  if (ca === undefined) return null
  return chainTo(certificate, certificatesInPem(readText(ca)), signedAtMs, openGmCrypto())
}

/** Why it is not enough; null: it is. */
function lack(
  trust: Trust,
  asked: Asked,
): { readonly exit: number; readonly fault: LaneFault } | null {
  if (trust === 'unlisted') return { exit: exits.wrong, fault: new LaneFault('EVIDENCE-04') }
  if (trust === 'unknown') {
    const note = 'name whom you trust: --signers FILE or --ca FILE; or --integrity-only'
    return { exit: exits.nobodyNamed, fault: new LaneFault('EVIDENCE-04', { note }) }
  }
  return asked.attested ? { exit: exits.noTime, fault: new LaneFault('EVIDENCE-05') } : null
}

export function verifyAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, {
    ...{
      signers: 'string',
      ca: 'string',
      revoked: 'string',
      'integrity-only': 'boolean',
      attested: 'boolean',
    },
  })
  const file = oneFile(words, 'evidence verify FILE')
  const { signers, ca, revoked, attested } = values
  const asked = { signers, ca, attested, integrityOnly: values['integrity-only'] }
  const bytes = readBytes(file, evidenceBytesMax)
  try {
    const { content, records, signature, seal } = openEvidence(bytes, file, {
      digests: surveyDigests(),
      textOf: strictText,
      judge: signatureJudge({ signers, revoked, dir: null }),
    })
    const { surveyId, photos } = content
    const counts = { records: records.length, photos: photos.length }
    const leads = chainOf(ca, seal)
    const trust = trustOf(asked, signature.trusted, leads?.ok === true)
    const found = lack(trust, asked)
    const fault = found === null ? {} : { fault: faultJson(found.fault).error }
    const authorities = leads === null ? {} : { authorities: leads }
    const about = {
      chain: 'ok',
      signature,
      trust,
      ...authorities,
      time: { attested: false, note: timeNote },
    }
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
    return Promise.resolve(found?.exit ?? exits.trusted)
  } catch (error) {
    if (!isRefused(error)) throw error
    const { error: fault } = faultJson(error)
    io.stdout(jsonText({ ok: false, file, changed: fault.field, fault }, io.json))
    return Promise.resolve(exits.wrong)
  }
}
