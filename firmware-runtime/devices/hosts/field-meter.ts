// A field-strength instrument for measurements: one interface for every kind. Its profile decides driver and commands;
// `measure` returns one peak-hold level, or rejects with a fault code.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import {
  downlinkMeter,
  type MeterCommand,
  type MeterEffect,
  type MeterEvent,
  type MeterFault,
  type MeterIdentity,
  type MeterSettings,
} from '../pure/instrument/meter.ts'
import { scpiMapOf } from '../pure/instrument/scpi/command-map.ts'
import { scpiDriver } from '../pure/instrument/scpi/driver.ts'
import type { ScpiState } from '../pure/instrument/scpi/state.ts'
import { tinysaConfigOf } from '../pure/instrument/tinysa/config.ts'
import { tinysaDriver, type TinysaState } from '../pure/instrument/tinysa/driver.ts'
import { joined } from '#base/pure/data/bytes.ts'
import type { LinkOpener } from '../ports/byte-link.ts'
import type { Cancel, MonoClock, WallClock } from '#base/ports/clocks.ts'
import { DeviceHost } from './device-host.ts'
import { fullId, type Profile } from '../profiles/schema.ts'

interface MeterPorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly business: WallClock
  /** Frequency and duration; by default both downlink channels for 400 ms. */
  readonly settings?: Partial<MeterSettings>
}

export interface MeterLevel {
  readonly levelDbm: number
  /** The input was overloaded: the level is a lower bound only. */
  readonly overload: boolean
  /** Every byte that the instrument sent for this level; null: more than the limit. */
  readonly raw: Uint8Array | null
}

/** Limit for one level: a text trace of 10,000 points. */
const rawBytesMax = 100_000

export interface FieldMeter {
  /** Identity of the instrument; null before its first answer. */
  readonly identity: MeterIdentity | null
  readonly profileId: string
  readonly link: string
  /** Waits until the instrument is ready, then reads. Rejects with a LaneFault METER-01 to METER-07. */
  measure(): Promise<MeterLevel>
  close(): void
}

/** A reset may take half a minute; after this time the instrument will not become ready. */
const readyMs = 45_000
const measureMs = 60_000

interface Waiting {
  readonly resolve: (level: MeterLevel) => void
  readonly reject: (fault: LaneFault) => void
  timer: Cancel
}

interface Host {
  open(): void
  close(): void
  command(command: MeterCommand): void
}

type Emit = (event: MeterEvent) => void

function hostOf(profile: Profile, link: string, ports: MeterPorts, emit: Emit): Host {
  const settings = { ...downlinkMeter, ...ports.settings }
  const { id, data = {} } = profile.protocol
  const common = {
    url: link,
    opener: ports.opener,
    mono: ports.mono,
    business: ports.business,
    emit,
    other: () => undefined,
    linkChanged: () => undefined,
  }
  if (id === 'scpi') {
    const read = scpiMapOf(data, settings, profile.limits['resetTimeoutMs']?.value)
    if (!read.ok)
      throw new LaneFault('METER-02', { field: `/protocol/data/${read.member}`, note: read.note })
    const driver = scpiDriver({ map: read.map, settings })
    return new DeviceHost<ScpiState, MeterCommand, MeterEvent, MeterEffect>({ ...common, driver })
  }
  if (id === 'tinysa') {
    const read = tinysaConfigOf(data, settings)
    if (!read.ok)
      throw new LaneFault('METER-02', { field: `/protocol/data/${read.member}`, note: read.note })
    const driver = tinysaDriver(read.config)
    return new DeviceHost<TinysaState, MeterCommand, MeterEvent, MeterEffect>({ ...common, driver })
  }
  throw new LaneFault('METER-02', {
    value: fullId(profile),
    note: t('没有由这份资料驱动的仪表', 'no instrument is driven by this profile'),
  })
}

