// The libraries that a Linux program is linked with: the names in its dynamic section.
// Our packages must depend on the packages that contain them.

const wordBytes = 8
const [loadSegment, dynamicSegment] = [1, 2]
const [neededTag, stringsTag] = [1n, 5n]

interface Segment {
  readonly type: number
  readonly at: number
  readonly address: number
  readonly bytes: number
}

function segmentsOf(file: Buffer): Segment[] {
  const [at, size, count] = [
    Number(file.readBigUInt64LE(0x20)),
    file.readUInt16LE(0x36),
    file.readUInt16LE(0x38),
  ]
  const word = (of: number, n: number): number => Number(file.readBigUInt64LE(of + n * wordBytes))
  return Array.from({ length: count }, (_, n) => at + n * size).map((of) => ({
    type: file.readUInt32LE(of),
    at: word(of, 1),
    address: word(of, 2),
    bytes: word(of, 4),
  }))
}

/** Reads a 64-bit little-endian program. */
export function linkedWith(file: Buffer): string[] {
  const segments = segmentsOf(file)
  const dynamic = segments.find(({ type }) => type === dynamicSegment)
  if (file.toString('latin1', 1, 4) !== 'ELF' || dynamic === undefined)
    throw new Error('no program that is linked when it starts')
  const rows: { tag: bigint; value: number }[] = []
  for (let at = dynamic.at; at < dynamic.at + dynamic.bytes; at += 2 * wordBytes)
    rows.push({
      tag: file.readBigUInt64LE(at),
      value: Number(file.readBigUInt64LE(at + wordBytes)),
    })
  const address = rows.find(({ tag }) => tag === stringsTag)?.value ?? 0
  const holds = segments.find(
    (one) =>
      one.type === loadSegment && address >= one.address && address < one.address + one.bytes,
  )
  const strings = address - (holds?.address ?? 0) + (holds?.at ?? 0)
  return rows
    .filter(({ tag }) => tag === neededTag)
    .map(({ value }) => {
      const from = strings + value
      return file.toString('latin1', from, file.indexOf(0, from))
    })
}
