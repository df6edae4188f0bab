// The relay board on Modbus RTU: published frames in and out, and what a real board ignores.
// Raw bytes; the check is computed by the simulators' own code.
import { describe, expect, it } from 'vitest'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { createBarrierModel } from '#simulators/barrier/model.ts'
import { crc16Of, sealed } from '#simulators/shell/crc16.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), text)

class Bench {
  atMs = 0
  readonly model = createBarrierModel({ timing: 'standard', seed: 3, transport: 'rtu' })
  raw(text: string): string[] {
    const outputs = this.model.onBytes(hex(text), this.atMs * 1000)
    return outputs.flatMap((o) =>
      o.do === 'send' ? [hexOf(o.bytes)] : o.do === 'row' ? [] : [o.do],
    )
  }
}

describe('the relay board on RTU', () => {
  it.each([
    ['relay 1 on', '01050000FF008C3A', '01050000FF008C3A'],
    ['relay 1 off', '010500000000CDCA', '010500000000CDCA'],
    ['all off', '010500FF0000FDFA', '010500FF0000FDFA'],
    ['pulse of 700 ms', '0105020000078DB0', '0105020000078DB0'],
    ['read relays', '0101000000083DCC', '0101010051 88'.replace(' ', '')],
    ['read inputs of a closed boom', '01020000000879CC', '0102010220 49'.replace(' ', '')],
    ['write 8 coils', '010F0000000801F8FF17', '010F00000008540D'],
    ['a bad address', hexOf(sealed(hex('010500 10FF00'.replace(' ', '')))), '018502C351'],
    ['a function it does not have', hexOf(sealed(hex('012B0E01'))), hexOf(sealed(hex('01AB01')))],
  ])('%s', (_, request, answer) => {
    expect(new Bench().raw(request)).toEqual([answer])
  })
  it.each([
    ['another unit', hexOf(sealed(hex('020200000008')))],
    ['a call to all', hexOf(sealed(hex('0005000000 00'.replace(' ', ''))))],
    ['a wrong check', '01020000000879CD'],
    ['half a request', '01020000'],
    ['noise', 'FFEEDDCCBBAA998877'],
  ])('is deaf to %s', (_, request) => {
    expect(new Bench().raw(request)).toEqual([])
  })
  it('takes requests at any split, and two in one piece', () => {
    const b = new Bench()
    const request = '01020000000879CC'
    const out: string[] = []
    for (const byte of request.match(/../g) ?? []) out.push(...b.raw(byte))
    expect(out).toHaveLength(1)
    expect(b.raw(request + request)).toHaveLength(2)
  })
  it('forgets half a request after a silence', () => {
    const b = new Bench()
    b.raw('010200')
    b.atMs += 60
    expect(b.raw('01020000000879CC')).toHaveLength(1)
  })
  it('the check is that of the published vector', () => {
    expect(crc16Of(hex('01050000FF00'))).toBe(0x3a8c)
  })
})
