// The RSU model on a bench: PC frames worked out by hand, a car, and virtual time.
// Shared by the tests of this folder; hand-written frames, not the product's codec.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import type { RsuModelOptions, RsuOutput } from '#simulators/rsu/model.ts'

export const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)
export const tight = (text: string): string => text.replaceAll(' ', '')

export const car = {
  obuId: '02001234',
  cardNo: '37011200000000000001',
  cardType: 22,
  plate: '测A12345',
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 17,
  contractSerial: '3701012023000001',
  chipId: '01234567',
}

/** PC frames, worked out by hand in rsu-interface.md 1.5.3. */
export const bcc = {
  c0: 'FFFF80C06553F1002023111506132004010800 01B9FF',
  on: 'FFFF894C01C4FF',
  off: 'FFFF894C00C5FF',
  c1: 'FFFF81C102001234B2E2CAD4370100011DFF',
  c2: 'FFFF83C2020012340164FF',
  c6:
    'FFFF84C602001234B2E2CAD4370100010000000 0000001F420231115061320' +
    '37010102026553F1000104000000000000000000000000 01B2E2413132333435000000000CFF',
}
export const station36 =
  '3701010201' +
  '6553E2F0' +
  '0103' +
  '000000000000000000' +
  '000000' +
  '01' +
  'B2E241313233343500000000'

/** A model with its clock: the test plays the PC and the cars, and moves the time. */
export class Bench {
  atUs = 0
  readonly model
  readonly rows: unknown[] = []
  constructor(options: Partial<RsuModelOptions> = {}) {
    this.model = createRsuModel({
      variant: 'generic-bcc',
      timing: 'instant',
      seed: 7,
      knobs: { seqMode: 'perType', heartbeatMs: 0 },
      ...options,
    })
  }
  sent(outputs: readonly RsuOutput[]): string[] {
    for (const o of outputs) if (o.do === 'row') this.rows.push(o.row)
    return outputs.flatMap((o) => (o.do === 'send' ? [hexOf(o.bytes)] : []))
  }
  pc(frame: string): string[] {
    return this.sent(this.model.onBytes(hex(frame), this.atUs))
  }
  after(ms: number): string[] {
    this.atUs += ms * 1000
    return this.sent(this.model.advance(this.atUs))
  }
  arrive(more: Record<string, unknown> = {}): string[] {
    return this.sent(this.model.addCar({ ...car, ...more }, this.atUs).outputs)
  }
  /** Runs a generic-bcc session up to the answer to B4. */
  toB4(more: Record<string, unknown> = {}): void {
    this.pc(bcc.c0)
    this.pc(bcc.on)
    this.arrive(more)
    this.pc(bcc.c1)
    this.pc(bcc.c1)
  }
  state(name: string): unknown {
    return this.model.state()[name]
  }
  get card() {
    return present(this.model.cardStore(0, 10).cards[0], 'one card')
  }
}
