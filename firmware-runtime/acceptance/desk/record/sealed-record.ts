// The package of an acceptance (.etcaccept): its record line by line, each with the hash of all lines before it, under
// a signature. A changed line is named, and the car park is identified (docs/acceptance-format.md).
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { tradeNoHead } from '#devices/pure/charge/charge-facts.ts'
import { parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { isWhatItSays } from '#base/pure/rules/packs.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Digests } from '#base/pure/passport/container.ts'
import {
  bodyOf,
  linesOf,
  sealedText,
  sealOf,
  signedLines,
  type Line,
  type Seal,
} from '#base/pure/data/sealed-lines.ts'
import { judgeSigned, type SignatureJudge, type SignatureState } from '#base/pure/data/signed.ts'
import { declarationSchema } from '../service/session.ts'
import type { AcceptRecord } from './record.ts'

export const packageBytesMax = 256 * 1024 * 1024
const kind = 'etc-lane acceptance 1'

/** The member name of a line, and its list in the record; in file order. */
const lists = [
  ['item', 'items'],
  ['access', 'accesses'],
  ['word', 'words'],
  ['stamp', 'stamps'],
  ['paper', 'papers'],
  ['session', 'sessions'],
  ['rule', 'rules'],
] as const satisfies readonly (readonly [string, keyof AcceptRecord])[]

const hashOf = (before: string, line: Line, { ofText }: Digests): string =>
  ofText(`${before}\n${canonicalJson(line)}`)

/** All lines but the seal. */
function linesOfRecord(record: AcceptRecord, digests: Digests): readonly Line[] {
  const open: readonly Line[] = [
    { etcAccept: 1, ...record.head },
    { declaration: record.declaration },
    ...lists.flatMap(([member, list]) => record[list].map((one): Line => ({ [member]: one }))),
  ]
  let before = kind
  return open.map((line) => {
    before = hashOf(before, line, digests)
    return { ...line, hash: before }
  })
}

interface Signer {
  readonly certificate: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

export function sealedRecord(
  record: AcceptRecord,
  { certificate, sign }: Signer,
  signedAtMs: InstantMs,
  digests: Digests,
): string {
  const body = bodyOf(linesOfRecord(record, digests))
  const signature = sign(signedLines(kind, body, certificate, signedAtMs, digests))
  return sealedText(body, { signedAtMs, certificate, signature, timeStamp: null })
}

export interface OpenedPackage {
  readonly record: AcceptRecord
  readonly seal: Seal
  readonly signature: Extract<SignatureState, { state: 'signed' | 'revoked' }>
}

interface Means {
  readonly digests: Digests
  readonly judge: SignatureJudge
  /** Null for bytes that are not UTF-8. */
  textOf(bytes: Uint8Array): string | null
}

/** Throws EVIDENCE-01 with the line that was changed, or EVIDENCE-02. */
export function openPackage(bytes: Uint8Array, file: string, means: Means): OpenedPackage {
  const { digests, judge } = means
  const changed = (line: number, note: BilingualText): LaneFault =>
    new LaneFault('EVIDENCE-01', { file, field: `line ${line}`, note })
  const lines = linesOf(bytes, means.textOf, changed)
  const seal = sealOf(lines.at(-1), lines.length, changed)
  let before = kind
  const inside = lines.slice(0, -1).map(({ hash, ...line }, i): Line => {
    before = hashOf(before, line, digests)
    if (hash !== before) throw changed(i + 1, t('与写入时不同', 'it differs from what was written'))
    return line
  })
  const [head = {}, ...rest] = inside
  const { etcAccept, ...own } = head
  const { lotId, createdAtIso } = own
  const createdAtMs = typeof createdAtIso === 'string' ? parseIso(createdAtIso) : null
  if (etcAccept !== 1 || typeof lotId !== 'string' || createdAtMs === null)
    throw changed(1, t('不是验收包', 'this is not an acceptance package'))
  const of = (member: string): readonly unknown[] =>
    rest.flatMap((line) => (member in line ? [line[member]] : []))
  const declared = declarationSchema.safeParse(rest[0]?.['declaration'])
  if (!declared.success) throw changed(2, t('不是申报', 'this is not a declaration'))
  const strange = rest.findIndex((line, i) => i > 0 && !lists.some(([member]) => member in line))
  if (strange >= 0) throw changed(strange + 2, t('无法识别', 'the kind is not known'))
  const message = (atMs: InstantMs): Uint8Array =>
    signedLines(kind, bodyOf(lines.slice(0, -1)), seal.certificate, atMs, digests)
  const signature = judgeSigned(message, seal, judge)
  if (signature.state !== 'signed' || seal.signedAtMs < createdAtMs) {
    const why = signature.state === 'bad' || signature.state === 'revoked' ? signature.why : ''
    const note = why === '' ? t('没有有效的签名', 'there is no valid signature') : why
    throw new LaneFault('EVIDENCE-02', { file, field: 'signature', note })
  }
  if (of('item').length === 0) throw changed(lines.length, t('没有项目', 'there are no items'))
  const record = {
    head: own,
    declaration: declared.data,
    ...Object.fromEntries(lists.map(([member, list]) => [list, of(member)])),
  } as unknown as AcceptRecord
  return { record, seal, signature }
}

/** Items may be inapplicable only by the declaration: throws ACCEPT-08 with the items that do not agree. */
export function mustFitDeclaration({ declaration, items }: AcceptRecord, file: string): void {
  const { features } = declaration
  for (const { id, needs, verdict, judgedAtIso } of items) {
    const away = needs.filter((need) => !features.some((one) => one === need))
    if (away.length > 0 && judgedAtIso !== null && verdict !== 'notApplicable')
      throw new LaneFault('ACCEPT-08', { file, field: id, value: verdict, note: away.join(' ') })
  }
}

/** Throws RULE-02 for rules other than those that the package names. */
export function mustBeByItsRules({ head }: AcceptRecord, file: string): void {
  const { packId, digest } = head.pack
  if (!isWhatItSays(head.pack))
    throw new LaneFault('RULE-02', { file, field: 'pack', value: `${packId} ${digest}` })
}

/** Throws ACCEPT-08 when another declaration was expected. */
export function mustDeclare(expected: readonly string[], record: AcceptRecord, file: string): void {
  const textOf = (all: readonly string[]): string => all.toSorted().join(' ')
  const [value, note] = [textOf(record.declaration.features), textOf(expected)]
  if (value !== note) throw new LaneFault('ACCEPT-08', { file, field: 'declaration', value, note })
}

/** Throws ACCEPT-06 for another lot. */
export function mustBeOf(lotId: string, { head }: AcceptRecord, file: string): void {
  if (head.lotId !== lotId)
    throw new LaneFault('ACCEPT-06', { file, field: 'lotId', value: head.lotId, note: lotId })
}

/** A number that channels know, and a trade number; a package hides digits by X. */
const lotNumbers =
  /\b(?:([A-Za-z0-9]{1,8})-[a-z0-9]{1,4}-[GKNRX]\d{1,12}|P[A-Z0-9]{2,12}[\dX]{12}[0-9A-Z]{5,9})\b/g

/** Throws ACCEPT-06 for a number that another lot gave: its rows, answers and frames prove nothing here. */
export function mustNameOneLot(record: AcceptRecord, file: string): void {
  const { lotId, past } = record.head
  // Packages of earlier versions do not name the node.
  const begins = tradeNoHead({ lotId, nodeId: past?.nodeId ?? '' })
  for (const [member, list] of lists)
    for (const [i, one] of record[list].entries())
      for (const [value, named] of canonicalJson(one).matchAll(lotNumbers))
        if (named === undefined ? !value.startsWith(begins) : named !== lotId)
          throw new LaneFault('ACCEPT-06', {
            file,
            field: `${member} ${i + 1}`,
            value,
            note: lotId,
          })
}
