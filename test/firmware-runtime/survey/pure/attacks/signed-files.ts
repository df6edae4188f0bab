// Facts of a whole file that must not be taken as they are: the time of its signature (7.11) and its rule pack (7.17).
// Each opens evidence of the whole survey, made with them, as `evidence verify` and the window do.
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { sealedPack } from '#acceptance/desk/service/sealed-rules.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { strictText } from '#survey/desk/commands/evidence-acts.ts'
import { basePack } from '#base/pure/rules/packs.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'
import { firstHash, recordHash, type StoredRecord } from '#survey/pure/file/chain.ts'
import {
  evidenceBody,
  evidenceText,
  openEvidence,
  signedEvidence,
  type OpenedEvidence,
} from '#survey/pure/file/evidence.ts'
import { openCertificate } from '#renderer/sandbox/gm.ts'
import type { EvidenceKeys } from '#survey/desk/commands/evidence-acts.ts'
import { edit, restamped, type Change } from './change.ts'
import { recordsOfMade, whole } from './whole-survey.ts'

export interface FileAttack {
  readonly rule: '7.11' | '7.17'
  readonly what: string
  readonly code: 'EVIDENCE-02' | 'RULE-01' | 'RULE-02'
  readonly change: Change
  /** Time of the signature after the newest record, ms. */
  readonly signedAfterMs: number
}

const digests = digestsOf(openGmCrypto())
const same: Change = (all) => all

/** Evidence of the changed survey, opened again. Its records lie in the validity of the certificate. */
export function opens(
  keys: EvidenceKeys,
  { change, signedAfterMs }: Pick<FileAttack, 'change' | 'signedAfterMs'>,
): OpenedEvidence {
  const { certificate, sign, signedAtMs: nowMs } = signerNow(keys)
  // Pictures are of other tests.
  const records = recordsOfMade(change(whole)).filter(({ body }) => body.kind !== 'check')
  const usual = recordsOfMade(whole)
  const shiftMs = nowMs - Math.max(...usual.map(({ atMs }) => atMs))
  const head = { surveyId: 'x', createdAtMs: 1_700_000_000_000 }
  let hash = firstHash(head, digests.ofText)
  const stored = records.map(({ id, atMs, by, body }, i): StoredRecord => {
    const record = { seq: i + 1, id, atMs: atMs + shiftMs, by, body: JSON.stringify(body) }
    hash = recordHash(hash, record, digests.ofText)
    return { ...record, hash }
  })
  const text = evidenceBody({ ...head, records: stored, photos: [] }, digests)
  const signedAtMs = nowMs + signedAfterMs
  const signature = sign(signedEvidence(text, certificate, signedAtMs, digests))
  const seal = { signedAtMs, certificate, signature, timeStamp: null }
  const bytes = new TextEncoder().encode(evidenceText(text, seal))
  const judge = { certificate: openCertificate, revoked: new Map(), trusted: new Set<string>() }
  return openEvidence(bytes, 'f', { digests, textOf: strictText, judge })
}

const dayMin = 24 * 60
const struck: RulePack = { ...basePack, rules: { ...basePack.rules, D5: null } }
export const ours: RulePack = {
  format: 1,
  id: 'ours',
  standard: 'X 1',
  province: '45',
  over: 'guangxi',
  rules: { D5: { thresholds: { levelMin: { value: -44, unit: 'dBm', basis: 'printed' } } } },
}
export const sealedBy = (keys: EvidenceKeys, pack: RulePack): RulePack => {
  const signer = signerNow(keys)
  return sealedPack(pack, signer, signer.signedAtMs, digests)
}

export const withPack = (rules: RulePack): Pick<FileAttack, 'change' | 'signedAfterMs'> => ({
  change: edit('opened', { rules }),
  signedAfterMs: 0,
})

export const fileAttacks = (keys: EvidenceKeys): readonly FileAttack[] => [
  {
    rule: '7.11',
    what: 'signed a millisecond before the newest record',
    code: 'EVIDENCE-02',
    change: same,
    signedAfterMs: -1,
  },
  {
    rule: '7.11',
    what: 'a record in the middle is of a day after the signature',
    code: 'EVIDENCE-02',
    change: restamped('ping', dayMin),
    signedAfterMs: 0,
  },
  {
    rule: '7.11',
    what: 'signed after the end of the certificate',
    code: 'EVIDENCE-02',
    change: same,
    signedAfterMs: 100 * 365 * 86_400_000,
  },
  {
    rule: '7.17',
    what: 'the name of the program’s pack, and a row struck',
    code: 'RULE-02',
    ...withPack(struck),
  },
  {
    rule: '7.17',
    what: 'the name of the program’s pack, and another standard',
    code: 'RULE-02',
    ...withPack({ ...basePack, standard: 'DBJT45/T 065-2025' }),
  },
  {
    rule: '7.17',
    what: 'a signed pack altered since',
    code: 'RULE-01',
    ...withPack({ ...sealedBy(keys, ours), standard: 'X 2' }),
  },
]
