// A text of the system or of a library is said in plain words; a text of our own is left.
import { z } from 'zod'
import { expect, it } from 'vitest'
import { apiErrorOf, codedFault } from '#base/process/api-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { issueText } from '#base/pure/words/issue-why.ts'
import { systemReason } from '#base/pure/words/system-words.ts'

it.each([
  ["ENOENT: no such file or directory, open '/x/lot.json'", '没有这个文件或文件夹'],
  ['EACCES: permission denied, mkdir', '没有权限'],
  ['connect ECONNREFUSED 127.0.0.1:8443', '连接被拒绝'],
  ['SQLITE_BUSY: database is locked', '正被别的程序使用'],
  ['SQLITE_MISUSE', '数据库出错'],
  ['UND_ERR_HEADERS_TIMEOUT', '连接超时'],
  ['self-signed certificate in certificate chain', '对方的证书不受信任'],
  ['Unexpected token } in JSON at position 4', '内容不完整或格式不对'],
  ['ENOSPC: no space left on device, write', '磁盘满了'],
  [
    'EFBIG: file too large, write',
    '这个盘装不下这么大的文件(FAT32 一个文件不到 4 GB):换一个 exFAT 或 NTFS 的盘',
  ],
])('%s is %s', (text, zh) => {
  expect(systemReason(text)?.zh).toBe(zh)
  expect(apiErrorOf(new LaneFault('FILE-01', { note: text })).why?.zh).toBe(zh)
  expect(codedFault('FILE-01', text)).toMatchObject({ note: text, why: { zh } })
})

it.each(['noWholeAnswer 1000', '测A12345', 'exit', ''])('%j is left', (text) => {
  expect(systemReason(text)).toBeNull()
  expect(codedFault('FILE-01', text)).toEqual({ code: 'FILE-01', note: text })
})

it.each([
  [z.string(), 5],
  [z.number().min(3), 1],
  [z.enum(['a', 'b']), 'c'],
  [z.string().regex(/^\d+$/), 'x'],
  [z.strictObject({}), { a: 1 }],
])('what a schema refuses is said without the words of its library: %#', (schema, value) => {
  const issue = schema.safeParse(value).error?.issues[0]
  expect(issue?.message).toMatch(/^(?:Invalid|Too|Unrecognized)/)
  const { en } = issueText(issue ?? { message: 'none' })
  expect(en).not.toMatch(/Invalid|Too|Unrecognized|received|pattern/)
  expect(en).not.toBe('')
})
