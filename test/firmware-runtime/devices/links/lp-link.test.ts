// A USB printer by its device file: read and written without blocking, write-only where it cannot be read, and a Windows
// queue, where each opening is a document. A FIFO and a folder stand in for what the machine lacks.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLpLink } from '#devices/links/lp-link.ts'
import { Recorder } from './recorder.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-lp-')
const bytes = Uint8Array.of(0x10, 0x04, 0x01)

describe.runIf(process.platform === 'linux')('a device file', () => {
  it('carries bytes both ways without waiting for any', async () => {
    // Bytes written into a FIFO are read from it again, like a printer that echoes.
    const fifo = join(dir, 'lp0')
    execFileSync('mkfifo', [fifo])
    const seen = new Recorder()
    const link = openLpLink(fifo, seen, 'linux')
    await seen.until(() => seen.ups === 1)
    link.send(bytes)
    link.send(Uint8Array.of(0xff))
    await seen.until(() => seen.received.length === 4)
    expect(seen.received).toEqual([0x10, 0x04, 0x01, 0xff])
    expect([link.bytesIn, link.bytesOut]).toEqual([4, 4])
    link.close()
    await seen.until(() => seen.downs.length === 1)
    expect(seen.downs).toEqual(['closedHere'])
  })

  it('that is given more than it takes is told, and blocks nobody', async () => {
    const fifo = join(dir, 'lp1')
    execFileSync('mkfifo', [fifo])
    const seen = new Recorder()
    const link = openLpLink(fifo, seen, 'linux')
    await seen.until(() => seen.ups === 1)
    link.send(new Uint8Array(60_000))
    link.send(new Uint8Array(60_000))
    await seen.until(() => seen.downs.length === 1)
    expect(seen.downs).toEqual(['takesNoBytes'])
  })

  it('that is not there, or may not be opened, says why', async () => {
    const seen = new Recorder()
    openLpLink(join(dir, 'none'), seen, 'linux')
    await seen.until(() => seen.downs.length === 1)
    expect(seen.downs[0]).toContain('ENOENT')
  })
})

describe('a queue of Windows', () => {
  it('is one document an opening, and never read', async () => {
    const queue = join(dir, 'queue')
    writeFileSync(queue, 'what stood here')
    const seen = new Recorder()
    const link = openLpLink(queue, seen, 'win32')
    await seen.until(() => seen.ups === 1)
    link.send(bytes)
    link.send(Uint8Array.of(0x0a))
    await eventually(() => link.bytesOut).toBe(4)
    expect([...readFileSync(queue)]).toEqual([0x0a])
    expect(seen.received).toEqual([])
    link.close()
    await seen.until(() => seen.downs.length === 1)
  })

  it('that is not there is told with the first document', async () => {
    const seen = new Recorder()
    const link = openLpLink(join(dir, 'no', 'queue'), seen, 'win32')
    await seen.until(() => seen.ups === 1)
    link.send(bytes)
    await seen.until(() => seen.downs.length === 1)
    expect(seen.downs[0]).toContain('ENOENT')
  })
})
