// Algorithms that a lot and its platform sign, seal and digest with (P7): the national ones, or the international ones.
// 9.3.4 prefers the first and demands neither, so it is a setting of each connection.

export const suiteNames = ['GM', 'RSA_AES'] as const
export type SuiteName = (typeof suiteNames)[number]

/** Default suite of a connection. */
export const standardSuite: SuiteName = 'GM'

export const suiteOf = (connection: { readonly suite?: SuiteName | undefined }): SuiteName =>
  connection.suite ?? standardSuite
