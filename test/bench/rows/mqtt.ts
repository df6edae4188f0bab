// A lot with a reservation platform over a real Mosquitto with TLS: how soon it has sent everything, without a gap,
// after a kill of the broker and of the lot; and whether events, answers and bays arrive within P31. Beside
// mosquitto_pub and mosquitto_sub on the same broker: a subscriber that reconnects by itself, and a message from
// sending to arrival.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { must, present } from '#base/pure/values/must.ts'
import { reservationDialect } from '#ledger/pure/platforms/dialects.ts'
import { hasMosquitto } from '../../wire/kit/mosquitto.ts'
import { ReservationLot, reserve, type MessageLine } from '../../wire/kit/reservation-lot.ts'
import { resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { eventually } from '../../kit/eventually.ts'

const rounds = roundsOf(3)
const askEachMs = 5
/** Down time of the broker: the lot has failed once and waits two seconds for its next try. */
const awayMs = 1_500
const [entryExit, bays, answers] = reservationDialect.deadlines

interface Line extends MessageLine {
  /** When the platform received it. */
  readonly atMs: number
  readonly data: MessageLine['data'] & { readonly time: number }
}

class Bench {
  readonly scene = new ReservationLot()
  readonly eventMs: number[] = []
  readonly levelMs: number[] = []
  readonly answerMs: number[] = []
  private told = 0
  private cars = 0
  private acts = 0
  private car = { plate: '', colour: 'blue' }
  private orders = 0

  /** Processes of mosquitto's own, with the certificate of the broker. */
  private mosquitto(name: 'pub' | 'sub', ...more: string[]) {
    const { port, caFile } = this.scene.broker
    const to = ['-h', '127.0.0.1', '-p', String(port), '--cafile', caFile, '-q', '1']
    return spawn(`mosquitto_${name}`, [...to, '-V', 'mqttv5', ...more], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  }

  /**
   * Ms until mosquitto_sub receives what mosquitto_pub then publishes. Each is restarted at once when it finds no
   * broker; the broker keeps the session, so that neither waits for the other.
   */
  async message(sinceMs = performance.now()): Promise<number> {
    const text = `told-${++this.told}`
    const session = ['-i', 'bench-sub', '-c', '-x', '86400', '-W', '10', '-C', '1']
    await Promise.all([
      this.ends('sub', ...session, '-t', 'bench/told'),
      this.ends('pub', '-t', 'bench/told', '-m', text),
    ])
    return performance.now() - sinceMs
  }

  private async ends(name: 'pub' | 'sub', ...more: string[]): Promise<void> {
    for (;;) {
      const [code] = (await once(this.mosquitto(name, ...more), 'exit')) as [number | null]
      if (code === 0) return
      await pause(askEachMs)
    }
  }

  async open(): Promise<void> {
    await this.scene.start()
    // From now on its session exists at the broker.
    await this.ends('sub', '-i', 'bench-sub', '-c', '-x', '86400', '-t', 'bench/told', '-E')
  }

  close(): Promise<void> {
    return this.scene.close()
  }

  private async messages(): Promise<readonly Line[]> {
    const messages = (await this.scene.messages()) as readonly Line[]
    messages.forEach(({ seq }, i) => must(seq === i + 1, `message ${i + 1} is there and not twice`))
    return messages
  }

  /** Ms from sending to arrival of the newest message of this type after `seq`. */
  private async onItsWay(type: number, behindSeq: number): Promise<number> {
    const found = await eventually(
      async () =>
        (await this.messages()).findLast(
          ({ seq, data }) => seq > behindSeq && data.eventType === type,
        ),
      (one) => one !== undefined,
    )
    const { atMs, data } = present(found, 'it was told')
    return atMs - data.time
  }

  private async lastSeq(): Promise<number> {
    return (await this.messages()).at(-1)?.seq ?? 0
  }

  private goesIn(): Promise<void> {
    this.car = { ...this.car, plate: `测A${String(++this.cars).padStart(5, '0')}` }
    return this.scene.lot.goesIn('entry', this.car)
  }

  /** One car in and out again. */
  async passes(): Promise<void> {
    const before = await this.lastSeq()
    await this.goesIn()
    this.eventMs.push(await this.onItsWay(1, before))
    if (!(await this.goesOut())) return this.passes()
    this.eventMs.push(await this.onItsWay(2, before))
  }

  /** False: a busy machine read its plate too late at the entry, and a person lets it out. */
  private async goesOut(): Promise<boolean> {
    const { lot } = this.scene
    await lot.until('exit', ({ state }) => state === 'idle')
    await lot.comes('exit', this.car)
    const { car: shown } = await lot.until('exit', ({ state }) => state === 'manual')
    const orderId = shown?.orderId ?? null
    const act = {
      laneId: 'exit',
      by: 'bench',
      reason: 'bench',
      commandId: `bench-out-${++this.acts}`,
    }
    if (orderId === null) await lot.run.call('lane.open', act)
    else {
      const due = { orderId, means: 'cash', amountFen: shown?.dueFen }
      await lot.run.call('lane.settle', { ...due, ...act })
    }
    await lot.leaves('exit')
    return orderId !== null
  }

  /** Reserves two bays, which fills the lot, and releases them. */
  async fills(): Promise<void> {
    const before = await this.lastSeq()
    const orders = [0, 1].map(() => `B${++this.orders}`)
    for (const [i, orderNo] of orders.entries())
      await this.commanded('reserve', reserve(orderNo, `粤B1000${i}`))
    this.levelMs.push(await this.onItsWay(11, before))
    for (const orderNo of orders) await this.commanded('cancel', { orderNo })
  }

  private async commanded(type: string, data: object): Promise<void> {
    const startMs = performance.now()
    const codes = await this.scene.command(type, data)
    this.answerMs.push(performance.now() - startMs)
    must(codes.length === 1 && codes[0] === 0, `${type} is answered once`)
  }

  private async freeIs(free: number): Promise<void> {
    interface State {
      readonly bays: { readonly freeBays?: number } | null
    }
    while ((await this.scene.ask<State>('GET', '/state')).bays?.freeBays !== free)
      await pause(askEachMs)
  }

  /** Ms from the entry of a car until the platform's count includes it. */
  async counted(): Promise<number> {
    await this.freeIs(2)
    await this.goesIn()
    const startMs = performance.now()
    await this.freeIs(1)
    const tookMs = performance.now() - startMs
    await this.goesOut()
    return tookMs
  }

  /** Ms until the platform has every numbered message once, after messages without a listener and a kill. */
  private async known(sinceMs: number): Promise<number> {
    await this.scene.allKnown()
    const tookMs = performance.now() - sinceMs
    await this.messages()
    return tookMs
  }

  async brokerKilled(): Promise<readonly [number, number]> {
    const { broker } = this.scene
    await broker.kill()
    await this.scene.linkIs('down')
    await Promise.all([this.goesIn(), pause(awayMs)])
    const startMs = performance.now()
    await broker.start()
    const pair = await Promise.all([this.known(startMs), this.message(startMs)])
    await this.goesOut()
    return pair
  }

  async lotKilled(): Promise<readonly [number, number]> {
    const { lot, relay } = this.scene
    relay.cut()
    await this.scene.linkIs('down')
    await this.goesIn()
    const { link } = await this.scene.view()
    must((link?.unsent ?? 0) > 0, 'something waits to be told')
    lot.run.child.kill('SIGKILL')
    await lot.run.ended
    relay.mend()
    const theirs = await this.message()
    const startMs = performance.now()
    const started = lot.start('exit')
    while ((await this.lastSeq()) < (link?.lastSeq ?? 0)) await pause(askEachMs)
    const ours = performance.now() - startMs
    await started
    await this.goesOut()
    return [ours, theirs]
  }
}

const promised = (metric: string, withinMs: number, samples: readonly number[]): BenchResult =>
  resultOf(
    {
      metric: `${metric}, of the time that is promised`,
      unit: 'ms',
      peerName: `${withinMs / 1000} s`,
      better: 'lower',
    },
    // The slowest one counts: the deadline is for each.
    [[Math.max(...samples), withinMs]],
  )

async function run(): Promise<readonly BenchResult[]> {
  const bench = new Bench()
  try {
    await bench.open()
    await bench.message()
    const broker: (readonly [number, number])[] = []
    const lot: (readonly [number, number])[] = []
    const beside: [number, number][] = []
    for (let round = 0; round < rounds; round++) {
      await bench.passes()
      await bench.fills()
      beside.push([bench.levelMs.at(-1) ?? 0, await bench.message()])
      broker.push(await bench.brokerKilled())
      lot.push(await bench.lotKilled())
    }
    const countMs = await bench.counted()
    const within = (one: typeof entryExit): number => present(one, 'P31').withinMs
    const common = { unit: 'ms', better: 'lower' } as const
    const [back, told] = [
      'mosquitto_sub is back and has a message',
      'mosquitto_pub to mosquitto_sub',
    ]
    return [
      resultOf(
        { metric: 'MQTT resume after the broker was killed', peerName: back, ...common },
        broker,
      ),
      resultOf({ metric: 'MQTT resume after the lot was killed', peerName: told, ...common }, lot),
      resultOf(
        { metric: 'event of saturation at the platform', peerName: told, ...common },
        beside,
      ),
      promised('events of entry and exit', within(entryExit), bench.eventMs),
      promised('events of saturation', within(entryExit), bench.levelMs),
      promised('answers to reservations', within(answers), bench.answerMs),
      promised('count of bays', within(bays), [countMs]),
    ]
  } finally {
    await bench.close()
  }
}

export const mqttRow: BenchRow = {
  missing: () => (hasMosquitto ? null : 'there is no mosquitto'),
  run,
}
