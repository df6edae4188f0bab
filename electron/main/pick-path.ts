// A path that a person chooses in the dialog of the system; nothing of the file is read here.
// What the window may ask for is checked.
import { pickKinds, type PickKind } from '../../firmware-runtime/api/pick.ts'

const isKind = (kind: unknown): kind is PickKind => pickKinds.some((one) => one === kind)

type Property = 'openFile' | 'openDirectory'
const properties: Readonly<Record<PickKind, Property>> = {
  file: 'openFile',
  folder: 'openDirectory',
}

/** Answers the one path that was chosen. */
export async function pickPath(
  kind: unknown,
  show: (options: { properties: Property[] }) => Promise<{ readonly filePaths: string[] }>,
): Promise<string | null> {
  if (!isKind(kind)) return null
  const { filePaths } = await show({ properties: [properties[kind]] })
  return filePaths[0] ?? null
}
