// generic-ver from the RSU's side: FF FF, VER, SEQ, LEN, data, CRC (rsu-interface.md 1.2, 2.3).
// Offsets count from the frame type = 0, as that document does.
import { hexBytes, join, readHex, readTimeBcd, readU16, readU32, u16, u32, zeros } from './bytes.ts'
import { switchAnswer, systemFile, vehicleFile } from './dialect.ts'
import type { PcCommand, PcFrame, PcReceiver, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'

const dataBytesMax = 1024
const frameBytesExtra = 10

/** Bit by bit, unlike the product's table: check value of "123456789" is 906E. */
export function crcX25(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const b of bytes) {
    crc ^= b
    for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  }
  return crc ^ 0xffff
}

class VerReceiver implements PcReceiver {
  discarded = 0
  #held = new Uint8Array(0)

  push(bytes: Uint8Array): PcFrame[] {
    const frames: PcFrame[] = []
    const all = join(this.#held, bytes)
    let at = 0
    while (at < all.length) {
      const need = this.#needed(all, at)
      if (need === 0) {
        at++
        this.discarded++
        continue
      }
      if (at + need > all.length) break
      const body = all.subarray(at + 2, at + need - 2)
      if (crcX25(body) !== readU16(all, at + need - 2)) {
        at++
        this.discarded++
        continue
      }
      frames.push({ seq: all[at + 3] ?? 0, data: all.slice(at + 8, at + need - 2) })
      at += need
    }
    this.#held = all.slice(at)
    return frames
  }

  /** Length of the frame that may start here; 0 without one. */
  #needed(all: Uint8Array, at: number): number {
    const start = [0xff, 0xff, 0x00]
    for (let i = 0; i < start.length && at + i < all.length; i++) {
      if (all[at + i] !== start[i]) return 0
    }
    if (at + 8 > all.length) return all.length - at + 1
    const length = readU32(all, at + 4)
    return length >= 1 && length <= dataBytesMax ? length + frameBytesExtra : 0
  }
}

function sequencer(knobs: RsuKnobs, random: () => number): (type: number) => number {
  let count = 0
  return () => {
    count = knobs.seqMode === 'free' ? 1 + Math.floor(random() * 9) : (count % 9) + 1
    return count
  }
}

/** C6: 67 bytes, or with a trade type byte and EF04 blocks behind it (159, 164, 174). */
function debit(data: Uint8Array, obuId: string): PcCommand | null {
  const long = data.length === 159 || data.length === 164 || data.length === 174
  if (!long && data.length !== 67) return null
  const at = long ? 14 : 13
  const tradeType = long ? data[13] : 0x02
  const timeBcd = readTimeBcd(data, at + 4)
  if (timeBcd === null || (tradeType ?? 9) > 2) return null
  return {
    do: 'debit',
    obuId,
    amountFen: readU32(data, at),
    timeBcd,
    station: data.slice(at + 11, at + 54),
    purse: tradeType !== 0x01,
  }
}

