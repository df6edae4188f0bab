// Rights of a Windows folder as its security descriptor (SDDL) says them: who besides the system may change or read it.

interface Grant {
  readonly sid: string
  readonly mask: number
}

/** Two-letter rights of SDDL for files, as access masks. */
const letters: Readonly<Record<string, number>> = {
  GA: 0x10000000,
  GX: 0x20000000,
  GW: 0x40000000,
  GR: 0x80000000,
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  SD: 0x10000,
  RC: 0x20000,
  WD: 0x40000,
  WO: 0x80000,
}
/** Writing, appending, deleting, changing rights or owner, and the generic rights that contain them. */
const changing = 0x2 | 0x4 | 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000

/** The system, administrators, who made a file there, and the installer of Windows. */
const trusted: readonly string[] = [
  ...['SY', 'S-1-5-18', 'BA', 'S-1-5-32-544', 'CO', 'S-1-3-0'],
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]
/** Everyone, users, signed-in users, interactive users, guests, network, anonymous, everybody's programs. */
const crowds: readonly string[] = [
  ...[
    'WD',
    'S-1-1-0',
    'BU',
    'S-1-5-32-545',
    'AU',
    'S-1-5-11',
    'IU',
    'S-1-5-4',
    'BG',
    'S-1-5-32-546',
  ],
  ...['NU', 'S-1-5-2', 'AN', 'S-1-5-7', 'AC', 'S-1-15-2-1', 'DU', 'DG'],
]

function maskOf(rights: string): number {
  if (/^0x/i.test(rights)) return Number(rights)
  return (rights.match(/../g) ?? []).reduce((mask, two) => mask | (letters[two] ?? changing), 0)
}

/** Owner and grants; null when the text is no descriptor with a list of rights. */
function rightsIn(
  sddl: string,
): { readonly owner: string; readonly grants: readonly Grant[] } | null {
  const parts = /^O:(?<owner>[^:]*?)(?:G:[^:]*?)?D:(?<list>.*)$/.exec(
    sddl.trim().replace(/S:(?:[A-Z]*)\(.*$/, ''),
  )
  const { owner, list } = parts?.groups ?? {}
  if (owner === undefined || list === undefined || list.includes('NO_ACCESS_CONTROL')) return null
  const entries = [...list.matchAll(/\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(([, entry = '']) =>
    entry.split(';'),
  )
  const grants = entries.flatMap(([type = '', , rights = '', , , sid = '']) =>
    ['A', 'XA', 'OA', 'ZA'].includes(type) ? [{ sid, mask: maskOf(rights) }] : [],
  )
  return { owner, grants }
}

/** Who else may change what is there, by SID; `?` where it cannot be read. An owner may give himself every right. */
export function changedBy(sddl: string): readonly string[] {
  const rights = rightsIn(sddl)
  if (rights === null) return ['?']
  const able = rights.grants.flatMap(({ sid, mask }) => ((mask & changing) === 0 ? [] : [sid]))
  return [...new Set([rights.owner, ...able])].filter((sid) => !trusted.includes(sid))
}

/** Groups of many people that have any right there. */
export function openTo(sddl: string): readonly string[] {
  const rights = rightsIn(sddl)
  if (rights === null) return ['?']
  return [...new Set(rights.grants.map(({ sid }) => sid))].filter((sid) => crowds.includes(sid))
}
