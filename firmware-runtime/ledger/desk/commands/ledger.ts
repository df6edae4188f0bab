// `etc-lane ledger query | verify | export | backup`: reads the ledger of a folder. While a runtime runs it answers;
// else query and verify open the folder read-only.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { readCertificates } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { exportBy } from '#base/files/exported-file.ts'
import { backupLedger, backupPath } from '../../sqlite/backup.ts'
import { openLedgerReader, verifyLedger, type ReaderOptions } from '../../sqlite/ledger-reader.ts'
import { verifyVouched } from '../../sqlite/vouched-file.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { compactOf } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerVerdict, VouchedVerdict } from '../../ports/ledger-reader.ts'
import { act, commandOf, printed, whoOf } from '#base/desk/commands/acts.ts'
import type { OpenedCopy } from '../../copies/copy-open.ts'
import { clientOf, folderOf, jsonText } from '#base/desk/commands/client.ts'
import { needed, type CliIo } from '#base/commands/command.ts'
import { query } from './ledger-query.ts'
import { stamp } from './ledger-stamp.ts'
import { readerOptionsBy, recoveryKeyIn, soundOf } from './recovery.ts'
import { fetchBack, leaveRows } from '../backup/fetch-back.ts'
import { withCopy } from '../backup/copy-by-key.ts'
import { readCertificateText } from '#base/process/read-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'

/** The verdict on a ledger. One that is missing or of a newer version was not read, so that fault is thrown. */
export function verdictOf(dir: string, options = readerOptions(dir)): LedgerVerdict {
  const verdict = verifyLedger(options)
  if (verdict.faults.some(({ code }) => code === 'LEDGER-01' || code === 'LEDGER-02'))
    openLedgerReader(options).close()
  return verdict
}

const verifyFolder = (dir: string, key: string | undefined) => {
  const client = key === undefined ? clientOf(dir) : null
  return client === null
    ? verdictOf(dir, readerOptionsBy(dir, key))
    : client.call('ledger.verify', {})
}

interface CopyRead {
  readonly data: string | undefined
  readonly copy: string
  readonly key: string | undefined
  readonly damaged: boolean
}

/** Reads a copy with the recovery key, on any machine and without its folder. */
async function readCopy<T>(
  { data, copy, key, damaged }: CopyRead,
  read: (options: ReaderOptions, opened: OpenedCopy) => T,
): Promise<Awaited<T>> {
  if (data !== undefined) throw new LaneFault('ARG-01', { field: '--copy', note: 'or --data' })
  return withCopy(
    copy,
    recoveryKeyIn(needed(key, 'recovery-key')),
    damaged ? 'damaged' : 'offer',
    read,
  )
}

/** Includes the damage found on the way to the copy. */
const verifyCopy = (asked: CopyRead) =>
  readCopy(asked, (options, opened) => {
    const verdict = verdictOf(options.dir, options)
    return { ...verdict, ...soundOf(opened) }
  })

/**
 * For an auditor with the copy and the lot's certificate file, which may contain former certificates after the current
 * one.
 */
function vouchedIn(copy: string, cert: string): VouchedVerdict {
  const crypto = openGmCrypto()
  const keys = readCertificates(readCertificateText(cert), cert).map(
    ({ certSerial, publicKey }) =>
      [certSerial, crypto.verifyingKey(publicKey, certSerial)] as const,
  )
  return verifyVouched(resolve(copy), crypto, new Map(keys))
}

const verify = act(
  [
    'ledger verify --data DIR [--recovery-key FILE] | --copy FOLDER --recovery-key FILE [--accept-damaged] | --copy FILE --checkpoints --cert FILE',
  ],
  async ({ data, copy, checkpoints, cert, 'recovery-key': key, ...flags }) => {
    const damaged = flags['accept-damaged']
    const verdict =
      copy === undefined
        ? await verifyFolder(folderOf(data), key)
        : checkpoints
          ? vouchedIn(copy, needed(cert, 'cert'))
          : await verifyCopy({ data, copy, key, damaged })
    return printed(verdict, Reflect.get(verdict, 'ok') === true)
  },
)

const heldMax = 256 * 1024

/** Writes lines to a file or to stdout. */
export function writeLines(lines: Iterable<string>, file: string | undefined, io: CliIo): number {
  let count = 0
  if (file === undefined) {
    for (const line of lines) {
      io.stdout(`${line}\n`)
      count++
    }
    return count
  }
  return exportBy(file, (handle) => {
    let held = ''
    const flush = (): void => {
      writeFileSync(handle, held)
      held = ''
    }
    for (const line of lines) {
      held += `${line}\n`
      count++
      if (held.length >= heldMax) flush()
    }
    flush()
    return count
  })
}

const exportAll = act(
  [
    'ledger export --data DIR [--file F] [--recovery-key FILE] | --copy FOLDER --recovery-key FILE [--accept-damaged] [--file F]',
  ],
  async ({ data, copy, file, 'recovery-key': key, 'accept-damaged': damaged }, io) => {
    const write = async (options: ReaderOptions): Promise<number> => {
      using reader = openLedgerReader(options)
      return writeLines(reader.exportLines(null), file, io)
    }
    const lines =
      copy === undefined
        ? await write(readerOptionsBy(folderOf(data), key))
        : await readCopy({ data, copy, key, damaged }, write)
    if (file !== undefined) io.stdout(jsonText({ ok: true, file, lines }, io.json))
    return 0
  },
)

/** Makes a copy that is opened and verified before it gets its name; the lanes go on meanwhile. */
const backUp = act(['ledger backup --data DIR [--to F]'], async ({ data, to }) => {
  const dir = folderOf(data)
  const name = `ledger-${compactOf(systemWallClock().nowMs())}`
  if (to === undefined) mkdirSync(dirname(backupPath(dir, name)), { recursive: true })
  const { file, verdict } = await backupLedger({
    ...readerOptions(dir),
    to: to === undefined ? backupPath(dir, name) : resolve(to),
  })
  const { ok, rows, headSeq, headHash, faults } = verdict
  return printed({ ok, file, rows, headSeq, headHash, faults }, ok)
})

/** Prints the digits of a pairing and the rows that came while it goes on. */
const fetchRows = act(
  ['ledger fetch-back --data DIR [--no-wait | --leave] --by NAME --reason TEXT'],
  async (values, io) => {
    const dir = folderOf(values.data)
    const mono = systemMonoClock()
    const stopped = Promise.withResolvers<boolean>()
    io.onStop(() => stopped.resolve(false))
    const pause = (ms: number): Promise<boolean> => {
      const over = Promise.withResolvers<boolean>()
      const cancel = mono.after(ms, () => over.resolve(true))
      return Promise.race([over.promise, stopped.promise]).finally(cancel)
    }
    const plan = {
      dir,
      who: whoOf(values),
      mono,
      clock: systemWallClock(),
      waits: !values['no-wait'],
      pause,
      digits: (text: string) => io.stderr(`六位数字 / digits: ${text}\n`),
      reached: (seq: number) => io.stderr(`已取到 / rows up to: ${seq}\n`),
    }
    const back = await (values.leave ? leaveRows(plan) : fetchBack(plan))
    const ok = back.state !== 'pending'
    return printed({ ok, ...back, commandId: plan.who.commandId }, ok)
  },
)

export const ledgerCommand = commandOf('ledger', [
  query,
  verify,
  exportAll,
  backUp,
  fetchRows,
  stamp,
])
