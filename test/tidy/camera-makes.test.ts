// No make of camera is named outside its folders: the program knows a make only by its make.ts, push.ts, tcp.ts,
// search.ts or gate.ts, and by that of its cameras of parking spaces.
import { expect, it } from 'vitest'
import { pushMakes } from '#devices/pure/camera/push-makes.ts'
import { readTree } from './tree.ts'

const cameras = 'firmware-runtime/devices/pure/camera/'
const watchers = 'firmware-runtime/devices/pure/watch/'
const tree = readTree()
const folders = [...tree.keys()].flatMap(
  (path) =>
    new RegExp(`^${cameras}([\\w-]+)/(?:make|push|tcp|search|gate)\\.ts$`).exec(path)?.[1] ?? [],
)
const makes = [...new Set([...folders, ...pushMakes.map(({ name }) => name)])]
/** Matches a make as a word or at the beginning of one, in code and in comments. */
const named = new RegExp(
  `(?<![a-z])(?:${makes.join('|')})(?![a-z])|(?:${makes.join('|')})(?=[A-Z])`,
  'i',
)
const isProduct = (path: string): boolean =>
  /^(?:firmware-runtime|renderer|electron)\//.test(path) &&
  !makes.some((make) => [cameras, watchers].some((room) => path.startsWith(`${room}${make}/`))) &&
  !/^(?:firmware-runtime\/simulators\/|renderer\/(?:i18n\/|pages\/\w+\/words[\w-]*\.ts))/.test(
    path,
  ) &&
  path !== `${watchers}makes.ts` &&
  !new RegExp(`^${cameras}(?:makes|push-makes|tcp-makes|searches|gate-makes)\\.ts$`).test(path)

/** Files that may still name makes, with the reason. A file that no longer does must be removed here. */
const left: Readonly<Record<string, readonly string[]>> = {
  'examples in profiles, and serial ports behind a camera, of one make': [
    'devices/hosts/vz-passthrough.ts',
    'devices/profiles/example-cameras.ts',
    'devices/profiles/example-codecs.ts',
    'devices/profiles/schema-protocol.ts',
    'devices/desk/lane/devices.ts',
  ],
  'which simulated cameras a street is played with': ['harness/lot/street-sims.ts'],
}

it('no make of camera is named outside its folder', () => {
  const found = [...tree].flatMap(([path, text]) =>
    isProduct(path) && named.test(text) ? [path] : [],
  )
  const known = Object.values(left)
    .flat()
    .map((path) => `firmware-runtime/${path}`)
  expect(found.toSorted()).toEqual(known.toSorted())
})
