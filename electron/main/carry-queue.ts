// Sends unsent records of a lot without a network, or of a lost machine, from this machine: by the commands that
// support staff type, with the recovery key. From a data folder the files are first exported into a folder of Studio's.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CarriedRecords, CarryAnswer, CarryProgress, CarryWish } from '#runtime/api/start.ts'
import { fault, isText, saidBy, withKey, type RunCommand } from './restore-lot.ts'

interface CarryPorts {
  /** A new folder for the exported files. */
  newFolder(): string
  /** `onLine` receives each output line as it is printed. */
  run(...given: [...Parameters<RunCommand>, onLine: (line: string) => void]): ReturnType<RunCommand>
  onProgress(progress: CarryProgress): void
  readonly stopped: AbortSignal
}

interface Carried {
  readonly open: number
  readonly files: readonly (Pick<CarriedRecords, 'refused'> & { readonly records: number })[]
}

function isWish(wish: unknown): wish is CarryWish {
  if (typeof wish !== 'object' || wish === null) return false
  const given = new Map<string, unknown>(Object.entries(wish))
  return ['from', 'keyFile', 'keyText'].every((name) => isText(given.get(name)))
}

function progressIn(line: string): CarryProgress | null {
  if (!line.startsWith('{"event":"carrying"')) return null
  const { done, records } = JSON.parse(line) as CarryProgress
  return { done, records }
}

const broke = 'TRANSFER-05'

/** Returns ARG-01 for an incomplete request; a refusal of a command is passed on. */
export async function carryQueue(wish: unknown, ports: CarryPorts): Promise<CarryAnswer> {
  if (!isWish(wish)) return fault('ARG-01', '')
  const { from } = wish
  if (from === '') return fault('ARG-01', 'from')
  if (wish.keyFile === '' && wish.keyText.trim() === '') return fault('ARG-01', 'key')
  return withKey(wish, async (key): Promise<CarryAnswer> => {
    const byKey = ['--recovery-key', key]
    let dir = from
    if (existsSync(join(from, 'lot.json'))) {
      dir = ports.newFolder()
      mkdirSync(dir, { recursive: true })
      const to = ['--data', from, '--to', dir, '--recipient', 'recovery', '--json']
      const packed = saidBy<{ readonly records: number }>(
        await ports.run(['queue', 'export', ...to, ...byKey], () => undefined),
        broke,
      )
      if (!packed.ok) return packed
      if (ports.stopped.aborted) return fault(broke, '')
      if (packed.data.records === 0)
        return { ok: true, data: { dir, records: 0, open: 0, refused: [] } }
    }
    const args = ['queue', 'carry', '--from', dir, '--progress', '--json', ...byKey]
    const ended = await ports.run(args, (line) => {
      const progress = progressIn(line)
      if (progress !== null) ports.onProgress(progress)
    })
    const carried = saidBy<Partial<Carried>>(ended, broke, [0, 1])
    if (!carried.ok) return carried
    const { files, open } = carried.data
    if (files === undefined || open === undefined) return fault(broke, '')
    const records = files.reduce((sum, one) => sum + one.records, 0)
    const refused = files.flatMap((one) => one.refused)
    return { ok: true, data: { dir, records, open, refused } }
  })
}
