// A camera for intake tests: builds multipart bodies by hand and sends them over a raw socket,
// so that the tests decide where the bytes are split and when the sender hangs up.
import { connect } from 'node:net'

export interface Part {
  readonly name: string | null
  readonly filename?: string
  readonly type: string
  readonly body: Uint8Array
  /** Sent as the Content-Length of the part, whatever its real length is. */
  readonly saysLength?: number
}

const utf8 = new TextEncoder()

export const jpegOf = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size).fill(0x55)
  bytes.set([0xff, 0xd8, 0xff, 0xe0])
  bytes.set([0xff, 0xd9], size - 2)
  return bytes
}

export const xmlPart = (xml: string): Part => ({
  name: 'anpr.xml',
  filename: 'anpr.xml',
  type: 'text/xml; charset="UTF-8"',
  body: utf8.encode(xml),
})

export const picturePart = (body: Uint8Array, name = 'licensePlatePicture.jpg'): Part => ({
  name,
  filename: name,
  type: 'image/pjpeg',
  body,
})

export function multipart(parts: readonly Part[], boundary = 'boundary'): Uint8Array {
  const pieces: Uint8Array[] = []
  for (const { name, filename, type, body, saysLength } of parts) {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const disposition =
      name === null ? '' : `Content-Disposition: form-data; name="${name}"${file}\r\n`
    const length = saysLength === undefined ? '' : `Content-Length: ${saysLength}\r\n`
    pieces.push(
      utf8.encode(`--${boundary}\r\n${disposition}Content-Type: ${type}\r\n${length}\r\n`),
    )
    pieces.push(body, utf8.encode('\r\n'))
  }
  pieces.push(utf8.encode(`--${boundary}--\r\n`))
  return new Uint8Array(Buffer.concat(pieces))
}

export interface PushOptions {
  readonly method?: string
  readonly type?: string
  /** Sends the body in pieces of this many bytes, one per event-loop turn. */
  readonly pieceBytes?: number
  /** Hangs up after this many bytes of the body. */
  readonly cutAt?: number
  readonly chunked?: boolean
  /** Header lines in place of `Host`, each with its line end. */
  readonly headers?: string
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Sends one push; returns the status line's number, or 0 when there was no answer. */
export async function push(
  url: string,
  body: Uint8Array,
  options: PushOptions = {},
): Promise<number> {
  const { host, hostname, port, pathname } = new URL(url)
  const { method = 'POST', type = 'multipart/form-data; boundary=boundary' } = options
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => undefined)
  const length = options.chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
  socket.write(
    `${method} ${pathname} HTTP/1.1\r\n${options.headers ?? `Host: ${host}\r\n`}Connection: close\r\n` +
      `Content-Type: ${type}\r\n${length}\r\n\r\n`,
  )
  const end = options.cutAt ?? body.length
  const step = options.pieceBytes ?? Math.max(1, end)
  for (let at = 0; at < end && !socket.destroyed; at += step) {
    const piece = body.subarray(at, Math.min(end, at + step))
    if (options.chunked) socket.write(`${piece.length.toString(16)}\r\n`)
    const room = socket.write(piece)
    if (options.chunked) socket.write('\r\n')
    if (!room) await Promise.race([closed, new Promise((go) => socket.once('drain', () => go(0)))])
    else if (step < body.length) await turn()
  }
  if (options.cutAt !== undefined) {
    socket.end()
    await turn()
    socket.destroy()
  } else if (options.chunked) {
    socket.write('0\r\n\r\n')
  }
  await closed
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? '0')
}
