// Proofs of a lot in its folder (lane/desk/setup/lot-proof.ts): surveys, and the first car of its ledger; read with or
// without running lanes. An unreadable ledger is reported; the surveys are still returned.
import { existsSync } from 'node:fs'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { firstCarSaid, type FirstCarSaid } from '../setup/first-car-said.ts'
import type { LotProof } from '../setup/lot-proof.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import { keptFiles } from './kept-lot.ts'
import { readerOptions } from '../../folder/reader-options.ts'

function firstCar(dir: string): FirstCarSaid | null {
  const kept = keptFiles(dir)
  if (kept === null || !existsSync(ledgerFiles(dir).db)) return null
  using reader = openLedgerReader(readerOptions(dir))
  return firstCarSaid(reader, kept.config)
}

export const lotProof = (dir: string, surveys: readonly SurveyLine[]): LotProof =>
  onFault(
    () => ({ surveys, firstCar: firstCar(dir), fault: null }),
    (error) => ({ surveys, firstCar: null, fault: apiErrorOf(error) }),
  )
