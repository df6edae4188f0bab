// A Dahua camera with subscriptions: CGI over HTTP with Digest, flat keys and pictures in parts.
// Paths, keys and their variants: lane-devices.md 1.2.
import { isoOf } from '#base/pure/values/instant.ts'
import { dahuaDome } from '../dome-commands.ts'
import type { Dome } from '../dome.ts'
import { multipartPart } from '../multipart.ts'
import { picturesOf, type Sighting } from '../sighting.ts'
import { dahuaTimeOf } from '../spelled-time.ts'
import {
  HttpProtocol,
  httpState,
  isFlag,
  isVersion,
  oneOfWords,
  setHttpKnobs,
} from './http-side.ts'
import type { HttpAccount, RouteAnswer } from './http-side.ts'
import type { WebRequest } from './web.ts'
import type { CameraProtocol, CameraProtocolPorts } from './protocol.ts'

interface DahuaServedOptions extends HttpAccount {
  readonly serial: string
  readonly dome?: Dome
}

const text = new TextEncoder()
const boundary = 'myboundary'
const streamType = `multipart/x-mixed-replace; boundary=${boundary}`
const zoneMs = 8 * 3_600_000

const colourWords: Readonly<Record<string, string>> = {
  blue: 'Blue',
  yellow: 'Yellow',
  white: 'White',
  black: 'Black',
  green: 'Green',
  yellowGreen: 'YellowGreen',
}

/** What differs between firmware versions. */
const standardKnobs = {
  prefix: 'Events',
  codeAt: 'Code',
  lengths: 'right',
  lineEnd: 'crlf',
  /** False: only the subscription without pictures is supported. */
  snapManager: true,
  tellsTime: true,
  tellsSerial: true,
  /** The version that it tells; empty: it does not know the question. */
  firmware: '1.000.0000.0',
  /** Writes its local time as if it were UTC. */
  utcIsLocal: false,
  /** `zero` and `none` as on older firmware. */
  confidence: 'to100',
  /** Pictures of one pass, each with its own text. */
  group: 1,
  /** The first text of a group comes before the plate was read. */
  groupReadsLate: false,
}

export class DahuaServed extends HttpProtocol implements CameraProtocol {
  readonly #knobs = { ...standardKnobs }
  readonly #serial: string
  readonly #dome: Dome | null
  #pictures = true
  #lastGroup = 0

  constructor(options: DahuaServedOptions, outside: CameraProtocolPorts) {
    super(outside, options, 'Login to 5e100064')
    this.#serial = options.serial
    this.#dome = options.dome ?? null
  }

  protected override beat(): Uint8Array {
    return this.#textPart('Heartbeat')
  }

  override forget(): void {
    super.forget()
    this.#lastGroup = 0
  }

  set(given: Readonly<Record<string, unknown>>): void {
    const fits = {
      prefix: oneOfWords('Events', 'ReturnEvents'),
      codeAt: oneOfWords('Code', 'EventBaseInfo.Code'),
      lengths: oneOfWords('right', 'none'),
      lineEnd: oneOfWords('crlf', 'lf'),
      snapManager: isFlag,
      tellsTime: isFlag,
      tellsSerial: isFlag,
      firmware: isVersion,
      utcIsLocal: isFlag,
      confidence: oneOfWords('to100', 'to255', 'zero', 'none'),
      group: (v: unknown) => typeof v === 'number' && v >= 1 && v <= 5,
      groupReadsLate: isFlag,
    }
    setHttpKnobs(given, this.#knobs, fits, this.http.gate)
  }

  state(): Readonly<Record<string, unknown>> {
    return { serial: this.#serial, ...this.#knobs, ...httpState(this.http) }
  }

  protected override route(request: WebRequest): RouteAnswer {
    const { target } = request
    const turned = this.#dome === null ? null : dahuaDome(this.#dome, request, Date.now())
    if (turned !== null) return turned
    const url = new URL(target, 'http://camera.invalid')
    const plain = (body: string, status = 200): RouteAnswer => ({
      status,
      type: 'text/plain',
      body,
    })
    const action = url.searchParams.get('action')
    const beatMs = 1000 * Number(url.searchParams.get('heartbeat') ?? '30')
    const { snapManager, tellsTime, tellsSerial, firmware } = this.#knobs
    if (url.pathname === '/cgi-bin/magicBox.cgi' && action === 'getSerialNo' && tellsSerial)
      return plain(`sn=${this.#serial}\r\n`)
    if (
      url.pathname === '/cgi-bin/magicBox.cgi' &&
      action === 'getSoftwareVersion' &&
      firmware !== ''
    )
      return plain(`version=${firmware},build:2020-01-01\r\n`)
    if (url.pathname === '/cgi-bin/global.cgi' && action === 'getCurrentTime' && tellsTime) {
      const civil = isoOf(this.outside.deviceMs()).slice(0, 19).replace('T', ' ')
      return plain(`result = ${civil}\r\n`)
    }
    if (url.pathname === '/cgi-bin/snapManager.cgi' && action === 'attachFileProc' && snapManager) {
      this.#pictures = true
      return { stream: streamType, beatMs }
    }
    if (url.pathname === '/cgi-bin/eventManager.cgi' && action === 'attach') {
      this.#pictures = false
      return { stream: streamType, beatMs }
    }
    return plain('Error\r\nBad Request!\r\n', 400)
  }

  #part(type: string, body: Uint8Array): Uint8Array {
    const length = this.#knobs.lengths === 'none' ? [] : [`Content-Length: ${body.length}`]
    return multipartPart(boundary, [`Content-Type: ${type}`, ...length], body)
  }

  #textPart(lines: string): Uint8Array {
    const end = this.#knobs.lineEnd === 'crlf' ? '\r\n' : '\n'
    return this.#part('text/plain', text.encode(`${lines.replaceAll('\n', end)}${end}`))
  }

