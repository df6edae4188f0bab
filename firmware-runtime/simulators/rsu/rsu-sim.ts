// The RSU simulator as a process: the model of model.ts on a TCP port or a pty.
// Bytes leave in the model's order, and a B5 only when its debit is on disk.
import { present } from '#base/pure/values/must.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AdminRoutes } from '../shell/admin.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { faultRoutes } from '../shell/fault-routes.ts'
import type { SimLink } from '../shell/sim-link.ts'
import { type RunningSim, type SimContext, type SimPlan } from '../shell/process.ts'
import { lineOf, openSerialLine } from '../shell/serial-line.ts'
import { rsuVariants } from './dialect.ts'
import { usualKnobs, type RsuKnobs } from './knobs.ts'
import { createRsuModel, rsuFaultPlaces, type RsuModel, type RsuOutput } from './model.ts'
import { simulatedRsuId } from '#base/pure/lot/simulated.ts'
import { usualRadio } from './model-types.ts'
import { refuse } from '../shell/members.ts'

function psamOf(text: string | undefined): readonly string[] {
  if (text === undefined) return ['370100000001', '370100000002']
  const terminals = text.split(',')
  if (terminals.length > 2 || terminals.some((t) => !/^[0-9A-F]{12}$/.test(t))) {
    throw new LaneFault('ARG-01', { field: '--psam', value: text, note: 'one or two of 12 hex' })
  }
  return terminals
}

/** `--power 17 --channel 1`: settings of the antenna before the first command. */
function radioOf({ power = '', channel = '' }: Readonly<Record<string, string | undefined>>) {
  const number = (flag: string, text: string, usual: number, max: number): number => {
    const value = text === '' ? usual : Number(text)
    if (!/^\d{0,2}$/.test(text) || value > max)
      throw new LaneFault('ARG-01', { field: flag, value: text, note: `0 to ${max}` })
    return value
  }
  return {
    powerStep: number('--power', power, usualRadio.powerStep, 31),
    channel: number('--channel', channel, usualRadio.channel, 1),
  }
}

/** Puts outputs on the link in order, and waits for the disk where the model requires it. */
class Outlet {
  /** The controller has one host: the newest connection. */
  client = 0
  readonly #context: SimContext
  readonly #link: () => SimLink
  #queue: RsuOutput[] = []
  #waiting = false

  constructor(context: SimContext, link: () => SimLink) {
    this.#context = context
    this.#link = link
  }

  put(outputs: readonly RsuOutput[]): void {
    for (const output of outputs) {
      // Rows are passed on at once, so that rows behind a waiting frame join the same sync.
      if (output.do === 'row') this.#append(output.row)
      else this.#queue.push(output)
    }
    this.#run()
  }

  #append(row: unknown): void {
    this.#context.store.writer.append(row).catch(this.#context.failed)
  }

  #run(): void {
    while (!this.#waiting) {
      const output = this.#queue[0]
      if (!output) return
      const settled =
        output.do === 'send' && output.afterRows ? this.#context.store.writer.settled() : null
      if (settled) {
        this.#waiting = true
        settled.then(() => {
          this.#waiting = false
          this.#queue.shift()
          this.#do(output)
          this.#run()
        }, this.#context.failed)
        return
      }
      this.#queue.shift()
      this.#do(output)
    }
  }

  #do(output: RsuOutput): void {
    if (output.do === 'send') {
      this.#context.journal.note('out', hexOf(output.bytes))
      this.#link().send(output.bytes, this.client)
    } else if (output.do !== 'row') {
      this.#context.journal.note('note', `${output.do} ${output.ms} ms`)
      // A serial line does not show that its device lost power; a TCP connection does.
      if (output.do === 'unplug' || this.#link().url.startsWith('tcp:')) {
        this.#link().unplug(output.ms)
      }
    }
  }
}