class OpenMeter implements FieldMeter {
  readonly profileId: string
  identity: MeterIdentity | null = null
  readonly link: string
  private readonly mono: MonoClock
  private readonly host: Host
  private readonly jobs = new Map<number, Waiting>()
  /** Ids of measurements that wait until the instrument is ready. */
  private readonly early = new Set<number>()
  private up = false
  private lost: MeterFault = {
    code: 'METER-07',
    note: t('还没有应答过', 'it has not answered yet'),
  }
  private lastId = 0
  private heard: Uint8Array[] = []
  private receivedBytes = 0

  constructor(profile: Profile, link: string, ports: MeterPorts) {
    this.profileId = fullId(profile)
    this.link = link
    this.mono = ports.mono
    const opener: LinkOpener = {
      open: (url, handlers) =>
        ports.opener.open(url, {
          up: () => handlers.up(),
          bytes: (chunk) => {
            this.hear(chunk)
            handlers.bytes(chunk)
          },
          down: (reason) => handlers.down(reason),
        }),
    }
    this.host = hostOf(profile, link, { ...ports, opener }, (event) => this.take(event))
    this.host.open()
  }

  measure(): Promise<MeterLevel> {
    // An unsuitable instrument stays unsuitable on this link: reject at once.
    if (!this.up && this.lost.code !== 'METER-07') return Promise.reject(this.fault(this.lost))
    const { promise, resolve, reject } = Promise.withResolvers<MeterLevel>()
    const id = ++this.lastId
    const timer = this.limit(id, this.up ? measureMs : readyMs)
    this.jobs.set(id, { resolve, reject, timer })
    if (this.up) this.ask(id)
    else this.early.add(id)
    return promise
  }

  close(): void {
    this.host.close()
    for (const id of [...this.jobs.keys()])
      this.refuse(id, { code: 'METER-07', note: t('已经放开', 'it has already been released') })
  }

  private take(event: MeterEvent): void {
    if (event.type === 'meterUp') {
      this.identity = event.identity
      this.up = true
      const early = [...this.early]
      this.early.clear()
      for (const id of early) this.begin(id)
    } else if (event.type === 'meterDown') {
      this.up = false
      this.lost = event.fault
      // A lost link comes back; an unsuitable instrument stays unsuitable.
      if (event.fault.code !== 'METER-07')
        for (const id of [...this.early]) this.refuse(id, event.fault)
    } else if (event.type === 'measured') {
      const { levelDbm, overload } = event
      const raw = this.receivedBytes > rawBytesMax ? null : joined(this.heard)
      this.forget()
      this.end(event.id)?.resolve({ levelDbm, overload, raw })
    } else this.refuse(event.id, event.fault)
  }

  private hear(chunk: Uint8Array): void {
    this.receivedBytes += chunk.length
    if (this.receivedBytes <= rawBytesMax) this.heard.push(chunk.slice())
  }

  private forget(): void {
    this.heard = []
    this.receivedBytes = 0
  }

  /**
   * Bytes received before belong to no level; of several measurements in a row each gets the bytes since the one
   * before.
   */
  private ask(id: number): void {
    if (this.jobs.size <= 1) this.forget()
    this.host.command({ do: 'measure', id })
  }

  private limit(id: number, ms: number): Cancel {
    return this.mono.after(ms, () => this.refuse(id, this.lost))
  }

  private begin(id: number): void {
    const waiting = this.jobs.get(id)
    if (waiting === undefined) return
    waiting.timer()
    waiting.timer = this.limit(id, measureMs)
    this.ask(id)
  }

  private end(id: number): Waiting | undefined {
    const waiting = this.jobs.get(id)
    this.jobs.delete(id)
    this.early.delete(id)
    waiting?.timer()
    return waiting
  }

  private refuse(id: number, fault: MeterFault): void {
    this.end(id)?.reject(this.fault(fault))
  }

  private fault({ code, note }: MeterFault): LaneFault {
    return new LaneFault(code, { value: this.link, note })
  }
}

/** Opens the link at once and keeps it open; concurrent measurements are done one by one. */
export const fieldMeter = (profile: Profile, link: string, ports: MeterPorts): FieldMeter =>
  new OpenMeter(profile, link, ports)
