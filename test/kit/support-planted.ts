// What may not leave a lot, as a scene plants it; a search that finds each of it in any text, by code independent of the
// product; and a line of the ledger's page in the form that it has without it.
import iconv from 'iconv-lite'

export const plateOf = (n: number): string => `桂${'ABCDEFGH'[n % 8]}${String(71_003 + 37 * n)}`
export const cardOf = (n: number): string => `4501${String(2_300_000_000_000_017 + 91 * n)}`
export const obuOf = (n: number): string => `4501${(0xa1_17 + 13 * n).toString(16).toUpperCase()}`

export const people = { guard: '李小红', owner: '王建国', stranger: 'zhaoliu' }
export const typed = {
  phone: '13907715566',
  family: '欧阳先生',
  token: 'hookTOKEN8841',
  merchant: 'MERCH-70717',
  appId: 'APPSECRET4242',
  password: 'Tr0ub4dor3x',
  note: '老赵说先放行',
  member: '覃家豪',
  shop: '阿婆米粉店',
  pinyin: 'laozhao',
}
/** The stays of the table: what became of each car. */
export const stays = {
  etc: 's-etc',
  cash: 's-cash',
  free: 's-free',
  letGo: 's-let',
  match: 's-match',
}
export const order = Object.values(stays)
export const plates = order.map((_, n) => plateOf(n))
export const misread = '桂E71157'
const others = 40
export const all = [...order.keys(), ...Array.from({ length: others }, (_, n) => order.length + n)]
export const planted: readonly string[] = [
  ...all.flatMap((n) => [plateOf(n), cardOf(n), obuOf(n)]),
  ...Object.values(people),
  ...Object.values(typed),
  misread,
]

/** The forms in which a text can stand in a file. */
function formsOf(text: string): readonly string[] {
  const dotted = text.replace(/^(\p{Script=Han}[A-Z])(?=[A-Z0-9]{5,6}$)/u, '$1·')
  const bytes = [Buffer.from(text), iconv.encode(text, 'gbk')]
  if (/^(?:[\dA-F]{2})+$/i.test(text)) bytes.push(Buffer.from(text, 'hex'))
  const coded = bytes.flatMap((one) => [
    one.toString('hex'),
    ...[0, 1, 2].flatMap((before) => {
      const all64 = Buffer.concat([Buffer.alloc(before), one]).toString('base64')
      const inner = all64.slice(
        Math.ceil((before * 8) / 6),
        Math.floor(((before + one.length) * 8) / 6),
      )
      return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
    }),
  ])
  return [text, dotted, ...coded]
}

/** What of the planted texts is in a text, in any form. */
export function leaksIn(text: string): readonly string[] {
  const small = text.toLowerCase()
  return planted.filter((one) => formsOf(one).some((form) => small.includes(form.toLowerCase())))
}

/** A line as it stands in a support file: names of cars and people alike, what a person typed left out. */
export const plainLine = (text: string): string =>
  [typed.note, `${typed.family} ${typed.phone}`]
    .reduce((left, one) => left.replaceAll(one, '[…]'), text)
    .replaceAll(new RegExp(`${people.guard}|${people.owner}|(?:业主|值班员|人员)\\d{3}`, 'g'), '@')
    .replaceAll(/\p{Script=Han}[A-Z](?:·车\d{3}|\d{5})/gu, '#')
    .replaceAll(new RegExp(`(?:en )?月租车 ${typed.phone}`, 'g'), '会员')
    .replaceAll('Member', '会员')
    .replaceAll(/第 7 位 [7?]\/[1?]|Character 7, [7?] for [1?]/g, '7')
