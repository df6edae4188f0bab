// A data folder: its lock, its run file and its keys (contract.md sections 2 and 3).
// One runtime per folder; a lock whose process has died is taken over.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOfAnother, runFileOf, type LiveRuntime } from '#base/calls/run-file.ts'
import { readStatusList } from '../lot/files/status-list-file.ts'
import { noStatusList, simulatedList, type StatusList } from '#ledger/pure/etc/status-list.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { holderOf, takeLock } from '#base/files/process-lock.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import type { Random, WallClock } from '#base/ports/clocks.ts'
import { readUtf8 } from '#base/process/read-file.ts'
import { removePath } from '#base/files/held-path.ts'
import { replaceFile } from '#base/files/whole-file.ts'

const folders = ['run', 'keys', 'photos', 'logs', 'backup'] as const

const lockedBy = (lock: string, pid: number): LaneFault =>
  new LaneFault('LOCK-01', { file: lock, value: String(pid), note: `pid ${pid}` })

/** Throws LOCK-01 while another runtime holds the folder; takes no lock. */
export function mustBeFree(dir: string): void {
  const lock = join(dir, 'run', 'lock')
  const pid = existsSync(lock) ? holderOf(lock) : null
  if (pid !== null) throw lockedBy(lock, pid)
}

export interface DataFolder {
  readonly dir: string
  /** Writes the runtime's endpoints to run/runtime.json; removed on a clean exit. */
  announce(endpoints: unknown): void
  release(): void
}

/** Makes the folders and takes the lock. Throws DATA-01 or LOCK-01. */
export function claimFolder(dir: string): DataFolder {
  const lock = join(dir, 'run', 'lock')
  const runFile = join(dir, 'run', 'runtime.json')
  orDiskFault({ file: dir }, () => {
    for (const folder of folders) mkdirSync(join(dir, folder), { recursive: true, mode: 0o700 })
  })
  takeFolder(lock, dir)
  return {
    dir,
    announce(endpoints) {
      const text = `${JSON.stringify({ apiVersion: 1, pid: process.pid, endpoints })}\n`
      orDiskFault({ file: runFile }, () => {
        replaceFile(runFile, text)
      })
    },
    release() {
      removePath(runFile, { force: true })
      removePath(lock, { force: true })
    },
  }
}

function takeFolder(lock: string, dir: string): void {
  const pid = orDiskFault({ file: dir }, () => takeLock(lock))
  if (pid !== null) throw lockedBy(lock, pid)
}

/** Endpoints of the live runtime of this folder; null when none runs. RUN-04 when this user may not read it. */
export function liveRuntime(dir: string): LiveRuntime | null {
  if (isOfAnother(dir)) throw new LaneFault('RUN-04', { file: dir })
  const lock = join(dir, 'run', 'lock')
  const found = existsSync(lock) ? runFileOf(dir) : null
  return found !== null && holderOf(lock) === found.pid ? found : null
}

const keyFileOf = (dir: string): string => join(dir, 'keys', 'chain.key')

function openChainKey(file: string, secret: string): Uint8Array | null {
  const key = readSealed(file, 'chain', secret)
  if (key !== null && key.length !== 32)
    throw new LaneFault('SEAL-01', { file, note: t('不是账本密钥', 'not a chain key') })
  return key
}

/** The chain key of an existing folder; never makes one. Throws FILE-01 when it is missing. */
export function readChainKey(dir: string): Uint8Array {
  const file = keyFileOf(dir)
  const key = openChainKey(file, machineSecret())
  if (key === null)
    throw new LaneFault('FILE-01', { file, note: t('没有账本密钥', 'there is no chain key') })
  return key
}

/**
 * The key of the hash chain, made at the first start and sealed to this machine: a copy of the folder can neither be
 * read nor have its chain recomputed. A lane opens it by itself (design.md 4.10).
 */
export const chainKeyOf = (dir: string, random: Random): Uint8Array => openChain(dir, random).key

/** There while the later rows of a restored lot have to come back from its centre. */
export const rowsAwaitedFile = (dir: string): string => join(dir, 'rows-at-centre.json')

/** Before any new row. Throws ROWS-10 while rows have to come back. */
export function mustHaveRows(dir: string): void {
  const file = rowsAwaitedFile(dir)
  if (existsSync(file)) throw new LaneFault('ROWS-10', { file: dir })
}

/** A file that a ledger leaves beside itself, or null. Where one exists, a new key would only hide the lost ledger. */
function leftOfLedger(dir: string): string | null {
  const names = ['ledger.head', 'ledger.db-wal', 'fold.cache'].map((name) => join(dir, name))
  const backup = join(dir, 'backup')
  const copies = existsSync(backup) ? readdirSync(backup).filter((f) => f.endsWith('.db')) : []
  return [...names, ...copies.map((name) => join(backup, name))].find(existsSync) ?? null
}

/**
 * `isNew`: this start made the key. The ledger file is created before its key: a key without a ledger then always means
 * that the ledger was lost.
 */
export function openChain(dir: string, random: Random): { key: Uint8Array; isNew: boolean } {
  const file = keyFileOf(dir)
  const secret = machineSecret()
  const known = openChainKey(file, secret)
  if (known !== null) return { key: known, isNew: false }
  const ledger = join(dir, 'ledger.db')
  if (existsSync(ledger) && statSync(ledger).size > 0)
    throw new LaneFault('SEAL-01', {
      file,
      note: t('账本还在,它的密钥不见了', 'the chain key of a ledger that exists is gone'),
    })
  const left = leftOfLedger(dir)
  if (left !== null)
    throw new LaneFault('LEDGER-02', {
      file: ledger,
      note: t(`与它的密钥一起不见了,旁边还有 ${left}`, `gone with its key, beside ${left}`),
    })
  writeFileSync(ledger, '', { flag: 'a', flush: true })
  const key = random.bytes(32)
  writeSealed(file, key, 'chain', secret)
  return { key, isNew: true }
}

export const readListFile = (file: string): StatusList => readStatusList(readUtf8(file), file)

/** The status list in the folder. A demo without one gets a simulated list, because nobody delivers one to it. */
export function statusListOf(
  dir: string,
  { mode }: Pick<LotConfig, 'mode'>,
  business: WallClock,
): StatusList {
  const file = join(dir, 'status-list.json')
  if (existsSync(file)) return readListFile(file)
  return mode === 'demo' ? simulatedList(business, new Set()) : noStatusList
}
