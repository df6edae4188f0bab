// Readings of a mobile network as survey records: from a modem by AT commands, or from ModemManager. A cell of another
// operator, and a search, are no evidence; the reading is reported all the same.
import { joinedWhy } from '#base/pure/words/fault-text.ts'
import { isAnsweredStrange, noteWhy } from '#base/pure/words/notes.ts'
import type { SignalBody } from '../pure/file/record.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { AtConfig } from '#devices/pure/modem/at/asks.ts'
import type { Cell } from '#devices/pure/modem/at/cells.ts'
import {
  modemDriver,
  type ModemCommand,
  type ModemEffect,
  type ModemEvent,
  type ModemReading,
  type ModemState,
} from '#devices/pure/modem/at/driver.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import type { Pace, RunFault } from './pace.ts'

export interface SignalReading {
  readonly atMs: InstantMs
  /** State of the modem: NOCONN, CONNECT, LIMSRV, SEARCH, or ModemManager's word. */
  readonly state: string | null
  /** In this state it may use a cell of its operator. */
  readonly isServed: boolean
  readonly cell: Cell | null
  readonly rssiDbm: number | null
  readonly raw: string
  readonly refused: readonly { readonly ask: string; readonly text: string }[]
  /** Null: no evidence, and `fault` says why. */
  readonly body: SignalBody | null
}

export interface SignalReport {
  readonly by: 'at' | 'modem-manager'
  readonly readings: readonly SignalReading[]
  readonly fault: RunFault | null
}

export type OnSignalReading = (reading: SignalReading) => void

const rawCharsMax = 1_000

/** A body when the modem may use the cell and reports a figure of it. */
export function signalBody(cell: Cell | null, isServed: boolean, raw: string): SignalBody | null {
  if (cell === null || !isServed) return null
  const { technology, rsrpDbm, sinrDb } = cell
  if (rsrpDbm === null && sinrDb === null) return null
  return { kind: 'signal', technology, rsrpDbm, sinrDb, raw: raw.slice(0, rawCharsMax) }
}

const servedStates: readonly (string | null)[] = ['NOCONN', 'CONNECT', null]

function readingOf({ state, cell, rssiDbm, raw, refused }: ModemReading, atMs: InstantMs) {
  // Noise in a line is shown as "?" and does not invalidate the record.
  const text = raw.join('; ').replaceAll(/[^ -~]/g, '?')
  const isServed = servedStates.includes(state)
  const body = signalBody(cell, isServed, text)
  return {
    atMs,
    state,
    isServed,
    cell,
    rssiDbm: cell?.rssiDbm ?? rssiDbm,
    raw: text,
    refused,
    body,
  }
}

/** The survey record of a reading: no service is a (bad) reading as well; null: the modem did not answer. */
export function recordedSignal(reading: SignalReading): SignalBody | null {
  const { body, isServed, state, cell, raw } = reading
  if (body !== null || isServed) return body
  const technology = cell?.technology ?? state ?? '-'
  return { kind: 'signal', technology, rsrpDbm: null, sinrDb: null, raw: raw.slice(0, rawCharsMax) }
}

export function faultOf(reading: SignalReading | undefined): RunFault | null {
  if (reading === undefined || reading.body !== null) return null
  const onReading = joinedWhy(
    reading.refused.map(({ text }) => noteWhy(text)),
    ', ',
  )
  if (!reading.isServed) return { code: 'MODEM-02', note: reading.state ?? '' }
  return { code: 'MODEM-03', note: onReading }
}

interface SignalPorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly clock: WallClock
}

export async function readSignal(
  { opener, mono, clock }: SignalPorts,
  link: string,
  config: AtConfig,
  pace: Pace,
  onReading: OnSignalReading = () => undefined,
): Promise<SignalReport> {
  const readings: SignalReading[] = []
  const ended = Promise.withResolvers<undefined>()
  const end = (): void => ended.resolve(undefined)
  let reason = ''
  let wasUp = false
  const next = (): void => host.command({ do: 'read' })
  const host = new DeviceHost<ModemState, ModemCommand, ModemEvent, ModemEffect>({
    url: link,
    opener,
    mono,
    business: clock,
    driver: modemDriver(config),
    other: () => undefined,
    linkChanged: (isUp, why) => {
      if (isUp) wasUp = true
      else reason = why
    },
    emit(event) {
      if (event.type === 'modemDown') reason = event.reason
      if (event.type !== 'signal') return
      const reading = readingOf(event.reading, clock.nowMs())
      readings.push(reading)
      try {
        onReading(reading)
      } catch (error) {
        // A record that cannot be written ends the run.
        ended.reject(error)
        return
      }
      if (readings.length >= pace.count) end()
      else mono.after(pace.everyMs, next)
    },
  })
  const cancel = mono.after(pace.withinMs, end)
  pace.signal.addEventListener('abort', end)
  if (pace.signal.aborted) end()
  else {
    host.open()
    next()
  }
  try {
    await ended.promise
  } finally {
    cancel()
    pace.signal.removeEventListener('abort', end)
    host.close()
  }
  const unheard = isAnsweredStrange(reason) ? 'MODEM-05' : 'MODEM-01'
  const silent: RunFault = { code: wasUp ? unheard : 'LINK-01', note: noteWhy(reason) }
  const fault = readings.length === 0 ? silent : faultOf(readings.at(-1))
  return { by: 'at', readings, fault }
}
