// Goes through a recording and has the states that a power cut may leave checked, one after another.
// Everything follows from the seed: a failing state is named and can be made again.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Disk, seeded, type CutStyle } from './disk.ts'
import type { Recording } from './record.ts'

export interface Verdict {
  /** `lost`: acknowledged rows are missing. `stopped`: intact, yet refused. `broken`: anything else. */
  readonly end: 'ok' | 'lost' | 'stopped' | 'broken'
  /** Letter of the repair table, or another word to count by. */
  readonly letter: string
  readonly detail: string
}

export interface Tally {
  readonly ends: Record<Verdict['end'], number>
  readonly letters: Record<string, number>
  readonly failures: readonly string[]
}

export interface TallyOptions {
  readonly folder: string
  readonly count: number
  readonly seed: number
  /** Index of the first operation after which a cut is tried. */
  readonly fromOp: number
  readonly judge: (dir: string, acknowledged: number) => Verdict
  /** What a cut may leave; absent: anything. A killed process leaves everything that it wrote. */
  readonly styles?: readonly CutStyle[]
}

const anyStyle: readonly CutStyle[] = ['none', 'all', 'torn', 'torn']

/** `count` states spread evenly over the recorded operations, each with its own seed. */
export function tally(recording: Recording, options: TallyOptions): Tally {
  const { count, fromOp, folder, styles = anyStyle } = options
  const disk = new Disk()
  const ends: Record<Verdict['end'], number> = { ok: 0, lost: 0, stopped: 0, broken: 0 }
  const letters: Record<string, number> = {}
  const failures: string[] = []
  let done = 0
  recording.ops.forEach((op, i) => {
    disk.apply(op)
    const due = Math.floor(((i + 1 - fromOp) * count) / (recording.ops.length - fromOp))
    for (; done < due; done++) {
      const random = seeded(options.seed * 1_000_003 + done)
      const style = styles[Math.floor(random() * styles.length)] ?? 'torn'
      const dir = join(folder, `state-${done}`)
      disk.write(dir, style, random)
      const verdict = options.judge(dir, disk.acknowledged)
      rmSync(dir, { recursive: true })
      ends[verdict.end]++
      letters[verdict.letter] = (letters[verdict.letter] ?? 0) + 1
      if (verdict.end !== 'ok' && failures.length < 5)
        failures.push(`state ${done} after op ${i} (${style}): ${verdict.end} ${verdict.detail}`)
    }
  })
  return { ends, letters, failures }
}
