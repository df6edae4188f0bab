// One signed POST of a matter to an address of the operator (docs/centre.md). Redirects are not followed; of the answer the
// status counts, and what a message robot says in its body; its first bytes are kept for a person.
import { createHmac } from 'node:crypto'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP } from 'node:net'
import { refusalIn } from '#base/pure/data/posted-answer.ts'

const limitMs = 10_000
/** Kept for a person, and read. */
const shownCharsMax = 200
const answerCharsMax = 4_096

const privateNets = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNets.addSubnet(net, bits, 'ipv4')
privateNets.addAddress('::1', 'ipv6')
privateNets.addSubnet('fc00::', 7, 'ipv6')

/** HTTPS; HTTP to a private address alone, which is written as numbers, so that no name leads elsewhere. */
export function isWebhookAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  return (
    url.protocol === 'http:' &&
    family > 0 &&
    privateNets.check(host, family === 6 ? 'ipv6' : 'ipv4')
  )
}

/** Headers `Etc-Time` and `Etc-Signature`: hex HMAC-SHA256 of `TIME.BODY`. */
const signatureOf = (secret: string, time: string, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')

/** What was answered. Throws an Error for any status but 2xx, for a body that refuses, and for no answer within 10 s. */
export function postWebhook(
  url: string,
  secret: string,
  { body, atMs }: { readonly body: string; readonly atMs: number },
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const time = String(Math.floor(atMs / 1000))
  const request = (url.startsWith('https:') ? overHttps : overHttp)(url, {
    method: 'POST',
    agent: false,
    signal: AbortSignal.timeout(limitMs),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'etc-time': time,
      'etc-signature': signatureOf(secret, time, body),
    },
  })
  request.on('error', reject)
  request.on('response', (response) => {
    const { statusCode = 0 } = response
    let said = ''
    const done = (): void => {
      const answer = `HTTP ${statusCode} ${said.slice(0, shownCharsMax)}`.trim()
      const isOk = statusCode >= 200 && statusCode < 300
      if (isOk && refusalIn(said) === null) resolve(answer)
      else reject(new Error(answer))
      request.destroy()
    }
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      said += part
      if (said.length >= answerCharsMax) done()
    })
    response.on('end', done)
    response.on('error', reject)
  })
  request.end(body)
  return promise
}
