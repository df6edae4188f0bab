// The pcapng writer against readers that share no code with it: one written here from the draft of
// the format, block by block, and tshark where it is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCapture } from '#devices/frame-log/capture.ts'
import { captureRows } from '#devices/frame-log/capture-replay.ts'
import { pcapOf } from '#devices/frame-log/capture-pcap.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { rsuSession } from './session-kit.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

interface Read {
  readonly linkType: number
  readonly names: readonly string[]
  readonly packets: readonly { epochUs: number; inbound: boolean; outbound: boolean; hex: string }[]
}

/** Options of a block from `at`: code, length, value filled to four bytes, until code 0. */
function optionsOf(file: Buffer, from: number, end: number): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = from; at + 4 <= end;) {
    const code = file.readUInt16LE(at)
    const length = file.readUInt16LE(at + 2)
    if (code === 0) break
    found.set(code, file.subarray(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  return found
}

function readPcapng(bytes: Uint8Array): Read {
  const file = Buffer.from(bytes)
  const packets: Read['packets'][number][] = []
  const names: string[] = []
  let linkType = -1
  for (let at = 0; at < file.length;) {
    const type = file.readUInt32LE(at)
    const length = file.readUInt32LE(at + 4)
    const end = at + length
    expect(length % 4).toBe(0)
    expect(file.readUInt32LE(end - 4)).toBe(length)
    if (type === 0x0a0d0d0a) {
      expect(file.readUInt32LE(at + 8).toString(16)).toBe('1a2b3c4d')
      expect([file.readUInt16LE(at + 12), file.readUInt16LE(at + 14)]).toEqual([1, 0])
      expect(file.readBigInt64LE(at + 16)).toBe(-1n)
    } else if (type === 1) {
      linkType = file.readUInt16LE(at + 8)
      const options = optionsOf(file, at + 16, end - 4)
      names.push(options.get(2)?.toString() ?? '', options.get(3)?.toString() ?? '')
      expect(options.get(9)?.[0]).toBe(6)
    } else {
      expect(type).toBe(6)
      const size = file.readUInt32LE(at + 20)
      expect(file.readUInt32LE(at + 24)).toBe(size)
      const high = file.readUInt32LE(at + 12)
      const data = file.subarray(at + 28, at + 28 + size)
      const options = optionsOf(file, at + 28 + Math.ceil(size / 4) * 4, end - 4)
      const direction = (options.get(2)?.readUInt32LE(0) ?? 0) & 3
      packets.push({
        epochUs: high * 2 ** 32 + file.readUInt32LE(at + 16),
        inbound: direction === 1,
        outbound: direction === 2,
        hex: data.toString('hex').toUpperCase(),
      })
    }
    at = end
  }
  return { linkType, names, packets }
}

const capture = readCapture(rsuSession('generic-ver', { noise: true }).text, 'session')
const rows = [...captureRows(capture, rsuVariant('generic-ver'))].filter((row) => row.hex !== '')
const bytes = pcapOf({ variant: 'generic-ver', laneId: 'exit', program: 'etc-lane test' }, rows)

describe('a session as pcapng', () => {
  it('has each frame with its direction, bytes and time', () => {
    const { linkType, names, packets } = readPcapng(bytes)
    expect(linkType).toBe(147)
    expect(names).toEqual(['exit rsu', 'generic-ver'])
    expect(packets).toHaveLength(rows.length)
    packets.forEach((packet, i) => {
      const row = rows[i]
      expect(packet).toMatchObject({
        hex: row?.hex,
        inbound: row?.direction === 'in',
        outbound: row?.direction === 'out',
      })
    })
  })

  it('keeps the microseconds between frames, whatever the wall clock did', () => {
    const late = rows.map((row, i) => ({ ...row, atMs: row.atMs + i * 3_600_000 }))
    const of = { variant: 'generic-ver', laneId: '', program: 'etc-lane test' }
    const { packets } = readPcapng(pcapOf(of, late))
    const startUs = (rows[0]?.atMs ?? 0) * 1000
    expect(packets.map(({ epochUs }) => epochUs - startUs)).toEqual(
      rows.map(({ monoUs }) => Math.round(monoUs - (rows[0]?.monoUs ?? 0))),
    )
  })

  const noTshark = spawnSync('tshark', ['--version']).status !== 0
  it.skipIf(noTshark)('is what tshark reads', () => {
    const folder = folderOfTest('etc-lane-pcap-')
    const file = join(folder, 'session.pcapng')
    writeFileSync(file, bytes)
    const fields = ['frame.packet_flags_direction', 'frame.len', 'frame.interface_name']
    const args = ['-r', file, '-T', 'fields', ...fields.flatMap((name) => ['-e', name])]
    const lines = execFileSync('tshark', args, { encoding: 'utf8' }).trim().split('\n')
    const wanted = rows.map(({ direction, hex }) => {
      const flag = direction === 'in' ? '0x00000001' : '0x00000002'
      return `${flag}\t${hex.length / 2}\texit rsu`
    })
    expect(lines).toEqual(wanted)
  })
})
