// Security descriptors of Windows folders: who may change the program, and whether a crowd may use the folder of a lot.
// The texts are those of Get-Acl for usual folders, written by the documents of Microsoft; none came from a real machine.
import { expect, it } from 'vitest'
import { changedBy, openTo } from '#lane/pure/lot/windows-rights.ts'

const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
const person = 'S-1-5-21-1004336348-1177238915-682003330-1001'

it.each([
  [
    'a folder below Program Files',
    `O:BAG:DUD:AI(A;ID;FA;;;${installer})(A;CIIOID;GA;;;${installer})(A;ID;FA;;;SY)(A;OICIIOID;GA;;;SY)(A;ID;FA;;;BA)(A;OICIIOID;GA;;;BA)(A;ID;0x1200a9;;;BU)(A;OICIIOID;GXGR;;;BU)(A;OICIIOID;GA;;;CO)(A;ID;0x1200a9;;;AC)`,
    [],
  ],
  ['a folder of the system account', 'O:SYG:SYD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)', []],
  [
    'a folder made below C: by an administrator',
    'O:BAG:DUD:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)',
    ['AU'],
  ],
  [
    'a folder that a person unpacked',
    `O:${person}G:DUD:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)`,
    [person],
  ],
  [
    'a folder with write rights of one person',
    `O:BAG:DUD:(A;;FA;;;SY)(A;OICI;0x1301bf;;;${person})`,
    [person],
  ],
  ['a folder in which everybody may append', 'O:BAG:DUD:(A;CI;LC;;;BU)(A;;FA;;;SY)', ['BU']],
  ['rights that may be changed by others', 'O:BAG:DUD:(A;;WD;;;BU)', ['BU']],
  ['a right of two letters that is not known', 'O:BAG:DUD:(A;;ZZ;;;BU)', ['BU']],
  ['refused rights alone', 'O:BAG:DUD:(D;;FA;;;WD)(A;;FA;;;SY)', []],
  [
    'a condition behind a right',
    'O:BAG:DUD:(XA;;FW;;;AU;(WIN://SYSAPPID Exists))(A;;FA;;;SY)',
    ['AU'],
  ],
  ['a list of audits behind it', 'O:BAG:DUD:P(A;;FA;;;SY)S:AI(AU;SAFA;FA;;;WD)', []],
  ['nobody', 'O:BAG:DUD:P', []],
  ['no list at all: everybody may do everything', 'O:BAG:DUD:NO_ACCESS_CONTROL', ['?']],
  ['no answer', '', ['?']],
  ['an error text', "Get-Acl : Cannot find path 'C:\\x'", ['?']],
])('changed by: %s', (_what, sddl, able) => {
  expect(changedBy(sddl)).toEqual(able)
})

it.each([
  [
    'as install sets it',
    `O:BAG:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;${person})`,
    [],
  ],
  ['readable by users', 'O:BAG:DUD:(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)', ['BU']],
  [
    'for those who signed in, and for everyone',
    'O:BAG:DUD:(A;;0x1301bf;;;AU)(A;;FR;;;S-1-1-0)',
    ['AU', 'S-1-1-0'],
  ],
  ['no answer', '', ['?']],
])('open to: %s', (_what, sddl, open) => {
  expect(openTo(sddl)).toEqual(open)
})
