// The ISAPI of a simulated camera with a gate, answered from its boom.
// It answers OK when it accepted a command, whether or not the boom moved.
import type { RouteAnswer } from '../../camera/served/http-side.ts'
import type { WebRequest } from '../../camera/served/web.ts'
import type { Drive } from '../boom.ts'

interface IsapiDevice {
  /** Called with an accepted command. */
  drive(action: Drive): void
  /** Inputs 1 to 4: limitOpen, limitClosed, loopUnder, loopArrive. */
  inputs(): readonly boolean[]
  /** 0: the camera's own list opens, 1: the platform only, 2: both; null: this model has no such setting. */
  ctrlMod(): string | null
}

const namespace = 'http://www.isapi.org/ver20/XMLSchema'
const xmlType = 'application/xml; charset="UTF-8"'

const xml = (status: number, body: string): RouteAnswer => ({
  status,
  type: xmlType,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
})

const statusXml = (http: number, code: number, words: string, sub: string): RouteAnswer =>
  xml(
    http,
    `<ResponseStatus version="2.0" xmlns="${namespace}"><statusCode>${code}</statusCode>` +
      `<statusString>${words}</statusString><subStatusCode>${sub}</subStatusCode></ResponseStatus>`,
  )

const notSupported = statusXml(404, 4, 'Invalid Operation', 'notSupport')

/** Kind of request by its path; also the place of faults. */
export function placeOf({ method, target }: WebRequest): 'check' | 'drive' | 'inputs' | 'other' {
  if (method === 'PUT') return 'drive'
  if (target.endsWith('/entranceParam')) return 'check'
  return target.includes('/IO/inputs/') ? 'inputs' : 'other'
}

/** A body without its namespace is answered with OK and has no effect, as seen on a real device. */
function gate(body: string, device: IsapiDevice): RouteAnswer {
  const mode = /<ctrlMode>(open|close)<\/ctrlMode>/.exec(body)?.[1]
  if (mode === undefined) return statusXml(400, 6, 'Invalid Content', 'badXmlContent')
  if (body.includes(`xmlns="${namespace}"`)) device.drive(mode === 'open' ? 'open' : 'close')
  return statusXml(200, 1, 'OK', 'ok')
}

export function isapiAnswer(
  { method, target, body }: WebRequest,
  device: IsapiDevice,
): RouteAnswer {
  const mode = device.ctrlMod()
  if (method === 'GET' && target === '/ISAPI/ITC/Entrance/entranceParam' && mode !== null)
    return xml(
      200,
      `<EntranceParamList xmlns="${namespace}"><EntranceParam><laneNum>1</laneNum>` +
        `<ctrlMod>${mode}</ctrlMod></EntranceParam></EntranceParamList>`,
    )
  const number = /^\/ISAPI\/System\/IO\/inputs\/(\d+)\/status$/.exec(target)?.[1]
  const level = number === undefined ? undefined : device.inputs()[Number(number) - 1]
  if (method === 'GET' && level !== undefined)
    return xml(
      200,
      `<IOPortStatus xmlns="${namespace}"><ioPortID>${number ?? ''}</ioPortID>` +
        `<ioPortType>input</ioPortType><ioState>${level ? 'active' : 'inactive'}</ioState>` +
        '</IOPortStatus>',
    )
  if (method === 'PUT' && target === '/ISAPI/Parking/channels/1/barrierGate')
    return gate(body, device)
  return notSupported
}
