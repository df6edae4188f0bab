// A pseudo terminal as the wire of a simulated device, made by socat (Linux only).
// socat keeps the master side and speaks to us over pipes, so it ends by itself when we are killed.
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { diskFault } from '../../core/values/disk-fault.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { SimLink, SimLinkHandlers } from './link.ts'

type Socat = ChildProcessByStdio<Writable, Readable, Readable>

const queuedBytesMax = 1024 * 1024
const ptyClient = 1

/** Puts PATH in place in one step; an ordinary file that stands there is never replaced. */
function pointTo(path: string, device: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && !found.isSymbolicLink()) {
    throw new LaneFault('ARG-01', { field: '--listen', value: path, note: 'a file stands there' })
  }
  const fresh = `${path}.${process.pid}.new`
  try {
    symlinkSync(device, fresh)
    renameSync(fresh, path)
  } catch (error) {
    throw diskFault(error, { field: '--listen', value: `pty:${path}` }, 'LINK-01')
  }
}

/** Removes PATH unless a successor has already pointed it elsewhere. */
function takeAway(path: string, device: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() && readlinkSync(path) === device) rmSync(path, { force: true })
}

async function startSocat(): Promise<{ socat: Socat; device: string }> {
  // `-d -d` prints the name of the terminal; `-t 0`: end at once when our pipe closes.
  const socat = spawn('socat', ['-d', '-d', '-t', '0', 'PTY,raw,echo=0', 'STDIO'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  socat.once('error', (error) => {
    reject(new LaneFault('SYS-01', { note: error.message, todo: 'apt-get install socat' }))
  })
  socat.once('exit', (code) => {
    reject(new LaneFault('LINK-01', { note: `socat ended with ${code}: ${said.slice(0, 200)}` }))
  })
  socat.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 4096) said += chunk.toString('latin1')
    const device = /PTY is (\/dev\/\S+)\s/.exec(said)?.[1]
    if (device !== undefined) resolve(device)
  })
  // Writing to a socat that has just ended is what unplug does on purpose.
  socat.stdin.on('error', () => socat.stdin.destroy())
  return { socat, device: await promise }
}

export async function openPtyLink(path: string, handlers: SimLinkHandlers): Promise<SimLink> {
  let current: { socat: Socat; device: string } | null = null
  let closed = false
  let backTimer: NodeJS.Timeout | null = null
  let [bytesIn, bytesOut] = [0, 0]

  const open = async (): Promise<void> => {
    const pty = await startSocat()
    if (closed) {
      pty.socat.kill()
      return
    }
    current = pty
    pty.socat.stdout.on('data', (chunk: Buffer) => {
      bytesIn += chunk.length
      handlers.bytes(chunk, ptyClient)
    })
    pty.socat.once('exit', () => {
      takeAway(path, pty.device)
      handlers.down(ptyClient)
    })
    pointTo(path, pty.device)
    handlers.up(ptyClient)
  }
  const end = async (): Promise<void> => {
    const pty = current
    current = null
    if (!pty || pty.socat.exitCode !== null || pty.socat.signalCode !== null) return
    const exited = Promise.withResolvers<void>()
    pty.socat.once('exit', () => exited.resolve())
    pty.socat.kill()
    await exited.promise
  }
  await open().catch(async (error: unknown) => {
    await end()
    throw error
  })

  return {
    url: `serial:${path}`,
    send(bytes) {
      const pipe = current?.socat.stdin
      if (!pipe || pipe.destroyed || pipe.writableLength > queuedBytesMax) return
      bytesOut += bytes.length
      pipe.write(bytes)
    },
    // A terminal has no connection to end.
    hangUp: () => undefined,
    unplug(forMs) {
      end().catch(handlers.failed)
      if (backTimer) clearTimeout(backTimer)
      backTimer = setTimeout(() => {
        open().catch(handlers.failed)
      }, forMs)
    },
    async close() {
      closed = true
      if (backTimer) clearTimeout(backTimer)
      await end()
    },
    get bytesIn() {
      return bytesIn
    },
    get bytesOut() {
      return bytesOut
    },
  }
}
