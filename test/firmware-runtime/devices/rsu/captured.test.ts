// Frames logged on real devices. They stay outside the repository; where they are absent the test
// is skipped and counted.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '../../../../firmware-runtime/core/values/bytes.ts'
import { present } from '../../../../firmware-runtime/core/values/must.ts'
import { emptyFraming } from '../../../../firmware-runtime/devices/rsu/framing.ts'
import type { FrameValue } from '../../../../firmware-runtime/devices/rsu/table-types.ts'
import { isRsuVariantId, rsuVariant } from '../../../../firmware-runtime/devices/rsu/variants.ts'

interface Captured {
  readonly id: string
  readonly variant: string
  readonly type: string
  readonly wireHex: string
}

const file = new URL('../../../../../shared/fixtures/rsu-captured.json', import.meta.url)
const absent = !existsSync(file)

/** What each frame says, in the words of our tables. */
const says: Record<string, FrameValue> = {
  F1: {
    obuId: '6A81353E',
    error: 'ok',
    psamTerminal: '373737373737',
    time: '20200827112228',
    transType: '09',
    tac: '613C67B6',
    cardSerial: 18,
    psamSerial: 17,
    balanceAfter: 9999,
  },
  F2: { obuId: '6A81353E', amount: 0 },
  F3: { switch: 1 },
  F4: {
    status: 'ok',
    psamCount: 0,
    psam: [{ channel: 3, version: 1, authState: 1, terminal: '01370004727F' }],
    manufacturer: '08',
    rsuId: '000829',
    softwareVersion: '2009',
  },
  F5: {
    psamCount1: 0,
    psam1: [{ channel: 3, runState: 0, authState: 1 }],
    antennas: [{ antennaId: 1, state: 'ok', channel: 0, powerStep: 2 }],
  },
  F6: { obuId: '652BC7A3', antennaId: 1, deviceType: 'twoPiece', removal: 1 },
  F7: {
    obuId: '652BC7A3',
    error: 'ok',
    tac: '570BF7DC',
    cardSerial: 63,
    psamSerial: 35,
    balanceAfter: 0xfa0a1dcf,
  },
  F8: {
    status: 'ok',
    manufacturer: '02',
    rsuId: 'FBC3D6',
    softwareVersion: '1000',
    hardwareVersion: '0001',
    protocolVersion: '1106',
    psamAuthorisation: 'authorised',
  },
  F9: { status: 'ok', antennaSwitch: 0, psamAuthorisation: 'authorised' },
  F10: {
    obuId: '02F7D593',
    deviceType: 'twoPiece',
    error: 'ok',
    balanceAfter: 888_715,
    time: '20201020170556',
    psamSerial: 112,
    psamTerminal: '000000000509',
    cardSerial: 112,
    tac: 'ED2E8CDC',
  },
}

it.skipIf(absent)('captured frames of every variant read as they should', () => {
  const { frames } = JSON.parse(readFileSync(file, 'utf8')) as { frames: readonly Captured[] }
  const ours = frames.filter((f) => isRsuVariantId(f.variant))
  expect(ours.map((f) => f.id)).toEqual(Object.keys(says))
  for (const captured of ours) {
    if (!isRsuVariantId(captured.variant)) continue
    const v = rsuVariant(captured.variant)
    const heard = v.framing.decode(emptyFraming, present(bytesOfHex(captured.wireHex), 'hex'))
    expect(heard).toMatchObject({ discards: [], state: { pending: new Uint8Array(0) } })
    const frame = present(heard.frames[0], captured.id)
    const decoded = v.engine.decode(frame.data)
    expect(decoded, captured.id).toMatchObject({ ok: true, code: captured.type })
    if (!decoded.ok) continue
    expect(decoded.value, captured.id).toMatchObject(present(says[captured.id], captured.id))
    const back = v.engine.encode(decoded.code, decoded.value, decoded.form)
    expect(back.ok && hexOf(v.framing.encode(frame.seq, back.data))).toBe(captured.wireHex)
  }
})
