// Upkeep for people: free disk space, stored photos, last and next backup, faults. Made from the scheduler's own data,
// so a call costs nothing.
import type { UpkeepView } from '../../calls/views.ts'
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import { daysUntilFull, fullNote } from '#ledger/pure/lot/disk-forecast.ts'
import {
  inOrder,
  nextBackupMs,
  photosHeldUntilMs,
  type UpkeepAct,
  type UpkeepFacts,
  type UpkeepMoment,
  type UpkeepState,
} from '#ledger/pure/lot/upkeep.ts'
import type { FaultCode, Why } from '#base/pure/faults/faults.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'

interface UpkeepKnown {
  readonly state: UpkeepState
  readonly facts: UpkeepFacts
  readonly now: UpkeepMoment
  readonly rules: UpkeepConfig
  readonly doing: UpkeepAct | null
}

const isoOrNull = (atMs: InstantMs | null): string | null => (atMs === null ? null : isoOf(atMs))

export function upkeepView({ state, facts, now, rules, doing }: UpkeepKnown): UpkeepView {
  const last = inOrder(facts.backups).at(-1)
  const { backupFailed, stuck, lowReportedMonoMs, ledgerTrouble } = state
  const days = daysUntilFull(state.room, facts.freeMb, rules.diskWarnMb)
  return {
    disk: { freeMb: facts.freeMb, warnMb: rules.diskWarnMb, low: lowReportedMonoMs !== null },
    photos: {
      days: facts.photoDays.length,
      oldestDay: facts.photoDays[0] ?? null,
      keepDays: rules.photoDays,
      mb: facts.photoMb,
      budgetGb: rules.photoGb,
      heldUntilIso: isoOrNull(photosHeldUntilMs(state, facts, now, rules)),
    },
    backup: {
      lastAtIso: isoOrNull(last?.atMs ?? null),
      file: last?.file ?? null,
      rows: last?.rows ?? null,
      verified: last !== undefined,
      kept: facts.backups.length,
      keep: rules.backupsKept,
      nextAtIso: isoOrNull(nextBackupMs(state, now, rules)),
      running: doing?.do === 'backup',
      failed:
        backupFailed === null ? null : { code: backupFailed.code, atIso: isoOf(backupFailed.atMs) },
    },
    faults: troubles(
      lowReportedMonoMs === null
        ? null
        : ['UPKEEP-01', facts.freeMb === null ? '' : `${facts.freeMb} MB`],
      days === null ? null : ['UPKEEP-05', fullNote(days)],
      backupFailed === null ? null : ['UPKEEP-02', backupFailed.code],
      state.budget === null ? null : ['UPKEEP-04', `${facts.photoMb ?? '?'} MB`],
      stuck === null ? null : ['UPKEEP-03', stuck.names.join(' ')],
      ledgerTrouble === null ? null : [ledgerTrouble.code, String(ledgerTrouble.seq ?? '')],
    ),
  }
}

const troubles = (...found: readonly (readonly [FaultCode, Why] | null)[]): UpkeepView['faults'] =>
  found
    .filter((one) => one !== null)
    .map(([code, note]) => (typeof note === 'string' ? { code, note } : codedFault(code, note)))
