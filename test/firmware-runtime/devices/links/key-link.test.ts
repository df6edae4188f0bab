// The link to a keyboard-type scanner, with the real reader on a named pipe: kernel events arrive complete, a device that
// cannot be opened exclusively is refused, and no reader outlives its lane. The pipe stands in for the event device.
import { execFileSync, spawn } from 'node:child_process'
import { openSync, writeSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { grabRequest, openKeyLink } from '#devices/links/key-link.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const onLinux = it.skipIf(process.platform !== 'linux')
/** FIOCLEX succeeds on any file: a pipe has no exclusive grab to grant. */
const anyRequest = 0x5451

const dir = folderOfFile('key-link-')
let pipe: string
let writer: number
beforeAll(() => {
  pipe = join(dir, 'event0')
  if (process.platform !== 'linux') return
  execFileSync('mkfifo', [pipe])
  writer = openSync(pipe, 'r+')
})
afterAll(() => {
  if (process.platform === 'linux') closeSync(writer)
})

/** A kernel input_event: 16 bytes of time before type, code and value. */
const event = (type: number, code: number, value: number): Buffer => {
  const bytes = Buffer.alloc(24, 0xaa)
  bytes.writeUInt16LE(type, 16)
  bytes.writeUInt16LE(code, 18)
  bytes.writeInt32LE(value, 20)
  return bytes
}
const handlersOf = () => ({
  up: vi.fn(),
  bytes: vi.fn<(chunk: Uint8Array) => void>(),
  down: vi.fn(),
})
const all = (handlers: ReturnType<typeof handlersOf>): number[] =>
  handlers.bytes.mock.calls.flatMap(([chunk]) => [...chunk])

onLinux('tells type, code and value of each event, and ends once', async () => {
  const handlers = handlersOf()
  const link = openKeyLink(pipe, handlers, { request: anyRequest })
  await eventually(() => handlers.up).toHaveBeenCalledOnce()
  writeSync(writer, Buffer.concat([event(1, 2, 1), event(1, 2, 0), event(0, 0, 0)]))
  await eventually(() => link.bytesIn).toBe(24)
  expect(all(handlers)).toEqual([
    ...[1, 0, 2, 0, 1, 0, 0, 0],
    ...[1, 0, 2, 0, 0, 0, 0, 0],
    ...[0, 0, 0, 0, 0, 0, 0, 0],
  ])
  link.close()
  await eventually(() => handlers.down.mock.calls).toEqual([['closedHere']])
})

onLinux('what cannot be had alone is not read: others would type what it reads', async () => {
  const handlers = handlersOf()
  openKeyLink(pipe, handlers)
  await eventually(() => handlers.down).toHaveBeenCalledOnce()
  expect(handlers.down.mock.calls[0]?.[0]).toMatch(/it cannot be had alone: /)
  expect(handlers.up).not.toHaveBeenCalled()
})

onLinux('a device that is not there is a link that is down', async () => {
  const handlers = handlersOf()
  linkOpener().open('evdev:/dev/input/no-such-event', handlers)
  await eventually(() => handlers.down).toHaveBeenCalledOnce()
  expect(handlers.up).not.toHaveBeenCalled()
})

onLinux('its reader ends with its lane', async () => {
  const lane = `import { openKeyLink } from ${JSON.stringify(join(import.meta.dirname, '../../../../firmware-runtime/devices/links/key-link.ts'))}
openKeyLink(process.argv[1], { up: () => process.kill(process.pid, 'SIGKILL'), bytes() {}, down() {} }, { request: ${anyRequest} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', lane, pipe])
  await new Promise((done) => child.on('close', done))
  const readers = (): string => {
    try {
      return execFileSync('pgrep', ['-f', `${pipe} ${anyRequest}`], { encoding: 'utf8' })
    } catch {
      return ''
    }
  }
  await eventually(() => readers()).toBe('')
})

it('is of Linux alone, and asks for the device as the kernel names it', async () => {
  const handlers = handlersOf()
  openKeyLink(pipe, handlers, { platform: 'win32' })
  await eventually(() => handlers.down).toHaveBeenCalledOnce()
  // _IOW('E', 0x90, int): direction, size in bytes, letter, number.
  expect(grabRequest).toBe((1 << 30) | (4 << 16) | (0x45 << 8) | 0x90)
})
