// Lane computers by mDNS (`_etc-lane._tcp`), with bonjour-service, on one named card.
// Announcing is off unless a card is named; the API stays on loopback (design.md section 2).
import type { EventEmitter } from 'node:events'
import { Bonjour, type Service, type ServiceConfig } from 'bonjour-service'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import type { FoundLanePc } from '../ports/find.ts'

const serviceType = 'etc-lane'

export interface MdnsOptions {
  /** The card's own address. */
  readonly card: string
  /** Another port than mDNS's, for tests only. */
  readonly port?: number
  /** Probes first whether the name is taken, for most of a second; off only in tests. */
  readonly probe?: boolean
}

/** The library's types omit the options that it passes on to multicast-dns. */
const optionsOf = ({ card, port }: MdnsOptions): Partial<ServiceConfig> => ({
  ...({ interface: card, bind: process.platform === 'win32' ? card : '224.0.0.251' } as object),
  ...(port === undefined ? {} : { port }),
})

/** The underlying socket reports its error only as an event, which ends the program when nobody listens. */
function bonjourOn(options: MdnsOptions, failed: (error: Error) => void): Bonjour {
  const told = asTurn(failed)
  const bonjour = new Bonjour(optionsOf(options), told)
  const { mdns } = Reflect.get(bonjour, 'server') as { readonly mdns: EventEmitter }
  mdns.on('error', told)
  return bonjour
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '')

function viewOf(service: Service): FoundLanePc {
  const txt = service.txt as Readonly<Record<string, unknown>> | undefined
  return {
    name: service.name,
    address: service.referer?.address ?? '',
    host: service.host,
    lotId: textOf(txt?.['lotId']),
    nodeId: textOf(txt?.['nodeId']),
    version: textOf(txt?.['version']),
  }
}

/** Throws FIND-26 when the port cannot be opened. */
export async function browseLanePcs(
  options: MdnsOptions & {
    readonly waitMs: number
    /** Stops as soon as this many were found. */
    readonly enough?: number
  },
): Promise<readonly FoundLanePc[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly FoundLanePc[]>()
  const found = new Map<string, FoundLanePc>()
  const bonjour = bonjourOn(options, ({ message }) =>
    reject(new LaneFault('FIND-26', { value: options.card, note: message })),
  )
  const came = asTurn((service: Service) => {
    const view = viewOf(service)
    found.set(`${view.address} ${view.name}`, view)
    if (found.size >= (options.enough ?? Infinity)) resolve([...found.values()])
  })
  const browser = bonjour.find({ type: serviceType }, came)
  const late = setTimeout(() => resolve([...found.values()]), options.waitMs)
  try {
    return await promise
  } finally {
    clearTimeout(late)
    browser.stop()
    bonjour.destroy()
  }
}

interface Probing {
  activated: boolean
}
type Probe = (mdns: unknown, service: Probing, then: (exists: boolean) => void) => void

/**
 * The library prints a taken name to stdout and sends a goodbye for it, which would remove the other's entry. Here it
 * is reported instead, and the service is left as if it had not started.
 */
function tellTaken(bonjour: Bonjour, taken: () => void): void {
  const names = Reflect.get(bonjour, 'registry') as { probe: Probe }
  const probe = names.probe.bind(names)
  names.probe = (mdns, service, then) =>
    probe(mdns, service, (exists) => {
      if (!exists) return then(false)
      service.activated = false
      taken()
    })
}

export interface LaneBeacon {
  readonly name: string
  readonly lotId: string
  readonly nodeId: string
  readonly version: string
}

/** Announces this lane computer; returns the stop. `failed`: the card is gone, or FIND-27 for a taken name. */
export function announceLanePc(
  options: MdnsOptions,
  { name, ...txt }: LaneBeacon,
  failed: (error: Error) => void,
): () => Promise<void> {
  let isNamed = false
  // Each announcement tries again, for hours: a fault is reported once.
  const bonjour = bonjourOn(options, (error) => {
    if (!isNamed) failed(error)
    isNamed = true
  })
  tellTaken(bonjour, () => failed(new LaneFault('FIND-27', { value: name })))
  // Nothing listens on that port: the entry only shows the computer.
  const probe = options.probe ?? true
  bonjour.publish({ name, type: serviceType, port: 9, txt, disableIPv6: true, probe })
  return () =>
    new Promise((done) => {
      const gone = asTurn(() => {
        bonjour.destroy()
        done()
      })
      bonjour.unpublishAll(gone)
    })
}
