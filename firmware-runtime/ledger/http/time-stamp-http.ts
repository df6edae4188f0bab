// A query to a time-stamping service over HTTP (RFC 3161 section 3.4): one try, no redirects, a bounded answer.
// Throws EVIDENCE-07 when the service is not reached or does not answer in its protocol.
import { t, type Why } from '#base/pure/words/fault-text.ts'
import { request } from 'undici'
import { LaneFault } from '#base/pure/faults/faults.ts'

const timeoutMs = 15_000

/** Throws ARG-01 for text that is not an HTTP address. */
export function timeStampService(text: string): URL {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new LaneFault('ARG-01', {
      field: '--tsa',
      value: text,
      note: t('应为 HTTP 地址', 'an address of HTTP'),
    })
  return url
}

export async function askTimeStamp(
  service: URL,
  query: Uint8Array,
  bytesMax: number,
): Promise<Uint8Array> {
  const no = (note: Why): LaneFault => new LaneFault('EVIDENCE-07', { value: service.href, note })
  try {
    const { statusCode, body } = await request(service, {
      method: 'POST',
      headers: {
        'content-type': 'application/timestamp-query',
        accept: 'application/timestamp-reply',
      },
      body: query,
      signal: AbortSignal.timeout(timeoutMs),
    })
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of body as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > bytesMax) throw no(t(`超过 ${bytesMax} 字节`, `more than ${bytesMax} bytes`))
      parts.push(part)
    }
    if (statusCode !== 200) throw no(`HTTP ${statusCode}`)
    return new Uint8Array(Buffer.concat(parts))
  } catch (error) {
    throw error instanceof LaneFault ? error : no((error as Error).message)
  }
}
