// `etc-lane backup key | now | test | restore | status`: the recovery key of a lot, sealed copies at a second place, and
// a new machine that goes on from one. A live folder is asked through its runtime.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { copyOut } from '../adapters/copies/copy-out.ts'
import { testCopy } from '../adapters/copies/copy-open.ts'
import { recoveryHalf, sealBox } from '../adapters/secrets/folder-keys.ts'
import type { RecoveryKeyView } from '../api/backup-views.ts'
import { diskFault } from '../core/values/disk-fault.ts'
import { LaneFault } from '../core/values/faults.ts'
import { isoOf } from '../core/values/instant.ts'
import type { CopyPlan } from '../ports/copy-service.ts'
import { copyPlanOf, keyPlaceOf } from '../runtime/backup/copy-plan.ts'
import { newRecoveryKey } from '../runtime/backup/host-copies.ts'
import { lostAfter, lostSources } from '../runtime/backup/lost-list.ts'
import { restoreCopy } from '../runtime/backup/restore.ts'
import { writeAudit } from '../runtime/folder/audit-beside.ts'
import { mustBeFree } from '../runtime/folder/data-folder.ts'
import { loadLot } from '../runtime/folder/lot-file.ts'
import { act, asking, commandOf, whoOf } from './acts.ts'
import { clientOf, folderOf, jsonText, readerOptions } from './client.ts'
import { recoveryKeyIn } from './recovery.ts'

/** Files that are there are never replaced: a paper that is lost is one thing, a stick that lies another. */
function writeSheets(to: string, { sheets }: RecoveryKeyView): readonly string[] {
  return sheets.map(({ fileName, html }) => {
    const file = join(to, fileName)
    try {
      mkdirSync(to, { recursive: true, mode: 0o700 })
      writeFileSync(file, html, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      throw diskFault(error, { file }, 'FILE-01')
    }
    return file
  })
}

const key = act(
  ['backup key --data DIR --to FOLDER [--split] [--replace] --by NAME --reason TEXT'],
  async (values, io) => {
    const dir = folderOf(values.data)
    const { split, replace, to } = values
    const who = whoOf(values)
    const wanted = { split, replace }
    const client = clientOf(dir)
    let made: RecoveryKeyView
    if (client !== null) made = await client.call('backup.key', { ...wanted, ...who })
    else {
      mustBeFree(dir)
      const { config } = loadLot(dir)
      const known = recoveryHalf(dir)
      if (known !== null && !replace) throw new LaneFault('RECOVERY-04', { value: known.id })
      if (existsSync(join(dir, 'ledger.db')))
        writeAudit(dir, config, { ...who, role: 'owner' }, 'backup.key')
      made = await newRecoveryKey(dir, config, { ...wanted, atMs: systemWallClock().nowMs() })
    }
    const files = writeSheets(resolve(to), made)
    io.stdout(jsonText({ ok: true, keyId: made.keyId, madeAtIso: made.madeAtIso, files }, io.json))
    return 0
  },
)

/** COPY-01 where neither the lot file nor the command names a second place. */
function planOf(dir: string, to: string | undefined): CopyPlan {
  const { config } = loadLot(dir)
  const place = to === undefined ? config.copies?.to : resolve(to)
  if (place === undefined)
    throw new LaneFault('COPY-01', {
      field: '/copies',
      note: 'no --to, and no copies.to in lot.json',
    })
  return copyPlanOf(dir, config, place)
}

const now = act(['backup now --data DIR [--to FOLDER] [--begin]'], async (values, io) => {
  const dir = folderOf(values.data)
  const { begin, to } = values
  const client = to === undefined ? clientOf(dir) : null
  const made =
    client === null
      ? await copyOut(
          readerOptions(dir),
          { ...planOf(dir, to), begin },
          isoOf(systemWallClock().nowMs()),
        )
      : await client.call('backup.now', { begin })
  io.stdout(jsonText({ ok: true, ...made }, io.json))
  return 0
})

const test = act(['backup test --data DIR [--to FOLDER]'], async ({ data, to }, io) => {
  const dir = folderOf(data)
  const client = to === undefined ? clientOf(dir) : null
  const found =
    client === null
      ? testCopy(readerOptions(dir), planOf(dir, to))
      : await client.call('backup.test', {})
  io.stdout(jsonText({ ok: true, ...found }, io.json))
  return 0
})

const restore = act(
  [
    'backup restore --data DIR --from FOLDER --recovery-key FILE --by NAME --reason TEXT [--accept older|foreign|both] [--bill FILE] [--head FILE]',
  ],
  (values, io) => {
    const dir = folderOf(values.data)
    const { accept, bill, head } = values
    const who = whoOf(values)
    const atMs = systemWallClock().nowMs()
    const sources = lostSources({ bill, head })
    const { copy, lotId, nodeId, aside } = restoreCopy({
      dir,
      from: values.from,
      key: recoveryKeyIn(values['recovery-key']),
      accept: accept === 'both' ? ['older', 'foreign'] : accept === undefined ? [] : [accept],
      atMs,
    })
    const { config } = loadLot(dir)
    writeAudit(dir, config, { ...who, role: 'owner' }, `backup.restore ${copy.headSeq}`)
    sealBox(keyPlaceOf(dir, config))
    const options = readerOptions(dir)
    const found = lostAfter(options, copy.headSeq, sources)
    const { rows, headSeq, headHash, atIso: lostAfterIso } = copy
    const id = { lotId, nodeId, commandId: who.commandId }
    io.stdout(
      jsonText(
        { ok: true, ...id, rows, headSeq, headHash, lostAfterIso, aside, ...found },
        io.json,
      ),
    )
    return 0
  },
)

const status = asking(['backup status --data DIR'], { name: 'backup.status' }, () => ({}))

export const backupCommand = commandOf('backup', [key, now, test, restore, status])
