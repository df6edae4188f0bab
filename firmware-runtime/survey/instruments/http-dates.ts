// Reads the clock of an HTTP server by its Date header, or of an ONVIF camera by its device service (ONVIF Core 8.3.4,
// without a user): whole seconds, so it is queried ten times a second until the second changes. Only the time is used;
// the certificate is not checked.
import { request as httpRequest, Agent } from 'node:http'
import { request as httpsRequest, Agent as TlsAgent } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { DateChange, HttpDates } from '#base/ports/http-dates.ts'

const everyMs = 100
const answerWithinMs = 2_000
/** Requests for one second, plus the delay of a slow device. */
const asksMax = 30

interface DateRequest {
  readonly sentMs: number
  readonly receivedMs: number
  readonly secondMs: number
  readonly said: string
}

const soap =
  '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">' +
  '<s:Body><GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>'
const soapRequest = {
  method: 'POST',
  headers: { 'content-type': 'application/soap+xml; charset=utf-8', 'content-length': soap.length },
} as const
/** A camera's answer is some 2 KiB. */
const soapBytesMax = 65_536

/** UTCDateTime of the answer, ms; NaN without one. */
export function onvifTimeMs(text: string): number {
  const [, utc = ''] = /<(?:\w+:)?UTCDateTime>([\s\S]*?)<\/(?:\w+:)?UTCDateTime>/.exec(text) ?? []
  const part = (name: string): number => {
    const [, digits = ''] = new RegExp(`<(?:\\w+:)?${name}>\\s*(\\d{1,4})\\s*<`).exec(utc) ?? []
    return digits === '' ? NaN : Number(digits)
  }
  const [year, month, day] = [part('Year'), part('Month'), part('Day')]
  return Date.UTC(year, month - 1, day, part('Hour'), part('Minute'), part('Second'))
}

const isOnvif = (url: URL): boolean => url.pathname.startsWith('/onvif/')

async function bodyOf(answer: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer) {
    bytes += part.length
    if (bytes > soapBytesMax) throw new Error('its answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function ask(url: URL, agent: Agent | TlsAgent): Promise<DateRequest> {
  const { promise, resolve, reject } = Promise.withResolvers<DateRequest>()
  const sentMs = Date.now()
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const soapWanted = isOnvif(url)
  const how = soapWanted ? soapRequest : { method: 'HEAD' }
  const dateRequest = request(url, { ...how, agent, timeout: answerWithinMs }, (answer) => {
    const receivedMs = Date.now()
    const onDate = (secondMs: number, said: string): void => {
      if (Number.isNaN(secondMs)) reject(new Error(soapWanted ? 'no UTCDateTime' : 'no Date'))
      else resolve({ sentMs, receivedMs, secondMs, said })
    }
    if (soapWanted) bodyOf(answer).then((text) => onDate(onvifTimeMs(text), text), reject)
    else {
      const { date = '' } = answer.headers
      answer.resume()
      onDate(Date.parse(date), date)
    }
  })
  dateRequest.on('timeout', () =>
    dateRequest.destroy(new Error(`no answer in ${answerWithinMs} ms`)),
  )
  dateRequest.on('error', reject)
  dateRequest.end(soapWanted ? soap : undefined)
  return promise
}

/** A second began between two requests: estimated at the middle, with half the interval as error. */
function changeOf(before: DateRequest, after: DateRequest): DateChange {
  const [from, to] = [before.sentMs, after.receivedMs]
  const { secondMs, said } = after
  return { atMs: (from + to) / 2, secondMs, errorMs: (to - from) / 2, said }
}

export const httpDates: HttpDates = async (url) => {
  const at = new URL(url)
  const agent =
    at.protocol === 'https:'
      ? new TlsAgent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
      : new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    let before = await ask(at, agent)
    for (let asks = 1; asks < asksMax; asks++) {
      await pause(everyMs)
      const after = await ask(at, agent)
      if (after.secondMs === before.secondMs + 1_000) return changeOf(before, after)
      before = after
    }
    throw new Error('its Date does not go on by seconds')
  } finally {
    agent.destroy()
  }
}
