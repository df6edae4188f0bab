// Restores a lot of a lost machine from its copies, by the command that support staff type.
// The key is stored only while the command runs, in a file of this user; the window's request is checked here.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  FetchAnswer,
  FetchedRows,
  LookAnswer,
  RestoreAnswer,
  RestoredLot,
  RestoreFault,
  RestoreWish,
} from '#runtime/api/start.ts'

/** Runs a command of the lane program to its end. */
export type RunCommand = (
  args: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string }>

const textMax = 4_000
export const isText = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= textMax
const names = [
  ...(['from', 'hostKey', 'password', 'keyFile', 'keyText'] as const),
  ...(['bill', 'head', 'by', 'reason'] as const),
]

function isWish(wish: unknown): wish is RestoreWish {
  if (typeof wish !== 'object' || wish === null) return false
  const given = new Map<string, unknown>(Object.entries(wish))
  if (typeof given.get('isDamagedTaken') !== 'boolean') return false
  return names.every((name) => isText(given.get(name)))
}

interface Refused {
  readonly ok: false
  readonly error: RestoreFault
}
export const fault = (code: string, field: string): Refused => ({
  ok: false,
  error: { code, message: '', field, value: '' },
})

const restoreBroke = 'RECOVERY-06'
type Ended = Awaited<ReturnType<RunCommand>>

/** The last line that a command printed, or its fault; `broken`: code for a command that ended without one. */
export function saidBy<T>(
  { code, stdout }: Ended,
  broken: string,
  answers: readonly number[] = [0],
): { ok: true; data: T } | Refused {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  let said: unknown
  try {
    said = JSON.parse(line)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (answers.includes(code) && said !== undefined) return { ok: true, data: said as T }
  const found = (said as { error?: Partial<RestoreFault> } | undefined)?.error
  const { code: given = broken, message = `exit ${code}`, field = '', value = '' } = found ?? {}
  return { ok: false, error: { code: given, message, field, value } }
}

/** Runs `work` with the recovery key in a file that is deleted afterwards. */
export async function withKey<T>(
  { keyFile, keyText }: { readonly keyFile: string; readonly keyText: string },
  work: (key: string, aside: string) => Promise<T>,
): Promise<T> {
  const aside = mkdtempSync(join(tmpdir(), 'etc-lane-key-'))
  try {
    const typed = join(aside, 'key.txt')
    if (keyFile === '') writeFileSync(typed, keyText, { mode: 0o600 })
    return await work(keyFile === '' ? typed : keyFile, aside)
  } finally {
    // A virus scanner of Windows may hold a file for a moment.
    rmSync(aside, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** COPY-06 when no server answers at that address. */
export async function lookAtServer(to: unknown, run: RunCommand): Promise<LookAnswer> {
  if (!isText(to) || !to.startsWith('sftp://')) return fault('ARG-01', 'from')
  const ended = await run(['backup', 'look', '--to', to, '--json'])
  return saidBy<{ readonly hostKey: string }>(ended, restoreBroke)
}

/** ARG-01 without a restored lot; ROWS-15 for a command that ended without an answer. */
export async function fetchRows(
  wish: unknown,
  dir: string | null,
  run: RunCommand,
): Promise<FetchAnswer> {
  if (dir === null || typeof wish !== 'object' || wish === null) return fault('ARG-01', '')
  const given = new Map<string, unknown>(Object.entries(wish))
  const [act, by, reason] = [given.get('act'), given.get('by'), given.get('reason')]
  if ((act !== 'fetch' && act !== 'leave') || !isText(by) || !isText(reason))
    return fault('ARG-01', '')
  const flag = act === 'fetch' ? '--no-wait' : '--leave'
  const who = ['--by', by, '--reason', reason, '--json']
  const ended = await run(['ledger', 'fetch-back', '--data', dir, flag, ...who])
  return saidBy<FetchedRows>(ended, 'ROWS-15', [0, 1])
}

/**
 * Restores into `dir`, which must be unused. Returns ARG-01 for an incomplete request and RECOVERY-06 for a command
 * that ended without an answer; a refusal of the command is passed on.
 */
export async function restoreLot(
  wish: unknown,
  dir: string,
  run: RunCommand,
): Promise<RestoreAnswer> {
  if (!isWish(wish)) return fault('ARG-01', '')
  const { from, hostKey, password, keyFile, keyText, bill, head, by, reason, isDamagedTaken } = wish
  if (from === '') return fault('ARG-01', 'from')
  if (keyFile === '' && keyText.trim() === '') return fault('ARG-01', 'key')
  if (by.trim() === '') return fault('ARG-01', 'by')
  return withKey({ keyFile, keyText }, async (key, aside) => {
    const word = join(aside, 'password.txt')
    if (hostKey !== '') writeFileSync(word, password, { mode: 0o600 })
    const more = [
      ...(hostKey === '' ? [] : ['--host-key', hostKey, '--password', word]),
      ...(bill === '' ? [] : ['--bill', bill]),
      ...(head === '' ? [] : ['--head', head]),
      ...(isDamagedTaken ? ['--accept-damaged'] : []),
    ]
    const given = ['--data', dir, '--from', from, '--recovery-key', key, ...more]
    const args = ['backup', 'restore', ...given, '--by', by, '--reason', reason, '--json']
    const answer = saidBy<Omit<RestoredLot, 'dir'>>(await run(args), restoreBroke)
    return answer.ok ? { ok: true, data: { ...answer.data, dir } } : answer
  })
}
