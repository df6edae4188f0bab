// Cuts writes at every byte: the folder left after each byte of each write in the last part of a recording.
// A byte that was the same before leaves the same folder and is not tried again.
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Disk, type Op } from './disk.ts'
import type { Verdict } from './states.ts'

export interface ByteTally {
  readonly writes: number
  /** Bytes of all these writes, and how many of them changed the folder. */
  readonly bytes: number
  readonly states: number
  readonly letters: Readonly<Record<string, number>>
  readonly failures: readonly string[]
}

interface Looked {
  readonly ops: readonly Op[]
  readonly fromOp: number
  readonly folder: string
  /** Called for every folder; the other one only for every n-th. */
  readonly look: (dir: string, acknowledged: number) => Verdict
  readonly judge: (dir: string, acknowledged: number) => Verdict
  readonly judgeEach: number
}

/** The folder of a cut: written again after a look changed it, else only by the bytes since then. */
class CutFolder {
  readonly dir: string
  #files: ReadonlyMap<string, Uint8Array> = new Map()
  #written: number | null = null
  constructor(dir: string) {
    this.dir = dir
    mkdirSync(dir)
  }

  begin(disk: Disk): void {
    const names = disk.liveNames()
    this.#files = new Map(names.map((name) => [name, disk.liveBytes(name) ?? new Uint8Array(0)]))
    this.#written = null
  }

  before(name: string): Uint8Array {
    return this.#files.get(name) ?? new Uint8Array(0)
  }

  write({ name, offset, data }: Op, length: number): void {
    if (this.#written === null) {
      for (const left of readdirSync(this.dir)) unlinkSync(join(this.dir, left))
      for (const [file, bytes] of this.#files) writeFileSync(join(this.dir, file), bytes)
    }
    const from = this.#written ?? 0
    const fd = openSync(join(this.dir, name), 'r+')
    writeSync(fd, data, from, length - from, offset + from)
    closeSync(fd)
    this.#written = length
  }

  /** A judge may have written, and a look may have rolled back a journal, so the folder is not reused. */
  looked(isJudged: boolean): void {
    const names = readdirSync(this.dir)
    if (isJudged || names.length !== this.#files.size) this.#written = null
  }
}

export function byteTally({ ops, fromOp, folder, look, judge, judgeEach }: Looked): ByteTally {
  const disk = new Disk()
  const letters: Record<string, number> = {}
  const failures: string[] = []
  let [writes, bytes, states] = [0, 0, 0]
  const cut = new CutFolder(join(folder, 'byte-cut'))
  const { dir } = cut
  const tryAt = (op: Op, length: number, i: number): void => {
    cut.write(op, length)
    const looked = look(dir, disk.acknowledged)
    const isDeep = looked.end === 'ok' && states++ % judgeEach === 0
    const { end, letter, detail } = isDeep ? judge(dir, disk.acknowledged) : looked
    cut.looked(isDeep || end !== 'ok')
    letters[`${end} ${letter}`] = (letters[`${end} ${letter}`] ?? 0) + 1
    if (end !== 'ok' && failures.length < 5)
      failures.push(`byte ${length} of write ${i} into ${op.name}: ${end} ${detail}`)
  }
  ops.forEach((op, i) => {
    if (i >= fromOp && op.op === 'w') {
      cut.begin(disk)
      const before = cut.before(op.name)
      writes++
      bytes += op.data.length
      for (let length = 1; length < op.data.length; length++) {
        const at = op.offset + length - 1
        if (at < before.length && before[at] === op.data[length - 1]) continue
        tryAt(op, length, i)
      }
    }
    disk.apply(op)
  })
  rmSync(dir, { recursive: true, force: true })
  return { writes, bytes, states, letters, failures }
}
