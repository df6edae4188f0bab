// Ends a process at one of its operations on the disk, where a C compiler is there (killer.c); else it kills nothing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile, hasCompiler } from '../powercut/record.ts'

const source = fileURLToPath(new URL('./killer.c', import.meta.url))
const isThere = hasCompiler()
const uncounted = Buffer.alloc(8)

/** More than any sequence has: they are counted, and nothing is killed. */
const never = 1e12

/** Steps of the operations of each sequence, as it ran to its end. */
const known = new Map<string, readonly string[]>()

export class Killer {
  /** Words before the command of the process. */
  readonly prefix: readonly string[]
  private readonly at: string
  private readonly log: string

  /** `dir`: folder whose operations count. */
  constructor(folder: string, dir: string, name: string) {
    this.at = join(folder, `${name}.at`)
    this.log = join(folder, `${name}.log`)
    writeFileSync(this.at, uncounted)
    const env = [`KILL_DIR=${dir}`, `KILL_AT=${this.at}`, `KILL_LOG=${this.log}`]
    this.prefix = isThere ? ['env', `LD_PRELOAD=${compile(folder, source)}`, ...env] : []
  }

  /** Counts from here on. Each step of a sequence gets as many kills, whatever its number of operations. */
  arm(sequence: string, random: () => number): void {
    const all = known.get(sequence) ?? []
    const steps = [...new Set(all)]
    const step = steps[Math.floor(random() * steps.length)]
    const places = all.flatMap((one, index) => (one === step ? [index + 1] : []))
    this.count(places[Math.floor(random() * places.length)] ?? never)
  }

  private count(left: number): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(left))
    writeFileSync(this.log, '')
    writeFileSync(this.at, bytes, { flag: 'r+' })
  }

  /** The steps since it was armed, the one it was killed in last. `isWhole`: the sequence came to its end. */
  disarm(sequence: string, isWhole: boolean): readonly string[] {
    writeFileSync(this.at, uncounted, { flag: 'r+' })
    if (!isThere) return []
    const lines = readFileSync(this.log, 'utf8').trim().split('\n')
    const [first = ''] = lines[0]?.split(' ') ?? []
    const steps = lines.flatMap((line) => {
      const [pid, , path] = line.split(' ')
      return path === undefined ? [] : [`${pid === first ? '' : 'try: '}${stepOf(path)}`]
    })
    if (isWhole) known.set(sequence, steps)
    return steps
  }
}

const named: readonly (readonly [RegExp, string])[] = [
  [/^update\/slots\//, 'unpack'],
  [/^update\/trial-copy/, 'copy'],
  [/^update\/[0-9a-f]{64}/, 'archive'],
  [/^update\/dropped/, 'drop'],
  [/^update\/(\w+)/, '$1'],
  [/^backup/, 'backup'],
  [/^ledger\.db\.older/, 'older ledger'],
  [/^ledger\.db\.newer/, 'newer ledger'],
  [/^ledger\.db/, 'ledger'],
]

/** What is done with a path of a data folder. */
function stepOf(path: string): string {
  for (const [shape, name] of named) {
    const found = shape.exec(path)
    if (found !== null) return name === '$1' ? (found[1] ?? name) : name
  }
  return path.split(/[/.]/)[0] ?? path
}
