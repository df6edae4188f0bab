// `etc-lane backup key | look | place | now | test | restore | status`: the recovery key of a lot, sealed copies at a
// second place, and restoring one on a new machine. With a running runtime the folder is used through it.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { exportFile } from '#base/files/exported-file.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { atCopies, fetchCopies, tryCopy, tryServer } from '#ledger/copies/copy-server.ts'
import { copyAsHolder } from '#ledger/copies/holder.ts'
import {
  bringPhotos,
  leavePhotosThere,
  leavePhotosToCome,
  photosBack,
} from '#ledger/copies/photo-bring.ts'
import { checkPhotos, sendPhotos } from '#ledger/copies/photo-send.ts'
import { recoveryHalf, sealBox } from '#base/secrets/folder-keys.ts'
import type { SftpLogin } from '#ledger/copies/sftp-folder.ts'
import type { RecoveryKeyView } from '#ledger/calls/backup-views.ts'
import { isServer } from '#base/pure/lot/copy-place.ts'
import { sumsOf } from '#ledger/pure/lot/photo-copies.ts'
import type { LostRefund } from '#lane/pure/lot/rows-missing-from-copy.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { faults, LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { CopyPlan, PhotosFound } from '#ledger/ports/copy-service.ts'
import { copyPlanOf, keyPlaceOf } from '#ledger/desk/backup/copy-plan.ts'
import { copiesIn } from '#ledger/desk/backup/copy-by-key.ts'
import { newRecoveryKey } from '#ledger/desk/backup/new-recovery-key.ts'
import { holdBack } from '#ledger/desk/backup/holder-here.ts'
import { lostAfter, lostSources } from '#ledger/desk/backup/lost-list.ts'
import { awaitRows, endWaiting, firstRows } from '#ledger/desk/backup/restore-rows.ts'
import { restoreCopy, type Begun } from '#ledger/desk/backup/restore.ts'
import { setSecondPlace } from '../host/second-place.ts'
import { writeAudit, writeRows } from '#lane/folder/offline-audit.ts'
import { mustBeFree } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readText } from '#base/process/read-file.ts'
import { act, commandOf, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf, folderOf } from '#base/desk/commands/client.ts'
import type { CliIo } from '#base/commands/command.ts'
import { recoveryKeyIn, soundOf } from '#ledger/desk/commands/recovery.ts'
import { stdinSecret } from '#base/desk/commands/stdin-secret.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { removePath } from '#base/files/held-path.ts'

/** Existing files are never replaced: a recovery sheet written before may be the only one. */
const writeSheets = (to: string, { sheets }: RecoveryKeyView): readonly string[] =>
  sheets.map(({ fileName, html }) => {
    const file = join(to, fileName)
    orDiskFault({ file, otherwise: 'FILE-05' }, () =>
      mkdirSync(to, { recursive: true, mode: 0o700 }),
    )
    exportFile(file, html)
    return file
  })

const key = act(
  ['backup key --data DIR --to FOLDER [--split] [--replace] --by NAME --reason TEXT'],
  async (values) => {
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
    return printed({ ok: true, keyId: made.keyId, madeAtIso: made.madeAtIso, files })
  },
)

/** The host key that the server has to present: given, accepted before, or as presented now, which is then printed. */
async function agreedKey(
  to: string,
  { given, known }: { readonly given: string | undefined; readonly known: string | undefined },
  io: CliIo,
): Promise<string> {
  if (given !== undefined) return given
  if (known !== undefined) return known
  const { hostKey } = await tryServer('', { to, hostKey: null, password: null })
  io.stderr(`主机密钥 / host key ${to}: ${hostKey}\n`)
  return hostKey
}

const look = act(['backup look --to URL'], async ({ to }) => {
  const { hostKey } = await tryServer('', { to, hostKey: null, password: null })
  return printed({ ok: true, to, hostKey })
})

const place = act(
  ['backup place --data DIR --to FOLDER [--host-key TEXT] --by NAME --reason TEXT'],
  async (values, io) => {
    const dir = folderOf(values.data)
    const who = whoOf(values)
    const to = isServer(values.to) ? values.to : resolve(values.to)
    const { copies } = loadLot(dir).config
    const known = copies?.to === to ? copies.hostKey : undefined
    const given = values['host-key']
    const hostKey = isServer(to) ? await agreedKey(to, { given, known }, io) : null
    const password = hostKey === null ? null : await stdinSecret(io)
    const wish = { to, hostKey, password }
    const client = clientOf(dir)
    if (client !== null) await client.call('backup.place', { ...wish, ...who })
    else {
      mustBeFree(dir)
      const atMs = systemWallClock().nowMs()
      const { by, reason } = who
      const service = { tryServer: (one: typeof wish) => tryServer(dir, one) }
      const config = await setSecondPlace(dir, wish, { by, reason, atMs }, service)
      if (existsSync(join(dir, 'ledger.db')))
        writeAudit(dir, config, { ...who, role: 'owner' }, 'backup.place')
    }
    return printed({ ok: true, to, hostKey, commandId: who.commandId })
  },
)

