// Whether a Windows folder lies in OneDrive: by what it tells the signed-in person, and by its usual name.
import { expect, it } from 'vitest'
import { cloudFolder } from '#ledger/pure/lot/cloud-folder.ts'

const person = {
  OneDrive: 'D:\\云 盘',
  OneDriveConsumer: '',
  OneDriveCommercial: 'C:\\people\\张三\\OneDrive - 某公司\\',
}

it.each([
  ['by the environment', 'D:\\云 盘\\车场', person, 'D:\\云 盘'],
  ['in capitals and by slashes', 'd:/云 盘/lot', person, 'D:\\云 盘'],
  ['the folder itself', 'D:\\云 盘', person, 'D:\\云 盘'],
  [
    'the one of an organisation',
    'C:\\people\\张三\\OneDrive - 某公司\\桌面\\车场',
    person,
    person.OneDriveCommercial,
  ],
  ['by its name alone', 'C:\\people\\a\\OneDrive\\Desktop\\lot', {}, 'C:\\people\\a\\OneDrive'],
  [
    'with an organisation',
    'c:\\people\\a\\onedrive - b c\\lot',
    {},
    'c:\\people\\a\\onedrive - b c',
  ],
  ['at its end', 'E:\\OneDrive', {}, 'E:\\OneDrive'],
])('is in OneDrive: %s', (_what, path, environment, root) => {
  expect(cloudFolder(path, environment)).toBe(root)
})

it.each([
  ['beside it', 'D:\\云 盘 二\\车场', person],
  ['a name that begins alike', 'C:\\OneDriveBackup\\lot', {}],
  ['a name that ends alike', 'C:\\my OneDrive\\lot', {}],
  ['a usual folder', 'C:\\车场 一号', person],
  ['an empty value', 'C:\\lot', { OneDrive: '' }],
])('is not: %s', (_what, path, environment) => {
  expect(cloudFolder(path, environment)).toBe(null)
})
