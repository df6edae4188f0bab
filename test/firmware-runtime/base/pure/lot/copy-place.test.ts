// The address of a server for copies: a complete one is accepted; a password, an incomplete
// address or another scheme is refused.
import { expect, it } from 'vitest'
import { sftpPlaceOf } from '#base/pure/lot/copy-place.ts'

it.each([
  ['sftp://lot@nas/copies', 'lot', 'nas', 22, '/copies'],
  ['sftp://lot@nas.example:2222/a/b/', 'lot', 'nas.example', 2222, '/a/b'],
  ['sftp://lot@example.com@10.0.0.7/x y', 'lot@example.com', '10.0.0.7', 22, '/x y'],
  ['sftp://lot@[fe80::1]:23/~/copies', 'lot', 'fe80::1', 23, 'copies'],
])('%s', (to, user, host, port, path) => {
  expect(sftpPlaceOf(to)).toEqual({ user, host, port, path })
})

it.each([
  ...['sftp://nas/copies', 'sftp://lot@nas', 'sftp://lot@nas/', 'sftp://lot@nas/~/'],
  ...['sftp://lot:word@nas/copies', 'sftp://lot@nas:0/copies', 'sftp://lot@nas:70000/copies'],
  ...['ftp://lot@nas/copies', '/media/stick', 'sftp://lot@na s/copies', 'sftp://@nas/copies'],
])('%s is none', (to) => {
  expect(sftpPlaceOf(to)).toBeNull()
})
