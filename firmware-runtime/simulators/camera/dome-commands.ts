// The HTTP commands of a simulated camera that turns, as each maker has them: turn to a preset, say where it points.
// Null: the request is about something else.
import type { Dome } from './dome.ts'
import type { RouteAnswer } from './served/http-side.ts'
import type { WebRequest } from './served/web.ts'

type Answers = (
  dome: Dome,
  request: Pick<WebRequest, 'method' | 'target'>,
  nowMs: number,
) => RouteAnswer | null

const xml = (status: number, body: string): RouteAnswer => ({
  status,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
})

const responseStatus = (code: number, text: string): string =>
  '<ResponseStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">' +
  `<statusCode>${code}</statusCode><statusString>${text}</statusString></ResponseStatus>`

export const hikvisionDome: Answers = (dome, { method, target }, nowMs) => {
  const m = /^\/ISAPI\/PTZCtrl\/channels\/1\/(status|presets\/(\d+)\/goto)$/.exec(target)
  if (m === null) return null
  if (dome.fault === 'silent') return 'silent'
  if (m[1] === 'status') {
    const { panDeg, tiltDeg, zoom } = dome.aim(nowMs)
    const tenths = (value: number): string => String(Math.round(value * 10))
    return xml(
      200,
      '<PTZStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><AbsoluteHigh>' +
        `<elevation>${tenths(tiltDeg)}</elevation><azimuth>${tenths(panDeg)}</azimuth>` +
        `<absoluteZoom>${tenths(zoom)}</absoluteZoom></AbsoluteHigh></PTZStatus>`,
    )
  }
  if (method !== 'PUT') return xml(405, responseStatus(4, 'methodNotAllowed'))
  return dome.goto(Number(m[2]), nowMs)
    ? xml(200, responseStatus(1, 'OK'))
    : xml(403, responseStatus(4, 'notSupport'))
}

export const dahuaDome: Answers = (dome, { target }, nowMs) => {
  const url = new URL(target, 'http://camera.invalid')
  if (url.pathname !== '/cgi-bin/ptz.cgi') return null
  if (dome.fault === 'silent') return 'silent'
  const get = (name: string): string => url.searchParams.get(name) ?? ''
  const plain = (status: number, body: string): RouteAnswer => ({
    status,
    type: 'text/plain',
    body,
  })
  if (get('action') === 'getStatus') {
    const { panDeg, tiltDeg, zoom } = dome.aim(nowMs)
    const lines = [
      `status.MoveStatus=${dome.isMoving(nowMs) ? 'Moving' : 'Idle'}`,
      ...[panDeg, tiltDeg, zoom].map((value, i) => `status.Postion[${i}]=${value.toFixed(6)}`),
      'status.UTC=0',
    ]
    return plain(200, `${lines.join('\r\n')}\r\n`)
  }
  const isTurn = get('action') === 'start' && get('code') === 'GotoPreset'
  if (!isTurn || !dome.goto(Number(get('arg2')), nowMs))
    return plain(400, 'Error\r\nBad Request!\r\n')
  return plain(200, 'OK\r\n')
}
