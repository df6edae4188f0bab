// A bare echo over a pty: the cost of one round trip without the product.
// The same path as for a simulated RSU: serialport, pty, socat, a process behind it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { EchoLine } from './echo-child.ts'
import { linkOpener } from '#devices/links/link-opener.ts'

/** As long as a B4 of generic-bcc, the longest frame of its transaction. */
const echoBytes = new Uint8Array(101).fill(0x31)

export interface Echo {
  /** One round trip; its time in µs. */
  turn(): Promise<number>
  close(): Promise<void>
}

export const nowUs = (): number => Number(process.hrtime.bigint()) / 1_000

export async function openEcho(dir: string): Promise<Echo> {
  const path = join(dir, 'echo')
  const child = spawn(process.execPath, [join(import.meta.dirname, 'echo-child.ts'), path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = line.toString('utf8').trim() as EchoLine
  let receivedCount = 0
  let whole: () => void = () => undefined
  const up = Promise.withResolvers<void>()
  const link = linkOpener().open(url, {
    up: () => up.resolve(),
    bytes: (chunk) => {
      receivedCount += chunk.length
      if (receivedCount >= echoBytes.length) whole()
    },
    down: (reason) => up.reject(new Error(`the echo went down: ${reason}`)),
  })
  await up.promise
  return {
    async turn() {
      receivedCount = 0
      const back = new Promise<void>((resolve) => (whole = resolve))
      const startUs = nowUs()
      link.send(echoBytes)
      await back
      return nowUs() - startUs
    },
    async close() {
      const gone = once(child, 'exit')
      link.close()
      child.stdin.end()
      child.kill('SIGTERM')
      await gone
    },
  }
}
