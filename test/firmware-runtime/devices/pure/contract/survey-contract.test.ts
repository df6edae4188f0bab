// The drivers of a survey fulfil the contract of all drivers: a GNSS receiver and a modem, each on a serial line against
// the model of its simulator. One piece of work is a new number of satellites reported, or one reading.
import { standardModem } from '#devices/pure/modem/at/asks.ts'
import {
  modemDriver,
  type ModemCommand,
  type ModemEffect,
  type ModemEvent,
  type ModemState,
} from '#devices/pure/modem/at/driver.ts'
import {
  nmeaSilentMs,
  startNmea,
  stepNmea,
  type NmeaEffect,
  type NmeaEvent,
  type NmeaState,
} from '#devices/pure/time/nmea/driver.ts'
import { ModemModel, type ModemOutput } from '#simulators/modem/model.ts'
import { NmeaModel, type NmeaOutput } from '#simulators/time/nmea-model.ts'
import { driverContract } from './driver-contract.ts'
import { LinkBench } from './link-bench.ts'

class NmeaBench extends LinkBench<NmeaOutput, NmeaModel> {
  private wanted = 0
  private readonly told = new Set<number>()

  constructor() {
    super(new NmeaModel({ seed: 11, startMs: 1_795_156_200_000 }), { serial: true })
    this.link.host<NmeaState, never, NmeaEvent, NmeaEffect>(
      { initial: startNmea, step: stepNmea },
      (event) => {
        if (event.type === 'nmeaUp') this.up = true
        if (event.type === 'nmeaDown') this.up = false
        if (event.type === 'time' && event.satellites !== null) this.told.add(event.satellites)
      },
    )
  }

  work(): void {
    this.model.knobs.satellites = 20 + ++this.wanted
  }
  done(): number {
    return [...this.told].filter((count) => count > 20 && count <= 20 + this.wanted).length
  }
  override skewClock(ms: number): void {
    const { offsetMs } = this.model.knobs
    this.link.put(this.model.set({ offsetMs: offsetMs + ms }, this.link.time.nowUs))
  }
}

class ModemBench extends LinkBench<ModemOutput, ModemModel> {
  private readonly command: (command: ModemCommand) => void
  private readings = 0

  constructor(urcs: boolean, echo: boolean) {
    super(new ModemModel({ seed: 11, timing: 'standard' }), { serial: true })
    this.model.set({ urcs, echo })
    this.command = this.link.host<ModemState, ModemCommand, ModemEvent, ModemEffect>(
      modemDriver({ ...standardModem, dialect: 'at-qeng' }),
      (event) => {
        if (event.type === 'modemUp') this.up = true
        if (event.type === 'modemDown') this.up = false
        if (event.type === 'signal' && event.reading.cell?.rsrpDbm === -85) this.readings++
      },
    )
  }

  work(): void {
    this.command({ do: 'read' })
  }
  done(): number {
    return this.readings
  }
}

driverContract({
  name: 'receiver NMEA 0183 over serial',
  // A burst a second, and one more where a broken sentence spoilt it.
  workMs: 3_000,
  lossMs: nmeaSilentMs + 1_000,
  upMs: 8_000,
  make: () => new NmeaBench(),
})

describeModem('modem AT over serial', false, true)
describeModem('modem AT over serial, without echo, with lines that nobody asked for', true, false)

function describeModem(name: string, urcs: boolean, echo: boolean): void {
  driverContract({
    name,
    // Two queries, a pause after each, and one answer that is waited for again.
    workMs: 5_000,
    // The query whether it is there, and two queries without an answer.
    lossMs: 3_000 + 2 * standardModem.answerTimeoutMs + 1_000,
    upMs: 12_000,
    make: () => new ModemBench(urcs, echo),
  })
}
