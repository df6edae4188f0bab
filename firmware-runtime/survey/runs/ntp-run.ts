// SNTP readings: four requests each, the fastest answer counts, half of its delay is the error. A server that denies
// requests gets no more; one that asks for fewer gets half as many.
import { t } from '#base/pure/words/fault-text.ts'
import type { ClockBody } from '../pure/file/record.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import {
  bestOf,
  errorMsOf,
  judgeAnswer,
  type SntpSample,
} from '#devices/pure/time/sntp/exchange.ts'
import { readPacket, requestAt, type SntpRequest } from '#devices/pure/time/sntp/packet.ts'
import { serverAt } from './clock-source.ts'
import type { ClockReading, ClockSourceReport, OnClockReading, ClockPorts } from './clock-source.ts'
import { nowMsOf, pause, type Pace, type RunFault } from './pace.ts'

export interface NtpServer {
  readonly host: string
  readonly port: number
}

export const ntpPort = 123
/** `limits` of device-profiles/time-server/generic/sntp.json. */
const queriesMax = 4
const answerTimeoutMs = 2_000
/** Between two requests of one reading, ms. */
const gapMs = 200

type Ports = Pick<ClockPorts, 'datagrams' | 'mono' | 'clock' | 'random' | 'ownAddresses'>

/** With its packet and the address that sent it. */
type ReceivedSample = SntpSample & { readonly raw: Uint8Array; readonly address: string }

interface Round {
  readonly samples: ReceivedSample[]
  readonly kiss: { readonly code: string; readonly isFinal: boolean } | null
  readonly fault: RunFault | null
}

async function askOnce(ports: Ports, server: NtpServer) {
  let request: SntpRequest | null = null
  const answer = await ports.datagrams.ask({
    ...server,
    waitMs: answerTimeoutMs,
    bytesAt(sentMs) {
      request = requestAt(sentMs, ports.random.bytes(2))
      return request.bytes
    },
    // A packet that does not repeat our request is foreign or late: the right one may still come.
    isAnswer: (bytes) => readPacket(bytes)?.originate === request?.originate,
  })
  if ('failed' in answer) return { kind: 'silent', note: answer.note } as const
  const { originate = '' } = (request as SntpRequest | null) ?? {}
  const { sentMs, receivedMs, address } = answer
  const judged = judgeAnswer(readPacket(answer.bytes), { originate, sentMs, receivedMs })
  return judged.kind === 'sample'
    ? ({ kind: 'sample', sample: { ...judged.sample, raw: answer.bytes, address } } as const)
    : judged
}

async function readRound(
  ports: Ports,
  server: NtpServer,
  signal: AbortSignal,
  refused: Record<string, number>,
): Promise<Round> {
  const samples: ReceivedSample[] = []
  let fault: RunFault | null = null
  for (let turn = 0; turn < queriesMax && !signal.aborted; turn++) {
    if (turn > 0) await pause(ports.mono, gapMs, signal)
    const judged = await askOnce(ports, server)
    if (judged.kind === 'sample') {
      samples.push(judged.sample)
      continue
    }
    const why = judged.kind === 'silent' ? 'noAnswer' : judged.kind === 'kiss' ? 'kiss' : judged.why
    refused[why] = (refused[why] ?? 0) + 1
    if (judged.kind === 'kiss')
      return { samples, kiss: judged, fault: { code: 'CLOCK-03', note: judged.code } }
    fault = { code: judged.kind === 'silent' ? 'CLOCK-01' : 'CLOCK-02', note: why }
  }
  return { samples, kiss: null, fault }
}

/** Microseconds are noise; a record keeps tenths of a millisecond. */
const tenth = (ms: number): number => Math.round(ms * 10) / 10

export async function readNtp(
  ports: Ports,
  server: NtpServer,
  pace: Pace,
  onReading: OnClockReading,
): Promise<ClockSourceReport> {
  const { mono, clock } = ports
  const name = `${server.host}:${server.port}`
  const readings: ClockReading[] = []
  const refused: Record<string, number> = {}
  const details: Record<string, number | string | null> = {}
  const startMs = nowMsOf(mono)
  let { everyMs } = pace
  let fault: RunFault | null = null
  for (let turn = 0; turn < pace.count && !pace.signal.aborted; turn++) {
    if (nowMsOf(mono) - startMs >= pace.withinMs) break
    const round = await readRound(ports, server, pace.signal, refused)
    const found = round.kiss === null ? bestOf(round.samples) : null
    const isOfToday = found === null || Math.abs(found.offsetMs) <= dayMs
    const best = isOfToday ? found : null
    fault = best === null ? round.fault : null
    if (!isOfToday)
      fault = {
        code: 'CLOCK-02',
        note: t('日期相差一天以上', 'the date differs by more than a day'),
      }
    if (best !== null) {
      const { stratum, delayMs, referenceId, rootDistanceMs } = best
      Object.assign(details, { stratum, referenceId, delayMs: tenth(delayMs) })
      details['rootDistanceMs'] = tenth(rootDistanceMs)
      const body: ClockBody = {
        kind: 'clock',
        source: 'ntp',
        server: name,
        constellation: null,
        offsetMs: tenth(best.offsetMs),
        errorMs: errorMsOf(best),
        ...serverAt(best.address, ports),
      }
      const heard = { link: `udp://${name}`, raw: best.raw }
      const reading = { atMs: clock.nowMs(), body, heard }
      readings.push(reading)
      onReading(reading)
    }
    if (round.kiss?.isFinal === true) break
    if (round.kiss !== null) everyMs = Math.max(everyMs, gapMs) * 2
    if (turn + 1 < pace.count) await pause(mono, everyMs, pace.signal)
  }
  return { by: 'sntp', server: name, readings, refused, details, fault }
}
