// Every kind of barrier behind one interface, in virtual time against its simulator, with the lane's runtime and the device
// tests: what must hold for one kind must hold for all.
import { forgetfulBooms } from '../../../kit/forgetful-booms.ts'
import type { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import { DeviceTests } from '#devices/desk/hosts/device-tests.ts'
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import { standardTests } from '#devices/pure/lease/device-test.ts'
import { present } from '#base/pure/values/must.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { BoardBench } from '../../devices/pure/barrier/modbus-relay/bench.ts'
import { GateBench } from '../../devices/pure/barrier/camera-output/bench.ts'
import { makeLot } from '../../runtime/control/control-kit.ts'
import { refusedBy } from '../../../kit/refusals.ts'

interface Kind {
  readonly clock: MonoClock
  readonly events: readonly { readonly type: string }[]
  command(command: BarrierCommand): void
  run(ms: number): void
  loops(under: boolean, arrive?: boolean): void
  /** The device stops answering. */
  silence(): void
  /** The boom ignores every command. */
  jam(): void
  state(): Readonly<Record<string, unknown>>
}

function board(transport: 'tcp' | 'rtu'): Kind {
  const bench = new BoardBench(transport).ready()
  return {
    clock: bench.time.clock,
    events: bench.events,
    command: (command) => bench.command(command),
    run: (ms) => bench.run(ms),
    loops: (under, arrive) => bench.loops(under, arrive),
    silence: () => bench.silence(true),
    jam: () => void bench.model.faults.add({ at: 'boom', do: 'drop', times: 0 }),
    state: () => ({ ...bench.judged }),
  }
}

function gate(): Kind {
  const bench = new GateBench().ready()
  return {
    clock: bench.clock,
    events: bench.events,
    command: (command) => bench.device.command(command),
    run: (ms) => bench.run(ms),
    loops: (under, arrive) => bench.loops(under, arrive),
    silence: () =>
      void bench.model.faults.add({ at: 'inputs', when: 'before', do: 'drop', times: 0 }),
    jam: () => void bench.model.faults.add({ at: 'boom', do: 'drop', times: 0 }),
    state: () => ({ ...bench.model.state() }),
  }
}

export const barrierKinds = {
  'relay board, Modbus TCP': () => board('tcp'),
  'relay board, Modbus RTU': () => board('rtu'),
  'gate on a camera': gate,
} as const
export type KindName = keyof typeof barrierKinds

const sliceMs = 10

export class KindBench {
  readonly kind: Kind
  readonly lot = makeLot()
  readonly tests: DeviceTests
  readonly raised: RaisedBooms
  /** Commands given by device tests, without those of the lane. */
  readonly driven: string[] = []
  private told = 0
  private ids = 0

  constructor(name: KindName, raised = forgetfulBooms()) {
    const kind = barrierKinds[name]()
    this.kind = kind
    this.raised = raised
    this.tests = new DeviceTests({
      raised,
      runtime: this.lot.runtime,
      mono: kind.clock,
      limits: standardTests,
      barrier: (_laneId, command) => {
        this.driven.push(command.do)
        kind.command(command)
      },
      rsu: () => undefined,
      has: (_laneId, device) => device === 'barrier',
      isHeld: () => false,
    })
    this.run(100)
  }

  /** Advances time; the lane gets the driver's events, and `watched` names a test that a person keeps alive. */
  run(ms: number, watched: string | null = null): this {
    for (let left = ms; left > 0; left -= sliceMs) {
      this.kind.run(Math.min(sliceMs, left))
      for (; this.told < this.kind.events.length; this.told++) {
        const event = this.kind.events[this.told] as BarrierEvent
        this.tests.heard('exit', event)
        this.lot.runtime.dispatch('exit', event)
      }
      if (watched !== null) this.tests.keep('exit', watched)
    }
    return this
  }

  begin(kind: 'open' | 'close'): string {
    const id = `test-000${++this.ids}`
    const said = { by: '装机员', role: 'installer', reason: '试道闸', forMs: null }
    this.tests.begin('exit', { id, kind, ...said })
    return id
  }

  /** The code and note of a refused test, or '' when it began. */
  refused(kind: 'open' | 'close'): string {
    const fault = refusedBy(() => this.begin(kind))
    return fault === null ? '' : `${fault.code} ${fault.detail.note ?? ''}`
  }

  /** A test that runs to its end while a person watches. */
  whole(kind: 'open' | 'close'): this {
    this.run(8_000, this.begin(kind))
    return this
  }

  /** A test whose boom has been closing for 200 ms; returns its id. */
  comingDown(): string {
    const id = this.begin('close')
    for (let ms = 0; ms < 5_000 && this.lane.position !== 'closing'; ms += sliceMs)
      this.run(sliceMs, id)
    this.run(200, id)
    return id
  }

  get lane() {
    return present(this.lot.runtime.lanes.get('exit'), 'an exit').state
  }

  get last() {
    return this.tests.view('exit').last
  }

  positions(): string[] {
    const events = this.kind.events as readonly BarrierEvent[]
    return events.flatMap((event) => (event.type === 'position' ? [event.position] : []))
  }
}
