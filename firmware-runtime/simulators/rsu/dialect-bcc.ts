// generic-bcc from the RSU's side: FF FF, RSCTL, escaped data, XOR, FF (rsu-interface.md 1.1, 2.2).
// Offsets in comments count from RSCTL = 0, as that document does.
import {
  gbkBytes,
  hexBytes,
  join,
  readHex,
  readTimeBcd,
  readU32,
  u16,
  u32,
  zeros,
} from './bytes.ts'
import { colourCode, switchAnswer, systemFile } from './dialect.ts'
import type { PcCommand, PcFrame, PcReceiver, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'

const bodyBytesMax = 512

const xorOf = (bytes: Iterable<number>): number => {
  let x = 0
  for (const b of bytes) x ^= b
  return x
}

function escaped(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  for (const b of bytes) {
    if (b === 0xff) out.push(0xfe, 0x01)
    else if (b === 0xfe) out.push(0xfe, 0x00)
    else out.push(b)
  }
  return Uint8Array.from(out)
}

/** Null for an invalid pair: FE not followed by 00 or 01, or FE at the end. */
function unescaped(body: readonly number[]): number[] | null {
  const out: number[] = []
  for (let i = 0; i < body.length; i++) {
    const b = body[i] ?? 0
    if (b !== 0xfe) out.push(b)
    else {
      const next = body[++i]
      if (next === 0x01) out.push(0xff)
      else if (next === 0x00) out.push(0xfe)
      else return null
    }
  }
  return out
}

/** Every FF is a delimiter: an escaped body never contains it. */
class BccReceiver implements PcReceiver {
  discarded = 0
  #body: number[] = []
  #overflown = false

  push(bytes: Uint8Array): PcFrame[] {
    const frames: PcFrame[] = []
    for (const b of bytes) {
      if (b === 0xff) {
        const frame = this.#finish()
        if (frame) frames.push(frame)
      } else if (this.#overflown || this.#body.length >= bodyBytesMax) {
        this.discarded += this.#body.length + 1
        this.#body = []
        this.#overflown = true
      } else this.#body.push(b)
    }
    return frames
  }

  #finish(): PcFrame | null {
    const body = this.#body
    const whole = !this.#overflown
    this.#body = []
    this.#overflown = false
    if (body.length === 0 || !whole) return null
    const clear = unescaped(body)
    const seq = clear?.[0]
    if (!clear || seq === undefined || clear.length < 2 || xorOf(clear) !== 0) {
      this.discarded += body.length
      return null
    }
    return { seq, data: Uint8Array.from(clear.slice(1, -1)) }
  }
}

/** How all devices with this framing read and write bytes. */
export const bccFraming: Pick<RsuDialect, 'receiver' | 'wrap'> = {
  receiver: () => new BccReceiver(),
  wrap(seq, data, knobs) {
    const clear = join(seq, data)
    const bcc = Uint8Array.of(xorOf(clear))
    const tail = knobs.unescapedBcc ? bcc : escaped(bcc)
    return join(0xff, 0xff, escaped(clear), tail, 0xff)
  },
}

/** Constants per frame type of one firmware (rsu-interface.md 1.1.3). */
const seqPerType: Readonly<Record<number, number>> = {
  0xb0: 0x08,
  0xb2: 0x18,
  0xb3: 0x28,
  0xb4: 0x48,
  0xb5: 0x58,
}

function sequencer(knobs: RsuKnobs, random: () => number): (type: number) => number {
  let first = true
  let count = -1
  return (type) => {
    if (first) {
      first = false
      return 0x98
    }
    if (knobs.seqMode === 'perType') return seqPerType[type] ?? 0x08
    if (knobs.seqMode === 'free') return (Math.floor(random() * 8) << 4) | 8
    count = (count + 1) % 8
    return (count << 4) | 8
  }
}

