// A Hikvision camera with subscriptions: ISAPI over HTTP with Digest, alerts in multipart/mixed.
// Paths and framing: lane-devices.md 1.1. An alert has the format of a push.
import { isoOf } from '#base/pure/values/instant.ts'
import { dateTimeOf } from '../spelled-time.ts'
import { anprXml } from '../push.ts'
import { multipartPart } from '../multipart.ts'
import { picturesOf, type Sighting } from '../sighting.ts'
import {
  HttpProtocol,
  httpState,
  isFlag,
  isText,
  isVersion,
  oneOfWords,
  setHttpKnobs,
} from './http-side.ts'
import type { HttpAccount, RouteAnswer } from './http-side.ts'
import type { WebRequest } from './web.ts'
import type { CameraProtocol, CameraProtocolPorts } from './protocol.ts'

interface HikvisionServedOptions extends HttpAccount {
  readonly macAddress: string
}

const text = new TextEncoder()
const beatMs = 10_000

/** Differences between firmware versions, and wrong settings. */
const standardKnobs = {
  /** Empty: the answer names no boundary, and `boundary` is used. */
  boundary: 'MIME_boundary',
  quoted: false,
  /** `none`: parts without Content-Length; `zero`: Content-Length is always 0. */
  lengths: 'right',
  textType: 'application/xml; charset="UTF-8"',
  /** Null: this model has no entrance parameters. */
  ctrlMod: '1' as string | null,
  opensByItself: false,
  /** The version that it tells; empty: it does not know the question. */
  firmware: 'V1.0.0',
}

const notSupport =
  '<ResponseStatus version="2.0"><statusCode>4</statusCode>' +
  '<subStatusCode>notSupport</subStatusCode></ResponseStatus>'

export class HikvisionServed extends HttpProtocol implements CameraProtocol {
  readonly #knobs = { ...standardKnobs }
  readonly #macAddress: string

  constructor(options: HikvisionServedOptions, outside: CameraProtocolPorts) {
    super(outside, options, 'IP Camera(C1234)')
    this.#macAddress = options.macAddress
  }

  protected override beat(): Uint8Array {
    return this.#part(this.#knobs.textType, text.encode(this.#idleXml()), '')
  }

  set(given: Readonly<Record<string, unknown>>): void {
    const fits = {
      boundary: (v: unknown) => isText(v) && /^[\w-]{0,60}$/.test(v),
      quoted: isFlag,
      lengths: oneOfWords('right', 'none', 'zero'),
      textType: isText,
      ctrlMod: (v: unknown) => v === null || isText(v),
      opensByItself: isFlag,
      firmware: isVersion,
    }
    setHttpKnobs(given, this.#knobs, fits, this.http.gate)
  }

  state(): Readonly<Record<string, unknown>> {
    return { ...this.#knobs, ...httpState(this.http) }
  }

  parts(sighting: Sighting, history: boolean): readonly Uint8Array[] {
    const said = anprXml({
      ...sighting,
      macAddress: this.#macAddress,
      dateTime: dateTimeOf(sighting),
      activePostCount: 1,
      history,
      colourInFront: true,
    })
    const gate = '<barrierGateCtrlType>'
    const xml = this.#knobs.opensByItself ? said.replace(`${gate}1`, `${gate}0`) : said
    const alert = this.#part(this.#knobs.textType, text.encode(xml), '')
    const pictures = picturesOf(sighting)
    if (pictures === null) return [alert]
    return [
      alert,
      this.#part('image/jpeg', pictures.plate, 'licensePlatePicture.jpg'),
      this.#part('image/jpeg', pictures.car, 'detectionPicture.jpg'),
    ]
  }

  #part(type: string, body: Uint8Array, name: string): Uint8Array {
    const { boundary, lengths } = this.#knobs
    const says = lengths === 'zero' ? 0 : body.length
    return multipartPart(
      boundary === '' ? 'boundary' : boundary,
      [
        `Content-Type: ${type}`,
        ...(lengths === 'none' ? [] : [`Content-Length: ${says}`]),
        ...(name === '' ? [] : [`Content-Disposition: form-data; filename="${name}"`]),
      ],
      body,
    )
  }

  #idleXml(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<macAddress>${this.#macAddress}</macAddress>
<dateTime>${isoOf(this.outside.deviceMs())}</dateTime>
<activePostCount>0</activePostCount>
<eventType>videoloss</eventType>
<eventState>inactive</eventState>
<eventDescription>videoloss alarm</eventDescription>
</EventNotificationAlert>
`
  }

  protected override route({ target }: WebRequest): RouteAnswer {
    const path = target.split('?', 1)[0] ?? ''
    const { boundary, quoted, ctrlMod, firmware } = this.#knobs
    if (path === '/ISAPI/Event/notification/alertStream') {
      const named = quoted ? `"${boundary}"` : boundary
      const stream = boundary === '' ? 'multipart/mixed' : `multipart/mixed; boundary=${named}`
      return { stream, beatMs }
    }
    if (path === '/ISAPI/ITC/Entrance/entranceParam' && ctrlMod !== null) {
      const body =
        '<?xml version="1.0" encoding="UTF-8"?><EntranceParamList version="2.0"><EntranceParam>' +
        `<laneNum>1</laneNum><ctrlMod>${ctrlMod}</ctrlMod></EntranceParam></EntranceParamList>`
      return { status: 200, type: 'application/xml', body }
    }
    if (path === '/ISAPI/System/deviceInfo' && firmware !== '') {
      const body =
        '<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0">' +
        `<serialNumber>SIM-${this.#macAddress}</serialNumber>` +
        `<firmwareVersion>${firmware}</firmwareVersion>` +
        '<firmwareReleasedDate>build 200101</firmwareReleasedDate></DeviceInfo>'
      return { status: 200, type: 'application/xml', body }
    }
    return { status: 404, type: 'application/xml', body: notSupport }
  }
}
