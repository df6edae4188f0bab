// Opens surveys and their evidence in the sandbox, from the bytes of a file alone: without a runtime or the file
// system. Reading and verdicts are those of survey/, as in the runtime; sql.js replaces the database driver.
import { recordOf } from '#survey/pure/file/body-schema.ts'
import { openEvidence, type OpenedEvidence } from '#survey/pure/file/evidence.ts'
import {
  isSurveyFile,
  knownVersion,
  readPhotos,
  readSurveyTables,
  type PhotosRead,
  type SurveyContent,
  type SurveyTables,
} from '#survey/pure/file/file-format.ts'
import { surveyIssuer } from '#survey/pure/file/opened-pack.ts'
import type { SurveyRecord } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import type { Revocations } from '#base/pure/data/signed.ts'
import { digests, strictText, windowJudge } from './gm.ts'
import type { SqlDatabase, SqlJs } from './sql-types.ts'

export interface OpenedSurvey extends PhotosRead {
  readonly name: string
  readonly content: SurveyContent
  readonly records: readonly SurveyRecord[]
  /** Who signed the rule pack of the survey; null: nobody, or it has none. */
  readonly issuer: PackIssuer | null
}

function tablesOf(db: SqlDatabase): SurveyTables {
  return {
    one(sql, ...values) {
      const statement = db.prepare(sql)
      try {
        statement.bind(values)
        return statement.step() ? statement.getAsObject() : undefined
      } finally {
        statement.free()
      }
    },
  }
}

function readFile(db: SqlDatabase, name: string): Omit<OpenedSurvey, 'records' | 'issuer'> {
  const tables = tablesOf(db)
  let content: SurveyContent
  try {
    knownVersion(tables, name)
    if (!isSurveyFile(tables)) throw new LaneFault('SURVEY-01', { file: name })
    content = readSurveyTables(tables, digests.ofText)
  } catch (error) {
    if (error instanceof LaneFault) throw error
    const note = error instanceof Error ? error.message : String(error)
    // SQLite's text for SQLITE_NOTADB: bytes without a database header are no survey; any other fault is damage.
    throw new LaneFault(/not a database/.test(note) ? 'SURVEY-01' : 'SURVEY-02', {
      file: name,
      note,
    })
  }
  return { name, content, ...photosOf(tables) }
}

function photosOf(tables: SurveyTables): PhotosRead {
  try {
    return readPhotos(tables, digests.ofBytes)
  } catch {
    // The photo index is damaged; the records still count.
    return { photos: [], damaged: ['photo'] }
  }
}

/** Throws SURVEY-01 to SURVEY-03, SURVEY-08, RULE-01 or RULE-02, like `survey show`. */
export function openSurveyBytes(sql: SqlJs, name: string, bytes: Uint8Array): OpenedSurvey {
  const db = new sql.Database(bytes)
  try {
    const file = readFile(db, name)
    const records = file.content.records.map((stored) => recordOf(stored, name))
    const issuer = surveyIssuer(records, name, digests, windowJudge([]))
    return { ...file, records, issuer }
  } finally {
    db.close()
  }
}

/** Throws EVIDENCE-01, EVIDENCE-02, RULE-01 or RULE-02, like `evidence verify`. `known`: fingerprints of trusted signers. */
export const openEvidenceBytes = (
  name: string,
  bytes: Uint8Array,
  known: Iterable<string>,
  revoked?: Revocations,
): OpenedEvidence =>
  openEvidence(bytes, name, { digests, textOf: strictText, judge: windowJudge(known, revoked) })
