// A lot of a machine that is gone comes back from its copies, by the same command that support staff type.
// The key is beside the command for that long only, in a file of this user; what the window sends is checked here.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  RestoreAnswer,
  RestoredLot,
  RestoreFault,
  RestoreWish,
} from '../../firmware-runtime/api/start.ts'

/** Runs a command of the lane program to its end. */
type RunCommand = (
  args: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string }>

const textMax = 4_000
const names = ['from', 'keyFile', 'keyText', 'bill', 'head', 'by', 'reason'] as const

function isWish(wish: unknown): wish is RestoreWish {
  if (typeof wish !== 'object' || wish === null) return false
  const given = new Map<string, unknown>(Object.entries(wish))
  return names.every((name) => {
    const text = given.get(name)
    return typeof text === 'string' && text.length <= textMax
  })
}

const fault = (code: string, field: string): RestoreAnswer => ({
  ok: false,
  error: { code, message: '', field, value: '' },
})

/** The last line of what the command printed. */
function answerOf(dir: string, { code, stdout }: Awaited<ReturnType<RunCommand>>): RestoreAnswer {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  let said: unknown
  try {
    said = JSON.parse(line)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (code === 0 && said !== undefined)
    return { ok: true, data: { ...(said as Omit<RestoredLot, 'dir'>), dir } }
  const found = (said as { error?: Partial<RestoreFault> } | undefined)?.error
  const {
    code: given = 'RECOVERY-06',
    message = `exit ${code}`,
    field = '',
    value = '',
  } = found ?? {}
  return { ok: false, error: { code: given, message, field, value } }
}

/** Into `dir`, which nobody uses yet. ARG-01 for a wish that lacks something, RECOVERY-06 for a command that broke; what it refuses is passed on. */
export async function restoreLot(
  wish: unknown,
  dir: string,
  run: RunCommand,
): Promise<RestoreAnswer> {
  if (!isWish(wish)) return fault('ARG-01', '')
  const { from, keyFile, keyText, bill, head, by, reason } = wish
  if (from === '') return fault('ARG-01', 'from')
  if (keyFile === '' && keyText.trim() === '') return fault('ARG-01', 'key')
  if (by.trim() === '') return fault('ARG-01', 'by')
  const aside = mkdtempSync(join(tmpdir(), 'etc-lane-key-'))
  try {
    const typed = join(aside, 'key.txt')
    if (keyFile === '') writeFileSync(typed, keyText, { mode: 0o600 })
    const key = keyFile === '' ? typed : keyFile
    const more = [
      ...(bill === '' ? [] : ['--bill', bill]),
      ...(head === '' ? [] : ['--head', head]),
    ]
    const given = ['--data', dir, '--from', from, '--recovery-key', key, ...more]
    const args = ['backup', 'restore', ...given, '--by', by, '--reason', reason, '--json']
    return answerOf(dir, await run(args))
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
