// Clocks in virtual time for tests: ours, off by any amount, against the models of GNSS receiver and time server.
// A run ends by itself; its progress events must match its report.
import { systemText } from '#base/pure/words/notes.ts'
import { expect } from 'vitest'
import { runClockTests } from '#survey/runs/clock-run.ts'
import {
  type ClockReading,
  type ClockSourceReport,
  type ClockPorts,
} from '#survey/runs/clock-source.ts'
import type { Pace } from '#survey/runs/pace.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import type { DateChange } from '#base/ports/http-dates.ts'
import type { Pulse } from '#base/ports/pulse.ts'
import type { ToolAnswer } from '#base/ports/tools.ts'
import { PositionModel } from '#simulators/position/model.ts'
import { NmeaModel } from '#simulators/time/nmea-model.ts'
import { SntpModel } from '#simulators/time/sntp-model.ts'

export const startMs = 1_795_138_214_400

interface Talker {
  onBytes(bytes: Uint8Array, atUs: number): readonly object[]
  advance(atUs: number): readonly object[]
}

/** A scene in which our clock is off by `ownOffsetMs` and all others are right. */
export class Scene {
  readonly time = new VirtualTime()
  readonly sntp = new SntpModel()
  readonly nmea = new NmeaModel({ seed: 3, startMs })
  readonly gpsd = new PositionModel({ seed: 3, startMs, reportMs: 1_000 })
  chrony: ToolAnswer = { kind: 'absent' }
  ownOffsetMs = 0
  /** Address to which the name of the time server leads, and the addresses of this computer. */
  serverAddress = '192.0.2.1'
  ownAddresses: readonly string[] = ['192.168.1.10']
  /** A camera that is half a second ahead, with its second located to within 60 ms. */
  date = (): Promise<DateChange> =>
    Promise.resolve({ atMs: this.ownMs(), secondMs: this.trueMs() + 500, errorMs: 60, said: 'Sat' })
  /** The edge of each true second as the system stamps it, 0.4 ms late; null without pulses. */
  pulse: ((name: string) => Pulse | null) | null = (name) => {
    const edgeMs = Math.floor(this.trueMs() / 1_000) * 1_000
    const atMs = edgeMs + this.ownOffsetMs + 0.4
    return { atMs, said: `${name} ${(atMs / 1_000).toFixed(9)}#1\n` }
  }
  opens = true
  readonly stop = new AbortController()
  private handlers: ByteLinkHandlers | null = null

  trueMs = (): number => startMs + this.time.nowUs / 1000
  ownMs = (): number => Math.floor(this.trueMs() + this.ownOffsetMs)

  private hear(talker: Talker, outputs: readonly object[]): void {
    for (const output of outputs)
      if ('bytes' in output) this.handlers?.bytes(output.bytes as Uint8Array)
    void talker
  }

  get parts(): ClockPorts {
    const { clock } = this.time
    return {
      mono: clock,
      clock: { nowMs: this.ownMs },
      random: { bytes: (count) => new Uint8Array(count).fill(7) },
      ownAddresses: () => this.ownAddresses,
      tools: { run: () => Promise.resolve(this.chrony) },
      dates: () => this.date(),
      pulseAt: (name) => this.pulse?.(name) ?? null,
      opener: {
        open: (url, handlers) => {
          const talker: Talker = url.startsWith('serial:') ? this.nmea : this.gpsd
          clock.after(1, () => {
            if (!this.opens) return handlers.down(systemText('no such port'))
            this.handlers = handlers
            handlers.up()
          })
          const tick = (): void => {
            this.hear(talker, talker.advance(this.time.nowUs))
            clock.after(10, tick)
          }
          tick()
          return {
            bytesIn: 0,
            bytesOut: 0,
            close: () => undefined,
            send: (bytes) => this.hear(talker, talker.onBytes(bytes, this.time.nowUs)),
          }
        },
      },
      datagrams: {
        ask: ({ bytesAt, isAnswer, waitMs }) => {
          const { promise, resolve } = Promise.withResolvers<
            | { bytes: Uint8Array; sentMs: number; receivedMs: number; address: string }
            | { failed: 'noAnswer'; note: string }
          >()
          const sentMs = this.ownMs()
          const reply = this.sntp.answer(bytesAt(sentMs), this.trueMs())
          if (reply === null || !isAnswer(reply.bytes))
            clock.after(waitMs, () => resolve({ failed: 'noAnswer', note: '' }))
          else
            clock.after(reply.afterMs, () =>
              resolve({
                bytes: reply.bytes,
                sentMs,
                receivedMs: sentMs + reply.afterMs,
                address: this.serverAddress,
              }),
            )
          return promise
        },
      },
    }
  }

  /** Advances virtual time until the run ends; its promises resolve between steps. */
  async run(
    what: { ntp?: boolean; gnss?: string; pps?: string; chrony?: boolean; of?: 'lane' },
    pace: Partial<Pace> = {},
  ): Promise<ClockSourceReport> {
    const clockReadings: ClockReading[] = []
    const tests = {
      ntp: what.ntp === true ? [{ host: 'time.example', port: 123 }] : [],
      gnss: what.gnss === undefined ? [] : [what.gnss],
      chrony: what.chrony ?? false,
      ...(what.pps === undefined ? {} : { pps: what.pps }),
      ...(what.of === undefined ? {} : { of: what.of }),
    }
    const usual = { count: 4, everyMs: 1_000, withinMs: 60_000, signal: this.stop.signal }
    let reports: readonly ClockSourceReport[] | null = null
    const running = runClockTests(this.parts, tests, { ...usual, ...pace }, (r) =>
      clockReadings.push(r),
    )
    const ended = running.then((all) => (reports = all))
    for (let i = 0; i < 200_000 && reports === null; i++) {
      this.time.runTo(this.time.nowUs + 10_000)
      for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    }
    const [report] = await ended
    if (report === undefined) throw new Error('no report')
    expect(clockReadings).toEqual(report.readings)
    return report
  }
}

/** The verdict with the lane's clock synchronised twice; camera, RSU and platform report no time. */
export const verdictOf = (id: 'D14' | 'D15', { readings }: ClockSourceReport): string => {
  const others = (['camera', 'rsu', 'platform'] as const).map((part): SurveyBody => ({
    kind: 'check',
    item: 'D15',
    part,
    answer: 'notApplicable',
    remark: 'it tells no time',
    photos: [],
  }))
  const bodies = readings.map(({ atMs, body }, i) => {
    const synced = i === 0 || i === 3 ? { syncedAtMs: atMs } : {}
    return { atMs, body: { ...body, of: 'lane' as const, ...synced } }
  })
  const records = [...others.map((body) => ({ atMs: startMs, body })), ...bodies].map(
    ({ atMs, body }, seq) => ({ id: String(seq), seq, atMs, by: 'test', body }),
  )
  return surveyItems.find((item) => item.id === id)?.judge(projectOf(records)).verdict ?? ''
}
