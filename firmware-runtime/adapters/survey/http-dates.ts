// The clock of whatever speaks HTTP, by its Date: whole seconds, so it is asked ten times a second until one ends.
// Nothing is trusted but the time; a certificate that nobody signed tells it as well.
import { request as httpRequest, Agent } from 'node:http'
import { request as httpsRequest, Agent as TlsAgent } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { DateChange, HttpDates } from '../../ports/http-dates.ts'

const everyMs = 100
const answerWithinMs = 2_000
/** A second, and what a slow device takes. */
const asksMax = 30

interface Asked {
  readonly sentMs: number
  readonly receivedMs: number
  readonly secondMs: number
}

function ask(url: URL, agent: Agent | TlsAgent): Promise<Asked> {
  const { promise, resolve, reject } = Promise.withResolvers<Asked>()
  const sentMs = Date.now()
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  const asked = request(url, { method: 'HEAD', agent, timeout: answerWithinMs }, (answer) => {
    const receivedMs = Date.now()
    answer.resume()
    const secondMs = Date.parse(answer.headers.date ?? '')
    if (Number.isNaN(secondMs)) reject(new Error('its answer has no Date'))
    else resolve({ sentMs, receivedMs, secondMs })
  })
  asked.on('timeout', () => asked.destroy(new Error(`no answer in ${answerWithinMs} ms`)))
  asked.on('error', reject)
  asked.end()
  return promise
}

/** Between two asks a second began: in the middle of the two, as wrong as half of what lies between them. */
function changeOf(before: Asked, after: Asked): DateChange {
  const [from, to] = [before.sentMs, after.receivedMs]
  return { atMs: (from + to) / 2, secondMs: after.secondMs, errorMs: (to - from) / 2 }
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
