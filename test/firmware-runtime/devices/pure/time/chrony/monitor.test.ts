// The monitoring protocol of chronyd: an answer captured from the real program, and one built here from the documented
// layout. Where chronyd is installed, it is queried itself while it follows our own time server.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'
import {
  isTrackingAnswer,
  readTrackingAnswer,
  trackingRequest,
} from '#devices/pure/time/chrony/monitor.ts'
import { trackedHex, trackedSequence } from './answers.ts'
import { eventually } from '../../../../../kit/eventually.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const answer = Uint8Array.from(Buffer.from(trackedHex, 'hex'))

it('reads what chronyd said', () => {
  expect(isTrackingAnswer(answer, trackedSequence)).toBe(true)
  const read = readTrackingAnswer(answer)
  expect(read).toMatchObject({
    kind: 'tracking',
    tracking: { server: '127.0.0.1', stratum: 2, receivedMs: 1_795_384_104_419, errorMs: 2 },
  })
  const offsetMs = read.kind === 'tracking' ? read.tracking.offsetMs : Number.NaN
  expect(offsetMs).toBeCloseTo(-0.0767, 3)
})

it('asks with as many bytes as the answer has, and takes the answer to its own question alone', () => {
  expect(trackingRequest(7)).toHaveLength(answer.length)
  expect(isTrackingAnswer(answer, trackedSequence + 1)).toBe(false)
  expect(isTrackingAnswer(answer.subarray(0, 103), trackedSequence)).toBe(false)
  expect(isTrackingAnswer(trackingRequest(trackedSequence), trackedSequence)).toBe(false)
})

const changed = (at: number, ...bytes: readonly number[]): Uint8Array => {
  const made = Uint8Array.from(answer)
  made.set(bytes, at)
  return made
}

it.each([
  ['no source', changed(28, 0, 0, 0, 0), 'unsynchronised'],
  ['its own clock', changed(28, 0x7f, 0x7f, 1, 1), 'localClock'],
  ['leap not known', changed(54, 0, 3), 'unsynchronised'],
  ['stratum 0', changed(52, 0, 0), 'unsynchronised'],
  ['not allowed', changed(8, 0, 2), 'notTracking'],
])('%s is no time', (_what, bytes, why) => {
  expect(readTrackingAnswer(bytes)).toEqual({ kind: 'refused', why })
})

it.each([
  // Coefficient times two to the power of the exponent minus 25.
  [[0x04, 0x80, 0, 0], 1],
  [[0x03, 0, 0, 0], -1],
  [[0, 0x80, 0, 0], 0.25],
])('a number of the page: %j is %d s', (bytes, slowSec) => {
  const read = readTrackingAnswer(changed(68, ...bytes))
  expect(read.kind === 'tracking' && read.tracking.offsetMs).toBe(-slowSec * 1000)
})

const dir = folderOfFile('etc-lane-chrony-')
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
})

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

const hasChronyd = spawnSync('chronyd', ['--version']).status === 0

it.skipIf(!hasChronyd)('is what a real chronyd speaks', async () => {
  const port = await freePort()
  const file = join(dir, 'chrony.conf')
  const lines = [`cmdport ${port}`, 'bindcmdaddress 127.0.0.1', 'bindcmdaddress /', 'port 0']
  writeFileSync(file, [...lines, 'local stratum 10', `pidfile ${join(dir, 'pid')}`, ''].join('\n'))
  // -x: it never moves the clock of this machine.
  children.push(spawn('chronyd', ['-x', '-d', '-u', 'root', '-f', file], { stdio: 'ignore' }))
  const ask = () =>
    udpDatagrams().ask({
      host: '127.0.0.1',
      port,
      bytesAt: () => trackingRequest(9),
      isAnswer: (bytes) => isTrackingAnswer(bytes, 9),
      waitMs: 200,
    })
  await eventually(async () => {
    const found = await ask()
    return 'failed' in found ? found.failed : readTrackingAnswer(found.bytes)
  }).toEqual({ kind: 'refused', why: 'localClock' })
})
