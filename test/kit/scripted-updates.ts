// The service of updates over files in memory, a child process that the test speaks for, and wishes that only note what
// they were told. Its clock is set by the test.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { UpdatesHere, UpdatesView } from '#runtime/calls/update-views.ts'
import { refused } from '#base/process/api-fault.ts'
import { UpdateService } from '#runtime/update/update-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { KeptLook } from '#runtime/pure/update/look.ts'
import type { ReleaseFile } from '#runtime/pure/update/offer.ts'
import type { TriedFigures, UpdatePlan } from '#runtime/pure/update/plan.ts'
import { noSlots, switched, takenBack, type Slot, type Slots } from '#runtime/pure/update/slots.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { ProgramWishes, UpdateFiles, UpdateProgram } from '#runtime/ports/update.ts'
import { sideTasks } from './side-tasks.ts'

export const running = { version: '0.1.2600', build: 'aaaaaaa' }
export const slot: Slot = { name: '0.1.2611-bbbbbbb', version: '0.1.2611', build: 'bbbbbbb' }
export const releaseFile: ReleaseFile = {
  path: 'etc-lane-0.1.2611-linux-x64.tar.xz',
  bytes: 58 * 2 ** 20,
  sha256: 'ab'.repeat(32),
  product: 'etc-lane',
  version: slot.version,
  build: slot.build,
  system: 'linux-x64',
  form: 'archive',
}
export const figures: TriedFigures = {
  rows: 41_288,
  headHash: 'cd'.repeat(32),
  carsInside: 37,
  ordersOpen: 2,
  paidFen: 1_284_300,
  unsent: 12,
}
export const goodPrint = Array.from({ length: 16 }, (_, n) => String(1000 + n)).join(' ')

/** A run of the scripted child. */
export class ScriptedRun {
  readonly verb: string
  readonly from: string
  /** When it was begun, by the clock of the lot. */
  readonly atMs: number
  isStopped = false
  readonly ended = Promise.withResolvers<void>()
  private readonly take: (text: string) => void

  constructor(
    { verb, from, atMs }: Pick<ScriptedRun, 'verb' | 'from' | 'atMs'>,
    take: (text: string) => void,
  ) {
    this.verb = verb
    this.from = from
    this.atMs = atMs
    this.take = take
  }

  say(value: unknown): void {
    this.take(typeof value === 'string' ? value : JSON.stringify(value))
  }

  /** Its last line, and its end. */
  async end(value?: unknown): Promise<void> {
    if (value !== undefined) this.say(value)
    this.ended.resolve()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
}

interface Options {
  readonly mono: Pick<MonoClock, 'after' | 'nowUs'>
  readonly updates?: LotConfig['updates']
  readonly here?: UpdatesHere
  readonly atIso?: string
}

export class ScriptedUpdates {
  nowMs: number
  plan: UpdatePlan | null = null
  look: KeptLook | null = null
  trusted: string | null = goodPrint
  slots: Slots = noSlots
  /** What the answers show in place of the service's own view. */
  shown: UpdatesView | null = null
  readonly runs: ScriptedRun[] = []
  /** What followed from its calls. */
  readonly told: string[] = []
  readonly traced: string[] = []
  service: UpdateService
  private readonly options: Options
  private isStarted = false

  constructor(options: Options) {
    this.options = options
    this.nowMs = instantOfIso(options.atIso ?? '2026-11-30T10:00:00+08:00')
    this.service = this.started()
  }

  /** As a new start of the lanes finds the files. */
  started(): UpdateService {
    const { mono, updates, here = 'lanes' } = this.options
    // A start of its own: what ran before has ended.
    if (this.isStarted) this.service.stop()
    this.isStarted = true
    this.service = new UpdateService({
      here,
      running,
      config: { lotId: '52010001', updates },
      runtime: {
        nowMs: () => this.nowMs,
        trace: (_lane, _stay, _type, detail) => void this.traced.push(detail),
      },
      tasks: sideTasks(mono),
      program: this.program,
      files: this.files,
      programs: here === 'lanes' ? this.programs : null,
    })
    return this.service
  }

  get run(): ScriptedRun {
    const run = this.runs.at(-1)
    if (run === undefined) throw new Error('no child was begun')
    return run
  }

  /** The child has prepared the release. */
  async prepared(): Promise<void> {
    const step = { is: 'tried', slot, figures, triedIso: isoOf(this.nowMs) } as const
    this.plan = { format: 1, from: this.run.from, file: releaseFile, step, wanted: null }
    await this.run.end({ ok: true, slot })
  }

  /** The lanes began with the new version. */
  begin(): void {
    this.slots = switched(this.slots, slot, { atIso: isoOf(this.nowMs), headSeq: 41_288 })
  }

  takeBack(why: 'crashed' | 'person', rows = 3): void {
    const at = { atIso: isoOf(this.nowMs), installed: running.version }
    this.slots = takenBack(this.slots, { ...at, why, rows })
  }

  get view(): UpdatesView {
    return this.shown ?? this.service.view()
  }

  /** A call of a window. */
  async answer(name: string, args: object): Promise<ApiReply<unknown>> {
    const { service } = this
    const text = (key: string): string => String((args as Record<string, unknown>)[key])
    try {
      if (name === 'updates.get') return { ok: true, data: this.view }
      if (name === 'updates.trustFile')
        return { ok: true, data: await service.trustFile(text('file')) }
      if (name === 'updates.look') return { ok: true, data: await service.look(text('from')) }
      if (this.shown === null) {
        if (name === 'updates.trust') service.trust(text('file'), text('fingerprint'))
        if (name === 'updates.prepare') service.prepare(text('from'))
        if (name === 'updates.want') service.want(args as ArgsOf<'updates.want'>)
        if (name === 'updates.drop') service.drop()
        if (name === 'updates.back') service.back({ by: text('by'), reason: text('reason') })
      }
      return { ok: true, data: { ok: true, repeated: false } }
    } catch (error) {
      if (error instanceof LaneFault) return refused(error)
      throw error
    }
  }

  private readonly program: UpdateProgram = {
    run: (verb, from, line) => {
      const run = new ScriptedRun({ verb, from, atMs: this.nowMs }, line)
      this.runs.push(run)
      const stop = (): void => {
        run.isStopped = true
        void run.end()
      }
      return { ended: run.ended.promise, stop }
    },
  }

  private readonly files: UpdateFiles = {
    plan: () => this.plan,
    keepPlan: (plan) => void (this.plan = plan),
    dropPlan: () => {
      this.plan = null
      this.told.push('dropped')
    },
    look: () => this.look,
    keepLook: (look) => void (this.look = look),
    trusted: () => this.trusted,
    fingerprintOf: (file) =>
      file.endsWith('root.json')
        ? Promise.resolve(goodPrint)
        : Promise.reject(new LaneFault('FILE-02', { file })),
    trust: (file, fingerprint) => {
      if (fingerprint !== goodPrint) throw new LaneFault('UPDATE-19', { file, value: goodPrint })
      this.trusted = fingerprint
    },
  }

  private readonly programs: ProgramWishes = {
    slots: () => this.slots,
    look: () => void this.told.push(`look ${this.plan?.wanted?.when ?? 'nothing'}`),
    back: ({ by, reason }) => void this.told.push(`back ${by} ${reason}`),
  }
}
