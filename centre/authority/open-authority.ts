import type { Authority } from './authority.ts'
export const openAuthority = (
  _dir: string,
  _names: readonly string[],
  _nowMs: number,
): Promise<Authority> => Promise.resolve({ server: { key: '', cert: '' } } as never)
