// The regional firmware of an RSU and handheld from the RSU's side: generic-bcc bytes, other frames
// (rsu-interface.md 2.2 "S3 dialect", 2.5.5). Offsets count from the frame type; one B5 holds all results.
import { bccDialect, bccFraming } from './dialect-bcc.ts'
import { hexBytes, join, readHex, readTimeBcd, readU16, readU32, u16, u32, zeros } from './bytes.ts'
import { systemFile, vehicleFile } from './dialect.ts'
import type { Ef04Part, FrameName, PcCommand, ResultView, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'

const powerStepMax = 15
const entryLane = 3
/** A successful OBU is not served again for this long (rsu-interface.md 5.2). */
const silenceMs = 10_000

/** Constant per frame, never counted; the answer to C8 has another value than B5 (1.1.3, 2.2). */
const rsctl: Readonly<Record<FrameName, number>> = {
  B0: 0x08,
  B2: 0x18,
  B3: 0x28,
  B4: 0x48,
  B5: 0x58,
  B8: 0x68,
  B9: 0x68,
  BD: 0x78,
  BF: 0x88,
  heartbeat: 0x88,
  BA: 0x78,
  BB: 0x88,
  ack: 0x88,
}

const sequencer =
  (knobs: RsuKnobs, random: () => number) =>
  (_type: number, name: FrameName): number =>
    knobs.seqMode === 'free' ? (Math.floor(random() * 8) << 4) | 8 : rsctl[name]

const part = (data: Uint8Array, at: number): Ef04Part => ({
  offset: readU16(data, at),
  length: readU16(data, at + 2),
})

/** Bytes for EF04 after their offset and length; null when the frame is shorter than its length. */
function writeOf(data: Uint8Array, at: number): (Ef04Part & { bytes: Uint8Array }) | null {
  const { offset, length } = part(data, at)
  const bytes = data.slice(at + 4)
  return bytes.length === length && length <= 98 ? { offset, length, bytes } : null
}

const init = (data: Uint8Array): PcCommand => ({
  do: 'init',
  unixSec: readU32(data, 1),
  rereadMs: 0,
  callMs: data[13] ?? 0,
  powerStep: Math.min(data[14] ?? 0, powerStepMax),
  channel: data[15] ?? 0,
  continuous: false,
  entry: data[12] === entryLane,
  ...(data[16] === 1 ? { ef04: part(data, 17) } : {}),
})

/**
 * Trade mode 0 debits, 1 writes EF04, 2 does both at an entry and 3 both at an exit. At the other side 2 and 3 do
 * nothing and B5 has code 00: the side is known where the purse is charged.
 */
function debit(data: Uint8Array, obuId: string): PcCommand | null {
  const timeBcd = readTimeBcd(data, 50)
  const ef04 = writeOf(data, 57)
  const mode = data[5] ?? 0xff
  if (data.length < 61 || timeBcd === null || ef04 === null || mode > 3) return null
  return {
    do: 'debit',
    obuId,
    amountFen: readU32(data, 6),
    timeBcd,
    station: data.slice(10, 50),
    purse: mode !== 1,
    ...(mode === 0 ? {} : { ef04 }),
    ...(mode < 2 ? {} : { onlyAt: mode === 2 ? 'entry' : 'exit' }),
  }
}

function proof(data: Uint8Array, obuId: string): PcCommand | null {
  const ef04 = writeOf(data, 6)
  if (data.length < 10 || ef04 === null) return null
  return { do: 'proof', obuId, cardSerial: 0, ...(data[5] === 1 ? { ef04 } : {}) }
}

function command(data: Uint8Array): PcCommand | null {
  const obuId = readHex(data, 1, 4)
  const n = data.length
  switch (data[0]) {
    // Five bytes on the link: such short frames are discarded.
    case undefined:
      return { do: 'ack' }
    case 0xc0:
      return n === 21 ? init(data) : null
    case 0x4c:
      return n === 2 ? { do: 'antenna', on: data[1] === 1 } : null
    case 0xc1:
      return n === 5 ? { do: 'continue', obuId } : null
    case 0xc2:
      return n === 6 ? { do: 'stop', obuId, resend: false } : null
    case 0xc6:
      return debit(data, obuId)
    case 0xc8:
      return proof(data, obuId)
    case 0xc9:
      return n === 9 ? { do: 'fees', obuId, part: part(data, 5) } : null
    case 0xcd:
      return n === 2 ? { do: 'psamStart' } : null
    case 0xcf:
      return n === 10 ? { do: 'psamApply', macHex: readHex(data, 2, 8) } : null
    default:
      return null
  }
}

const b5 = (result: ResultView): Uint8Array =>
  join(
    0xb5,
    hexBytes(result.obuId, 4),
    result.code,
    hexBytes(result.timeBcd, 7),
    u32(result.psamSerial),
    u16(result.cardSerial),
    0x09,
    u32(result.balanceFen ?? 0xffff_ffff),
    hexBytes(result.tac, 4),
    u32(result.writtenUnixSec),
    result.algorithm === 'sm4' ? 0x04 : 0x00,
    result.ef04Failed === true ? 1 : 0,
  )

export const regionalDialect: RsuDialect = {
  variant: 'generic/regional-firmware',
  vehicleApart: true,
  allInOne: false,
  silenceMs,
  silentFrom: 'result',
  retransmits: false,
  proofAsResult: true,
  searchBySwitch: true,
  powerUpSeq: 0x98,
  heartbeatMs: 5000,
  codes: bccDialect.codes,
  ...bccFraming,
  command,
  sequencer,
  b0(device) {
    return join(
      0xb0,
      device.status,
      0x01, // PSAM slot
      0x01, // version of the PSAM: one that needs no authorisation says so by its low half
      0x00,
      hexBytes(device.psamTerminals[0] ?? '000000000000', 6),
      0x00, // algorithm
      0x08, // manufacturer
      hexBytes(device.rsuId, 3),
      hexBytes(device.firmware || '2201', 2), // software version
      zeros(5),
    )
  },
  heartbeat: () => join(0xb2, zeros(4), 0x80),
  antennaAnswer: () => null,
  b2(obu) {
    return join(
      0xb2,
      hexBytes(obu.obuId, 4),
      0x00,
      systemFile(obu),
      zeros(10), // card number: told by B4
      0x10, // equipment class
      hexBytes(obu.statusHex, 2),
    )
  },
  b3(obu, code) {
    return join(0xb3, hexBytes(obu.obuId, 4), code, code === 0 ? vehicleFile(obu) : zeros(79))
  },
  b4(obu, card, code) {
    const head = join(0xb4, hexBytes(obu.obuId, 4), code, code === 0x09 ? 1 : 0)
    const ef04Part =
      code === 0 ? join(u32(card.balanceFen), card.file0015, card.file0019) : zeros(4 + 43 + 43)
    if (card.ef04 === null) return join(head, ef04Part, 0x01)
    const { offset, bytes } = card.ef04
    return join(head, ef04Part, 0x00, u16(offset), u16(bytes.length), bytes)
  },
  b5,
  ba(psam) {
    return join(
      0xbd,
      psam.present ? 0 : 1,
      hexBytes('37010000000000000001', 10), // serial number
      0x20, // version
      hexBytes('37010000', 4), // area
      hexBytes(psam.randomHex, 8),
    )
  },
  bb: (accepted) => join(0xbf, accepted ? 0 : 1, hexBytes(accepted ? '9000' : '6300', 2)),
  b9: (obuId, code, fees) => join(0xb9, hexBytes(obuId, 4), code, fees),
}
