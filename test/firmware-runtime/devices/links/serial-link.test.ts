// Serial links over a real pty pair, and over a stand-in without the native module.
// Never skipped: without socat the pty tests fail and name what to install.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkOpener } from '#devices/links/link-opener.ts'
import type { SerialPortLike } from '#devices/links/serial-link.ts'
import { Recorder } from './recorder.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a serial link over a pty', () => {
  let folder: string
  let pair: ChildProcess

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'serial-link-'))
    const end = (name: string): string => `pty,raw,echo=0,link=${join(folder, name)}`
    pair = spawn('socat', ['-d', '-d', end('a'), end('b')], { stdio: ['ignore', 'ignore', 'pipe'] })
    await new Promise<void>((resolve, reject) => {
      pair.on('error', () => reject(new Error('socat is needed: apt-get install socat')))
      pair.stderr?.on('data', (text: Buffer) => {
        if (text.toString().includes('starting data transfer loop')) resolve()
      })
    })
  })

  afterEach(async () => {
    const gone = new Promise((resolve) => pair.on('exit', resolve))
    if (pair.exitCode === null && pair.kill('SIGTERM')) await gone
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (name: string) => {
    const told = new Recorder()
    const link = linkOpener().open(`serial:${join(folder, name)}?baud=115200`, told)
    return { told, link }
  }

  it('carries bytes both ways, closes, and opens again', async () => {
    const a = open('a')
    const b = open('b')
    await a.told.until(() => a.told.ups === 1)
    await b.told.until(() => b.told.ups === 1)
    const all = Array.from({ length: 256 }, (_, i) => i)
    a.link.send(Uint8Array.from(all))
    await b.told.until(() => b.told.received.length === 256)
    expect(b.told.received).toEqual(all)
    b.link.send(Uint8Array.of(0x11, 0x13, 0x0a, 0x0d))
    await a.told.until(() => a.told.received.length === 4)
    expect(a.told.received).toEqual([0x11, 0x13, 0x0a, 0x0d])
    expect([a.link.bytesIn, a.link.bytesOut]).toEqual([4, 256])
    a.link.close()
    await a.told.until(() => a.told.downs.length > 0)
    await turn()
    expect(a.told.downs).toEqual(['closedHere'])
    const again = open('a')
    await again.told.until(() => again.told.ups === 1)
    again.link.send(Uint8Array.of(7))
    await b.told.until(() => b.told.received.length === 257)
    again.link.close()
    b.link.close()
    await again.told.until(() => again.told.downs.length > 0)
    await b.told.until(() => b.told.downs.length > 0)
  })

  it('tells once when the device goes away', async () => {
    const a = open('a')
    await a.told.until(() => a.told.ups === 1)
    pair.kill('SIGTERM')
    await a.told.until(() => a.told.downs.length > 0)
    await turn()
    expect(a.told.downs).toHaveLength(1)
    expect(existsSync(join(folder, 'a'))).toBe(false)
  })

  it('tells when there is no such port', async () => {
    const none = open('nothing')
    await none.told.until(() => none.told.downs.length > 0)
    expect(none.told.ups).toBe(0)
    expect(none.told.downs[0]).toMatch(/No such file/)
  })
})

describe('a serial link without a port behind it', () => {
  it('a missing native module is this link alone being down', async () => {
    const recorder = new Recorder()
    const makeSerialPort = () => Promise.reject(new Error('no native build was found'))
    linkOpener({ makeSerialPort }).open('serial:/dev/ttyS0', recorder)
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.downs).toEqual(['noSerialPorts no native build was found'])
  })

  /** A port that may open, and never accepts a byte. */
  const stuckPort = (
    opens: boolean,
    closed: (done: (error: Error | null) => void) => void = (done) => done(null),
  ): SerialPortLike => {
    let writableLength = 0
    return {
      on: () => undefined,
      open: (done) => setImmediate(() => done(opens ? null : new Error('port is locked'))),
      close: (done) => closed(done),
      write: (bytes) => (writableLength += bytes.length) < 1,
      get writableLength() {
        return writableLength
      },
      isOpen: opens,
    }
  }

  it('a locked port is told', async () => {
    const recorder = new Recorder()
    const makeSerialPort = () => Promise.resolve(stuckPort(false))
    linkOpener({ makeSerialPort }).open('serial:/dev/ttyS0', recorder)
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.downs).toEqual(['port is locked'])
  })

  it('a port that takes no bytes is given up', async () => {
    const recorder = new Recorder()
    let closes = 0
    const makeSerialPort = () =>
      Promise.resolve(
        stuckPort(true, (done) => {
          closes++
          done(null)
        }),
      )
    const link = linkOpener({ makeSerialPort }).open('serial:/dev/ttyS0', recorder)
    await recorder.until(() => recorder.ups === 1)
    for (let i = 0; i < 200; i++) link.send(new Uint8Array(1_000))
    await recorder.until(() => recorder.downs.length > 0)
    expect(recorder.downs).toEqual(['takesNoBytes'])
    expect(link.bytesOut).toBeLessThanOrEqual(65_536)
    expect(closes).toBe(1)
  })

  it('is down when its port is free, and the next one on that path opens no sooner', async () => {
    const frees: (() => void)[] = []
    let opens = 0
    const makeSerialPort = () => {
      const port = stuckPort(true, (done) => frees.push(() => done(null)))
      return Promise.resolve({
        ...port,
        open: (done: (error: Error | null) => void) => (opens++, port.open(done)),
      })
    }
    const opener = linkOpener({ makeSerialPort })
    const [first, second] = [new Recorder(), new Recorder()]
    const link = opener.open('serial:/dev/ttyS7', first)
    await first.until(() => first.ups === 1)
    link.close()
    opener.open('serial:/dev/ttyS7', second)
    const other = new Recorder()
    opener.open('serial:/dev/ttyS8', other)
    await other.until(() => other.ups === 1)
    expect([first.downs, second.ups, opens, frees.length]).toEqual([[], 0, 2, 1])
    frees[0]?.()
    await second.until(() => second.ups === 1)
    expect([first.downs, opens]).toEqual([['closedHere'], 3])
  })

  it('closed while its module is still loading, it opens nothing', async () => {
    const recorder = new Recorder()
    let opened = 0
    const port = { ...stuckPort(true), open: () => opened++ }
    const makeSerialPort = () =>
      new Promise<SerialPortLike>((resolve) => setTimeout(() => resolve(port), 5))
    linkOpener({ makeSerialPort }).open('serial:/dev/ttyS0', recorder).close()
    await recorder.until(() => recorder.downs.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect([recorder.downs, opened]).toEqual([['closedHere'], 0])
  })
})