/** COPY-01 when neither the lot file nor the command names a second place. */
function planOf(dir: string, to: string | undefined): CopyPlan {
  const { config } = loadLot(dir)
  const named = to === undefined ? undefined : { to: isServer(to) ? to : resolve(to) }
  const place = named === undefined || named.to === config.copies?.to ? config.copies : named
  if (place === undefined)
    throw new LaneFault('COPY-01', {
      field: '/copies',
      note: t('没有写 --to,lot.json 里也没有 copies.to', 'no --to, and no copies.to in lot.json'),
    })
  return copyPlanOf(dir, config, place)
}

const now = act(['backup now --data DIR [--to FOLDER] [--begin]'], async (values, io) => {
  const dir = folderOf(values.data)
  const { begin, to } = values
  const client = to === undefined ? clientOf(dir) : null
  const made =
    client === null
      ? await copyAsHolder(
          readerOptions(dir),
          { ...planOf(dir, to), begin },
          isoOf(systemWallClock().nowMs()),
        )
      : await client.call('backup.now', { begin })
  const photos = client === null ? await sendAll(dir, planOf(dir, to), io) : {}
  return printed({ ok: true, ...made, ...photos })
})

/** Photos follow the ledger; the number left is printed on the way. */
async function sendAll(dir: string, plan: CopyPlan, io: CliIo) {
  for (;;) {
    const { days, left, hasMore, damaged } = await sendPhotos(dir, plan, sliceMs)
    if (!hasMore) return { photos: { ...sumsOf(days), left, damaged } }
    io.stderr(`剩余照片 / photos left: ${left}\n`)
  }
}

const photos = act(
  ['backup photos --data DIR', 'backup photos --data DIR --leave --by NAME --reason TEXT'],
  async (values, io) => {
    const dir = folderOf(values.data)
    const client = clientOf(dir)
    const who = values.leave === true ? whoOf(values) : null
    if (who !== null) await leaveThem(dir, who)
    let back = client === null && who === null ? await bringPhotos(dir, sliceMs) : photosBack(dir)
    while (client === null && back !== null && !back.isEnded) {
      io.stderr(`照片 / photos: ${back.brought}/${back.count ?? '?'}\n`)
      back = await bringPhotos(dir, sliceMs)
    }
    return printed({ ok: true, back })
  },
)

async function leaveThem(dir: string, who: ReturnType<typeof whoOf>): Promise<void> {
  const client = clientOf(dir)
  if (client !== null) return void (await client.call('backup.leave', who))
  mustBeFree(dir)
  writeAudit(dir, loadLot(dir).config, { ...who, role: 'owner' }, 'backup.leave')
  leavePhotosThere(dir)
}

const test = act(['backup test --data DIR [--to FOLDER]'], async ({ data, to }) => {
  const dir = folderOf(data)
  const client = to === undefined ? clientOf(dir) : null
  if (client !== null) {
    const { photos, ...found } = await client.call('backup.test', {})
    const { count = 0, files = [] } = photos?.damaged ?? {}
    const looked = photos && { opened: photos.opened, damaged: files, damagedCount: count }
    return saidOfTest({ ...found, photos: looked }, count)
  }
  const plan = planOf(dir, to)
  const found = await tryCopy(readerOptions(dir), plan)
  const photos = await checkPhotos(dir, plan, sliceMs)
  const damagedCount = photos.damaged.length
  return saidOfTest({ ...found, photos: { ...photos, damagedCount } }, damagedCount)
})

function saidOfTest(found: object, damagedCount: number): Exit {
  const ok = damagedCount === 0
  const code = ok ? {} : { code: 'COPY-13' satisfies FaultCode }
  return printed({ ok, ...code, ...found }, ok)
}

/** Interval of progress lines for photos, ms. */
const sliceMs = 10_000

const hold = act(['backup hold --data DIR --by NAME --reason TEXT'], async (values) => {
  const dir = folderOf(values.data)
  const who = whoOf(values)
  mustBeFree(dir)
  const plan = planOf(dir, undefined)
  const { by, reason, commandId } = who
  await holdBack(dir, plan, loadLot(dir).config, { by, reason, atMs: systemWallClock().nowMs() })
  return printed({ ok: true, to: plan.to, commandId })
})

const damagedCodes = new Set<string>(['COPY-02', 'COPY-12'])

interface FromServer {
  readonly hostKey: string | undefined
  /** A file with the password; else it is read from stdin. */
  readonly password: string | undefined
}

/**
 * Runs `use` with a local folder of copies: those of a server are fetched beside the new folder, and deleted
 * afterwards.
 */
