// The dry start of a new version: its own program reads a copy of the folder and says what it found.
import { spawn } from 'node:child_process'
import { z } from 'zod'
import { figuresShape } from '../slots/plan-file.ts'
import { programIn } from '../slots/slot-folders.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { TriedFigures } from '../pure/update/plan.ts'
import { parsed } from '#base/pure/data/json.ts'
import { t } from '#base/pure/words/fault-text.ts'

/** Kept of what the program wrote last. */
const saidMax = 4_000
const shownMax = 400

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
  readonly late: boolean
}

/** Throws UPDATE-14 where the system does not let the program run, UPDATE-11 where it cannot. */
function run(folder: string, copy: string, withinMs: number): Promise<Ended> {
  const { node, program } = programIn(folder)
  const words = [program, 'update', 'try', '--data', copy, '--json']
  return new Promise((resolve, reject) => {
    const child = spawn(node, words, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const said = { out: '', err: '' }
    const keep = (pipe: keyof typeof said) => (part: Buffer) => {
      said[pipe] = (said[pipe] + part.toString()).slice(-saidMax)
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, withinMs)
    child.stdout.on('data', keep('out'))
    child.stderr.on('data', keep('err'))
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      const mayNot = ['EACCES', 'EPERM'].includes(error.code ?? '')
      reject(new LaneFault(mayNot ? 'UPDATE-14' : 'UPDATE-11', { file: node, note: error.message }))
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, ...said, late })
    })
  })
}

const faultShape = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string(), file: z.string() }),
})

const lastLine = (text: string): unknown => parsed(text.trim().split('\n').at(-1) ?? '')

function failure({ code, signal, out, err, late }: Ended, withinMs: number): LaneFault {
  const minutes = Math.ceil(withinMs / 60_000)
  if (late) {
    const note = t(`${minutes} 分钟内没有结束`, `it did not end within ${minutes} min`)
    return new LaneFault('UPDATE-11', { note })
  }
  const { data } = faultShape.safeParse(lastLine(out))
  if (data === undefined) {
    const end = signal ?? `exit ${code}`
    return new LaneFault('UPDATE-11', { value: end, note: err.trim().slice(-shownMax) })
  }
  const { error } = data
  const isFull = error.code === 'DATA-02'
  return new LaneFault(isFull ? 'UPDATE-13' : 'UPDATE-11', {
    file: error.file,
    value: error.code,
    note: error.message,
  })
}

/** Ends a program that takes longer. Throws UPDATE-11, UPDATE-13 and UPDATE-14. */
export async function dryStart(
  folder: string,
  copy: string,
  withinMs: number,
): Promise<TriedFigures> {
  const ended = await run(folder, copy, withinMs)
  const { data } = figuresShape.safeParse(ended.code === 0 ? lastLine(ended.out) : null)
  if (data === undefined) throw failure(ended, withinMs)
  return data
}
