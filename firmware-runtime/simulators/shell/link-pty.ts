// A pseudo terminal as the link of a simulated device, made by socat (Linux only).
// socat keeps the master side and is connected by pipes, so that it ends when this process is killed.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { SimLink, SimLinkHandlers } from './sim-link.ts'

type Socat = ChildProcessByStdio<Writable, Readable, Readable>

const queuedBytesMax = 1024 * 1024
const ptyClient = 1

function refuseFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && !found.isSymbolicLink()) {
    throw new LaneFault('ARG-01', { field: '--listen', value: path, note: 'a file stands there' })
  }
}

/** Points PATH to the terminal in one step; throws ARG-01 when PATH is an ordinary file. */
function pointTo(path: string, name: string): void {
  refuseFile(path)
  const fresh = `${path}.${process.pid}.new`
  try {
    symlinkSync(name, fresh)
    renameSync(fresh, path)
  } catch (error) {
    throw diskFault(error, { field: '--listen', value: `pty:${path}` }, 'LINK-01')
  }
}

/** Removes PATH unless a later link has already changed it. */
function takeAway(path: string, name: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() && readlinkSync(path) === name) rmSync(path, { force: true })
}

/** Escapes characters with a meaning in socat's syntax. */
const escaped = (text: string): string => text.replaceAll(/[\\,:!"'()[\]{}]/g, '\\$&')

/**
 * Makes a terminal under `name`. socat removes the name when it ends: the kernel reuses the number of a closed
 * terminal, and a remaining name would lead to a foreign one.
 */
async function startSocat(name: string): Promise<Socat> {
  // `-d -d` reports when it listens; `-t 0`: end at once when the pipe closes.
  const pty = `PTY,raw,echo=0,link=${escaped(name)}`
  const socat = spawn('socat', ['-d', '-d', '-t', '0', pty, 'STDIO'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  let said = ''
  socat.once('error', (error) => {
    reject(new LaneFault('SYS-01', { note: error.message, todo: 'apt-get install socat' }))
  })
  socat.once('exit', (code) => {
    reject(new LaneFault('LINK-01', { note: `socat ended with ${code}: ${said.slice(0, 200)}` }))
  })
  socat.stderr.on('data', (chunk: Buffer) => {
    if (said.length < 4096) said += chunk.toString('latin1')
    if (said.includes('starting data transfer loop')) resolve(undefined)
  })
  // Writing to a socat that has just ended is expected after `unplug`.
  socat.stdin.on('error', () => socat.stdin.destroy())
  await promise
  return socat
}

export async function openPtyLink(path: string, handlers: SimLinkHandlers): Promise<SimLink> {
  refuseFile(path)
  let current: Socat | null = null
  let opened = 0
  let closed = false
  let backTimer: NodeJS.Timeout | null = null
  let [bytesIn, bytesOut] = [0, 0]

  const open = async (): Promise<void> => {
    // A new name each time, so that the end of an older socat does not remove a newer one's.
    const name = `${path}.${process.pid}.${++opened}`
    const socat = await startSocat(name)
    if (closed) {
      socat.kill()
      return
    }
    current = socat
    socat.stdout.on('data', (chunk: Buffer) => {
      bytesIn += chunk.length
      handlers.bytes(chunk, ptyClient)
    })
    socat.once('exit', () => {
      takeAway(path, name)
      handlers.down(ptyClient)
    })
    pointTo(path, name)
    handlers.up(ptyClient)
  }
  const end = async (): Promise<void> => {
    const socat = current
    current = null
    if (!socat || socat.exitCode !== null || socat.signalCode !== null) return
    const exited = Promise.withResolvers<void>()
    socat.once('exit', () => exited.resolve())
    socat.kill()
    await exited.promise
  }
  await open().catch(async (error: unknown) => {
    await end()
    throw error
  })

  return {
    url: `serial:${path}`,
    send(bytes) {
      const pipe = current?.stdin
      if (!pipe || pipe.destroyed || pipe.writableLength > queuedBytesMax) return
      bytesOut += bytes.length
      pipe.write(bytes)
    },
    // A terminal has no connection to close.
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
