// `etc-lane update prepare` as a process that is killed: some ms after a step of it began, or at one of its operations.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { prepareSteps } from '#runtime/update/prepare.ts'
import { Program, type Line } from '../../wire/kit/live-program.ts'

type Step = (typeof prepareSteps)[number]

export interface Prepared {
  readonly isKilled: boolean
  /** The last step that it said. */
  readonly step: string
  /** Its last line. */
  readonly said: Line
}

/** Kills a process and those that it began, itself first. */
function killTree(pid: number): void {
  let children: readonly number[] = []
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .map(Number)
  } catch {
    // It has ended, or this system does not tell.
  }
  for (const one of [pid, ...children.filter((child) => child > 0)])
    try {
      process.kill(one, 'SIGKILL')
    } catch {
      // It has ended.
    }
}

/** How long each step took in the last one that came to its end, ms. */
const tookMs = new Map<Step, number>()

/** Runs it in a lot, again and again. */
export class Preparing {
  private readonly dir: string
  private readonly prefix: readonly string[]
  private readonly random: () => number

  constructor(dir: string, prefix: readonly string[], random: () => number) {
    this.dir = dir
    this.prefix = prefix
    this.random = random
  }

  private begun(from: string): Program {
    return new Program(
      ['update', 'prepare', '--data', this.dir, '--from', from, '--json'],
      this.prefix,
    )
  }

  /** To its end, or until something else kills it. */
  async toItsEnd(from: string): Promise<Prepared> {
    const run = this.begun(from)
    const begunMs = new Map<Step, number>()
    for (const step of prepareSteps)
      run
        .line((line) => line['step'] === step)
        .then(
          () => begunMs.set(step, performance.now()),
          () => undefined,
        )
    await run.ended
    const endMs = performance.now()
    const prepared = this.what(run)
    if (prepared.said['ok'] === true)
      prepareSteps.forEach((step, index) => {
        const next = begunMs.get(prepareSteps[index + 1] ?? step)
        const until = index + 1 < prepareSteps.length ? next : endMs
        const from = begunMs.get(step)
        if (until !== undefined && from !== undefined) tookMs.set(step, until - from)
      })
    return prepared
  }

  /** Killed at any moment of any step. */
  async killed(from: string): Promise<Prepared> {
    const { random } = this
    const step = prepareSteps[Math.floor(random() * prepareSteps.length)] ?? 'look'
    const [afterMs, isWhole] = [random() * (tookMs.get(step) ?? 300), random() < 0.5]
    const run = this.begun(from)
    const isReached = await run
      .line((line) => line['step'] === step)
      .then(
        () => true,
        () => false,
      )
    if (isReached) await pause(afterMs)
    const { pid } = run.child
    if (isWhole && pid !== undefined) killTree(pid)
    await run.stop('SIGKILL')
    return this.what(run)
  }

  private what({ child, lines }: Program): Prepared {
    const steps = lines.flatMap(({ step }) => (typeof step === 'string' ? [step] : []))
    return {
      isKilled: child.signalCode === 'SIGKILL',
      step: steps.at(-1) ?? 'begin',
      said: lines.at(-1) ?? {},
    }
  }
}
