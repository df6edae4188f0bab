// Sessions of barrier, display, loops and printer with their simulators, in virtual time, as captures that a running lane
// would save: what the driver received, sent and reported.
import type { DeviceTap } from '#devices/hosts/device-host.ts'
import { captureText } from '#devices/frame-log/capture.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import {
  barrierSource,
  contactsSource,
  displaySource,
  printerSource,
  type FrameSource,
} from '#devices/frame-log/frame-sources.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { standardContacts } from '#devices/pure/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsEffect,
  type ContactsState,
  type DetectorEvent,
} from '#devices/pure/detector/contacts/driver.ts'
import { standardDisplay } from '#devices/pure/display/olm/config.ts'
import type { PrinterCommand, PrinterEvent } from '#base/pure/data/paper.ts'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import {
  printerDriver,
  type PrinterEffect,
  type PrinterState,
} from '#devices/pure/printer/escpos/driver.ts'
import { ContactBoard, type BoardOutput } from '#simulators/detector/board.ts'
import { PrinterModel, type PrinterOutput } from '#simulators/printer/model.ts'
import { BoardBench, transports, type TransportName } from '../pure/barrier/modbus-relay/bench.ts'
import { DisplayBench } from '../pure/display/olm/bench.ts'
import { VirtualLink } from '../pure/contract/virtual-link.ts'

export interface DeviceSession {
  readonly ring: FrameRing
  readonly source: FrameSource
  readonly text: string
}

export const note = (what: string): string =>
  `Made by this repository's simulator of ${what}, opposite the product's driver, in virtual time. No device was there.`

class Tapped implements DeviceTap {
  private seenMs = 0
  readonly ring = new FrameRing(() => this.seenMs)

  took(...[event, monoUs]: Parameters<DeviceTap['took']>): void {
    this.seenMs = event.businessNowMs
    this.ring.took(event, monoUs)
  }
  sent(bytes: Uint8Array, monoUs: number): void {
    this.ring.sent(bytes, monoUs)
  }
  reported(type: string): void {
    this.ring.reported(type)
  }

  session(source: FrameSource, what: string): DeviceSession {
    const { ring } = this
    const start = { ...source.start(true), laneId: 'exit', note: note(what) }
    return { ring, source, text: captureText(start, ring.since(0).events, ring.reportedTypes) }
  }
}

/** Polls more slowly than a lane: the same session in a quarter of the lines. */
const slow = { pollMs: 200, staleMs: 500 }

/** One car with a pass and the boom cycle after it; `breaks`: the cable is unplugged on the way. */
export function barrierSession(transport: TransportName, breaks = false): DeviceSession {
  const tap = new Tapped()
  const over = { ...slow, openTravelMs: 2_000, closeTravelMs: 2_000 }
  const bench = new BoardBench(transport, over, 'standard', tap)
  bench.connect()
  bench.run(1_500)
  bench.passage('pass-1')
  if (breaks) {
    bench.disconnect()
    bench.run(500)
    bench.connect()
    bench.run(2_000)
  }
  return tap.session(
    barrierSource({ ...standardBarrier, ...over }, transports[transport]),
    `a relay board (${transports[transport].name})`,
  )
}

export function displaySession(): DeviceSession {
  const tap = new Tapped()
  const bench = new DisplayBench({}, { tap })
  bench.ready()
  bench.show(['测A12345', '停车 2 小时', '5.00 元', '请稍候'], '请稍候')
  bench.run(3_000)
  bench.show(['一路顺风'], '一路顺风')
  bench.run(8_000)
  return tap.session(displaySource(standardDisplay), 'an LED board with a voice')
}

export function sensorsSession(kind: TransportName): DeviceSession {
  const tap = new Tapped()
  const board = new ContactBoard({ seed: 3, transport: kind })
  const link = new VirtualLink<BoardOutput>(board, { serial: false })
  const times = { debounceOnMs: 80, debounceOffMs: 150, stuckMs: 600_000 }
  const contacts = [
    { name: 'loop 1', di: 2, activeHigh: true, ...times },
    { name: 'radar 2', di: 5, activeHigh: false, ...times },
  ]
  const config = { ...standardContacts, ...slow, unitId: 1, contacts }
  const driver = contactsDriver(config, transports[kind])
  link.host<ContactsState, never, DetectorEvent, ContactsEffect>(driver, () => undefined, tap)
  board.set({ 5: true })
  link.connect()
  link.run(1_000)
  board.set({ 2: true })
  link.run(1_200)
  board.set({ 2: false, 5: false })
  link.run(1_000)
  return tap.session(
    contactsSource(config, transports[kind]),
    `contacts on a board (${transports[kind].name})`,
  )
}

/** Prints a receipt and opens the drawer; then the cover is open and a second receipt fails. */
export function printerSession(): DeviceSession {
  const tap = new Tapped()
  const model = new PrinterModel({ seed: 5, dots: 576, knowsChinese: true, bytesPerSec: null })
  const link = new VirtualLink<PrinterOutput>(model, { serial: true })
  const command = link.host<PrinterState, PrinterCommand, PrinterEvent, PrinterEffect>(
    printerDriver(standardPrinter),
    () => undefined,
    tap,
  )
  const lines = [
    { kind: 'text', text: '停车收据', align: 'center', size: 'large' },
    { kind: 'rule' },
    { kind: 'pair', name: '金额', value: '¥ 5.00', isBig: true },
    { kind: 'qr', text: 'ETCR1.abc' },
  ] as const
  link.connect()
  link.run(1_000)
  command({ do: 'print', jobId: 1, lines })
  link.run(3_000)
  command({ do: 'openDrawer', pin: 'pin2' })
  model.isCoverOpen = true
  model.mended()
  link.run(12_000)
  command({ do: 'print', jobId: 2, lines })
  link.run(8_000)
  return tap.session(printerSource(standardPrinter), 'a receipt printer (ESC/POS)')
}