/** The bit map lists PSAMs from its highest bit on; this device authorises one at a time. */
function psamStart(data: Uint8Array): PcCommand | null {
  const map = [...data.slice(1)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return map.includes('1') ? { do: 'psamStart', channel: map.indexOf('1') + 1 } : null
}

/** One authorisation: channel, state, and the external authentication `00 82 00 00 08` with its 8 bytes. */
function psamApply(data: Uint8Array): PcCommand | null {
  if (data.length !== 17 || data[1] !== 1 || readHex(data, 4, 5) !== '0082000008') return null
  return { do: 'psamApply', channel: data[2] ?? 0, macHex: readHex(data, 9, 8) }
}

function command(data: Uint8Array): PcCommand | null {
  const obuId = readHex(data, 1, 4)
  const n = data.length
  switch (data[0]) {
    case 0xc0:
      if (n !== 22) return null
      return {
        do: 'init',
        unixSec: readU32(data, 1),
        rereadMs: 0,
        callMs: data[13] ?? 0,
        powerStep: data[14] ?? 0,
        channel: (data[15] ?? 1) - 1,
        continuous: false,
      }
    case 0xc1:
      return n === 13 ? { do: 'continue', obuId } : null
    case 0xc2:
      return n === 10 || n === 6 ? { do: 'stop', obuId, resend: data[5] === 2 } : null
    case 0xc4:
      return n === 2 ? { do: 'antenna', on: data[1] !== 0 } : null
    case 0xc6:
      return debit(data, obuId)
    case 0xc8:
      return n === 7 || n === 104 ? { do: 'proof', obuId, cardSerial: readU16(data, 5) } : null
    case 0xca:
      return n === 5 || n === 3 ? psamStart(data) : null
    case 0xcb:
      return psamApply(data)
    case 0xcf:
      return n === 2 ? { do: 'ack' } : null
    default:
      return null
  }
}

export const verDialect: RsuDialect = {
  variant: 'generic-ver',
  vehicleApart: false,
  allInOne: false,
  silenceMs: 0,
  retransmits: true,
  heartbeatMs: 10_000,
  codes: {
    obuGoneAtVehicle: 0x01,
    obuGoneAtCard: 0x01,
    notDecrypted: 0x05,
    noCard: 0x12,
    obuGoneAtDebit: 0x01,
    purseRefused: 0x06,
  },
  receiver: () => new VerReceiver(),
  command,
  sequencer,
  wrap(seq, data) {
    const body = join(0x00, seq, u32(data.length), data)
    return join(0xff, 0xff, body, u16(crcX25(body)))
  },
  b0(device) {
    const psams = device.psamTerminals.map((terminal, i) =>
      join(i + 1, 0x20, device.psamAuthorised ? 0 : 1, hexBytes(terminal, 6)),
    )
    return join(
      0xb0,
      device.status,
      device.psamCountZero ? 0 : psams.length,
      ...psams,
      0x00, // algorithm
      0x08, // manufacturer
      hexBytes(device.rsuId, 3),
      hexBytes(device.firmware || '2009', 2), // software version
      0x00, // work state
      zeros(3),
      hexBytes('03040000', 4), // interface version
    )
  },
  ba: (psam) =>
    join(
      0xba,
      psam.present ? 0 : 1,
      hexBytes('20231115061320', 7), // a clock of its own
      psam.present ? 1 : 0,
      ...(psam.present
        ? [
            psam.channel,
            hexBytes(psam.terminal, 6),
            hexBytes(`3701000000000000000${psam.channel}`, 10), // serial number
            0x20, // version
            0x04, // SM4
            hexBytes('3701000000000000', 8), // area
            hexBytes(psam.randomHex, 8),
          ]
        : []),
    ),
  bb: (accepted, channel) =>
    join(0xbb, 0x00, 0x01, channel, accepted ? 0 : 1, hexBytes(accepted ? '9000' : '6300', 2)),
  heartbeat(device) {
    const psams = device.psamTerminals.map((_, i) =>
      join(i + 1, 0x00, device.psamAuthorised ? 0 : 1),
    )
    return join(
      0xb1,
      hexBytes('001101', 3), // master ok, no slave
      device.psamCountZero ? 0 : psams.length,
      ...psams,
      0x00, // no PSAM on a second controller
      0x01, // antennas
      device.antennaOn ? 1 : 0, // antennas working
      0x01, // antenna 1
      0x00, // ok
      device.channel,
      device.powerStep,
    )
  },
  antennaAnswer: (device, knobs) =>
    switchAnswer(verDialect, device, knobs, verDialect.heartbeat(device, knobs)),
  b2(obu) {
    return join(
      0xb2,
      hexBytes(obu.obuId, 4),
      0x00,
      0x01, // antenna
      obu.pieces === 1 ? 0x02 : 0x01,
      systemFile(obu),
      0x10, // equipment class
      hexBytes(obu.statusHex, 2),
    )
  },
  b3: (obu, code) => join(0xb3, hexBytes(obu.obuId, 4), code),
  b4(obu, card, code) {
    const head = join(0xb4, hexBytes(obu.obuId, 4), code)
    if (code !== 0) return join(head, zeros(177))
    return join(
      head,
      0x10, // composite
      vehicleFile(obu),
      u32(card.balanceFen),
      card.file0015,
      zeros(7),
      card.file0019,
    )
  },
  b5(result) {
    const head = join(0xb5, hexBytes(result.obuId, 4), result.code)
    if (result.code !== 0) return join(head, zeros(30))
    return join(
      head,
      hexBytes(result.psamTerminal, 6),
      hexBytes(result.timeBcd, 7),
      0x09,
      result.algorithm === 'sm4' ? 0x04 : 0x00,
      0x01, // key version
      hexBytes(result.tac, 4),
      u16(result.cardSerial),
      u32(result.psamSerial),
      u32(result.balanceFen ?? 0xffff_ffff),
    )
  },
  b8(proof) {
    return join(
      0xb8,
      hexBytes(proof.obuId, 4),
      proof.code,
      hexBytes(proof.tac, 4),
      hexBytes(proof.mac, 4),
      u32(proof.balanceFen),
    )
  },
}
