// The interface of a time source for a survey: the ports that it needs, and its report. NTP, chrony, GNSS receivers and
// the Date of an HTTP server report alike.
import type { ReceivedBytes } from '../pure/file/origin.ts'
import type { ClockBody } from '../pure/file/record.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { MonoClock, Random, WallClock } from '#base/ports/clocks.ts'
import type { Datagrams } from '#base/ports/datagrams.ts'
import type { HttpDates } from '#base/ports/http-dates.ts'
import type { PulseAt } from '#base/ports/pulse.ts'
import type { Tools } from '#base/ports/tools.ts'
import type { RunFault } from './pace.ts'

export interface ClockReading {
  readonly atMs: InstantMs
  readonly body: ClockBody
  /** The raw bytes of the source for this reading. */
  readonly heard: ReceivedBytes
}

type ClockWay = 'sntp' | 'chrony' | 'nmea' | 'gpsd' | 'httpDate' | 'onvif'

/** One source: its readings, refusals with reasons, and what is missing. */
export interface ClockSourceReport {
  readonly by: ClockWay
  readonly server: string
  readonly readings: readonly ClockReading[]
  readonly refused: Readonly<Record<string, number>>
  readonly details: Readonly<Record<string, number | string | null>>
  readonly fault: RunFault | null
}

export interface ClockPorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly clock: WallClock
  readonly random: Random
  readonly datagrams: Datagrams
  readonly tools: Tools
  /** The moment at which the Date of an HTTP server changes; throws when it sends none. */
  readonly dates: HttpDates
  readonly pulseAt: PulseAt
  /** Addresses of this computer: a server there is no witness of its clock. */
  readonly ownAddresses?: () => readonly string[]
}

/** Address of a time server as recorded with a reading, and whether it is one of this computer. */
export function serverAt(
  address: string,
  { ownAddresses }: Pick<ClockPorts, 'ownAddresses'>,
): Pick<ClockBody, 'serverAddress' | 'serverIsSelf'> {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const isSelf = isLoopback(plain) || ownAddresses?.().includes(plain) === true
  return isSelf ? { serverAddress: address, serverIsSelf: true } : { serverAddress: address }
}

/** Called for each reading at once, so that it can be made durable. */
export type OnClockReading = (reading: ClockReading) => void
