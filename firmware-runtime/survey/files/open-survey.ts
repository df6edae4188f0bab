// Opens a survey file at the command line, for writing as a ledger or read-only.
// Clock, ids and digest are this machine's.
import { randomUUID } from 'node:crypto'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { openCertificate } from '#base/crypto/profile-signer.ts'
import {
  createSurveyFile,
  openSurveyFile,
  readSurveyFile,
  type SurveyWriter,
} from '../sqlite/survey-file.ts'
import { SurveyLedger } from '../runs/survey-ledger.ts'
import { recordOf } from '../pure/file/body-schema.ts'
import type { SurveyContent } from '../pure/file/file-format.ts'
import { surveyIssuer } from '../pure/file/opened-pack.ts'
import type { SurveyRecord } from '../pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import type { WallClock } from '#base/ports/clocks.ts'

export const surveyDigests = () => digestsOf(openGmCrypto())

/** Who signed the rule pack of a survey; null: nobody, or it has none. Throws RULE-01, RULE-02. */
function issuerIn(records: readonly SurveyRecord[], file: string): PackIssuer | null {
  const crypto = openGmCrypto()
  return surveyIssuer(records, file, digestsOf(crypto), {
    certificate: (der) => openCertificate(der, crypto),
    trusted: new Set(),
    revoked: new Map(),
  })
}

export interface OpenSurvey {
  readonly ledger: SurveyLedger
  readonly writer: SurveyWriter
}

/** `clock`: a demo's clock runs faster than the machine's. */
export function openSurvey(file: string, clock: WallClock = systemWallClock()): OpenSurvey {
  const digest = surveyDigests().ofText
  const { records } = readSurveyFile(file, digest)
  const checked = records.map((stored) => recordOf(stored, file))
  issuerIn(checked, file)
  const writer = openSurveyFile(file, digest)
  const parts = { file, pen: writer, clock, newId: randomUUID }
  return { ledger: new SurveyLedger(parts, checked), writer }
}

export function newSurvey(file: string, clock: WallClock = systemWallClock()): OpenSurvey {
  createSurveyFile(file, randomUUID(), clock.nowMs())
  return openSurvey(file, clock)
}

interface ReadSurvey {
  readonly content: SurveyContent
  readonly records: readonly SurveyRecord[]
  readonly issuer: PackIssuer | null
}

/** Reads a survey. A changed record is marked as broken, and left out when it cannot be parsed. */
export function readSurvey(file: string): ReadSurvey {
  const content = readSurveyFile(file, surveyDigests().ofText)
  const broken = new Set(content.broken)
  const records = content.records.flatMap((stored) => {
    try {
      return [recordOf(stored, file)]
    } catch (error) {
      if (error instanceof LaneFault && broken.has(stored.seq)) return []
      throw error
    }
  })
  return { content, records, issuer: issuerIn(records, file) }
}
