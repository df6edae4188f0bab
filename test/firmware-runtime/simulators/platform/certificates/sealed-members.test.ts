// How the simulated platform handles sealed members and file names: opened before they are judged, refused by member and by
// part. Made with the product's sealer, so that two implementations must agree.
import { expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { fieldOpener, fileKeyOf } from '#base/crypto/platform-file.ts'
import { suiteBy } from '#base/crypto/suites.ts'
import { certificateRequest } from '#base/crypto/certificate-request.ts'
import { pemText } from '#base/crypto/certificate-request.ts'
import { readRequest } from '#simulators/platform/certificates/certificates.ts'
import { requestStamp } from '#simulators/platform/file-name.ts'
import { rsaSuite } from '#simulators/platform/certificates/rsa-suite.ts'
import { openedMembers } from '#simulators/platform/certificates/sealed-members.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { derOf } from '#simulators/platform/certificates/sm2-der.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'

const crypto = openGmCrypto()
const sims = { GM: gmSuite(chooseSuite()), RSA_AES: rsaSuite }
const route = 'POST /v1/etc/exit-charges'

it.each(['GM', 'RSA_AES'] as const)('%s: members are opened, and refused in clear', (name) => {
  const key = sims[name].newKey()
  const publicKey =
    name === 'GM' ? Buffer.from(key.publicHex, 'hex') : Buffer.from(sims[name].spki(key.publicHex))
  const suite = suiteBy(name, crypto)
  const open = sims[name].fieldOpener(new Map([['0A01', key.privateHex]]))
  const seal = (text: string): string =>
    Buffer.from(suite.encryptText(new Uint8Array(publicKey), Buffer.from(text))).toString('base64')
  const asked = (members: object, serial?: string, wantsVehicleIds = true) =>
    openedMembers({ route, members: { ...members }, serial, wantsVehicleIds, open })
  const clear = { outTradeNo: 'P1', vehiclePlate: '桂A12345', obuId: '1A2B3C4D', cardPlate: '' }
  const sealed = { ...clear, vehiclePlate: seal(clear.vehiclePlate), obuId: seal(clear.obuId) }
  expect(asked(sealed, '0A01')).toEqual({ members: clear, isSealed: true })
  expect(asked(sealed, '0A02')).toMatchObject({
    wrong: { respCode: '200012', detail: { field: '/vehiclePlate', issue: 'does not open' } },
  })
  expect(asked({ ...sealed, obuId: clear.obuId }, '0A01')).toMatchObject({
    wrong: { respCode: '200012', detail: { field: '/obuId' } },
  })
  expect(asked(clear)).toMatchObject({ wrong: { respCode: '200012' } })
  expect(asked(clear, undefined, false)).toEqual({ members: clear, isSealed: false })
  expect(asked({ phone: '139' }, undefined, false)).toMatchObject({ wrong: { respCode: '200012' } })
})

it.each(['GM', 'RSA_AES'] as const)(
  '%s: a member for a lot opens with its key alone, whichever of its keys that is',
  (name) => {
    const suite = suiteBy(name, crypto)
    const [own, former] = [sims[name].newKey(), sims[name].newKey()]
    const keyOf = ({ privateHex }: typeof own) =>
      fileKeyOf(suite, '0A01', new Uint8Array(Buffer.from(privateHex, 'hex')))
    const sealed = new Uint8Array(
      Buffer.from(sims[name].fieldSealer(own.publicHex)('{"plate":"桂A12345"}'), 'base64'),
    )
    const both = fieldOpener([keyOf(former), keyOf(own)])
    expect(Buffer.from(both(sealed) ?? []).toString('utf8')).toBe('{"plate":"桂A12345"}')
    expect(fieldOpener([keyOf(former)])(sealed)).toBeNull()
    expect(both(sealed.subarray(0, -1))).toBeNull()
  },
)

it('an RSA request proves its key, to OpenSSL rules and to the platform', () => {
  const suite = suiteBy('RSA_AES', crypto)
  const pair = suite.keyPair()
  const subject = { organisation: 'O', commonName: 'lane GX00012' }
  const made = certificateRequest(subject, pair.publicKey, suite.signingKey(pair, ''))
  const der = derOf(pemText('CERTIFICATE REQUEST', made))
  const read = readRequest(der, rsaSuite.verifier, rsaSuite)
  expect(read?.commonName).toBe('lane GX00012')
  expect(Buffer.from(rsaSuite.spki(read?.publicHex ?? ''))).toEqual(Buffer.from(pair.publicKey))
  const forged = der.map((byte, i) => (i === der.length - 9 ? byte ^ 1 : byte))
  expect(readRequest(forged, rsaSuite.verifier, rsaSuite)).toBeNull()
  expect(readRequest(der, sims.GM.verifier, sims.GM)).toBeNull()
})

const when = '20261120143000123'
it.each([
  ['suffix', '', `PARK_TRADE_EXITUPLOAD_REQ_GX00012_${when}`],
  ['time', '20261320143000123', 'PARK_TRADE_EXITUPLOAD_REQ_GX00012_20261320143000123.json'],
  ['time', '20260231143000123', 'PARK_TRADE_EXITUPLOAD_REQ_GX00012_20260231143000123.json'],
  ['appId', 'GX00013', `PARK_TRADE_EXITUPLOAD_REQ_GX00013_${when}.json`],
  ['mark', 'RES', `PARK_TRADE_EXITUPLOAD_RES_GX00012_${when}.json`],
  ['service', 'LOT', `LOT_TRADE_EXITUPLOAD_REQ_GX00012_${when}.json`],
  ['type', 'BILL', `PARK_BILL_EXITUPLOAD_REQ_GX00012_${when}.json`],
  ['command', 'EXITDAY', `PARK_TRADE_EXITDAY_REQ_GX00012_${when}.json`],
  ['service', 'A_PARK_TRADE_EXITUPLOAD', `A_PARK_TRADE_EXITUPLOAD_REQ_GX00012_${when}.json`],
])('a file name with a wrong %s, %j, is refused by it', (part, value, name) => {
  const due = {
    words: ['PARK', 'TRADE', 'EXITUPLOAD'],
    appId: 'GX00012',
    clockMs: Date.parse('2026-11-20T14:30:00+08:00'),
  } as const
  expect(requestStamp(`PARK_TRADE_EXITUPLOAD_REQ_GX00012_${when}.json`, due)).toEqual({
    time: when,
  })
  expect(requestStamp(name, due)).toMatchObject({
    wrong: {
      respCode: '200011',
      detail: { field: `/aad/${part}`, ...(part === 'suffix' ? {} : { value }) },
    },
  })
})
