// The ids of the rows of table D.1, from the names of their files.
// Written from this folder by test/tidy/folder-tables.test.ts.

export const itemIds = [
  'D1',
  'D2',
  'D3',
  'D4',
  'D5',
  'D6',
  'D7',
  'D8',
  'D9',
  'D10',
  'D11',
  'D12',
  'D13',
  'D14',
  'D15',
] as const
export type ItemId = (typeof itemIds)[number]
