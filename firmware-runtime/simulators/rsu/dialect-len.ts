// generic-len of the RSU: FF FF, LEN, data, CRC (rsu-interface.md 1.3, 2.4).
// Offsets count from the frame type = 0. B2 is the heartbeat; B4 has all data of an OBU.
import { crcX25 } from './dialect-ver.ts'
import { hexBytes, join, readHex, readTimeBcd, readU16, readU32, u16, u32, zeros } from './bytes.ts'
import { switchAnswer, systemFile, vehicleFile } from './dialect.ts'
import type { ObuView, PcCommand, PcFrame, PcReceiver, RsuDialect } from './dialect.ts'

const dataBytesMax = 1024
const frameBytesExtra = 6
const continuousTest = 0x54

class LenReceiver implements PcReceiver {
  discarded = 0
  #held: number[] = []

  push(bytes: Uint8Array): PcFrame[] {
    const frames: PcFrame[] = []
    for (const byte of bytes) {
      this.#held.push(byte)
      for (let frame = this.#first(); frame !== null; frame = this.#first()) frames.push(frame)
    }
    return frames
  }

  /** The complete frame at the front; drops bytes that cannot begin a frame. */
  #first(): PcFrame | null {
    while (this.#held.length > 0) {
      const need = this.#needed()
      if (need > this.#held.length) return null
      if (need > 0) {
        const frame = Uint8Array.from(this.#held.slice(0, need))
        if (crcX25(frame.subarray(2, -2)) === readU16(frame, need - 2)) {
          this.#held = this.#held.slice(need)
          return { seq: 0, data: frame.slice(4, -2) }
        }
      }
      this.#held.shift()
      this.discarded++
    }
    return null
  }

  /** Length of the frame that may begin here; more than the bytes held while undetermined; 0: no frame. */
  #needed(): number {
    const [first, second, high, low] = this.#held
    if (first !== 0xff || (second ?? 0xff) !== 0xff) return 0
    if (high === undefined || low === undefined) return this.#held.length + 1
    const length = high * 256 + low
    return length >= 1 && length <= dataBytesMax ? length + frameBytesExtra : 0
  }
}

/** C6: OBU id, amount, time, 43 bytes for file 0019, time of entry. */
function debit(data: Uint8Array, obuId: string): PcCommand | null {
  const timeBcd = readTimeBcd(data, 9)
  if (data.length !== 66 || timeBcd === null || readTimeBcd(data, 59) === null) return null
  const [amountFen, station] = [readU32(data, 5), data.slice(16, 59)]
  return { do: 'debit', obuId, amountFen, timeBcd, station, purse: true }
}

function command(data: Uint8Array): PcCommand | null {
  const obuId = readHex(data, 1, 4)
  const n = data.length
  switch (data[0]) {
    case 0xc0:
      if (n !== 8) return null
      return {
        do: 'init',
        unixSec: readU32(data, 1),
        rereadMs: 0,
        powerStep: data[5] ?? 0,
        channel: data[6] ?? 0,
        continuous: data[7] === continuousTest,
      }
    case 0xc1:
      return n === 5 ? { do: 'continue', obuId } : null
    case 0xc2:
      return n === 5 ? { do: 'stop', obuId, resend: false } : null
    case 0xc4:
      return n === 2 ? { do: 'antenna', on: data[1] !== 0 } : null
    case 0xc6:
      return debit(data, obuId)
    case 0xca:
      return n === 1 ? { do: 'psamStart' } : null
    default:
      return null
  }
}

/** 01 single-piece, 02 two-piece: the other way round in generic-ver. */
const pieceCode = (pieces: 1 | 2 | undefined): number => (pieces === 1 ? 0x01 : 0x02)

/** The only OBU state that this variant reports: it was removed from the windscreen. */
const removed = (obu: ObuView): number => (obu.statusHex.endsWith('00') ? 1 : 0)

export const lenDialect: RsuDialect = {
  variant: 'generic-len',
  vehicleApart: false,
  allInOne: true,
  silenceMs: 20_000,
  retransmits: false,
  // Not public: taken from generic-ver.
  heartbeatMs: 10_000,
  codes: {
    // B2 and B4 have no error byte here: an unreadable OBU is not reported.
    obuGoneAtVehicle: 0x01,
    obuGoneAtCard: 0x01,
    notDecrypted: 0x04,
    noCard: 0x00,
    obuGoneAtDebit: 0x01,
    purseRefused: 0x05,
  },
  receiver: () => new LenReceiver(),
  command,
  sequencer: () => () => 0,
  wrap(_seq, data) {
    const body = join(u16(data.length), data)
    return join(0xff, 0xff, body, u16(crcX25(body)))
  },
  b0(device) {
    return join(
      0xb0,
      device.status,
      0x02, // manufacturer
      hexBytes(device.rsuId, 3),
      hexBytes(device.firmware || '1000', 2), // software
      hexBytes('0001', 2), // hardware
      hexBytes('1106', 2), // protocol
      device.psamAuthorised ? 0 : 1,
    )
  },
  heartbeat(device) {
    return join(0xb2, device.status, device.antennaOn ? 1 : 0, device.psamAuthorised ? 0 : 1)
  },
  antennaAnswer: (device, knobs) =>
    switchAnswer(lenDialect, device, knobs, lenDialect.heartbeat(device, knobs)),
  // Not in this variant: the model uses them only when `allInOne` is not set.
  b2: () => zeros(0),
  b3: () => zeros(0),
  b4(obu, card, code, knobs) {
    const present = code === 0 && card.file0015.some((byte) => byte !== 0)
    return join(
      0xb4,
      hexBytes(obu.obuId, 4),
      pieceCode(obu.pieces),
      present ? 1 : 0,
      removed(obu),
      systemFile(obu),
      vehicleFile(obu),
      present ? card.file0015 : zeros(43),
      zeros(7),
      u32(present ? card.balanceFen : 0),
      present ? card.file0019 : zeros(43),
      knobs.listedBlack ? 1 : 0,
      zeros(63),
    )
  },
  b5(result) {
    const head = join(0xb5, hexBytes(result.obuId, 4), pieceCode(result.pieces), result.code)
    if (result.psamSerial === 0) return join(head, zeros(64))
    return join(
      head,
      u32(result.balanceFen ?? 0xffff_ffff),
      hexBytes(result.timeBcd, 7),
      result.algorithm === 'sm4' ? 0x04 : 0x00,
      u32(result.psamSerial),
      hexBytes(result.psamTerminal, 6),
      u16(result.cardSerial),
      hexBytes(result.tac, 4),
      hexBytes('01020304', 4), // random
      zeros(32),
    )
  },
  ba(psam) {
    return join(
      0xba,
      psam.present ? 0 : 1,
      hexBytes(psam.terminal, 6),
      hexBytes('37010000000000000001', 10), // serial number
      0x04, // key type
      0x20, // version
      hexBytes('3701000000000000', 8), // area
      hexBytes(psam.randomHex, 8),
    )
  },
}
