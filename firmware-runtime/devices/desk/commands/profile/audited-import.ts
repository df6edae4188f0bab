// Importing profiles by command is an audited act: done by the runtime when one runs on the folder, else recorded in
// the folder's ledger first.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Generation } from '../../../files/profile-store.ts'
import { partCharsMax, type ProfilePart } from '../../../calls/profiles.ts'
import type { PlannedProfile } from '../../../profiles/import-plan.ts'
import { clientOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { writeAudit } from '#lane/folder/offline-audit.ts'
import type { UndoWho } from './audited-undo.ts'
import { acceptWords, importDigest } from '../../profile/import-digest.ts'
import type { ImportTarget } from '../../profile/plan-import.ts'
import type { ReadFile } from '../../profile/read-named.ts'
import { wouldWrite, writeReads } from '../../profile/write-reads.ts'

interface Imported {
  readonly generation: number
  /** False: nothing was written, or no lot ever ran, so no ledger exists. */
  readonly audited: boolean
}

const partBytes = (partCharsMax / 4) * 3

/** A file in parts that fit into a call; an empty file is one part. */
function* partsOf(name: string, bytes: Uint8Array): Generator<ProfilePart> {
  for (let at = 0; at === 0 || at < bytes.length; at += partBytes) {
    const base64 = Buffer.from(bytes.subarray(at, at + partBytes)).toString('base64')
    yield { name, bytes: bytes.length, at, base64 }
  }
}

/** Imports through the runtime, which checks again by the signers that its folder trusts. */
async function byRuntime(
  client: RuntimeClient,
  reads: readonly ReadFile[],
  who: UndoWho,
  generation: number,
): Promise<number> {
  const draftId = randomUUID()
  const names: string[] = []
  for (const { checked, file, sig } of reads) {
    if (checked === null) continue
    const name = `${checked.id}.json`
    names.push(name)
    const files = [[name, file.bytes] as const]
    if (sig !== undefined) files.push([`${name}.sig`, sig.bytes])
    for (const [path, bytes] of files)
      for (const part of partsOf(path, bytes))
        await client.call('profiles.hold', { draftId, parts: [part] })
  }
  const act = { draftId, names, generation, commandId: randomUUID(), ...who }
  return (await client.call('profiles.accept', act)).generation
}

/** Imports all or none. Throws, and writes nothing, when the audit cannot be written. */
export async function auditedImport(
  { dir, lot }: ImportTarget,
  from: Generation,
  reads: readonly ReadFile[],
  profiles: readonly PlannedProfile[],
  who: UndoWho,
): Promise<Imported> {
  if (!wouldWrite(dir, from, reads, profiles)) return { generation: from.number, audited: false }
  const client = clientOf(dir)
  if (client !== null)
    return { generation: await byRuntime(client, reads, who, from.number), audited: true }
  const audited = lot !== null && existsSync(join(dir, 'ledger.db'))
  const ids = profiles.map(({ id }) => id)
  if (audited) writeAudit(dir, lot, who, acceptWords(ids, importDigest(reads)))
  return { generation: writeReads(dir, from, reads, profiles), audited }
}
