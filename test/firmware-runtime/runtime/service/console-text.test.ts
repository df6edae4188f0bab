// What a program of Windows says, in the code page of its console.
import { expect, it } from 'vitest'
import { consoleText } from '#runtime/service/console-text.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

it.each([
  ['code page 936', 'bedcbef8b7c3cecaa1a3', '拒绝访问。'],
  ['code page 936 with a path', '433a5cb3b5b3a1203120b2bbb4e6d4da', 'C:\\车场 1 不存在'],
  ['code page 65001', 'e68b92e7bb9de8aebfe997aee38082', '拒绝访问。'],
  ['code page 437, ASCII alone', '4163636573732069732064656e6965642e', 'Access is denied.'],
  ['nothing', '', ''],
])('%s', (_page, hex, text) => {
  expect(consoleText(bytes(hex))).toBe(text)
})
