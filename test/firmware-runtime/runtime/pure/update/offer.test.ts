// Which file of a release is for this program, and whether it is newer.
import { expect, it } from 'vitest'
import { compareVersions, offerOf, type ReleaseFile } from '#runtime/pure/update/offer.ts'

const own = { product: 'etc-lane', version: '0.1.20', system: 'linux-x64' }
const file = (more: Partial<ReleaseFile> = {}): ReleaseFile => ({
  path: 'a.tar.gz',
  bytes: 1,
  sha256: '0'.repeat(64),
  build: 'abc',
  form: 'archive',
  ...own,
  ...more,
})

it.each([
  ['0.1.20', '0.1.3', 1],
  ['0.1.20', '0.1.20', 0],
  ['0.9.99', '0.10.0', -1],
  ['1.0.0', '0.99.99', 1],
])('%s against %s', (a, b, sign) => {
  expect([Math.sign(compareVersions(a, b)), Math.sign(compareVersions(b, a))]).toEqual([
    sign,
    sign === 0 ? 0 : -sign,
  ])
})

it.each(['', '1.0', '1.0.0.0', '01.0.0', '1.0.x', 'v1.0.0', '1.0.-1', '1.0.9999999999'])(
  '%j is no version',
  (version) => {
    expect(compareVersions(version, '1.0.0')).toBeNaN()
    expect(offerOf([file({ version })], own)).toEqual({ is: 'none' })
  },
)

it.each([
  ['newer', [file({ version: '0.1.21' })]],
  ['newer', [file({ version: '0.1.9' }), file({ version: '0.2.0' }), file({ version: '0.1.30' })]],
  ['same', [file()]],
  ['older', [file({ version: '0.1.19' })]],
  ['none', []],
  ['none', [file({ product: 'etc-shop', version: '9.0.0' })]],
  ['none', [file({ system: 'win32-x64', version: '9.0.0' })]],
  ['none', [file({ form: '', version: '9.0.0' })]],
] as const)('is %s', (is, files) => {
  expect(offerOf(files, own).is).toBe(is)
})

it('offers the newest, by number and not by text', () => {
  const offer = offerOf(
    [file({ version: '0.1.9' }), file({ version: '0.1.100' }), file({ version: '0.1.99' })],
    own,
  )
  expect(offer).toMatchObject({ is: 'newer', file: { version: '0.1.100' } })
})
