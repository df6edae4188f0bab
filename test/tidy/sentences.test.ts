// A text for a person, an answer or a row is a word with arguments or has both languages: no product code has
// an English sentence without a Chinese one beside it. Exceptions are listed with their reason.
import { expect, it } from 'vitest'
import { codePutIn, englishAlone, halfWidth, sentencesOf } from './sentences.ts'
import { readTree } from './tree.ts'

/** Texts that no person reads as a sentence, by path. */
const allowed: readonly (readonly [path: RegExp, why: string])[] = [
  [/^electron\/main\/(?:app-protocol|report-window)\.ts: (?:not found|img-src)/, 'of HTTP'],
  [/crypto\/vectors\.ts: /, 'published test vectors'],
  [/links\/key-link\.ts: {2}use strict/, 'a program of another language'],
  [/money\/pay\/(?:openapi|protocol)\.ts: /, 'docs of the payment port for programmers'],
  [/money\/partners\/(?:openapi|protocol)\.ts: /, 'docs of an interface for programmers'],
  [
    /(?:machine-seal|receipt-proof|container|stamped-head|file\/evidence)\.ts: /,
    'a text that is signed or sealed',
  ],
  [/survey-format\.ts: survey format/, 'the name of a migration'],
  [
    /(?:clock-setter|push-address|service-\w+|profile\/import|example-lane|port-takers|device-test)\.ts: {1,3}(?:sudo|ufw|netsh|etc-lane|profile) /,
    'a command to type',
  ],
  [/table-remarks\.ts: /, 'a line that tables carry for their reader'],
  [/camera\/times\.ts: jan feb /, 'months of RFC 822'],
  [/money\/calls\.ts: lot_id, /, 'columns of a query'],
  [/lot\/simulated\.ts: platform TLS authority/, 'a name in a certificate'],
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
  [
    /lane\/pure\/lot\/[a-z]+-checks\.ts: /,
    'findings of the invariants, which a harness alone prints',
  ],
  [/dahua\/make\.ts: |pay\.ts: please scan|clock-figures\.ts: tells no time/, 'an example'],
  [/stream\/reader\.ts: left out/, 'a value of a field, which the window has words for'],
  [/frame-engine\.ts: /, 'why a frame of our own tables is not made: a broken table'],
  [/override-schema\.ts: /, 'the English of a schema; issue-why.ts has the Chinese'],
  [/tracking\.ts: Not synchronised/, 'what chrony prints'],
  [/guangxi\/bodies\.ts: first car/, 'a member of a frozen body'],
  [/lot-file\.ts: demo tariff/, 'the name of a file'],
  [/contact-words\.ts: /, 'the end of reasons that copies of earlier versions hold'],
]

/** Texts with marks of their own width, and with an id in them. */
const asTheyAre: readonly (readonly [path: RegExp, why: string])[] = [
  [/lot-records\.ts: 退费没有成功/, 'a member of a frozen body'],
  [/d13-radio\.ts: 无线信号强度/, 'the text of the standard'],
  [/firmware-runtime\/survey\/[\w/-]+\.ts: 示例/, 'what a person types, in signed examples'],
]
const withIds: readonly (readonly [path: RegExp, why: string])[] = [
  [
    /firmware-runtime\/acceptance\/pure\/(?:heartbeats|leaving|sign-ins|items\/e04-exceptions)\.ts: /,
    'evidence is judged again from rows, which name a lane by its id',
  ],
]

const tree = readTree()
const all = sentencesOf(tree)

it.each([
  ['a mark of its own width stands after a Chinese word', halfWidth, asTheyAre],
  ['an id or the text of an error is put into a sentence', codePutIn, withIds],
] as const)('nowhere %s', (_, find, kept) => {
  const found = sentencesOf(tree, find)
  expect(found.filter((one) => !kept.some(([path]) => path.test(one)))).toEqual([])
  expect(kept.filter(([path]) => !found.some((one) => path.test(one)))).toEqual([])
})

it.each([
  [halfWidth, "centered('停车收费收据(副本)')"],
  [halfWidth, "const heads = ['停车分钟', '应收(元)']"],
  [halfWidth, 'const page = `<p>锁好,不要拍照</p>`'],
  [halfWidth, "const column = { zh: '金额:分', cell }"],
  [codePutIn, 't(`${lane.laneId} 有车`, `a car is in ${lane.laneId}`)'],
  [codePutIn, 't(`不能回放:${error.message}`, `cannot be replayed: ${error.message}`)'],
  [codePutIn, "t('rehearsal.bar', { lane: car.laneId })"],
])('a planted one is seen: %o %s', (find, source) => {
  expect(find('a.ts', source)).toHaveLength(1)
})

it.each([
  [halfWidth, "t('锁好,不要拍照', 'lock it away')"],
  [halfWidth, "const word = { zh: '好,走', en: 'well, go' }"],
  [halfWidth, "centered('停车收费收据（副本）')"],
  [codePutIn, 't(`${name.zh}有车`, `a car is in ${name.en}`)'],
  [codePutIn, "t('rehearsal.bar', { lane: words.of(lane.name) })"],
])('%o lets it be: %s', (find, source) => {
  expect(find('a.ts', source)).toEqual([])
})

it('every sentence has its Chinese one beside it', () => {
  expect(all.filter((found) => !allowed.some(([path]) => path.test(found)))).toEqual([])
})

it.each(allowed)('%s is still there: %s', (path) => {
  expect(all.filter((found) => path.test(found))).not.toEqual([])
})

it('findings of the invariants stay with the harness', () => {
  const users = [...readTree()].flatMap(([path, source]) =>
    /^(?:firmware-runtime|electron|renderer|centre)\//.test(path) &&
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
