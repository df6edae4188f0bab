// The path of the intake for a payment gateway: small bodies, answered with a status only.
// Signatures are judged by the taker; here only size, method and type are checked.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PayNotice } from '#base/crypto/notice.ts'

export const noticePath = '/pay/notify'
const noticeBytesMax = 4_096

/** True when the notice was taken; the sender is not told whether it had an effect. */
export type NoticeTaker = (notice: PayNotice) => boolean

export function takeNotice(
  request: IncomingMessage,
  response: ServerResponse,
  take: NoticeTaker,
): void {
  const end = (status: number): void => {
    if (response.headersSent) return
    response.writeHead(status, status === 204 ? {} : { connection: 'close', 'content-length': 0 })
    response.end()
  }
  if (request.method !== 'POST') {
    request.resume()
    return end(405)
  }
  const parts: Buffer[] = []
  let size = 0
  request.on('data', (part: Buffer) => {
    size += part.length
    if (size <= noticeBytesMax) parts.push(part)
    else end(413)
  })
  request.on('end', () => {
    if (size > noticeBytesMax) return
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    end(take({ headers, body: Buffer.concat(parts) }) ? 204 : 401)
  })
}
