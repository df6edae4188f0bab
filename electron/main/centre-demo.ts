// The demo of a centre of many lots, as a command beside the window: its desk is opened in the browser. It ends with Studio.
import type { CentreDemoAnswer, OpenedCentre } from '#runtime/api/start.ts'
import { saidBy, type RunCommand } from './restore-lot.ts'

interface CentreDemoParts {
  readonly dir: string
  run(args: readonly string[], onLine: (line: string) => void): ReturnType<RunCommand>
  open(url: string): Promise<void>
}

interface ReadyLine {
  readonly event?: string
  readonly endpoints: { readonly desk: string }
  readonly signIn: OpenedCentre['signIn']
}

export class CentreDemo {
  readonly #parts: CentreDemoParts
  #running: Promise<CentreDemoAnswer> | null = null

  constructor(parts: CentreDemoParts) {
    this.#parts = parts
  }

  /** Starts it, or shows again the one that runs. CENTRE-39 where it ended without a reason. */
  async show(): Promise<CentreDemoAnswer> {
    this.#running ??= this.#start()
    const answer = await this.#running
    if (answer.ok) await this.#parts.open(answer.data.desk)
    return answer
  }

  async #start(): Promise<CentreDemoAnswer> {
    const first = Promise.withResolvers<CentreDemoAnswer>()
    const { dir, run } = this.#parts
    const free = '127.0.0.1:0'
    const ended = run(
      ['centre', '--demo', '--data', dir, '--door', free, '--desk', free, '--json'],
      (line) => {
        const { event, endpoints, signIn } = JSON.parse(line) as ReadyLine
        if (event === 'ready') first.resolve({ ok: true, data: { desk: endpoints.desk, signIn } })
      },
    )
    void ended.then((end) => {
      this.#running = null
      first.resolve(saidBy({ ...end, code: 1 }, 'CENTRE-39'))
    }, first.reject)
    return first.promise
  }
}
