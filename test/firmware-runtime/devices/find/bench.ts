// A machine and links made by the test: ports, a clock in virtual time, devices as functions.
// Sent bytes are recorded, so that a probe can be checked against its list.
import { systemText } from '#base/pure/words/notes.ts'
import type { DoctorPorts } from '#devices/find/link-doctor.ts'
import { antennaKinds, antennaPlan } from '#devices/profiles/antenna-plan.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Card, PortHolder, PortState, SeenPort } from '#devices/ports/find.ts'
import { library } from '../profiles/shipped.ts'
import { HandClock, startMs } from '../../runtime/control/control-kit.ts'

/** What a device does at one opening; it answers through `say`. */
export interface FakeLink {
  readonly refuse?: string
  /** Accepts, and closes the link with this text before any byte came. */
  readonly shut?: string
  up?(say: (bytes: Uint8Array) => void, url: string): void
  sent?(bytes: Uint8Array, say: (bytes: Uint8Array) => void, url: string): void
}

/** The search plan from the shipped antenna profiles. */
export const shippedPlan = antennaPlan(
  [...library.profiles.values()]
    .map(({ profile }) => profile)
    .filter(({ kind }) => antennaKinds.includes(kind)),
)

export class FindBench {
  readonly mono = new HandClock()
  readonly opened: string[] = []
  readonly sent: Uint8Array[] = []
  ports: SeenPort[] = []
  state: PortState = { is: 'free' }
  /** Returned once each before `state`. */
  readonly statesBefore: PortState[] = []
  takers: PortHolder[] = []
  cards: Card[] = [{ name: 'lo', address: '127.0.0.1', prefix: 8, loopback: true }]
  link: FakeLink = {}
  plan = shippedPlan

  get outside(): DoctorPorts {
    return {
      mono: this.mono,
      clock: { nowMs: () => startMs as InstantMs },
      antennas: () => Promise.resolve(this.plan),
      machine: {
        ports: () => Promise.resolve(this.ports),
        portState: () => this.statesBefore.shift() ?? this.state,
        takers: () => this.takers,
        cards: () => this.cards,
      },
      opener: {
        open: (url, handlers) => {
          this.opened.push(url)
          const { link } = this
          const say = (bytes: Uint8Array): void => handlers.bytes(bytes)
          setImmediate(() => {
            if (link.refuse !== undefined) handlers.down(systemText(link.refuse))
            else {
              handlers.up()
              link.up?.(say, url)
              if (link.shut !== undefined) handlers.down(systemText(link.shut))
            }
          })
          return {
            bytesIn: 0,
            bytesOut: 0,
            send: (bytes) => {
              this.sent.push(bytes)
              link.sent?.(bytes, say, url)
            },
            close: () => setImmediate(() => handlers.down('closedHere')),
          }
        },
      },
    }
  }

  /** Advances time until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    let done = false
    const end = (): void => void (done = true)
    work.then(end, end)
    while (!done) {
      await new Promise((turn) => setImmediate(turn))
      this.mono.advance(100)
    }
    return work
  }
}
