// Frames captured from real devices, from every file of that folder, decoded as the file says. They are not in the
// repository; without them the test is skipped and counted.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { balanceOf, cardInfoOf, errorCodeOf, obuInfoOf } from '#devices/pure/rsu/driver-values.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import type { FrameValue, VariantTable } from '#devices/pure/rsu/table-types.ts'
import { isRsuVariantId, rsuVariant, type RsuVariant } from '#devices/pure/rsu/variants.ts'

interface Captured {
  readonly id: string
  readonly variant: string
  readonly type: string
  readonly wireHex: string
  readonly expect: Readonly<Record<string, unknown>>
}

const folder = new URL('../../../../../../shared/fixtures/', import.meta.url)
const absent = !existsSync(folder)
const files = absent
  ? []
  : readdirSync(folder).filter((name) => /^rsu-captured.*\.json$/.test(name))
const frames = files.flatMap(
  (name) =>
    (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { frames: readonly Captured[] })
      .frames,
)

const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN)
const list = (value: unknown): readonly FrameValue[] =>
  Array.isArray(value) ? (value as readonly FrameValue[]) : []
const hexByte = (value: unknown): string => number(value).toString(16).padStart(2, '0')
const hexWord = (value: unknown): string =>
  number(value).toString(16).toUpperCase().padStart(8, '0')
const psams = (v: FrameValue): readonly FrameValue[] => list(v['psam'] ?? v['psam1'])
const deviceTypes: Readonly<Record<string, number>> = { twoPiece: 1, onePiece: 2 }

/** Where a member of the files is found in our tables. */
const words: Readonly<Record<string, (v: FrameValue, table: VariantTable) => unknown>> = {
  amountFen: (v) => v['amount'],
  antenna: (v) => v['antennaId'],
  antennas: (v) => list(v['antennas']).length,
  balanceFen: (v) => v['balanceAfter'] ?? balanceOf(v),
  balanceRaw: (v) => hexWord(v['balanceAfter']),
  channel: (v) => list(v['antennas'])[0]?.['channel'],
  deviceType: (v) => deviceTypes[String(v['deviceType'])],
  error: (v, table) => errorCodeOf(v, table, 'b5Error'),
  file0015CardType: (v, table) => hexByte(cardInfoOf(table, v).cardType),
  heartbeat: (v) => v['status'] === 'ok',
  obuStatus: (v, table) => obuInfoOf(table, v).statusHex,
  outerCardType: (v) => hexByte(v['cardType']),
  power: (v) => list(v['antennas'])[0]?.['powerStep'],
  protocol: (v) => v['protocolVersion'],
  psamAuthorised: (v) => v['psamAuthorisation'] === 'authorised',
  psamCountByte: (v) => v['psamCount'] ?? v['psamCount1'],
  psamEntries: (v) => psams(v).length,
  status: (v) => (v['status'] === 'ok' ? 0 : v['status']),
  version: (v) => v['softwareVersion'],
}

function decodedOf({ id, wireHex }: Captured, v: RsuVariant) {
  const decodedBytes = v.framing.decode(emptyFraming, present(bytesOfHex(wireHex), 'hex'))
  expect(decodedBytes, id).toMatchObject({ discards: [], state: { pending: new Uint8Array(0) } })
  const frame = present(decodedBytes.frames[0], id)
  return { frame, decoded: v.engine.decode(frame.data) }
}

describe.skipIf(absent)('captured frames', () => {
  it('are there, of every variant that is spoken', () => {
    expect(files.length).toBeGreaterThan(1)
    expect(new Set(frames.map(({ variant }) => variant))).toEqual(
      new Set(['generic-bcc', 'generic-ver', 'generic-len']),
    )
  })

  it.each(frames)('$id $variant $type', (captured) => {
    const { id, variant, type, wireHex } = captured
    if (!isRsuVariantId(variant)) throw new Error(`${id} is of ${variant}, which nobody speaks`)
    const v = rsuVariant(variant)
    const { frame, decoded } = decodedOf(captured, v)
    expect(decoded).toMatchObject({ ok: true, code: type })
    if (!decoded.ok) return
    for (const [word, said] of Object.entries(captured.expect)) {
      const read = words[word] ?? ((value: FrameValue) => value[word])
      expect([word, read(decoded.value, v.table)]).toEqual([word, said])
    }
    const back = v.engine.encode(decoded.code, decoded.value, decoded.form)
    expect(back.ok && hexOf(v.framing.encode(frame.seq, back.data))).toBe(wireHex)
  })
})
