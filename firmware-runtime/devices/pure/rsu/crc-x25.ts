// CRC-16/X-25 (rsu-interface.md 1.2.1): polynomial 8408 reflected, initial FFFF, final XOR FFFF.
// Check value for ASCII 123456789 is 906E.

/** Tables for a byte 0 to 3 positions before the end of the four bytes read at once. */
function makeTables(): readonly [Uint16Array, Uint16Array, Uint16Array, Uint16Array] {
  const last = new Uint16Array(256)
  const third = new Uint16Array(256)
  const second = new Uint16Array(256)
  const first = new Uint16Array(256)
  for (let i = 0; i < 256; i++) {
    let crc = i
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
    last[i] = crc
  }
  const behind = (crc: number): number => (crc >> 8) ^ (last[crc & 0xff] as number)
  for (let i = 0; i < 256; i++) {
    third[i] = behind(last[i] as number)
    second[i] = behind(third[i] as number)
    first[i] = behind(second[i] as number)
  }
  return [last, third, second, first]
}

// Four bytes at a time: single-byte steps depend on each other, these four lookups do not.
const [last, third, second, first] = makeTables()

/** CRC over bytes[from, to). */
export function crcX25(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff
  let i = from
  for (; i + 4 <= to; i += 4) {
    const a = (crc ^ (bytes[i] as number)) & 0xff
    const b = (crc >> 8) ^ (bytes[i + 1] as number)
    crc =
      (first[a] as number) ^
      (second[b] as number) ^
      (third[bytes[i + 2] as number] as number) ^
      (last[bytes[i + 3] as number] as number)
  }
  for (; i < to; i++) crc = (crc >> 8) ^ (last[(crc ^ (bytes[i] as number)) & 0xff] as number)
  return crc ^ 0xffff
}

/** A frame: two marks and the rest of its head, data, and the CRC over everything after the marks. */
export function sealedX25(head: readonly number[], data: Uint8Array): Uint8Array {
  const end = head.length + data.length
  const out = new Uint8Array(end + 2)
  out.set(head)
  out.set(data, head.length)
  const crc = crcX25(out, 2, end)
  out.set([crc >> 8, crc & 0xff], end)
  return out
}
