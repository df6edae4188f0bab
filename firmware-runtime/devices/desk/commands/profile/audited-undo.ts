// Undoing an import is the only way to an older profile, and an audited act (P04): done by the runtime when one runs on
// the folder, else recorded in the folder's ledger first.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { undoGeneration } from '../../../files/profile-store.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { clientOf } from '#base/desk/commands/client.ts'
import { writeAudit } from '#lane/folder/offline-audit.ts'

export interface UndoWho {
  readonly by: string
  readonly reason: string
}

interface UndoneAs {
  readonly generation: number
  /** False only when no lot ever ran, so no ledger exists. */
  readonly audited: boolean
}

/** `from`: the generation for which the plan was made. Throws PROFILE-22 when the runtime has another one. */
export async function auditedUndo(
  dir: string,
  lot: LotConfig | null,
  from: number,
  who: UndoWho,
): Promise<UndoneAs> {
  const client = clientOf(dir)
  if (client !== null) {
    const act = { commandId: randomUUID(), ...who, generation: from }
    const { generation } = await client.call('profiles.undo', act)
    return { generation, audited: true }
  }
  const audited = lot !== null && existsSync(join(dir, 'ledger.db'))
  if (audited) writeAudit(dir, lot, who, `profiles.undo ${from}`)
  return { generation: undoGeneration(dir).number, audited }
}
