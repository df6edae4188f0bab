// Barrier, display, loop board and camera with their frames in the runtime's answers: one car with its
// pass, its words, its way over a loop and its plate, with made-up times and by the product's own codecs.
import type { ConsoleRowView, DeviceFramesView } from '#devices/calls/console-views.ts'
import { FrameService } from '#devices/frame-log/frame-service.ts'
import { rowView } from '#devices/frame-log/row-view.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import {
  barrierSource,
  cameraSource,
  contactsSource,
  displaySource,
  type FrameSource,
} from '#devices/frame-log/frame-sources.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp, type RelayTransport } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { standardContact, standardContacts } from '#devices/pure/detector/contacts/config.ts'
import { parseCameraLink } from '#devices/pure/camera/camera-link.ts'
import { vzFrame } from '#devices/pure/camera/vz/framing.ts'
import { vzAnyMessage, vzHeartbeat, vzRequest } from '#devices/pure/camera/vz/messages.ts'
import { encodeData } from '#devices/pure/display/olm/codec.ts'
import { standardDisplay } from '#devices/pure/display/olm/config.ts'
import { frame } from '#devices/pure/display/olm/framing.ts'
import { showLine } from '#devices/pure/display/olm/frames/words.ts'
import { boardText } from '#devices/pure/display/olm/text.ts'

type Said = readonly ['in' | 'out', Uint8Array]
const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex')

/** Polls with these inputs, one after the other; a whole request is used unchanged. */
function polls(transport: RelayTransport, count: number, bits: readonly string[]): readonly Said[] {
  const ask = `020000${count.toString(16).padStart(4, '0')}`
  return bits.flatMap((one, i) => {
    const [request, answer] = one.length > 2 ? [one, one] : [ask, `0201${one}`]
    return [
      ['out', transport.frame(i + 1, 1, bytes(request))] as const,
      ['in', transport.frame(i + 1, 1, bytes(answer))] as const,
    ]
  })
}

const line = (row: number, text: string): Said => {
  const { length } = boardText(text).bytes
  const value = { line: row, mode: 0, colour: '00FF00', bytes: length, text }
  return ['out', frame(0, 0x62, encodeData(showLine, value))]
}
const done = (command: number): Said => ['in', frame(0, command, bytes('00'))]

interface BoardFrames {
  readonly view: DeviceFramesView
  readonly rows: readonly ConsoleRowView[]
}

function framesOf(
  device: LoggedDevice,
  link: string,
  source: FrameSource,
  said: readonly Said[],
): BoardFrames {
  const startMs = 1_795_132_800_000
  let nowMs = startMs
  const ring = new FrameRing(() => nowMs)
  ring.took({ type: 'linkUp', atMs: 0, businessNowMs: nowMs }, 0)
  said.forEach(([direction, data], i) => {
    const monoUs = 50_000 * Math.floor(i / 2) + (i % 2 === 0 ? 0 : 1_400)
    nowMs = startMs + Math.floor(monoUs / 1000)
    if (direction === 'out') ring.sent(data, monoUs)
    else ring.took({ type: 'bytes', bytes: data, atMs: 0, businessNowMs: nowMs }, monoUs)
  })
  const service = new FrameService({ laneId: 'exit', device, ring, decoder: source.decoder() })
  const { types, name } = source
  return {
    view: { laneId: 'exit', device, link, variant: name, types, safe: [] },
    rows: service.read(0, 1_000).rows.map(rowView),
  }
}

const passage = [
  ...['02', '02', '0A', '0A', '0502000005', '08', '08', '08', '09', '09', '0D', '05'],
  ...['05', '05', '01', '01', '0502010005', '00', '00', '02', '02'],
]
const contacts = [
  { ...standardContact, name: 'loop 1', di: 2, activeHigh: true },
  { ...standardContact, name: 'radar 2', di: 5, activeHigh: false },
]

const carSeen = Uint8Array.from([
  ...vzAnyMessage({
    cmd: 'ivs_result',
    PlateResult: { license: '测A12345', confidence: 93, colorType: 1 },
  }).subarray(8),
  ...new Uint8Array(2_000),
])

export const boardFrames: readonly BoardFrames[] = [
  framesOf(
    'barrier',
    'tcp://192.0.2.30:502',
    barrierSource(standardBarrier, modbusTcp),
    polls(modbusTcp, 4, passage),
  ),
  framesOf('display', 'serial:/dev/ttyS2', displaySource(standardDisplay), [
    ['out', frame(0, 0x0c, bytes('64'))],
    done(0x0c),
    line(0, '测A12345'),
    done(0x62),
    line(1, '5.00 元'),
    done(0x62),
  ]),
  framesOf(
    'sensors',
    'tcp://192.0.2.31:26?wire=rtu&di=2',
    contactsSource({ ...standardContacts, unitId: 1, contacts }, modbusRtu(5)),
    polls(modbusRtu(5), 6, ['20', '20', '24', '24', '24', '20', '00', '20']),
  ),
  framesOf(
    'camera',
    'vz://192.0.2.40:8131',
    present(cameraSource(parseCameraLink('vz://192.0.2.40')), 'it speaks on a link'),
    [
      ['out', vzRequest({ cmd: 'getsn', id: '1' })],
      ['in', vzAnyMessage({ cmd: 'getsn', id: '1', state_code: 200, value: '5e100000' })],
      ['out', vzHeartbeat],
      ['in', vzHeartbeat],
      ['in', vzFrame('data', carSeen)],
    ],
  ),
]
