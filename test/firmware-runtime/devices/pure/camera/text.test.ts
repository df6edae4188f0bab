// Text of cameras: each field by its own bytes, whatever the label says and whatever charset another field has.
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { cameraText } from '#devices/pure/camera/text.ts'

const utf8 = (text: string): Buffer => Buffer.from(text)
const gbk = (text: string): Buffer => iconv.encode(text, 'gbk')
const xml = (plate: Buffer, other: Buffer, label = ' encoding="UTF-8"'): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      utf8(`<?xml version="1.0"${label}?><A><licensePlate>`),
      plate,
      utf8('</licensePlate><channelName>'),
      other,
      utf8('</channelName></A>'),
    ]),
  )
const plateOf = (bytes: Uint8Array, charset = ''): string | undefined =>
  /<licensePlate>([^<]*)</.exec(cameraText(bytes, charset))?.[1]

const provinces = [...'京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼测']
it.each(provinces)('%s in either charset under each label', (province) => {
  for (const text of [`${province}A12345`, `蓝${province}A12345`, `${province}A1234学`])
    for (const label of ['', ' encoding="UTF-8"', ' encoding="GB2312"'])
      for (const charset of ['', 'utf-8', 'gbk'])
        for (const of of [utf8, gbk])
          expect(plateOf(xml(of(text), utf8(''), label), charset)).toBe(text)
})

it.each([
  ['UTF-8', utf8, '南门', gbk],
  ['UTF-8', utf8, '第一', (text: string) => gbk(text).subarray(0, 3)],
  ['GBK', gbk, '南门', utf8],
  ['GBK', gbk, '门', (text: string) => utf8(text).subarray(0, 2)],
  ['UTF-8', utf8, 'ü', (text: string) => Buffer.from(text, 'latin1')],
] as const)('a plate in %s beside a field in another charset, or cut', (_name, of, other, as) => {
  expect(plateOf(xml(of('豫A12345'), as(other)))).toBe('豫A12345')
  expect(plateOf(xml(of('测AD12345'), as(other), ''))).toBe('测AD12345')
})

it('a field that is no plate follows its label', () => {
  const text = cameraText(xml(utf8('测A12345'), utf8('Café')))
  expect(text).toContain('<channelName>Café<')
})

it('lines and JSON have fields too, and a mark of the byte order is left out', () => {
  const lines = Buffer.concat([
    utf8('A='),
    gbk('豫A12345'),
    utf8('\r\nB='),
    utf8('桂A00004'),
    utf8('\r\n'),
  ])
  expect(cameraText(new Uint8Array(lines), 'utf-8')).toBe('A=豫A12345\r\nB=桂A00004\r\n')
  const json = Buffer.concat([utf8('{"license":"'), gbk('豫A12345'), utf8('","name":"门"}')])
  expect(JSON.parse(cameraText(new Uint8Array(json)))).toEqual({ license: '豫A12345', name: '门' })
  expect(cameraText(new Uint8Array(utf8('\ufeff<a>测</a>')))).toBe('<a>测</a>')
})
