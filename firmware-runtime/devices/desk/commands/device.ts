// `etc-lane device holders | take | release | test`: lists who has a device, takes it over, and tests it. A take-over
// lasts as long as this process renews it every half second.
import { t } from '#base/pure/words/fault-text.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { LeaseView } from '../../calls/safety-views.ts'
import type { HeldDevice } from '../../pure/lease/lease.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import {
  folderOf,
  lotReader,
  runningClient,
  type RuntimeClient,
} from '#base/desk/commands/client.ts'
import { type CliIo, type Command, type CommandEntry, wrongFlag } from '#base/commands/command.ts'
import { test } from './device-test.ts'
import { claimantOf, leaseLink } from '#base/desk/process/link-lease.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'

const aliveEveryMs = 500

interface Held {
  readonly laneId: string
  readonly device: HeldDevice
  readonly holdId: string
}

const holders = act(
  ['device holders --data DIR [--lane L]', 'device holders --link URL'],
  async ({ data, lane, link }, io) => {
    if (link !== undefined) {
      return printed({ link, claimant: claimantOf(link) })
    }
    const of = lane === undefined ? {} : { laneId: lane }
    const { rows } = await lotReader(folderOf(data), io).call('hold.list', of)
    return printed({ holders: rows })
  },
)

const line = (io: CliIo, value: unknown): void => io.stdout(`${JSON.stringify(value)}\n`)

/** The lane's link, held by this process until it gives it back. */
class Taken {
  private readonly client: RuntimeClient
  private readonly held: Held
  private letGo: (() => void) | null = null
  private wanted = true

  constructor(client: RuntimeClient, held: Held) {
    this.client = client
    this.held = held
  }

  private keep(): Promise<LeaseView> {
    return this.client.call('hold.keep', this.held)
  }

  /** Waits until the lane has released the device; returns the end of the lease when it was not granted. */
  async begin(io: CliIo): Promise<LeaseView> {
    let why: string | null = null
    for (;;) {
      const view = await this.keep()
      if (view.state === 'over' || !this.wanted) return view
      if (view.state === 'taken') {
        this.letGo = leaseLink(view.link, `${this.held.laneId} ${this.held.device}, taken over`)
        return view
      }
      if (view.why !== why) line(io, { event: 'waiting', why: view.why, untilIso: view.untilIso })
      why = view.why
      await pause(aliveEveryMs)
    }
  }

  /** Renews the lease until it ends, and returns why; `runtimeGone`: no runtime answers, and the lease is over. */
  async untilOver(): Promise<string> {
    for (;;) {
      try {
        const view = await this.keep()
        if (view.state === 'over') return view.end ?? 'restarted'
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        return 'runtimeGone'
      } finally {
        if (!this.wanted) this.drop()
      }
      await pause(aliveEveryMs)
    }
  }

  drop(): void {
    this.letGo?.()
    this.letGo = null
  }

  /** Closes the link first: the lane opens it as soon as the lease is released. */
  async giveBack(): Promise<void> {
    this.wanted = false
    this.drop()
    try {
      await this.client.call('hold.release', this.held)
    } catch (error) {
      // The lease is over already, or no runtime listens.
      if (!(error instanceof LaneFault) || !['HOLD-03', 'RUN-01'].includes(error.code)) throw error
    }
  }
}

/** Runs a command of this program on the leased link, in this process, which holds the lease. */
async function runOn(
  commands: readonly CommandEntry[],
  link: string,
  words: readonly string[],
  io: CliIo,
): Promise<number> {
  const [name = '', ...rest] = words
  const entry = commands.find((one) => one.name === name)
  if (entry === undefined) throw wrongFlag('', t(`没有命令 ${name}`, `no command ${name}`), name)
  const command = await entry.load()
  return command.run([...rest, '--link', link], { ...io, onStop: () => undefined })
}

/** `commands`: those that may run on the leased link. */
const taking = (commands: readonly CommandEntry[]) =>
  act(
    [
      'device take --data DIR --lane L [--device rsu|barrier] --by NAME --reason TEXT [--for-sec N] [--no-wait] [--command-id ID] [-- COMMAND …]',
    ],
    async ({ data, lane: laneId, device = 'rsu', rest: words, ...values }, io) => {
      const { commandId, by, reason } = whoOf(values)
      const forSec = values['for-sec']
      const client = runningClient(folderOf(data))
      await client.call('hold.take', {
        laneId,
        device,
        commandId,
        by,
        reason,
        program: 'etc-lane device take',
        pid: process.pid,
        wait: !values['no-wait'],
        ...(forSec === undefined ? {} : { forSec }),
      })
      const taken = new Taken(client, { laneId, device, holdId: commandId })
      let stopped = false
      io.onStop(() => {
        stopped = true
        void taken.giveBack()
      })
      const begun = await taken.begin(io)
      if (begun.state !== 'taken') {
        line(io, { event: 'over', end: begun.end })
        return 1
      }
      const { link, untilIso } = begun
      line(io, { event: 'taken', laneId, device, link, untilIso, holdId: commandId })
      const over = taken.untilOver()
      if (words.length > 0) {
        // When the lease ends, the process ends at once: a command without the right to the link must not continue.
        void over.then((end) => {
          if (end !== 'released') process.exit(1)
        })
        const code = await runOn(commands, link, words, io)
        await taken.giveBack()
        line(io, { event: 'over', end: await over, code })
        return code
      }
      const end = await over
      taken.drop()
      line(io, { event: 'over', end })
      return stopped && end === 'released' ? 0 : 1
    },
  )

export const deviceCommand = (commands: readonly CommandEntry[]): Command =>
  commandOf('device', [holders, taking(commands), test])
