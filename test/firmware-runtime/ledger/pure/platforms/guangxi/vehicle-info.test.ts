// Decryption of vehicle information as page P17 defines it: the request, and every answer that is refused.
import { describe, expect, it } from 'vitest'
import { base64Of } from '#base/pure/data/base64.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { vehicle } from '#ledger/pure/platforms/guangxi/vehicle-info.ts'
import { interfaceOf } from '#ledger/http/signed-platform.ts'

const ask = {
  obu: { obuId: '02001234', issuerHex: 'B9E3CEF745010001' },
  sealed: { keyVersion: '01', algorithm: '04', random: '0011223344556677', cipher: 'A5A5' },
}
const seal = (info: object): string => base64Of(new TextEncoder().encode(JSON.stringify(info)))
const info = { vehiclePlate: '测A12345', vehicleColor: 4, vehicleType: 1 }
const good = { listNo: 'V1', obuId: '02001234', vehicleInfo: seal(info) }
/** Decryption returns its input here; the real one has its own tests. */
const read = (data: object, respCode = '100000', open = (sealed: Uint8Array) => sealed) =>
  vehicle.read('V1', ask, new TextEncoder().encode(JSON.stringify({ respCode, data })), (sealed) =>
    open(sealed),
  )

describe('vehicle information (P17)', () => {
  it('is asked for by the members of the page, under a name of its own and without a key for repeats', () => {
    const asked = vehicle.request('V1', ask)
    expect(asked).toMatchObject({ method: 'POST', idempotencyKey: null })
    expect(JSON.parse(asked.bodyText)).toEqual({
      listNo: 'V1',
      obuId: '02001234',
      contractProvider: 'B9E3CEF745010001',
      keyVersion: '01',
      algorithmIdentifier: '04',
      random: '0011223344556677',
      cipherVehicleInfo: 'A5A5',
    })
    expect(interfaceOf(guangxi, asked)).toBe('vehicleInfo')
  })

  it('is a plate with its colour and class', () => {
    const expected = { plate: '测A12345', plateRaw: '测A12345', colour: 'green', vehicleClass: 1 }
    expect(read(good)).toEqual(expected)
  })

  it.each([
    ['of another number', { ...good, listNo: 'V2' }],
    ['of another OBU', { ...good, obuId: '02001235' }],
    ['without a member', { ...good, vehicleInfo: undefined }],
    ['whose member is no Base64', { ...good, vehicleInfo: '测A12345' }],
    ['in clear', { ...good, vehicleInfo: info }],
    ['without a plate', { ...good, vehicleInfo: seal({ ...info, vehiclePlate: '' }) }],
    [
      'with a text that is no plate',
      { ...good, vehicleInfo: seal({ ...info, vehiclePlate: 'x' }) },
    ],
    ['with a colour that is none', { ...good, vehicleInfo: seal({ ...info, vehicleColor: '4' }) }],
    ['with a class that is none', { ...good, vehicleInfo: seal({ ...info, vehicleType: 0 }) }],
  ])('is none %s', (_name, data) => {
    expect(read(data)).toBeNull()
  })

  it('is none where it was refused or does not open', () => {
    expect(read(good, '200012')).toBeNull()
    expect(vehicle.read('V1', ask, new TextEncoder().encode('{'), (one) => one)).toBeNull()
    const body = new TextEncoder().encode(JSON.stringify({ respCode: '100000', data: good }))
    expect(vehicle.read('V1', ask, body, () => null)).toBeNull()
  })
})