/** Sets members by name; the value must have the present type. */
function setKnobs(knobs: RsuKnobs, body: unknown): RsuKnobs {
  if (typeof body !== 'object' || body === null) throw new LaneFault('ARG-01', { field: '/' })
  const choices: Readonly<Record<string, readonly unknown[]>> = {
    seqMode: ['strict', 'perType', 'free'],
    stationBytes: [36, 39, 43],
    b2Bytes: [35, 37],
    heartbeatForm: ['short', 'zeroId', 'onesId'],
    antennaAnswer: ['ack', 'B0', 'none'],
  }
  const usual: Readonly<Record<string, unknown>> = { ...usualKnobs, heartbeatMs: 0 }
  for (const [name, value] of Object.entries(body)) {
    const known = Object.hasOwn(usual, name) && typeof value === typeof usual[name]
    const chosen = choices[name]?.includes(value) ?? true
    const least = name === 'clockSkewSec' ? -Number.MAX_SAFE_INTEGER : 0
    const sized = typeof value !== 'number' || (Number.isSafeInteger(value) && value >= least)
    const isVersion = name !== 'firmware' || /^(?:[0-9A-F]{4})?$/.test(String(value))
    if (!known || !chosen || !sized || !isVersion) throw refuse(name, value)
  }
  return Object.assign(knobs, body)
}

const routesOf = (model: RsuModel, driver: ModelDriver<RsuOutput>): AdminRoutes => ({
  'POST /cars': ({ body }) => {
    const { obuId, outputs } = model.addCar(body, nowUs())
    driver.out(outputs)
    return { obuId }
  },
  'DELETE /cars/:id': ({ id }) => {
    const { found, outputs } = model.removeCar(id, nowUs())
    driver.out(outputs)
    return { found }
  },
  'POST /air': ({ body }) => {
    const air = model.setAir(body, nowUs())
    driver.arm()
    return air
  },
  ...faultRoutes('link', model, driver, () => model.state()),
  'POST /knobs': ({ body }) => {
    const knobs = setKnobs(model.knobs, body)
    model.planHeartbeat()
    driver.arm()
    return knobs
  },
})

export const rsuSimPlan: SimPlan = {
  name: 'rsu-sim',
  listens: ['pty', 'tcp'],
  variants: rsuVariants,
  flags: { psam: 'TERMINAL,TERMINAL', baud: 'N', pair: 'right|swapped', power: 'N', channel: 'N' },
  faults: { places: rsuFaultPlaces },
  async start(context): Promise<RunningSim> {
    const { args, faults, store, journal } = context
    const model = createRsuModel({
      variant: present(
        rsuVariants.find((one) => one === args.variant),
        'a variant of its flags',
      ),
      timing: args.timing,
      seed: args.seed,
      knobs: { rsuId: simulatedRsuId },
      psamTerminals: psamOf(args.extra.psam),
      radio: radioOf(args.extra),
      faults,
      rows: store.rows,
    })
    const outlet = new Outlet(context, () => link)
    const link: SimLink = await openSerialLine(args.listen, lineOf(args.extra), {
      up(client) {
        outlet.client = client
      },
      bytes(chunk, client) {
        if (client !== outlet.client) return
        journal.note('in', hexOf(chunk))
        driver.out(model.onBytes(chunk, nowUs()))
      },
      down(client) {
        if (client === outlet.client) model.linkDown()
      },
      failed: context.failed,
    })
    const driver = new ModelDriver<RsuOutput>(model, (outputs) => outlet.put(outputs))
    return {
      endpoints: { link: link.url },
      state: () => {
        driver.catchUp()
        const { url, bytesIn, bytesOut } = link
        return { ...model.state(), link: { url, bytesIn, bytesOut } }
      },
      storePage: ({ after, limit }) => model.cardStore(after, limit),
      routes: routesOf(model, driver),
      async stop() {
        driver.stop()
        await link.close()
      },
    }
  },
}