async function withCopies<T>(
  from: string,
  { hostKey: given, password: file }: FromServer,
  beside: string,
  io: CliIo,
  work: (folder: string, login: SftpLogin | null) => T,
): Promise<T> {
  if (!isServer(from)) return work(from, null)
  const hostKey = await agreedKey(from, { given, known: undefined }, io)
  const password = file === undefined ? await stdinSecret(io) : readText(file).replace(/\r?\n$/, '')
  const login = { to: from, hostKey, password }
  const fetched = async (which: 'newest' | 'all'): Promise<T> => {
    const scratch = mkdtempSync(`${beside}.fetched-`)
    try {
      return work(await fetchCopies(login, scratch, which), login)
    } finally {
      removePath(scratch, { recursive: true, force: true })
    }
  }
  try {
    return await fetched('newest')
  } catch (error) {
    // When the newest copy is damaged, the earlier ones are needed to find an intact one.
    if (!(error instanceof LaneFault) || !damagedCodes.has(error.code)) throw error
    return fetched('all')
  }
}

const restore = act(
  [
    'backup restore --data DIR --from FOLDER --recovery-key FILE --by NAME --reason TEXT [--host-key TEXT] [--password FILE] [--accept older|foreign|both] [--accept-damaged] [--bill FILE] [--head FILE]',
  ],
  async (values, io) => {
    const dir = folderOf(values.data)
    const { accept, bill, head } = values
    const who = whoOf(values)
    const atMs = systemWallClock().nowMs()
    const sources = await lostSources({ bill, head })
    const key = recoveryKeyIn(values['recovery-key'])
    const accepted: readonly ('older' | 'foreign')[] =
      accept === 'both' ? ['older', 'foreign'] : accept === undefined ? [] : [accept]
    const damaged = values['accept-damaged']
    let back: readonly LostRefund[] = []
    const begin = (fresh: string, { copy, hadRows }: Begun): void => {
      const { config } = loadLot(fresh)
      const { headSeq, atIso } = copy
      const act = `backup.restore ${headSeq}`
      const known = Math.max(hadRows, ...copy.left.map(({ toSeq }) => toSeq))
      const waiting = { act, ...who, headSeq, atIso, hadRows: known, sources }
      endWaiting(fresh)
      if (config.centre !== undefined) return awaitRows(fresh, waiting)
      const first = firstRows(fresh, waiting, copy, atMs)
      back = first.back
      writeRows(fresh, config, first.rows)
    }
    mkdirSync(dirname(dir), { recursive: true })
    const server = { hostKey: values['host-key'], password: values.password }
    const { login, place, ...restored } = await withCopies(
      values.from,
      server,
      dir,
      io,
      (from, given) => {
        const plan = { dir, from, key, accept: accepted, damaged, atMs, by: who.by, begin }
        return { ...restoreCopy(plan), login: given, place: copiesIn(from) }
      },
    )
    const { copy, lotId, nodeId, aside, pushes } = restored
    const { config } = loadLot(dir)
    sealBox(keyPlaceOf(dir, config))
    const photos = await photosToCome(dir, place, login)
    const options = readerOptions(dir)
    const found = lostAfter(options, copy.headSeq, sources)
    const { rows, headSeq, headHash, atIso: lostAfterIso } = copy
    const id = { lotId, nodeId, commandId: who.commandId }
    const taken = { rows, headSeq, headHash, lostAfterIso, aside }
    const refundsTaken = back.map(({ outTradeNo, amountFen }) => ({ outTradeNo, amountFen }))
    const centre = config.centre === undefined ? null : atCentre(dir, config.centre.url, io)
    const said = {
      ...id,
      ...taken,
      ...soundOf(copy),
      ...found,
      refundsTaken,
      photos,
      centre,
      pushes,
    }
    return printed({ ok: true, ...said })
  },
)

/** The rows of a lot with a centre come back before its first start: the next command. */
function atCentre(dir: string, url: string, io: CliIo) {
  const next = faults['ROWS-10'].command ?? ''
  io.stderr(`先从运营中心取回后来的记录 / get the later rows back first: ${next} --data ${dir}\n`)
  return { url, next }
}

/** Photos that come back while the lanes run, or by `backup photos`. Null when the place cannot be read any more. */
async function photosToCome(
  dir: string,
  from: string,
  login: SftpLogin | null,
): Promise<PhotosFound | null> {
  const { hostKey = null, password = null } = login ?? {}
  try {
    return await atCopies(from, login, ({ folder, lot }) =>
      leavePhotosToCome(dir, folder, { lot, hostKey, password }),
    )
  } catch (error) {
    // The lot is restored; unknown photos are reported and do not fail the command.
    if (error instanceof LaneFault) return null
    throw error
  }
}

export const backupCommand = commandOf('backup', [
  key,
  look,
  place,
  now,
  test,
  restore,
  hold,
  photos,
])
