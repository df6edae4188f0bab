// The frames of a relay board decoded for people: names from the wiring, what changed, what was discarded, at any split of
// the stream and on both transports.
import { describe, expect, it } from 'vitest'
import { contractWiring, type BarrierWiring } from '#devices/pure/barrier/modbus-relay/config.ts'
import {
  namesOfWiring,
  noNames,
  type BoardNames,
} from '#devices/pure/barrier/modbus-relay/names.ts'
import { relayFrameKinds, relayReader } from '#devices/pure/barrier/modbus-relay/reader.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'

const bytes = (hex: string): Uint8Array => present(bytesOfHex(hex), 'hex')
const transports = { tcp: modbusTcp, rtu: modbusRtu(5) } as const
const names = namesOfWiring(contractWiring)
type TransportName = keyof typeof transports
const pair = (transport: TransportName, given: BoardNames = names) => {
  const reader = relayReader(transports[transport], given)
  const framed = (pdu: string) => transports[transport].frame(7, 1, bytes(pdu))
  return {
    reader,
    framed,
    heard: (pdu: string) => reader.heard(framed(pdu)).frames[0],
    said: (pdu: string) => reader.said(framed(pdu)).frames[0],
  }
}
const both = ['tcp', 'rtu'] as const

describe('names of a board', () => {
  it('are those of the wiring; what is not wired has none', () => {
    const wiring: BarrierWiring = {
      outputs: { open: 3, close: 1, stop: null },
      inputs: { ...contractWiring.inputs, loopArrive: null },
      presence: [{ di: 6, activeHigh: false }],
    }
    expect(namesOfWiring(wiring)).toEqual({
      outputs: [
        { name: 'open', channel: 3 },
        { name: 'close', channel: 1 },
      ],
      inputs: [
        { name: 'limitOpen', di: 0, activeHigh: true },
        { name: 'limitClosed', di: 1, activeHigh: true },
        { name: 'loopUnder', di: 2, activeHigh: true },
        { name: 'presence 1', di: 6, activeHigh: false },
      ],
    })
  })
})

describe.each(both)('a relay board on Modbus %s', (transport) => {
  const of = transport === 'tcp' ? { unit: 1, transaction: 7 } : { unit: 1 }

  it('says which relay, and for how long', () => {
    const { said, heard } = pair(transport)
    const pulse = { output: 'open', pulseMs: 500, coil: 0x200, data: 5, ...of }
    expect(said('0502000005')).toMatchObject({ type: '05', name: 'write-coil', fields: pulse })
    expect(heard('0502000005')).toMatchObject({ ok: true, fields: pulse })
    expect(said('0500010000')?.fields).toEqual({
      output: 'close',
      relay: 'off',
      coil: 1,
      data: 0,
      ...of,
    })
    expect(said('050009FF00')?.fields).toEqual({ relay: 'on', coil: 9, data: 0xff00, ...of })
  })

  it('says what the inputs mean, and which of them changed', () => {
    const { said, heard } = pair(transport)
    expect(said('0200000006')?.fields).toEqual({ address: 0, count: 6, ...of })
    expect(heard('020102')?.fields).toEqual({
      limitOpen: 'off',
      limitClosed: 'on',
      loopUnder: 'off',
      loopArrive: 'off',
      bits: '02',
      ...of,
    })
    expect(heard('020102')?.fields).not.toHaveProperty('changed')
    expect(heard('020126')?.fields).toMatchObject({ changed: 'loopUnder on, di 5 on' })
    expect(heard('020104')?.fields).toMatchObject({ changed: 'limitClosed off, di 5 off' })
  })

  it('tells polls that bring nothing new from those that do', () => {
    const { said, heard } = pair(transport)
    expect(said('0200000006')?.routine).toBe(true)
    expect(heard('020102')?.routine).toBeUndefined()
    expect(heard('020102')?.routine).toBe(true)
    expect(heard('020103')?.routine).toBeUndefined()
    expect(said('0502000005')?.routine).toBeUndefined()
  })

  it('knows contacts that open when something is there, and where the reading begins', () => {
    const low = { outputs: [], inputs: [{ name: 'radar', di: 9, activeHigh: false }] }
    const { said, heard } = pair(transport, low)
    said('0200080002')
    expect(heard('020100')?.fields).toMatchObject({ radar: 'on' })
    expect(heard('020102')?.fields).toMatchObject({ radar: 'off', changed: 'radar off' })
  })

  it('says why the board refused', () => {
    const { heard } = pair(transport)
    expect(heard('8502')).toMatchObject({
      type: '85',
      name: 'write-refused',
      ok: true,
      fields: { means: 'illegalDataAddress', code: 2, ...of },
    })
    expect(heard('82EE')?.fields).toMatchObject({ means: 'notACodeOfTheStandard' })
  })

  it('gives the whole frame as on the link, in pieces too', () => {
    const { reader, framed } = pair(transport, noNames)
    const whole = framed('0502000005')
    for (const read of ['heard', 'said'] as const) {
      expect(reader[read](whole.slice(0, 3))).toEqual({ frames: [], discardedBytes: 0 })
      const { frames } = reader[read](whole.slice(3))
      expect(frames.map((frame) => hexOf(frame.bytes))).toEqual([hexOf(whole)])
    }
  })

  it('counts what was no frame, and what a cut left half', () => {
    const { reader, framed } = pair(transport)
    const noise = bytes('FFFFFFFFFFFFFFFFFFFFFFFF')
    const noisy = Uint8Array.of(...noise, ...framed('0502000005'))
    for (const read of ['heard', 'said'] as const)
      expect(reader[read](noisy)).toMatchObject({ discardedBytes: 12, frames: [{ ok: true }] })
    reader.heard(framed('020102').slice(0, 4))
    reader.said(framed('0200000006').slice(0, 5))
    expect(reader.cut()).toEqual({ receivedBytes: 4, saidBytes: 5 })
    expect(reader.cut()).toEqual({ receivedBytes: 0, saidBytes: 0 })
  })
})

describe('what is no request or answer of ours', () => {
  it('is shown with its bytes and the reason', () => {
    const { heard, said } = pair('tcp')
    expect(heard('0402ABCD')).toMatchObject({ type: '04', ok: false, name: '' })
    expect(heard('0402ABCD')?.reason).toBe('functionUnknown 4')
    expect(said('02')).toMatchObject({ type: '02', ok: false })
  })
})

it('lists its frames for filters', () => {
  expect(relayFrameKinds).toContainEqual({ code: '05', name: 'write-coil', from: 'both' })
  expect(relayFrameKinds).toContainEqual({ code: '02', name: 'read-inputs', from: 'pc' })
  expect(relayFrameKinds).toContainEqual({ code: '82', name: 'read-refused', from: 'device' })
})