/** Offsets here count from the frame type (offset 1 of the document). */
function command(data: Uint8Array): PcCommand | null {
  const obuId = readHex(data, 1, 4)
  const n = data.length
  switch (data[0]) {
    case undefined:
      return { do: 'ack' }
    case 0xc0: {
      if (n !== 17) return null
      // Byte 14: seconds before the same OBU is read again (the parking reading of the field).
      return {
        do: 'init',
        unixSec: readU32(data, 1),
        rereadMs: 1000 * (data[13] ?? 0),
        powerStep: data[14] ?? 0,
        channel: data[15] ?? 0,
        continuous: false,
      }
    }
    case 0x4c:
    case 0xc4:
      return n === 2 ? { do: 'antenna', on: data[1] !== 0 } : null
    case 0xc1:
      return n === 13 || n === 5 ? { do: 'continue', obuId } : null
    case 0xc2:
      return n === 6 ? { do: 'stop', obuId, resend: data[5] === 2 } : null
    case 0xc6: {
      const timeBcd = readTimeBcd(data, 21)
      if ((n !== 64 && n !== 68) || timeBcd === null) return null
      const amountFen = readU32(data, 17)
      return { do: 'debit', obuId, amountFen, timeBcd, station: data.slice(28), purse: true }
    }
    default:
      return null
  }
}

const stationStart = { 36: 3, 39: 0, 43: 0 } as const

export const bccDialect: RsuDialect = {
  variant: 'generic-bcc',
  vehicleApart: true,
  allInOne: false,
  silenceMs: 0,
  retransmits: false,
  // Longer than 3 s and shorter than 1 min.
  heartbeatMs: 5000,
  codes: {
    obuGoneAtVehicle: 0x04,
    obuGoneAtCard: 0x08,
    notDecrypted: 0x2e,
    noCard: 0x09,
    obuGoneAtDebit: 0x10,
    purseRefused: 0x11,
  },
  ...bccFraming,
  command,
  sequencer,
  b0(device) {
    const [first = '000000000000', second = '000000000000'] = device.psamTerminals
    return join(
      0xb0,
      device.status,
      device.psamCountZero ? 0 : device.psamTerminals.length,
      hexBytes(first, 6),
      hexBytes(second, 6),
      0x00, // algorithm
      0x08, // manufacturer
      hexBytes(device.rsuId, 3),
      hexBytes(device.firmware || '0200', 2), // software version
      zeros(5),
    )
  },
  heartbeat(_device, knobs) {
    if (knobs.heartbeatForm === 'short') return join(0xb2, zeros(4), 0x80)
    const id = knobs.heartbeatForm === 'onesId' ? 'FFFFFFFF' : '00000000'
    return join(0xb2, hexBytes(id, 4), 0x80, zeros(knobs.b2Bytes - 8))
  },
  antennaAnswer: (device, knobs) => switchAnswer(bccDialect, device, knobs, zeros(0)),
  b2(obu, knobs) {
    return join(
      0xb2,
      hexBytes(obu.obuId, 4),
      0x00,
      systemFile(obu, knobs.b2Bytes === 37),
      0x10, // equipment class
      hexBytes(obu.statusHex, 2),
    )
  },
  b3(obu, code) {
    if (code !== 0) return join(0xb3, hexBytes(obu.obuId, 4), code, zeros(16))
    return join(
      0xb3,
      hexBytes(obu.obuId, 4),
      0x00,
      gbkBytes(obu.plate, 12),
      u16(colourCode(obu.colour)),
      obu.vehicleClass,
      obu.userType,
    )
  },
  b4(obu, card, code, knobs) {
    const head = join(0xb4, hexBytes(obu.obuId, 4), code)
    if (code !== 0) return join(head, zeros(54 + knobs.stationBytes))
    const from = stationStart[knobs.stationBytes]
    return join(
      head,
      card.cardType === 23 ? 0x17 : 0x16,
      0x00, // physical card type
      0x10, // composite
      u32(card.balanceFen),
      hexBytes(card.chipId, 4),
      card.file0015,
      card.file0019.subarray(from, from + knobs.stationBytes),
    )
  },
  b5(result) {
    const head = join(0xb5, hexBytes(result.obuId, 4), result.code)
    if (result.code !== 0) return join(head, zeros(32))
    return join(
      head,
      u32(result.writtenUnixSec),
      hexBytes(result.psamTerminal, 6),
      hexBytes(result.timeBcd, 7),
      0x09,
      hexBytes(result.tac, 4),
      u16(result.cardSerial),
      u32(result.psamSerial),
      u32(result.balanceFen ?? 0xffff_ffff),
    )
  },
}