  #confidence(percent: number): number | null {
    const { confidence } = this.#knobs
    if (confidence === 'none') return null
    if (confidence === 'zero') return 0
    return confidence === 'to255' ? Math.round((percent * 255) / 100) : percent
  }

  /** Path to value, as in all subscriptions. */
  #fields(sighting: Sighting, group: number, index: number, late: boolean) {
    const { plate, colour, plateState, confidence, space } = sighting
    const shown = plateState === 'read' && !late ? (plate ?? '') : ''
    const sure = this.#confidence(confidence)
    return new Map<string, string | number>([
      [this.#knobs.codeAt, codeOf(sighting)],
      ['Lane', 1],
      ...(space === undefined ? [] : [['TrafficCar.CustomParkNo', space.id] as const]),
      ['GroupID', group],
      ['CountInGroup', this.#knobs.group],
      ['IndexInGroup', index],
      ['JunctionDirection', 'Obverse'],
      ['CommInfo.ParkType', 2],
      ['Object.ObjectType', 'Plate'],
      ['Object.Text', shown],
      ...(sure === null ? [] : [['Object.Confidence', sure] as const]),
      ['TrafficCar.PlateNumber', shown],
      ['TrafficCar.PlateColor', colourWords[colour] ?? 'Unknown'],
      ['TrafficCar.DrivingDirection[0]', 'Approach'],
      ...dahuaTimeOf(sighting, this.#knobs.utcIsLocal ? zoneMs : 0),
    ])
  }

  parts(sighting: Sighting): readonly Uint8Array[] {
    const group = ++this.#lastGroup
    const pictures = picturesOf(sighting)
    const { group: size, groupReadsLate, prefix } = this.#knobs
    const out: Uint8Array[] = []
    for (let index = 1; index <= size; index++) {
      const late = groupReadsLate && index < size
      const fields = this.#fields(sighting, group, index, late)
      if (!this.#pictures) {
        out.push(this.#textPart(managedText(codeOf(sighting), fields)))
        continue
      }
      const lines = [...fields].map(([path, value]) => `${prefix}[0].${path}=${value}`)
      out.push(this.#textPart(lines.join('\n')))
      if (pictures !== null) out.push(this.#part('image/jpeg', pictures.plate))
    }
    return out
  }
}

/** A car that passes, or that stands in a space or has left it. */
function codeOf({ space }: Sighting): string {
  if (space === undefined) return 'TrafficJunction'
  return space.occupied ? 'TrafficParkingSpaceParking' : 'TrafficParkingSpaceNoParking'
}

/** `Code=…;action=Start;index=0;data={…}` over several lines. */
function managedText(code: string, fields: ReadonlyMap<string, string | number>): string {
  const data: Record<string, unknown> = {}
  for (const [path, value] of fields) {
    const names = path.replace(/\[0\]$/, '').split('.')
    let at = data
    for (const name of names.slice(0, -1)) {
      const next = (at[name] ?? {}) as Record<string, unknown>
      at[name] = next
      at = next
    }
    at[names.at(-1) ?? ''] = path.endsWith('[0]') ? [value] : value
  }
  return `Code=${code};action=Start;index=0;data=${JSON.stringify(data, null, 2)}`
}
