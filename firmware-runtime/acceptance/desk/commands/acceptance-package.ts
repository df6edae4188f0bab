// `etc-lane acceptance report | package | verify | compare`: exports the record of an acceptance in a chosen format,
// under a seal that can be checked offline (docs/acceptance-format.md), and compares two runs.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { compareRuns, runOfRecord, runOfSession, type ComparedRun } from '../record/compare.ts'
import {
  mustBeByItsRules,
  mustBeOf,
  mustDeclare,
  mustFitDeclaration,
  mustNameOneLot,
  openPackage,
  packageBytesMax,
  sealedRecord,
  type OpenedPackage,
} from '../record/sealed-record.ts'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { parsed } from '#base/pure/data/json.ts'
import { readSessionFile, sessionFiles } from '../folder/sessions.ts'
import { layOutHere } from '#base/desk/document/paper-process.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { acceptanceRecord } from '../papers/acceptance-record.ts'
import { recordBytes } from '../papers/acceptance-report.ts'
import { readBytes, readText } from '#base/process/read-file.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { pastSaid } from './acceptance-past.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, wrongFlag } from '#base/commands/command.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { isRefused, strictText } from '#survey/desk/commands/evidence-acts.ts'
import { askedOf, exits, trustIn } from '#survey/desk/commands/evidence-trust.ts'

interface Lists {
  readonly signers?: string | undefined
  readonly revoked?: string | undefined
}

/** Throws EVIDENCE-01, EVIDENCE-02. */
const opened = (file: string, { signers, revoked }: Lists = {}): OpenedPackage =>
  openPackage(readBytes(file, packageBytesMax), file, {
    digests: surveyDigests(),
    textOf: strictText,
    judge: signatureJudge({ signers, revoked, dir: null }),
  })

/** From a folder, judged again, or from a package as sealed. */
export const report = act(
  [
    'acceptance report --data DIR --format pdf|docx|json|junit|csv --out FILE [--language zh|en]',
    'acceptance report --package FILE --format pdf|docx|json|junit|csv --out FILE [--language zh|en]',
  ],
  async ({ data, package: sealed, format, out, language = 'zh' }) => {
    mustBeNew(out)
    const record =
      sealed === undefined
        ? await acceptanceRecord(resolve(needed(data, 'data')))
        : opened(sealed).record
    const file = resolve(out)
    exportFile(file, await recordBytes(record, { format, language }, layOutHere))
    return printed({ ok: true, file, format, simulated: record.head.simulated })
  },
)

export const makePackage = act(
  ['acceptance package --data DIR (--key PEM --cert PEM) --out FILE'],
  async ({ data, key, cert, out }) => {
    if (key === undefined || cert === undefined) throw new LaneFault('EVIDENCE-03')
    const dir = resolve(data)
    const { mode } = loadLot(dir).config
    mustBeNew(out)
    const record = await acceptanceRecord(dir)
    if (mode === 'production' && record.head.past?.isStarted === false)
      throw new LaneFault('ACCEPT-11', { file: join(dir, 'ledger.db') })
    const { signedAtMs, ...signer } = signerNow({ key, cert })
    const file = resolve(out)
    exportFile(file, sealedRecord(record, signer, signedAtMs, surveyDigests()))
    const { head, items } = record
    const { lotId, sessionId, simulated } = head
    return printed({ ok: true, file, lotId, sessionId, simulated, items: items.length })
  },
)

const otherCodes: readonly string[] = ['ACCEPT-06', 'ACCEPT-08', 'RULE-02']
const declaredSchema = z.object({ features: z.array(z.object({ id: z.string() })) })

/** Reads the output of `acceptance declaration`. Throws FILE-02. */
function declaredIn(name: string): readonly string[] {
  const file = resolve(name)
  const checked = declaredSchema.safeParse(parsed(readText(file)))
  if (checked.success) return checked.data.features.map(({ id }) => id)
  throw new LaneFault('FILE-02', { file, field: `/${checked.error.issues[0]?.path.join('/')}` })
}

/**
 * Exit 1: changed, of another lot or declaration, or signed by an untrusted signer; 3: no trusted signers were named.
 */
export const verify = act(
  [
    'acceptance verify FILE [--lot ID] [--declaration FILE] [--signers FILE] [--ca FILE [--crl FILE]] [--integrity-only] [--revoked FILE] [--tsa-ca FILE]',
  ],
  async ({ words: [file], lot, declaration, ...values }) => {
    const asked = askedOf(values)
    try {
      const { record, seal, signature } = opened(file, values)
      if (lot !== undefined) mustBeOf(lot, record, file)
      mustNameOneLot(record, file)
      mustFitDeclaration(record, file)
      mustBeByItsRules(record, file)
      if (declaration !== undefined) mustDeclare(declaredIn(declaration), record, file)
      const { exit, fault, about } = await trustIn(seal, signature, asked)
      const { lotId, sessionId, program, pack, simulated } = record.head
      const declared = record.declaration.features
      const head = { lotId, sessionId, program, pack, simulated, declaration: declared }
      const { starts, certificates, unrecorded } = record.head
      // Packages of earlier versions have none of these.
      const proven = starts === undefined ? {} : { starts, certificates, unrecorded }
      const past = await pastSaid(record, asked, file)
      const { sessions } = record
      const items = record.items.map(({ id, verdict }) => ({ id, verdict }))
      const made = { ...head, ...proven, ...past.about, sessions }
      const worst = exit === exits.trusted ? past.exit : exit
      const view = { ok: worst === exits.trusted, file, ...made, items, ...about, ...fault }
      return printed(view, worst)
    } catch (error) {
      const isOther = error instanceof LaneFault && otherCodes.includes(error.code)
      if (!isOther && !isRefused(error)) throw error
      const { error: fault } = faultJson(error)
      return printed({ ok: false, file, changed: fault.field, fault }, exits.wrong)
    }
  },
)

/** From a package, the file of a run, or the id of a run in the folder. */
function runOf(name: string, data: string | undefined): ComparedRun {
  if (name.endsWith('.etcaccept')) return runOfRecord(opened(name).record)
  if (existsSync(name)) return runOfSession(readSessionFile(resolve(name)))
  const runs = sessionFiles(resolve(needed(data, 'data'))).map(readSessionFile)
  const own = runs.find(({ sessionId }) => sessionId === name)
  if (own !== undefined) return runOfSession(own)
  const known = runs.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId])).join(', ')
  throw wrongFlag('RUN', t(`这个停车场有:${known}`, `this lot has: ${known}`), name)
}

/** Exit 1: an item differs. */
export const compare = act(['acceptance compare A B [--data DIR]'], ({ words: [a, b], data }) => {
  const found = compareRuns(runOf(a, data), runOf(b, data))
  return printed({ ok: found.differs.length === 0, ...found }, found.differs.length === 0)
})
