// Lets a person choose a path in the system's dialog; the file is not read.
// The window's request is checked.
import { pickKinds, type PickKind } from '#runtime/api/pick.ts'

const isKind = (kind: unknown): kind is PickKind => pickKinds.some((one) => one === kind)

type Property = 'openFile' | 'openDirectory'
const properties: Readonly<Record<PickKind, Property>> = {
  file: 'openFile',
  folder: 'openDirectory',
}

/** Resolves to the chosen path. */
export async function pickPath(
  kind: unknown,
  show: (options: { properties: Property[] }) => Promise<{ readonly filePaths: string[] }>,
): Promise<string | null> {
  if (!isKind(kind)) return null
  const { filePaths } = await show({ properties: [properties[kind]] })
  return filePaths[0] ?? null
}
