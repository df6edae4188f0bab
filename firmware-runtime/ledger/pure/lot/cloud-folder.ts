// Folders that OneDrive copies to a server: it locks files while it does, and takes away the content of files that are seldom
// read. A ledger there is locked in the middle of a row, or gone without a network.

/** Set by OneDrive for the person who is signed in; a task of the system account has none of them. */
const names = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'] as const

const folded = (path: string): string =>
  path.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase()

/** The folder of OneDrive that holds this absolute Windows path, as it was written; null: none. */
export function cloudFolder(
  path: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  const inside = `${folded(path)}\\`
  for (const name of names) {
    const root = environment[name]
    if (root !== undefined && root !== '' && inside.startsWith(`${folded(root)}\\`)) return root
  }
  // Its usual name, with that of an organisation: `OneDrive - Name`.
  const usual = /^[a-z]:[\\/](?:[^\\/]*[\\/])*onedrive(?: - [^\\/]+)?(?=[\\/]|$)/i.exec(path)
  return usual?.[0] ?? null
}
