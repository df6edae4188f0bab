// A text for a person, an answer or a row is a word with arguments or has both languages: no product code has
// an English sentence without a Chinese one beside it. Exceptions are listed with their reason.
import { expect, it } from 'vitest'
import { englishAlone, sentencesOf } from './sentences.ts'
import { readTree } from './tree.ts'

/** Texts that no person reads as a sentence, by path. */
const allowed: readonly (readonly [path: RegExp, why: string])[] = [
  [/^electron\/main\/(?:app-protocol|report-window)\.ts: (?:not found|img-src)/, 'of HTTP'],
  [/crypto\/vectors\.ts: /, 'published test vectors'],
  [/links\/key-link\.ts: {2}use strict/, 'a program of another language'],
  [/adapters\/pay\/(?:openapi|protocol)\.ts: /, 'docs of the payment port for programmers'],
  [
    /(?:machine-seal|receipt-proof|container|survey\/evidence)\.ts: /,
    'a text that is signed or sealed',
  ],
  [/survey-format\.ts: survey format/, 'the name of a migration'],
  [
    /(?:clock-setter|push-address|service-\w+|profile\/import|example-lane)\.ts: (?:sudo|ufw|netsh|etc-lane|profile) /,
    'a command to type',
  ],
  [/values\/simulated\.ts: platform TLS authority/, 'a name in a certificate'],
  [/service-files\.ts: (?:User=|# Written by|\) - |if |elif )/, 'a file of the system'],
  [/lot\/service-ends\.ts: /, 'a table of docs/operations.md'],
  [/(?:beside-file|gate-link|space-link)\.ts: [\w§]+:\/\//, 'forms of a link'],
  [
    /(?:queue|device|profile\/import|setup-ports|try-ports)\.ts: [\w -]+$/,
    'the name of a command or program that acts',
  ],
  [/rsu\/[\w-]+\/frames\.ts: (?:enum|file|repeat) \w+/, 'the kind of a field of a frame'],
  [/lane-content\.ts: no fence/, 'a text of signed passports, compared with theirs'],
  [/lot-belief\.ts: edited in the file/, 'a name in kept versions; views say `isEdited`'],
  [/report-template\.ts: /, 'what a template may not hold, by its name in HTML'],
  [/core\/lot\/[a-z]+-checks\.ts: /, 'findings of the invariants, which a harness alone prints'],
  [/dahua\/make\.ts: |pay\.ts: please scan|clock-figures\.ts: tells no time/, 'an example'],
  [/stream\/reader\.ts: left out/, 'a value of a field, which the window has words for'],
  [/frame-engine\.ts: /, 'why a frame of our own tables is not made: a broken table'],
  [/override-schema\.ts: /, 'the English of a schema; issue-why.ts has the Chinese'],
  [/tracking\.ts: Not synchronised/, 'what chrony prints'],
  [/guangxi\/bodies\.ts: first car/, 'a member of a frozen body'],
  [/lot-file\.ts: demo tariff/, 'the name of a file'],
  [/contact-words\.ts: /, 'the end of reasons that copies of earlier versions hold'],
]

const all = sentencesOf(readTree())

it('every sentence has its Chinese one beside it', () => {
  expect(all.filter((found) => !allowed.some(([path]) => path.test(found)))).toEqual([])
})

it.each(allowed)('%s is still there: %s', (path) => {
  expect(all.filter((found) => path.test(found))).not.toEqual([])
})

it('findings of the invariants stay with the harness', () => {
  const users = [...readTree()].flatMap(([path, source]) =>
    /^(?:firmware-runtime|electron|renderer|features)\//.test(path) &&
    /lot\/invariants\.ts'/.test(source)
      ? [path]
      : [],
  )
  expect(users.filter((path) => !path.startsWith('firmware-runtime/harness/'))).toEqual([])
})

it.each([
  ["handlers.down('closed by the lane')"],
  ["throw new LaneFault('CRYPTO-02', { note: 'private key is not 32 bytes' })"],
  ['stop(`it was cut from ${before} to ${now} bytes`)'],
  ["if (!ok) throw broken(file, 'its seal does not hold')"],
  ["end('impossible', 'the peer sends no lines')"],
  ['const body = { reason: `not proven: record ${seq} is of another file` }'],
  ['warnings.push(`the file is for ${variant}, the device is ${model}`)'],
  ["const open = drawer?.() ?? 'no drawer'"],
])('one would be seen: %s', (source) => {
  expect(englishAlone('a.ts', source)).toHaveLength(1)
})

it.each([
  ["t('车道一侧关闭', 'closed by the lane')"],
  ["must(rows > 0, 'there is at least one row')"],
  ["db.prepare('SELECT seq FROM ledger_row')"],
  ["type Way = 'one of two' | 'none at all'"],
  ["note('closedHere')"],
])('none is: %s', (source) => {
  expect(englishAlone('a.ts', source)).toEqual([])
})
